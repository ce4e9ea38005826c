"""A learner's work carried into a newer lesson: their text is kept, ours is restored, nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from notebooks import Cell, Notebook, merge_work

CELLS = st.builds(
    Cell,
    id=st.sampled_from("abcdefgh"),
    kind=st.sampled_from(["code", "markdown"]),
    source=st.text("abc`\n ", max_size=12),
    is_locked=st.booleans(),
)
NOTEBOOKS = st.lists(CELLS, max_size=6, unique_by=lambda cell: cell.id).map(lambda cells: Notebook(tuple(cells)))


def code(name: str, source: str, **more: object) -> Cell:
    return Cell(name, "code", source, **more)  # type: ignore[arg-type]


def test_the_learners_text_choice_and_outputs_are_kept() -> None:
    outputs = ({"output_type": "stream", "name": "stdout", "text": "7"},)
    work = Notebook((code("a", "x = 7", choice=("b",), outputs=outputs, execution_count=3),))
    merged = merge_work(Notebook((code("a", "x = ...", exercise_id="e"),)), work)
    assert merged.cells == (code("a", "x = 7", exercise_id="e", choice=("b",), outputs=outputs, execution_count=3),)


def test_locked_cells_and_prose_come_from_the_lesson() -> None:
    lesson = Notebook((code("a", "import aula", is_locked=True), Cell("b", "markdown", "Lee esto.")))
    work = Notebook((code("a", "import os", is_locked=True), Cell("b", "markdown", "Nada.")))
    assert merge_work(lesson, work) == lesson


def test_cells_that_the_lesson_lost_stay_at_the_end_as_notes() -> None:
    work = Notebook((code("viejo", 'print("```")'), Cell("nota", "markdown", "mía"), code("vacía", "  \n")))
    merged = merge_work(Notebook((code("a", "1"),)), work)
    assert merged.cells[1:] == (
        Cell("viejo", "markdown", '````python\nprint("```")\n````'),
        Cell("nota", "markdown", "mía"),
    )


@given(NOTEBOOKS, NOTEBOOKS)
def test_no_text_of_a_learner_is_lost(lesson: Notebook, work: Notebook) -> None:
    merged = merge_work(lesson, work)
    for cell in work.cells:
        home = lesson.find_cell(cell.id)
        is_ours = cell.is_locked or (home is not None and (home.is_locked or "markdown" in (home.kind, cell.kind)))
        if cell.source.strip() and not is_ours:
            kept = merged.find_cell(cell.id)
            assert kept is not None
            assert cell.source in kept.source


@given(NOTEBOOKS, NOTEBOOKS)
def test_merging_twice_changes_nothing(lesson: Notebook, work: Notebook) -> None:
    once = merge_work(lesson, work)
    assert merge_work(lesson, once) == once
