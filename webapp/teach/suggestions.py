"""Suggesting changes back to the original, from whoever made a version of it."""

from flask import abort, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from courses import compare
from webapp.access import Permission
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts import suggestions, upstream
from webapp.services.manuscripts.records import Manuscript
from webapp.teach import blueprint
from webapp.teach.history_asked import find
from webapp.teach.merging_page import credit_of
from webapp.teach.part_views import PartView, compared
from webapp.teach.suggestions_asked import lines_of
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.forms import try_filling
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

BASE = "/taller/<int:manuscript_id>"
# Pages as mails name them: in the reader's own language, which the mail knows.
RECEIVED = "/taller/{target}/sugerencias"


class SuggestForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    words = TextAreaField(
        _l("Por qué conviene"),
        [InputRequired(_l("Escribe por qué conviene el cambio.")), Length(max=suggestions.LONGEST)],
    )


@blueprint.get(f"{BASE}/sugerir")
@door(Permission.WRITE_LESSONS, find)
def suggestions_new(manuscript: Manuscript) -> str:
    return suggest_page(manuscript, SuggestForm(formdata=None))


@blueprint.post(f"{BASE}/sugerir")
@door(Permission.WRITE_LESSONS, find)
def suggestions_send(manuscript: Manuscript) -> BaseResponse | tuple[str, int]:
    form = SuggestForm()

    def act() -> None:
        suggestions.suggest(
            g.db, manuscript.id, actor_id=get_person().id, words=form.words.data or "", path=RECEIVED,
            now=current_aula().clock(),
        )  # fmt: skip

    if form.validate_on_submit() and try_filling(form, act, {"bad_suggestion_words": form.words}):
        flash(_("La sugerencia está enviada. Aquí verás la respuesta; también te llegará por correo."), "success")
        return redirect(url("teach.suggestions_list", manuscript_id=manuscript.id), 303)
    return suggest_page(manuscript, form), 422


def suggest_page(manuscript: Manuscript, form: SuggestForm) -> str:
    """What would be suggested: everything in which the lesson differs from its original."""
    return render_template(
        "teach/manuscripts/suggest.html",
        manuscript=manuscript,
        title=manuscript.title.for_language(g.language),
        credit=credit_of(manuscript.origin) if manuscript.origin else None,
        parts_found=differences(manuscript),
        form=form,
    )


def differences(manuscript: Manuscript) -> list[PartView]:
    base = upstream.find_files(g.db, manuscript.origin) if manuscript.origin else None
    if base is None:
        return []
    ours = manuscripts.read_files(g.db, manuscript.id)
    return compared(compare(upstream.named(base, manuscript.lesson_id), ours))


@blueprint.get(f"{BASE}/sugerencias")
@door(Permission.WRITE_LESSONS, find)
def suggestions_list(manuscript: Manuscript) -> str:
    """What others suggest to this lesson, and what was suggested from it."""
    received, sent = suggestions.list_received(g.db, [manuscript.id]), suggestions.list_sent(g.db, manuscript.id)
    return render_template(
        "teach/manuscripts/suggestions.html",
        manuscript=manuscript,
        title=manuscript.title.for_language(g.language),
        may_answer=get_person().id == manuscript.owner_id or get_person().role == "admin",
        received=lines_of(received),
        sent=lines_of(sent),
    )


@blueprint.post(f"{BASE}/sugerencias/retirar")
@door(Permission.WRITE_LESSONS, find)
def suggestions_withdraw(manuscript: Manuscript) -> BaseResponse:
    """Take back a suggestion that was made from this lesson. Raises: SuggestionClosed."""
    suggestion = suggestions.get_suggestion(g.db, request.form.get("suggestion", 0, type=int))
    if suggestion.from_manuscript_id != manuscript.id:
        abort(404)
    suggestions.withdraw(g.db, suggestion, actor_id=get_person().id, now=current_aula().clock())
    flash(_("La sugerencia quedó retirada."), "success")
    return redirect(url("teach.suggestions_list", manuscript_id=manuscript.id), 303)
