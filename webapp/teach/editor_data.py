"""The data of a lesson in preparation: those it reads, those it could read, and one in the place of another."""

from collections.abc import Mapping
from typing import Any

from flask import g, render_template, request

from courses import Dataset, LocalText, swap_warnings
from webapp.access import Permission
from webapp.services.manuscripts.records import Manuscript
from webapp.teach import blueprint
from webapp.teach.editor import BASE, find
from webapp.teach.editor_desk import Desk, open_desk, page_of
from webapp.teach.editor_exercise import items
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.search import matches

LONGEST_QUERY = 100


@blueprint.get(f"{BASE}/datos")
@door(Permission.WRITE_LESSONS, find)
def manuscripts_data(manuscript: Manuscript) -> str:
    """`q`: what to look for; `after`: the block after which data go; `de`, `a`: a swap, to see what it would miss."""
    desk = open_desk(manuscript)
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    found = [one for one in current_aula().catalogue.datasets if matches(query, *searched(one))]
    used = used_datasets(desk)
    return render_template(
        "teach/editor/data.html",
        page=page_of(desk), query=query, after=request.args.get("after", ""),
        datasets=[dataset_line(one, used) for one in found], used=used, swap=find_swap(desk),
    )  # fmt: skip


def searched(one: Dataset) -> tuple[str, ...]:
    columns = [column.name for resource in one.resources for column in resource.columns]
    return (one.name, one.title.es, one.title.en, one.description, one.publisher, *one.keywords, *columns)


def used_datasets(desk: Desk) -> Mapping[str, str]:
    """Titles of the datasets that the lesson reads, by name."""
    names = [str(one.get("name", "")) for one in items(desk.draft.sheet, "datasets")]
    found = {name: current_aula().catalogue.find_dataset(name) for name in names}
    return {name: one.title.for_language(g.language) if one else name for name, one in found.items()}


def dataset_line(one: Dataset, used: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        "name": one.name,
        "title": one.title.for_language(g.language),
        "description": one.description,
        "publisher": one.publisher,
        "licence": ", ".join(licence.title for licence in one.licences),
        "temporal": one.temporal,
        "is_used": one.name in used,
        "files": [
            {"title": resource.title or resource.name, "columns": [(c.name, c.description) for c in resource.columns]}
            for resource in one.resources
        ],
    }


def find_swap(desk: Desk) -> Mapping[str, Any] | None:
    """What a swap could not do by itself, where one is being considered."""
    old, new = request.args.get("de", ""), request.args.get("a", "")
    catalogue = current_aula().catalogue
    dataset = catalogue.find_dataset(new)
    if not old or dataset is None:
        return None
    datasets = {one.name: one for one in catalogue.datasets}
    warnings: tuple[LocalText, ...] = swap_warnings(desk.files, old, new, datasets)
    return {
        "from": old,
        "to": new,
        "title": dataset.title.for_language(g.language),
        "warnings": [one.for_language(g.language) for one in warnings],
    }
