"""The instructor's notebook: read, upgraded, and without a fault, or refused with the cell named."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graders.nbgrader.document import OURS, Document, read_document
from graders.nbgrader.errors import SourceRefused
from graders.nbgrader.marking import KEY, Marking, marking_of, name_of, upgraded
from graders.nbgrader.regions import HIDDEN_TESTS, MARK_SCHEME, SOLUTION, check_attachments, has_region, replace_regions
from notebooks import Cell


@dataclass(frozen=True)
class SourceCell:
    """One marked cell with the instructor's text, hidden tests and all. place: in the notebook, from 0."""

    cell: Cell
    marking: Marking
    place: int

    @property
    def is_test(self) -> bool:
        """Whether its run decides points: an autograder test."""
        return self.marking.is_grade and not self.marking.is_solution and self.cell.kind == "code"

    @property
    def handed_out_text(self) -> str:
        """The text of a locked cell as learners have it: without hidden tests and mark scheme."""
        name = self.marking.grade_id
        without_tests = replace_regions(self.cell.source, HIDDEN_TESTS, cell=name)
        return replace_regions(without_tests, MARK_SCHEME, cell=name)

    @property
    def hides_tests(self) -> bool:
        return has_region(self.cell.source, HIDDEN_TESTS)

    @property
    def may_run_in_kernel(self) -> bool:
        """Whether its author allows the weaker mode, beside the learner's code, where values cannot cross."""
        ours = self.cell.metadata.get(OURS)
        return isinstance(ours, Mapping) and ours.get("in_kernel") is True


@dataclass(frozen=True)
class Source:
    """An instructor's notebook in order. marked: by grade_id, in the notebook's order."""

    document: Document
    marked: Mapping[str, SourceCell]

    @property
    def max_points(self) -> float:
        return sum(one.marking.points for one in self.marked.values() if one.marking.earns_points)


def read_source(data: bytes) -> Source:
    """The instructor's notebook in a file, of any version of nbgrader's metadata.

    Raises: SourceRefused, which names the cell; NotebookRefused where it is no notebook.
    """
    document = read_document(data, is_source=True)
    cells = tuple(_upgraded(cell, place) for place, cell in enumerate(document.cells, 1))
    marked: dict[str, SourceCell] = {}
    for place, cell in enumerate(cells):
        marking = marking_of(cell, place + 1)
        _check_regions(cell, marking, name_of(cell, place + 1))
        if marking is None:
            continue
        if marking.grade_id in marked:
            raise SourceRefused(
                "duplicate_grade_id",
                marking.grade_id,
                f"{marking.grade_id}: cells {marked[marking.grade_id].place + 1} and {place + 1} have this grade_id. "
                "Give each its own.",
            )
        marked[marking.grade_id] = SourceCell(cell, marking, place)
    return Source(document.with_cells(cells), marked)


def _upgraded(cell: Cell, place: int) -> Cell:
    meta = upgraded(cell, place)
    rest = {name: value for name, value in cell.metadata.items() if name != KEY}
    return replace(cell, metadata=rest if meta is None else {**rest, KEY: meta})


def _check_regions(cell: Cell, marking: Marking | None, name: str) -> None:
    """Every region is closed, and stands in a cell of the kind that it is taken out of."""
    allowed = {
        SOLUTION: ("solution_outside_answer", marking is not None and marking.is_solution, "an answer"),
        HIDDEN_TESTS: ("hidden_tests_outside_test", marking is not None and marking.is_grade, "autograder tests"),
        MARK_SCHEME: ("mark_scheme_outside_task", marking is not None and marking.is_task, "a manually graded task"),
    }
    for region, (code, is_allowed, wanted) in allowed.items():
        replace_regions(cell.source, region, cell=name)
        if has_region(cell.source, region) and not is_allowed:
            raise SourceRefused(
                code, name, f"{name}: {region.begin} stands in a cell that is not {wanted}. Mark it so."
            )
    check_attachments(cell.source, cell=name)
    if marking is not None and marking.is_grade and _asks_for_autotest(cell):
        raise SourceRefused(
            "autotest", name, f"{name}: AUTOTEST lines are made into tests by nbgrader. Write the assertions out."
        )


def _asks_for_autotest(cell: Cell) -> bool:
    lines = (line.strip() for line in cell.source.split("\n"))
    return cell.kind == "code" and any(line.startswith("#") and "AUTOTEST " in f"{line} " for line in lines)
