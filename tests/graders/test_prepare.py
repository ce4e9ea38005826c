"""Step 1: the learner's text in the lesson's cells."""

from support.lessons import a_lesson, an_exercise, answered

from graders.prepare import lesson_notebook, prepare
from graders.report import Warning
from notebooks import Cell, Notebook

LESSON = a_lesson(an_exercise(), an_exercise(exercise_id="resta"))


def test_cells_run_in_the_lessons_order_down_to_the_answer() -> None:
    work = answered(LESSON, suma="total = 1")
    backwards = Notebook(tuple(reversed(work.cells)))
    prepared = prepare(LESSON, LESSON.exercises[0].id, backwards, "es")
    assert [cell.source for cell in prepared.cells] == ["base = 40", "total = 1"]


def test_a_later_exercise_runs_after_the_earlier_ones() -> None:
    prepared = prepare(LESSON, LESSON.exercises[1].id, answered(LESSON, suma="a = 1", resta="b = 2"), "es")
    assert [cell.id for cell in prepared.cells] == ["antes", "suma", "resta"]


def test_a_locked_cell_is_restored_and_it_is_said() -> None:
    prepared = prepare(LESSON, LESSON.exercises[0].id, answered(LESSON, antes="base = 42"), "es")
    assert prepared.cells[0].source == "base = 40"
    assert prepared.warnings == (Warning("cell_restored", "antes"),)


def test_a_locked_cell_that_was_taken_out_is_restored_too() -> None:
    work = Notebook((Cell("suma", "code", "total = 1", exercise_id="suma"),))
    prepared = prepare(LESSON, LESSON.exercises[0].id, work, "es")
    assert [cell.id for cell in prepared.cells] == ["antes", "suma"]
    assert prepared.warnings == (Warning("cell_restored", "antes"),)


def test_an_open_cell_keeps_the_learners_text() -> None:
    lesson = a_lesson(an_exercise(), is_locked=False)
    prepared = prepare(lesson, lesson.exercises[0].id, answered(lesson, antes="base = 1"), "es")
    assert (prepared.cells[0].source, prepared.warnings) == ("base = 1", ())


def test_cells_of_the_learners_own_do_not_run_and_it_is_said() -> None:
    work = answered(LESSON)
    more = Notebook((*work.cells, Cell("mia", "code", "base = 0"), Cell("vacia", "code", "  ")))
    prepared = prepare(LESSON, LESSON.exercises[0].id, more, "es")
    assert [cell.id for cell in prepared.cells] == ["antes", "suma"]
    assert prepared.warnings == (Warning("cell_left_out", "mia"),)


def test_an_answer_whose_id_was_dropped_is_found_by_its_metadata() -> None:
    work = Notebook((Cell("cell-1", "code", "total = 1", exercise_id="suma"),))
    prepared = prepare(LESSON, LESSON.exercises[0].id, work, "es")
    assert prepared.answer is not None
    assert prepared.answer.source == "total = 1"


def test_of_two_answers_the_one_with_the_exercises_own_id_counts() -> None:
    copy = Cell("cell-1", "code", "total = 1", exercise_id="suma")
    for cells in ((copy, Cell("suma", "code", "total = 2")), (Cell("suma", "code", "total = 2"), copy)):
        prepared = prepare(LESSON, LESSON.exercises[0].id, Notebook(cells), "es")
        assert prepared.answer is not None
        assert prepared.answer.source == "total = 2"


def test_an_answer_that_was_not_sent_in_is_none() -> None:
    for cells in ((), (Cell("suma", "markdown", "total = 42"),)):
        assert prepare(LESSON, LESSON.exercises[0].id, Notebook(cells), "es").answer is None


def test_the_lessons_notebook_has_starters_where_nothing_else_is_given() -> None:
    notebook = lesson_notebook(LESSON, "es", {"resta": "resto = 1"})
    assert [cell.source for cell in notebook.cells] == ["base = 40", "total = ...", "resto = 1"]
