"""The history of a lesson: every save of it, two of them beside each other, and the way back to one."""

from flask import abort, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from courses import compare
from webapp.access import Permission
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.services.people import service as people
from webapp.services.people.records import PersonId
from webapp.teach import blueprint
from webapp.teach.history_asked import OneVersion, find, find_one, two_numbers
from webapp.teach.history_words import line_of
from webapp.teach.part_views import compared
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

BASE = "/taller/<int:manuscript_id>/historial"
MOST = 200


@blueprint.get(BASE)
@door(Permission.WRITE_LESSONS, find)
def history_list(manuscript: Manuscript) -> str:
    versions = manuscripts.list_versions(g.db, manuscript.id, limit=MOST)
    names = people.map_people(g.db, {PersonId(one.saved_by) for one in versions})
    return render_template(
        "teach/manuscripts/history.html",
        manuscript=manuscript,
        title=manuscript.title.for_language(g.language),
        lines=[line_of(one, names[PersonId(one.saved_by)].name, head=manuscript.head) for one in versions],
        is_cut=len(versions) == MOST and manuscript.head > MOST,
    )


@blueprint.get(f"{BASE}/comparar")
@door(Permission.WRITE_LESSONS, find)
def history_compare(manuscript: Manuscript) -> str:
    """Two versions beside each other, part by part."""
    first, second = two_numbers(manuscript)
    before, after = (manuscripts.read_files(g.db, manuscript.id, number) for number in (first, second))
    return render_template(
        "teach/manuscripts/compare.html",
        manuscript=manuscript,
        title=manuscript.title.for_language(g.language),
        first=first,
        second=second,
        parts_found=compared(compare(before, after)),
    )


@blueprint.get(f"{BASE}/<int:number>/restaurar")
@door(Permission.WRITE_LESSONS, find_one)
def history_confirm(asked: OneVersion) -> str:
    """What would change if the lesson became again what it was."""
    manuscript = asked.manuscript
    now, then = (manuscripts.read_files(g.db, manuscript.id, number) for number in (manuscript.head, asked.number))
    return render_template(
        "teach/manuscripts/restore.html",
        manuscript=manuscript,
        title=manuscript.title.for_language(g.language),
        number=asked.number,
        parts_found=compared(compare(now, then)),
    )


@blueprint.post(f"{BASE}/<int:number>/restaurar")
@door(Permission.WRITE_LESSONS, find_one)
def history_restore(asked: OneVersion) -> BaseResponse:
    """A new version with what an older one said. Raises: Overtaken where somebody saved the same parts meanwhile."""
    manuscript, base = asked.manuscript, request.form.get("base", type=int)
    if base is None or not 1 <= base <= manuscript.head:
        abort(400)
    manuscripts.restore(
        g.db, manuscript.id, actor_id=get_person().id, base=base, number=asked.number, now=current_aula().clock()
    )
    flash(_("La lección volvió a decir lo de la versión %(number)s.", number=asked.number), "success")
    return redirect(url("teach.history_list", manuscript_id=manuscript.id), 303)
