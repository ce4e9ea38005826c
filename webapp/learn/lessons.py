"""The lesson page: text, cells and exercises on one page, whole without scripts and without an account."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import abort, g, get_template_attribute, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup

from courses import Course, Language, Lesson
from webapp.learn import blueprint
from webapp.learn.class_help import class_view
from webapp.learn.credit import find_credit
from webapp.learn.lesson_desk import open_desk
from webapp.learn.lesson_texts import environment_texts, script_texts
from webapp.learn.reader import find_reader_id, find_taught, sign_in_address
from webapp.services.practice.records import Environment
from webapp.ui.context import current_aula
from webapp.ui.doors import public
from webapp.ui.lesson_page import LessonWork, here, section_views, stair_label
from webapp.ui.outputs import to_entries
from webapp.ui.urls import url

Link = Mapping[str, str]


@blueprint.get("/cursos/<course_id>/<lesson_id>")
@public
def lessons_show(course_id: str, lesson_id: str) -> str:
    course, lesson = get_lesson(course_id, lesson_id)
    reader_id = find_reader_id()
    if reader_id is None:
        return render_template("learn/lesson.html", page=visitor_page(course, lesson, g.language))
    workbook, work = open_desk(reader_id, course, lesson, g.language)
    page = learner_page(course, lesson, g.language, work, workbook.environment, reader_id)
    return render_template("learn/lesson.html", page=page)


def get_lesson(course_id: str, lesson_id: str) -> tuple[Course, Lesson]:
    """As the reader is taught it: a cohort keeps the versions that it began with."""
    course = find_taught(course_id)
    lesson = course.find_lesson(lesson_id) if course else None
    if course is None or lesson is None:
        abort(404)
    return course, lesson


def visitor_page(course: Course, lesson: Lesson, language: Language) -> Mapping[str, Any]:
    return {
        **common_page(course, lesson, language, LessonWork(attempts_most=course.attempts_most)),
        "sign_in": sign_in_address(request.script_root + request.path),
        "taught": None,
        "earlier_href": "",
        "post": {},
        "environment": None,
        "variables_html": "",
        "script_data": script_data(course, lesson, language, person=""),
    }


def learner_page(
    course: Course,
    lesson: Lesson,
    language: Language,
    work: LessonWork,
    environment: Environment,
    reader_id: int,
) -> Mapping[str, Any]:
    entries = to_entries(environment.variables, language)
    return {
        **common_page(course, lesson, language, work),
        "sign_in": "",
        "taught": class_view(reader_id, lesson),
        "earlier_href": earlier_href(course, lesson) if work.has_earlier else "",
        "post": {"base": lesson_base(course, lesson), "key": secrets.token_urlsafe(12)},
        "environment": {"id": environment.state, "text": environment_texts()[environment.state]},
        "variables_html": render_variables(entries) if entries else "",
        "script_data": script_data(course, lesson, language, person=str(reader_id)),
    }


def earlier_href(course: Course, lesson: Lesson) -> str:
    return url("learn.earlier_work_show", course_id=course.id, lesson_id=lesson.id)


def render_variables(entries: Any) -> Markup:
    macro = get_template_attribute("components/variables.html", "variables")
    return Markup(macro(entries))  # noqa: S704 - our own template


def common_page(course: Course, lesson: Lesson, language: Language, work: LessonWork) -> Mapping[str, Any]:
    """What the page shows to everybody."""
    sections = section_views(lesson, language, work)
    order = [one.id for one in course.lessons]
    number = order.index(lesson.id) + 1
    return {
        "title": lesson.title.for_language(language),
        "course_id": course.id,
        "lesson_id": lesson.id,
        "course_title": course.title.for_language(language),
        "course_href": url("learn.courses_show", course_id=course.id),
        "kicker": _("Lección %(number)s de %(total)s", number=number, total=len(order)),
        "sections": sections,
        "here": here(sections, work.place),
        "climbed": [section.is_done for section in sections],
        "stair_label": stair_label(sections),
        "problems": dataset_problems(lesson, language),
        "previous": lesson_link(course, number - 2, language),
        "next": lesson_link(course, number, language),
        "datasets": dataset_links(lesson, language),
        "credit": find_credit(course, lesson),
        "fork_href": url("teach.forks_lesson_show", course_id=course.id, lesson_id=lesson.id),
        "notebook_href": url("learn.practice_notebook", course_id=course.id, lesson_id=lesson.id),
    }


def lesson_link(course: Course, place: int, language: Language) -> Link | None:
    """The lesson at a place of the course, counted from 0; None outside of it."""
    if not 0 <= place < len(course.lessons):
        return None
    lesson = course.lessons[place]
    return {
        "href": url("learn.lessons_show", course_id=course.id, lesson_id=lesson.id),
        "title": lesson.title.for_language(language),
    }


def dataset_links(lesson: Lesson, language: Language) -> list[Link]:
    found = [current_aula().catalogue.find_dataset(pin.name) for pin in lesson.datasets]
    return [
        {"href": url("learn.datasets_show", name=one.name), "title": one.title.for_language(language)}
        for one in found
        if one
    ]


def dataset_problems(lesson: Lesson, language: Language) -> list[str]:
    """What is wrong with the lesson's data, in words for its reader."""
    problems = []
    for pin in lesson.datasets:
        dataset = current_aula().catalogue.find_dataset(pin.name)
        if dataset is None:
            problems.append(
                _("Falta el conjunto de datos «%(name)s»: esta lección no puede ejecutarse.", name=pin.name)
            )
        elif not dataset.is_intact:
            title = dataset.title.for_language(language)
            problems.append(
                _(
                    "Los datos de «%(title)s» están dañados: la lección no se ejecuta hasta que se repongan.",
                    title=title,
                )
            )
    return problems


def lesson_base(course: Course, lesson: Lesson) -> str:
    return url("learn.lessons_show", course_id=course.id, lesson_id=lesson.id)


def script_data(course: Course, lesson: Lesson, language: Language, *, person: str) -> Mapping[str, Any]:
    """What the page's scripts need. person: whose drafts a browser keeps; empty for a visitor."""
    base = lesson_base(course, lesson)
    return {
        "base": base,
        "runs": base[: base.index("/cursos/")] + "/ejecuciones",
        "signIn": sign_in_address(request.script_root + request.path),
        "person": person,
        "lesson": f"{course.id}/{lesson.id}",
        "language": language,
        "texts": script_texts() if person else {},
    }
