"""The lesson editor: its page, and every save of it, from a form or from the page's scripts."""

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from courses import Refused
from webapp.access import Permission
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript, Saved
from webapp.services.manuscripts.service import Overtaken
from webapp.teach import blueprint
from webapp.teach.editor_answers import desk_answer, overtaken_answer, refused_answer, said
from webapp.teach.editor_desk import open_desk, page_of, what_was_saved
from webapp.teach.editor_forms import read_changes
from webapp.teach.editor_values import FormRefused, read_whole
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.policy import frame_own_pages
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

BASE = "/taller/<int:manuscript_id>"


def find(manuscript_id: int, **_rest: str | int) -> Manuscript:
    """Raises: UnknownManuscript, which is answered with 404."""
    return manuscripts.get_manuscript(g.db, manuscript_id)


@blueprint.get(BASE)
@door(Permission.WRITE_LESSONS, find)
def manuscripts_show(manuscript: Manuscript) -> str:
    frame_own_pages()
    return render_template("teach/editor/show.html", page=page_of(open_desk(manuscript)))


@blueprint.post(f"{BASE}/cambios")
@door(Permission.WRITE_LESSONS, find)
def manuscripts_save(manuscript: Manuscript) -> BaseResponse | tuple[str, int]:
    """A change, as a form's fields, or as JSON: {base, fields} or {base, change}."""
    if request.is_json:
        return save_for_script(manuscript)
    fields = request.form.to_dict()
    try:
        saved = save(manuscript, read_whole(fields, "base"), fields=fields)
    except (Refused, FormRefused) as refused:
        return render_refused(manuscript, refused, fields)
    except Overtaken as overtaken:
        return render_overtaken(manuscript, overtaken, fields)
    flash(what_was_saved(saved.was_merged), "success")
    return redirect(f"{url('teach.manuscripts_show', manuscript_id=manuscript.id)}{anchor(fields)}", 303)


def save_for_script(manuscript: Manuscript) -> Response:
    body = the_body()
    given = body.get("fields")
    fields = {str(name): str(value) for name, value in given.items()} if isinstance(given, dict) else {}
    change, base = body.get("change"), body.get("base")
    try:
        if not isinstance(base, int) or isinstance(base, bool) or base < 1:
            raise FormRefused("base", _("La página está incompleta. Recárgala e inténtalo de nuevo."))
        saved = save(manuscript, base, fields=fields, change=change if isinstance(change, dict) else None)
    except (Refused, FormRefused) as refused:
        return refused_answer(refused)
    except Overtaken as overtaken:
        return overtaken_answer(manuscript, overtaken, known_marks(body))
    fresh = manuscripts.get_manuscript(g.db, manuscript.id)
    return desk_answer(open_desk(fresh), known_marks(body), was_merged=saved.was_merged)


def save(
    manuscript: Manuscript, base: int, *, fields: Mapping[str, str], change: Mapping[str, Any] | None = None
) -> Saved:
    """Everything that a form asks for, or nothing. Raises: Refused, FormRefused, Overtaken."""
    if change is None:
        seen = manuscripts.read_files(g.db, manuscript.id, base)
        changes = read_changes(fields, seen)
        if not changes:
            return Saved(base, seen, was_merged=False)
        change = changes[0] if len(changes) == 1 else {"do": "together", "changes": list(changes)}
    return manuscripts.save(
        g.db, manuscript.id, catalogue=current_aula().catalogue, actor_id=get_person().id, base=base, change=change,
        now=current_aula().clock(),
    )  # fmt: skip


def the_body() -> dict[str, Any]:
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        # Brackets within brackets, thousands deep: nothing that our pages send.
        body = None
    return body if isinstance(body, dict) else {}


def known_marks(body: Mapping[str, Any]) -> frozenset[str]:
    """The blocks that the page has as they are; the others are sent anew."""
    marks = body.get("marks")
    return frozenset(str(one) for one in marks) if isinstance(marks, list) else frozenset()


def anchor(fields: Mapping[str, str]) -> str:
    """The block to come back to."""
    exercise = f"exercise-{fields['exercise']}" if "exercise" in fields else ""
    key = fields.get("block") or fields.get("after") or exercise
    return f"#block-{key}" if key else ""


def render_refused(
    manuscript: Manuscript, refused: Refused | FormRefused, fields: Mapping[str, str]
) -> tuple[str, int]:
    """The page that says why it was not saved, with everything that was written."""
    page = page_of(open_desk(manuscript))
    return render_template("teach/editor/refused.html", page=page, message=said(refused), fields=fields), 422


def render_overtaken(manuscript: Manuscript, overtaken: Overtaken, fields: Mapping[str, str]) -> tuple[str, int]:
    """Both texts, and the choice between them."""
    page = page_of(open_desk(manuscript))
    return render_template("teach/editor/overtaken.html", page=page, overtaken=overtaken, fields=fields), 409
