"""A learner's notebook made gradable: locked code is the source's again, and each change is told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graders.nbgrader.document import Document
from graders.nbgrader.errors import SubmissionRefused
from graders.otter.made import checked_by
from graders.otter.source import IGNORE_TAG, KEY, Source, SourceCell
from graders.report import Warning
from notebooks import Cell


@dataclass(frozen=True)
class Placed:
    """A cell at its place in the learner's order. checks: the questions whose tests run behind it.

    marked: the source's cell that it is, where the source decides its text. is_run: whether it is run at all.
    """

    cell: Cell
    marked: SourceCell | None = None
    checks: tuple[str, ...] = ()
    is_run: bool = True


@dataclass(frozen=True)
class Restored:
    """The learner's cells, and locked code of the source's that was missing. at_end: checked behind all of them."""

    document: Document
    placed: tuple[Placed, ...]
    at_end: tuple[str, ...]
    warnings: tuple[Warning, ...]


def restore(source: Source, work: Document) -> Restored:
    """The learner's notebook with all that the source decides. Raises: SubmissionRefused for another one."""
    _check_belongs(source, work)
    warnings = list(_kernelspec_warning(source, work))
    found = _locked_of(source, work)
    last = _last_checks(source, work)
    placed = []
    for place, cell in enumerate(work.cells):
        marked = found.get(place)
        if marked is not None and marked.cell.source != cell.source:
            warnings.append(Warning("cell_restored", marked.question))
        text = cell.source if marked is None else marked.cell.source
        checks = tuple(name for name, at in last.items() if at == place)
        is_run = cell.kind == "code" and IGNORE_TAG not in cell.metadata.get("tags", [])
        placed.append(Placed(replace(cell, source=text), marked, checks, is_run))
    for one in source.cells:
        if one.is_locked_code and all(one is not other for other in found.values()):
            warnings.append(Warning("cell_put_back", one.question))
            _put_back(source, placed, one)
    at_end = tuple(name for name, one in source.questions.items() if one.cases and name not in last)
    warnings += [Warning("check_at_end", name) for name in at_end if _has_check(source, name)]
    return Restored(
        replace(work, kernelspec=source.document.kernelspec, language_info=source.document.language_info),
        tuple(placed),
        at_end,
        tuple(warnings),
    )


def _check_belongs(source: Source, work: Document) -> None:
    """Raises: SubmissionRefused where another name is given, or nothing of the source is there."""
    told = work.notebook.metadata.get(KEY)
    name = told.get("assignment_name") if isinstance(told, Mapping) else None
    wanted = source.assignment.name
    if wanted is not None and name != wanted:
        raise SubmissionRefused(
            "not_this_notebook",
            f"The notebook says that it is of the assignment {name!r}, and this one is {wanted!r}. "
            "Grade it against the source that it was made from.",
        )
    if wanted is None and not _last_checks(source, work) and not _shared_texts(source, work):
        raise SubmissionRefused(
            "not_this_notebook",
            "The notebook has none of the source's cells. Grade it against the source that it was made from.",
        )


def _shared_texts(source: Source, work: Document) -> set[str]:
    texts = {one.cell.source for one in source.cells if one.role in ("plain", "text") and one.cell.source.strip()}
    return texts.intersection(cell.source for cell in work.cells)


def _locked_of(source: Source, work: Document) -> dict[int, SourceCell]:
    """The source's locked code by its place in the learner's notebook: known by its text, else by its id and locks."""
    locked = [one for one in source.cells if one.is_locked_code]
    found: dict[int, SourceCell] = {}
    for one in locked:
        same = (place for place, cell in enumerate(work.cells) if cell.kind == "code" and place not in found)
        place = next((place for place in same if work.cells[place].source == one.cell.source), None)
        if place is not None:
            found[place] = one
    for one in locked:
        if all(one is not other for other in found.values()):
            place = next((at for at, cell in enumerate(work.cells) if at not in found and _claims(cell, one)), None)
            if place is not None:
                found[place] = one
    return found


def _claims(cell: Cell, one: SourceCell) -> bool:
    return cell.id == one.cell.id and cell.metadata.get("editable") is False and not checked_by(cell)


def _last_checks(source: Source, work: Document) -> dict[str, int]:
    """The place of the cell behind which a question's tests run: the last one that asks for them."""
    asked = ((name, place) for place, cell in enumerate(work.cells) for name in checked_by(cell))
    return {name: place for name, place in asked if name in source.questions and source.questions[name].cases}


def _has_check(source: Source, name: str) -> bool:
    return any(name in checked_by(one.cell) for one in source.cells)


def _put_back(source: Source, placed: list[Placed], one: SourceCell) -> None:
    """Insert a locked cell behind the last one that precedes it in the source."""
    before = {id(other) for other in source.cells[: source.cells.index(one)]}
    behind = [at for at, other in enumerate(placed, 1) if other.marked is not None and id(other.marked) in before]
    taken = {other.cell.id for other in placed}
    name = one.cell.id
    while name in taken:
        name = f"{name[:61]}-x"
    placed.insert(max(behind, default=0), Placed(replace(one.cell, id=name, outputs=()), one))


def _kernelspec_warning(source: Source, work: Document) -> list[Warning]:
    have, wanted = work.kernelspec.get("language", "python"), source.document.programming_language
    return [] if have == wanted else [Warning("kernelspec_restored", "", {"have": str(have)[:50], "wanted": wanted})]
