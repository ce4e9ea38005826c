"""A learner's notebook made gradable: what is locked is the source's again, and each change is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graders.nbgrader.document import OURS, Document
from graders.nbgrader.errors import SubmissionRefused
from graders.nbgrader.marking import KEY
from graders.nbgrader.release import release
from graders.nbgrader.source import Source, SourceCell
from graders.report import Warning
from notebooks import Cell


@dataclass(frozen=True)
class Placed:
    """A cell at its place in the learner's order. marked: what the source says of it, None for the learner's own.

    is_unchanged: an answer with the text that was handed out.
    """

    cell: Cell
    marked: SourceCell | None = None
    is_unchanged: bool = False


@dataclass(frozen=True)
class Restored:
    """The learner's cells, and the source's that were missing and locked. missing: answers that were not sent in."""

    document: Document
    placed: tuple[Placed, ...]
    missing: tuple[SourceCell, ...]
    warnings: tuple[Warning, ...]


def restore(source: Source, work: Document) -> Restored:
    """The learner's notebook with all that the source decides. Raises: SubmissionRefused for another one."""
    chosen = _last_of_each(source, work)
    if not chosen and source.marked:
        raise SubmissionRefused(
            "not_this_notebook",
            "The notebook has none of the source's graded cells. Grade it against the source that it was made from.",
        )
    warnings = list(_kernelspec_warning(source, work))
    released = {cell.metadata[KEY]["grade_id"]: cell for cell in release(source).cells if _grade_id(cell)}
    placed = []
    for place, cell in enumerate(work.cells):
        grade_id = _grade_id(cell)
        if grade_id is None or chosen.get(grade_id) != place:
            warnings += _plain_warnings(source, cell, grade_id)
            placed.append(Placed(_without_marks(cell)))
            continue
        marked = source.marked[grade_id]
        warnings += _changes(marked, cell)
        placed.append(_restored(marked, cell, released[grade_id]))
    warnings += _order_warning(placed)
    missing = [marked for grade_id, marked in source.marked.items() if grade_id not in chosen]
    for marked in missing:
        code = "cell_put_back" if marked.marking.is_locked else "cell_missing"
        warnings.append(Warning(code, marked.marking.grade_id))
        if marked.marking.is_locked:
            _put_back(placed, marked)
    return Restored(
        document=replace(work, kernelspec=source.document.kernelspec, language_info=source.document.language_info),
        placed=tuple(placed),
        missing=tuple(marked for marked in missing if not marked.marking.is_locked),
        warnings=tuple(warnings),
    )


def _last_of_each(source: Source, work: Document) -> dict[str, int]:
    """The place of the cell that counts, by grade_id: the last one that has it."""
    ids = ((place, _grade_id(cell)) for place, cell in enumerate(work.cells))
    return {grade_id: place for place, grade_id in ids if grade_id is not None and grade_id in source.marked}


def _grade_id(cell: Cell) -> str | None:
    grade_id = _marks(cell).get("grade_id")
    return grade_id if isinstance(grade_id, str) and grade_id else None


def _marks(cell: Cell) -> Mapping[str, Any]:
    marks = cell.metadata.get(KEY)
    return marks if isinstance(marks, Mapping) else {}


def _without_marks(cell: Cell) -> Cell:
    return replace(cell, metadata={name: value for name, value in cell.metadata.items() if name not in (KEY, OURS)})


def _restored(marked: SourceCell, cell: Cell, released: Cell) -> Placed:
    """The learner's text where it is theirs to write, the source's where not; type and marks are the source's."""
    text = marked.cell.source if marked.marking.is_locked else cell.source
    metadata = {**_without_marks(cell).metadata, KEY: released.metadata[KEY]}
    whole = replace(marked.cell, id=cell.id, source=text, metadata=metadata)
    return Placed(whole, marked, is_unchanged=not marked.marking.is_locked and text == released.source)


def _put_back(placed: list[Placed], marked: SourceCell) -> None:
    """Insert a locked cell behind the last one that precedes it in the source."""
    before = [at for at, one in enumerate(placed) if one.marked is not None and one.marked.place < marked.place]
    taken = {one.cell.id for one in placed}
    cell_id = next(name for name in _names(marked.cell.id) if name not in taken)
    at = max(before) + 1 if before else 0
    placed.insert(at, Placed(replace(marked.cell, id=cell_id), marked))


def _names(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem[:50]}-{number}"
        number += 1


def _changes(marked: SourceCell, cell: Cell) -> list[Warning]:
    """What the learner's copy says otherwise than the source, though the source decides it."""
    grade_id = marked.marking.grade_id
    found = []
    if cell.kind != marked.cell.kind:
        found.append(Warning("cell_type_restored", grade_id, {"have": cell.kind, "wanted": marked.cell.kind}))
    points = _marks(cell).get("points", "")
    if marked.marking.earns_points and points not in ("", marked.marking.points):
        found.append(Warning("points_restored", grade_id))
    if marked.marking.is_locked and cell.source.strip() not in _handed_out(marked):
        found.append(Warning("cell_restored", grade_id))
    return found


def _handed_out(marked: SourceCell) -> tuple[str, ...]:
    """The texts of a locked cell that a learner may send in unchanged: as handed out, or as an instructor has it."""
    return (marked.handed_out_text.strip(), marked.cell.source.strip())


def _plain_warnings(source: Source, cell: Cell, grade_id: str | None) -> list[Warning]:
    if grade_id is None:
        return []
    return [Warning("cell_repeated" if grade_id in source.marked else "cell_unknown", grade_id[:100])]


def _order_warning(placed: list[Placed]) -> list[Warning]:
    places = [(one.marked.place, one.marked.marking.grade_id) for one in placed if one.marked is not None]
    for (before, _), (after, grade_id) in zip(places, places[1:], strict=False):
        if after < before:
            return [Warning("cells_reordered", grade_id)]
    return []


def _kernelspec_warning(source: Source, work: Document) -> list[Warning]:
    have, wanted = work.kernelspec.get("language", "python"), source.document.programming_language
    return [] if have == wanted else [Warning("kernelspec_restored", "", {"have": str(have)[:50], "wanted": wanted})]
