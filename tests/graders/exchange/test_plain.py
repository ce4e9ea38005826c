"""A notebook without marks: what looks like an exercise, and the lesson that a trainer's choice makes of it."""

from dataclasses import replace

import pytest
from support.nbgrader_notebooks import Raw, cell, graded, notebook

from courses import load_from_files
from graders.exchange import Choices, NotTaken, build, make_guess, read_cells, recognise, suggest, to_notebook

TITLE = cell("# Rentas de mi ciudad\n\nDe qué trata.", "markdown")
ASK = cell("## Ejercicio 1: el total\n\nSuma las rentas.", "markdown")
WAITS = cell("total = ...\ntotal")
SOLVED = cell("total = sum([1, 2])\ntotal")
ASSERTS = cell("assert total == 3")
PLAIN = cell("x = 1")


@pytest.mark.parametrize(
    ("cells", "reasons"),
    [
        ([ASK, SOLVED], ("heading",)),
        ([WAITS], ("placeholder",)),
        ([cell(f"def f(x):\n    raise {NotImplementedError.__name__}")], ("placeholder",)),
        ([cell("# tu código: suma\ntotal = 0")], ("todo",)),
        ([SOLVED, ASSERTS], ("tests",)),
        ([ASK, WAITS, ASSERTS], ("heading", "placeholder", "tests")),
    ],
)
def test_what_looks_like_an_exercise_is_found_with_the_reasons(cells: list[Raw], reasons: tuple[str, ...]) -> None:
    found = suggest(notebook(TITLE, PLAIN, *cells))
    assert [one.reasons for one in found.exercises] == [reasons]
    assert found.title == "Rentas de mi ciudad"


def test_a_notebook_without_exercises_suggests_none() -> None:
    assert suggest(notebook(PLAIN, cell("Nada.", "markdown")), "mi_cuaderno.ipynb") == suggest(
        notebook(PLAIN), "mi_cuaderno.ipynb"
    )
    assert suggest(notebook(PLAIN), "mi_cuaderno.ipynb").title == "Mi cuaderno"


@pytest.mark.parametrize(
    ("solution", "kinds"),
    [
        ("total = sum([1, 2])", ["value"]),
        ("ciudad = 'Mérida'", ["text"]),
        ("pares = [2, 4]", ["collection"]),
        ("tabla = datos.groupby('a').sum().reset_index()", ["table"]),
        ("eje = tabla.plot.bar()", ["chart"]),
    ],
)
def test_the_checks_that_fit_follow_from_what_the_answer_leaves(solution: str, kinds: list[str]) -> None:
    (guess,) = suggest(notebook(ASK, cell(solution))).exercises
    assert [one["kind"] for one in guess.checks] == kinds


def test_calls_in_asserts_become_cases_of_a_function() -> None:
    asserts = cell("assert doble(2) == 4\nassert doble(5) == 10")
    (guess,) = suggest(notebook(ASK, cell("def doble(x):\n    return 2 * x"), asserts)).exercises
    (check,) = guess.checks
    assert (check["kind"], [one["args"] for one in check["cases"]]) == ("function", [[2], [5]])


def test_a_solution_below_its_heading_is_the_exercise_s() -> None:
    told = cell("### Solución", "markdown")
    (guess,) = suggest(notebook(ASK, WAITS, told, SOLVED, ASSERTS)).exercises
    assert (guess.starter, guess.solution) == ("total = ...\ntotal", "total = sum([1, 2])\ntotal")


def test_what_a_trainer_confirms_is_a_lesson_that_loads() -> None:
    data = notebook(TITLE, cell("## Leer", "markdown"), PLAIN, ASK, SOLVED, ASSERTS)
    found = suggest(data)
    built = build(data, Choices("mis-rentas", found.title, found.exercises))
    lesson, problems = load_from_files(built.files, "curso", {}, lesson_id="mis-rentas")
    assert lesson is not None, problems
    assert (lesson.title.es, [one.title.es for one in lesson.exercises]) == (found.title, ["Ejercicio 1: el total"])
    assert lesson.exercises[0].solutions == ("total = sum([1, 2])\ntotal",)
    assert {one.code for one in built.remarks} == {"wrong-answers", "untranslated"}


def test_a_choice_without_exercises_or_of_cells_that_are_not_there_is_refused() -> None:
    data = notebook(ASK, SOLVED)
    (guess,) = suggest(data).exercises
    with pytest.raises(NotTaken) as none:
        build(data, Choices("a", "A", ()))
    with pytest.raises(NotTaken) as elsewhere:
        build(data, Choices("a", "A", (replace(guess, answer=9),)))
    assert (none.value.remark.code, elsewhere.value.remark.code) == ("no-exercise", "no-cell")


def test_cells_that_a_trainer_chose_make_an_exercise_whatever_speaks_for_it() -> None:
    data = notebook(TITLE, PLAIN, WAITS, SOLVED, ASSERTS)
    guess = make_guess(read_cells(data), 2, solution_at=3, tests=(4,))
    assert (guess.title, guess.reasons, guess.statement) == ("Ejercicio 3", (), None)
    assert (guess.starter, guess.solution) == ("total = ...\ntotal", "total = sum([1, 2])\ntotal")
    assert guess.places == {2, 3, 4}


def test_what_is_left_out_is_nowhere_in_the_lesson() -> None:
    data = notebook(TITLE, PLAIN, ASK, SOLVED)
    files = build(data, Choices("rentas", "Rentas", suggest(data).exercises, frozenset({1}))).files
    assert b"x = 1" not in files["lesson.es.md"]
    assert b"x = 1" in build(data, Choices("rentas", "Rentas", suggest(data).exercises)).files["lesson.es.md"]


def test_a_notebook_says_what_sort_it_is() -> None:
    lesson = {
        "lesson.es.md": b"(a)=\n## A\n", "lesson.en.md": b"(a)=\n## A\n", "lesson.yaml": b"id: x\n"
    }  # fmt: skip
    assert recognise(read_cells(notebook(PLAIN))) == "plain"
    assert recognise(read_cells(notebook(graded("prueba", "assert total == 3")))) == "nbgrader"
    assert recognise(read_cells(to_notebook(lesson, "es"))) == "lesson"
