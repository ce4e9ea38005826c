"""The learner's kernel as the lesson page asks for it: its state, a fresh one, what it holds."""

from flask import Response, g, get_template_attribute, jsonify, request

from notebooks import KernelUnavailable
from webapp.access import Permission
from webapp.learn import blueprint
from webapp.learn.lesson_texts import environment_texts
from webapp.learn.lessons import get_lesson, render_variables
from webapp.learn.reader import get_reader_id
from webapp.services.practice import service as practice
from webapp.services.practice.records import Environment, LessonKey
from webapp.services.practice.service import TableQuestion
from webapp.ui.context import current_aula
from webapp.ui.database import give_back_session
from webapp.ui.doors import door
from webapp.ui.outputs import to_entries, to_page_view

BASE = "/cursos/<course_id>/<lesson_id>"
LONGEST_SEARCH = 200


@blueprint.get(f"{BASE}/entorno")
@door(Permission.STUDY)
def environment_show(course_id: str, lesson_id: str) -> Response:
    environment = look(course_id, lesson_id)
    return jsonify(state=environment.state, text=environment_texts()[environment.state])


@blueprint.post(f"{BASE}/entorno/reiniciar")
@door(Permission.STUDY)
def environment_restart(course_id: str, lesson_id: str) -> tuple[Response, int]:
    key = the_lesson(course_id, lesson_id)
    current_aula().kernels()  # a "no" while none can be had
    practice.want_restart(g.db, actor=get_reader_id(), lesson=key, language=g.language, now=current_aula().clock())
    return jsonify(), 202


@blueprint.get(f"{BASE}/variables")
@door(Permission.STUDY)
def environment_variables(course_id: str, lesson_id: str) -> Response:
    environment = look(course_id, lesson_id)
    is_awake = environment.state in ("ready", "busy")
    entries = to_entries(environment.variables if is_awake else (), g.language)
    return jsonify(html=str(render_variables(entries)))


@blueprint.get(f"{BASE}/tablas/<name>")
@door(Permission.STUDY)
def environment_table(course_id: str, lesson_id: str, name: str) -> Response:
    key, actor, aula = the_lesson(course_id, lesson_id), get_reader_id(), current_aula()
    question = TableQuestion(
        name=name,
        page=max(1, request.args.get("pagina", 1, type=int)),
        sort=request.args.get("orden", ""),
        is_descending=request.args.get("sentido") == "desc",
        contains=request.args.get("filtro", "")[:LONGEST_SEARCH],
    )
    give_back_session()
    page = practice.read_table(aula.sessions, aula.kernels(), question, actor=actor, lesson=key, clock=aula.clock)
    if page is None:
        raise practice.UnknownTable
    macro = get_template_attribute("components/variables.html", "page")
    view = to_page_view(page, g.language, sort=question.sort, descending=question.is_descending)
    return jsonify(html=str(macro(view)))


def the_lesson(course_id: str, lesson_id: str) -> LessonKey:
    get_lesson(course_id, lesson_id)
    return LessonKey(course_id, lesson_id)


def look(course_id: str, lesson_id: str) -> Environment:
    """The kernel as its row tells it, and as its gateway does where one should be there."""
    key = the_lesson(course_id, lesson_id)
    environment, address = practice.look_at(g.db, actor=get_reader_id(), lesson=key)
    if environment.state != "ready" or address is None:
        return environment
    give_back_session()
    try:
        is_alive = current_aula().kernels().is_alive(address)
    except KernelUnavailable:
        is_alive = False
    return environment if is_alive else Environment("lost")
