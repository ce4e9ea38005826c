"""Bringing a lesson together with the original that it was made from: what changed there, part by part."""

from flask import abort, flash, g, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from courses import Refused
from webapp.access import Permission
from webapp.services.manuscripts import upstream
from webapp.services.manuscripts.records import Manuscript
from webapp.teach import blueprint
from webapp.teach.history_asked import find
from webapp.teach.merging_page import find_original, merge_page
from webapp.teach.part_views import read_choices
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

BASE = "/taller/<int:manuscript_id>/original"
Answer = BaseResponse | str | tuple[str, int]


@blueprint.get(BASE)
@door(Permission.WRITE_LESSONS, find)
def merging_show(manuscript: Manuscript) -> str:
    return merge_page(manuscript)


@blueprint.post(BASE)
@door(Permission.WRITE_LESSONS, find)
def merging_take(manuscript: Manuscript) -> Answer:
    """Show what would come of the choices, or do it. Raises: NoBase; Overtaken, where somebody saved the same parts."""
    original, number = find_original(manuscript), request.form.get("number", type=int)
    if original is None or number is None or not 1 <= number <= manuscript.head:
        abort(404)
    if request.form.get("version") != original.latest.version:
        flash(_("La original cambió otra vez mientras elegías. Esto es lo de ahora."), "warning")
        return merge_page(manuscript)
    asked = upstream.preview(g.db, manuscript.id, theirs=original.files, choices={}, number=number)
    choices = read_choices(request.form, asked)
    if request.form.get("do") != "apply":
        return merge_page(manuscript, choices, number=number, is_asked=True)
    try:
        saved = upstream.take_over(
            g.db, manuscript.id, actor_id=get_person().id, number=number, latest=original.latest,
            theirs=original.files, choices=choices, now=current_aula().clock(),
        )  # fmt: skip
    except (upstream.Undecided, Refused):
        return merge_page(manuscript, choices, number=number, is_asked=True), 422
    flash(
        _(
            "Los cambios están en tu lección, en la versión %(number)s. Prueba la lección otra vez.",
            number=saved.number,
        ),
        "success",
    )
    return redirect(url("teach.manuscripts_show", manuscript_id=manuscript.id), 303)
