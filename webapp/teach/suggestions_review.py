"""Answering suggestions: an owner takes them part by part; the school answers for lessons that come with the site."""

from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import TextAreaField
from wtforms.validators import Length

from courses import Refused, compare, put_under, write_zip
from webapp.access import Permission, may
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts import suggestions, upstream
from webapp.services.manuscripts.suggestions import Suggestion
from webapp.services.manuscripts.upstream import Choices
from webapp.teach import blueprint
from webapp.teach.merging_page import count_undecided
from webapp.teach.part_views import compared, merged, read_choices
from webapp.teach.patches import write_patch
from webapp.teach.suggestions_asked import SchoolsLessons, find_suggestion, lines_of
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.forms import add_error, try_filling
from webapp.ui.urls import url
from webapp.ui.visitor import get_person
from webapp.ui.words import sentence

LIST = "/taller/sugerencias"
ONE = f"{LIST}/<int:suggestion_id>"
Answer = BaseResponse | str | tuple[str, int]


class AnswerForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    answer = TextAreaField(_l("Tu respuesta"), [Length(max=suggestions.LONGEST)])


@blueprint.get(LIST)
@door(Permission.OWN_LESSON)
def suggestions_all() -> str:
    """What is suggested to the reader's own lessons, and to those of the site where the reader answers for them."""
    person = get_person()
    own = [one.id for one in manuscripts.list_manuscripts(g.db, person_id=person.id) if one.owner_id == person.id]
    to_school = suggestions.list_to_school(g.db) if may(person, Permission.OWN_LESSON, SchoolsLessons()) else None
    return render_template(
        "teach/manuscripts/suggestions_all.html",
        own=lines_of(suggestions.list_received(g.db, own)),
        to_school=None if to_school is None else lines_of(to_school),
    )


@blueprint.get(ONE)
@door(Permission.OWN_LESSON, find_suggestion)
def suggestions_show(suggestion: Suggestion) -> str:
    return review_page(suggestion, AnswerForm(formdata=None))


@blueprint.post(ONE)
@door(Permission.OWN_LESSON, find_suggestion)
def suggestions_answer(suggestion: Suggestion) -> Answer:
    form, do = AnswerForm(), request.form.get("do")
    if do == "decline":
        return decline(suggestion, form)
    number, choices = read_asked(suggestion)
    if do != "accept":
        return review_page(suggestion, form, choices, number=number)
    try:
        suggestions.accept(
            g.db, suggestion, actor_id=get_person().id, number=number, choices=choices,
            answer=form.answer.data or "", path=answer_path(suggestion), now=current_aula().clock(),
        )  # fmt: skip
    except upstream.Undecided as refusal:
        add_error(form, None, sentence(refusal.code))
        return review_page(suggestion, form, choices, number=number), 422
    except Refused as refused:
        add_error(form, None, refused.message.for_language(g.language))
        return review_page(suggestion, form, choices, number=number), 422
    flash(_("La sugerencia está aceptada. Quien la hizo queda como coautor y recibirá tu respuesta."), "success")
    return redirect(back_href(suggestion), 303)


def decline(suggestion: Suggestion, form: AnswerForm) -> Answer:
    def act() -> None:
        suggestions.decline(
            g.db, suggestion, actor_id=get_person().id, answer=form.answer.data or "",
            path=answer_path(suggestion), now=current_aula().clock(),
        )  # fmt: skip

    if form.validate_on_submit() and try_filling(form, act, {"bad_suggestion_words": form.answer}):
        flash(_("La sugerencia no se aceptó. Quien la hizo recibirá tu respuesta."), "success")
        return redirect(back_href(suggestion), 303)
    return review_page(suggestion, form), 422


def read_asked(suggestion: Suggestion) -> tuple[int, Choices]:
    """The version of ours that the form is about, and what was chosen in it."""
    number = request.form.get("number", 0, type=int)
    if suggestion.target_manuscript_id is None:
        return 0, {}
    if not 1 <= number <= manuscripts.get_manuscript(g.db, suggestion.target_manuscript_id).head:
        abort(400)
    base, theirs = suggestions.read_suggested(g.db, suggestion)
    asked = upstream.preview(g.db, suggestion.target_manuscript_id, theirs=theirs, choices={}, number=number, base=base)
    return number, read_choices(request.form, asked)


def review_page(
    suggestion: Suggestion, form: AnswerForm, choices: Choices | None = None, *, number: int | None = None
) -> str:
    base, theirs = suggestions.read_suggested(g.db, suggestion)
    facts: dict[str, Any] = {"found": [], "undecided": 0, "number": 0, "changes": [], "left_out": ()}
    if suggestion.state == "open" and suggestion.target_manuscript_id is not None:
        target = manuscripts.get_manuscript(g.db, suggestion.target_manuscript_id)
        number, choices = number or target.head, choices or {}
        merge = upstream.preview(g.db, target.id, theirs=theirs, choices=choices, number=number, base=base)
        parts = [one for one in merged(merge, choices) if one.state != "ours"]
        facts |= {"found": parts, "undecided": count_undecided(merge, choices), "number": number}
    else:
        facts |= {"changes": compared(compare(base, theirs)), "left_out": write_patch(base, theirs, "")[1]}
    return render_template(
        "teach/manuscripts/suggestions_show.html",
        one=lines_of([suggestion])[0],
        suggestion=suggestion,
        form=form,
        back=back_href(suggestion),
        **facts,
    )


@blueprint.get(f"{ONE}/leccion.zip")
@door(Permission.OWN_LESSON, find_suggestion)
def suggestions_zip(suggestion: Suggestion) -> Response:
    """The lesson as it is suggested."""
    _base, theirs = suggestions.read_suggested(g.db, suggestion)
    name = suggestion.target_lesson_id
    return file_answer(write_zip(put_under(name, theirs)), "application/zip", f"{name}.zip")


@blueprint.get(f"{ONE}/cambios.patch")
@door(Permission.OWN_LESSON, find_suggestion)
def suggestions_patch(suggestion: Suggestion) -> Response:
    """The same as a patch for the repository of the lessons."""
    base, theirs = suggestions.read_suggested(g.db, suggestion)
    folder = f"courses/content/{suggestion.target_course_id}/{suggestion.target_lesson_id}"
    text, _left_out = write_patch(base, theirs, folder)
    return file_answer(text.encode(), "text/x-diff; charset=utf-8", f"{suggestion.target_lesson_id}.patch")


def file_answer(body: bytes, kind: str, name: str) -> Response:
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def back_href(suggestion: Suggestion) -> str:
    if suggestion.target_manuscript_id is None:
        return url("teach.suggestions_all")
    return url("teach.suggestions_list", manuscript_id=suggestion.target_manuscript_id)


def answer_path(suggestion: Suggestion) -> str:
    """Where the suggester reads the answer, as a mail names it: the mail knows the reader's language."""
    return f"/taller/{suggestion.from_manuscript_id}/sugerencias"
