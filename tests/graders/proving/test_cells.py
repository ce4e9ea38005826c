"""A lesson runs from nothing, each cell in order, and again: what does not is told with its cell."""

import pytest
from support.lessons import a_lesson, an_exercise

from courses import Lesson
from graders.expected import Workbench
from graders.keys import AnswerKeys
from graders.proving.cells import prove_cells
from graders.proving.record import ProofFinding
from notebooks import ForkServer, Limits


@pytest.fixture
def bench(fork_server: ForkServer, keys: AnswerKeys) -> Workbench:
    return Workbench(fork_server, keys, Limits(cell_timeout_s=3.0), "es")


def told(found: tuple[ProofFinding, ...]) -> list[tuple[str, str, str]]:
    return [(one.severity, one.code, one.block_id) for one in found]


def test_a_lesson_that_runs_has_no_findings(bench: Workbench) -> None:
    assert prove_cells(a_lesson(an_exercise(solution="total = base + 2\ntotal")), bench) == ()


@pytest.mark.parametrize(
    ("before", "code"),
    [
        ("base = nadie", "cell_error"),
        ("while True: pass", "cell_timeout"),
        ("import os; os._exit(3)", "cell_died"),
        ("base = 'x' * 4 * 1024**3", "cell_out_of_memory"),
        ("import urllib.request\nurllib.request.urlopen('https://example.org')", "cell_error"),
    ],
)
def test_a_cell_that_does_not_run_as_a_learners_would_is_found(bench: Workbench, before: str, code: str) -> None:
    found = prove_cells(a_lesson(an_exercise(), before=before), bench)
    assert told(found) == [("error", code, "antes")]
    assert (found[0].language, found[0].exercise_id) == ("es", "")


def test_who_asks_for_the_network_is_told_that_there_is_none(bench: Workbench) -> None:
    source = "import urllib.request\ntotal = len(urllib.request.urlopen('https://example.org').read())"
    (found,) = prove_cells(a_lesson(an_exercise(solution=source)), bench)
    assert found.exercise_id == "suma"
    assert "aula.datos" in found.message.es
    assert "network" in found.message.en


def test_only_the_first_cell_that_stops_is_told(bench: Workbench) -> None:
    found = prove_cells(a_lesson(an_exercise(solution="total = base"), before="base = nadie"), bench)
    assert [one.block_id for one in found] == ["antes"]


def two(first: str, second: str) -> Lesson:
    return a_lesson(an_exercise(solution=first, exercise_id="uno"), an_exercise(solution=second, exercise_id="dos"))


def test_a_lesson_that_passes_only_on_the_second_run_is_found(bench: Workbench) -> None:
    found = prove_cells(two("total = luego + 1", "luego = 41"), bench)
    assert told(found) == [("error", "cell_needs_later", "uno")]


def test_a_second_run_that_shows_something_else_is_found(bench: Workbench) -> None:
    found = prove_cells(a_lesson(an_exercise(solution="import random\ntotal = 42\nrandom.random()")), bench)
    assert told(found) == [("warning", "cell_differs", "suma")]


def test_a_second_run_that_ends_otherwise_is_found(bench: Workbench) -> None:
    source = "import random\nassert int(random.random() * 1000) == {}"
    first = prove_cells(a_lesson(an_exercise(solution="import random\nint(random.random() * 1000)")), bench)
    assert told(first) == [("warning", "cell_differs", "suma")]
    # The first run has seed 0, whose first number is known for as long as Python has this generator.
    found = prove_cells(a_lesson(an_exercise(solution=source.format(844))), bench)
    assert told(found) == [("error", "cell_by_chance", "suma")]


def test_addresses_in_memory_and_fixed_seeds_make_no_difference(bench: Workbench) -> None:
    seeded = "import random\nrandom.seed(7)\ntotal = 42\nrandom.random()"
    assert prove_cells(two("object()", seeded), bench) == ()
