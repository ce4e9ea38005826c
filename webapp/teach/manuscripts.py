"""The workshop: a trainer's own lessons, what colleagues show, and a new lesson."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, g, redirect, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from courses import LocalText, find_title, make_lesson
from webapp.access import Permission
from webapp.services.catalogue import authored
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts import suggestions, upstream
from webapp.services.manuscripts.records import Manuscript, ProofMark
from webapp.services.people import service as people
from webapp.services.people.records import PersonId
from webapp.teach import blueprint
from webapp.teach.course_choice import (
    LONGEST_ID,
    LONGEST_TITLE,
    CourseChoice,
    is_free,
    settle_lesson_id,
    settle_target,
)
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.forms import try_filling
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

MOST_SHARED = 50


class LessonForm(CourseChoice):
    """A new lesson. id: its name in addresses; without it, it is made of the title."""

    title_es = StringField(
        _l("Título en español"), [InputRequired(_l("Escribe un título para la lección.")), Length(max=LONGEST_TITLE)]
    )
    title_en = StringField(_l("Título en inglés"), [Length(max=LONGEST_TITLE)])
    lesson_id = StringField(_l("Nombre en la dirección"), [Length(max=LONGEST_ID)])


@blueprint.get("/taller")
@door(Permission.WRITE_LESSONS)
def manuscripts_list() -> str:
    person = get_person()
    own = manuscripts.list_manuscripts(g.db, person_id=int(person.id))
    shared = [one for one in manuscripts.list_shared(g.db) if person.id not in one.author_ids][:MOST_SHARED]
    titles = map_course_titles([*own, *shared])
    return render_template(
        "teach/manuscripts/list.html",
        own=own_lines(own, titles),
        shared=shared_lines(shared, titles),
        courses=course_lines(),
    )


@blueprint.get("/taller/nueva")
@door(Permission.WRITE_LESSONS)
def manuscripts_new() -> str:
    return render_template("teach/manuscripts/new.html", form=LessonForm(formdata=None))


@blueprint.post("/taller/nueva")
@door(Permission.WRITE_LESSONS)
def manuscripts_make() -> BaseResponse | tuple[str, int]:
    form, made = LessonForm(), list[Manuscript]()
    if form.validate_on_submit() and try_filling(form, lambda: make(form, made), {"id_taken": form.lesson_id}) and made:
        title = made[0].title.for_language(g.language)
        flash(_("La lección «%(title)s» está lista para escribirse.", title=title), "success")
        return redirect(url("teach.manuscripts_show", manuscript_id=made[0].id), 303)
    return render_template("teach/manuscripts/new.html", form=form), 422


def make(form: LessonForm, made: list[Manuscript]) -> None:
    """Begin the lesson that a form describes; nothing where a field has an error, which is written beside it."""
    title = LocalText(form.title_es.data.strip(), (form.title_en.data or "").strip())
    target, lesson_id = settle_target(form), settle_lesson_id(form, title)
    if target is None or lesson_id is None or not is_free(form, target.course_id, lesson_id):
        return
    aula = current_aula()
    made.append(
        manuscripts.start(
            g.db,
            aula.catalogue,
            actor=get_person(),
            course_id=target.course_id,
            lesson_id=lesson_id,
            files=make_lesson(lesson_id, title),
            what={"do": "start"},
            now=aula.clock(),
            course_title=target.title,
        )  # fmt: skip
    )


def own_lines(found: Sequence[Manuscript], titles: Mapping[str, str]) -> list[Mapping[str, Any]]:
    marks = manuscripts.map_head_marks(g.db, found)
    taught = current_aula().catalogue
    news = {one.id for one in found if one.origin is not None and upstream.has_news(g.db, taught, one)}
    waiting = suggestions.count_open(g.db, [one.id for one in found])
    return [
        {
            **line(one, titles),
            "state": state_of(one),
            "proof": proof_words(marks.get(one.id, "none")),
            "saved_at": one.saved_at,
            "has_news": one.id in news,
            "waiting": waiting.get(one.id, 0),
        }
        for one in found
    ]


def shared_lines(found: Sequence[Manuscript], titles: Mapping[str, str]) -> list[Mapping[str, Any]]:
    owners = people.map_people(g.db, [PersonId(one.owner_id) for one in found])
    return [
        {
            **line(one, titles),
            "author": owners[PersonId(one.owner_id)].name,
            "fork_href": url("teach.forks_manuscript_show", manuscript_id=one.id),
            "is_published": one.published_number is not None,
        }
        for one in found
    ]


def line(one: Manuscript, titles: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        "href": url("teach.manuscripts_show", manuscript_id=one.id),
        "id": one.id,
        "title": one.title.for_language(g.language),
        "course": titles.get(one.course_id, one.course_id),
    }


def course_lines() -> list[Mapping[str, str]]:
    """The trainer's own courses, each with its ZIP."""
    own = authored.list_courses(g.db, owner_id=int(get_person().id))
    titles = map_course_titles(())
    return [
        {
            "title": titles.get(one.id, one.id),
            "href": url("teach.written_courses_show", course_id=one.id),
            "zip_href": url("teach.exports_course", course_id=one.id),
        }
        for one in own
    ]


def map_course_titles(found: Sequence[Manuscript]) -> Mapping[str, str]:
    """The titles of all courses that were written here, by id."""
    titles = {one.id: find_title({"course.yaml": one.sheet.encode()}) for one in authored.list_courses(g.db)}
    return {id_: title.for_language(g.language) for id_, title in titles.items() if title is not None}


def state_of(one: Manuscript) -> tuple[str, str]:
    """How far a lesson has come, in words, and the kind of tag that shows it."""
    if one.published_number is None:
        return _("Borrador"), ""
    if one.published_number == one.head:
        return _("Publicada"), "tag-done"
    return _("Publicada con cambios"), "tag-act"


def proof_words(mark: ProofMark) -> tuple[str, str]:
    """What a proof says, and its drawing; no drawing where there is nothing to see."""
    return {
        "none": (_("Sin probar"), ""),
        "queued": (_("En espera"), ""),
        "running": (_("Probándose"), ""),
        "green": (_("En verde"), "pass"),
        "red": (_("Falta corregir"), "fail"),
        "failed": (_("No se pudo probar"), "warn"),
    }[mark]
