"""Grading from end to end: four verdicts that are never confused, and our own failures, which are none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.lessons import a_check, a_choice, a_lesson, a_wrong_answer, an_exercise, answered

from courses import Catalogue, Lesson
from graders import AnswerKeys, GradeReport, UngradableExercise, grade
from notebooks import Cell, ForkServer, KernelUnavailable, Limits, Notebook

Mark = Callable[..., GradeReport]

TWO = an_exercise(
    a_check(points=1.5),
    a_check("value", "otro", points=0.5, name="otro"),
    solution="total = base + 2\notro = 7",
    wrong_answers=(a_wrong_answer("total = base", "sin-sumar"), a_wrong_answer("total = base - 2", "restado")),
)
LESSON = a_lesson(TWO)
QUICK = Limits(cell_timeout_s=1.0, memory_mib=512)


def test_a_right_answer_passes_in_full(mark: Mark) -> None:
    report = mark(LESSON, "otro, total = 7, 42")
    assert (report.verdict, report.points, report.max_points, report.fault) == ("passed", 2.0, 2.0, None)
    assert [(one.check_id, one.status, one.points) for one in report.checks] == [
        ("value", "passed", 1.5), ("otro", "passed", 0.5),
    ]  # fmt: skip
    assert report.lesson_version == "v1"


def test_an_answer_that_is_right_in_part_earns_that_part(mark: Mark) -> None:
    report = mark(LESSON, "total = 42\notro = 8")
    assert (report.verdict, report.points) == ("partial", 1.5)


def test_a_wrong_answer_fails(mark: Mark) -> None:
    report = mark(LESSON, "total = 1")
    assert (report.verdict, report.points) == ("failed", 0.0)
    assert [one.code for one in report.checks] == ["value.different", "value.missing_name"]


def test_a_declared_wrong_answer_is_recognised_however_it_is_written(mark: Mark) -> None:
    report = mark(LESSON, "total = sum([base])")
    assert report.checks[0].wrong_answer_id == "sin-sumar"
    assert mark(LESSON, "total = 38.0").checks[0].wrong_answer_id == "restado"
    assert mark(LESSON, "total = 39").checks[0].wrong_answer_id is None


def test_an_exception_is_an_error_and_earns_nothing(mark: Mark) -> None:
    report = mark(LESSON, "total = 42\notro = 7\nnadie")
    assert (report.verdict, report.points) == ("error", 0.0)
    assert report.fault is not None
    assert (report.fault.name, report.fault.line) == ("NameError", 3)
    assert {one.status for one in report.checks} == {"error"}


def test_a_wrong_answer_that_raises_is_known_by_its_exception(mark: Mark) -> None:
    lesson = a_lesson(an_exercise(wrong_answers=(a_wrong_answer("total = 'a' + 1", "mezcla"),)))
    assert mark(lesson, "x = 'b' + 2").checks[0].wrong_answer_id == "mezcla"
    assert mark(lesson, "1 / 0").checks[0].wrong_answer_id is None


def test_too_long_and_too_much_are_verdicts_of_their_own(mark: Mark) -> None:
    assert mark(LESSON, "while True: pass", limits=QUICK).verdict == "timeout"
    assert mark(LESSON, "total = bytearray(3 * 2**30)", limits=QUICK).verdict == "out_of_memory"


def test_a_process_that_ends_itself_is_an_error_without_an_exception(mark: Mark) -> None:
    report = mark(LESSON, "total = 42\notro = 7\nimport os\nos._exit(0)")
    assert (report.verdict, report.points) == ("error", 0.0)
    assert report.fault is not None
    assert report.fault.name == ""


FUNCTION = a_lesson(
    an_exercise(
        a_check("function", name="f", cases=[{"label": {"es": "dos", "en": "two"}, "args": [2]}]),
        a_check("value", points=1.0),
        solution="def f(x):\n    return x * 21\ntotal = f(2)",
        starter="",
    )
)


def test_a_function_that_never_ends_is_a_timeout_too(mark: Mark) -> None:
    report = mark(FUNCTION, "total = 42\ndef f(x):\n    while True: pass", limits=QUICK)
    assert (report.verdict, report.checks[0].code) == ("timeout", "function.too_slow")


def test_a_function_that_ends_the_process_is_an_error(mark: Mark) -> None:
    report = mark(FUNCTION, "import os\ntotal = 42\ndef f(x):\n    os._exit(0)")
    assert (report.verdict, report.points) == ("error", 0.0)


def test_an_earlier_cell_that_fails_costs_nothing_by_itself(mark: Mark) -> None:
    lesson = a_lesson(TWO, is_locked=False)
    report = mark(lesson, "total = 42\notro = 7", antes="1 / 0")
    assert report.verdict == "passed"
    assert [(one.code, one.cell_id) for one in report.warnings] == [("earlier_cell_failed", "antes")]


def test_a_changed_locked_cell_changes_nothing(mark: Mark) -> None:
    report = mark(LESSON, "total = base + 2\notro = 7", antes="base = 99")
    assert report.verdict == "passed"
    assert [one.code for one in report.warnings] == ["cell_restored"]


def test_an_answer_that_was_not_sent_in_is_missing(fork_server: ForkServer, keys: AnswerKeys) -> None:
    work = Notebook((Cell("antes", "code", "base = 40"),))
    report = grade(LESSON, "suma", work, sandbox=fork_server, keys=keys, limits=Limits(), language="es")
    assert (report.verdict, report.points, report.max_points) == ("missing", 0.0, 2.0)


@pytest.mark.parametrize(("chosen", "verdict"), [(["b"], "passed"), (["a"], "failed"), ([], "failed")])
def test_a_choice_needs_no_sandbox(tmp_path: Path, chosen: list[str], verdict: str) -> None:
    lesson = a_lesson(a_choice("b"))
    nobody = ForkServer.attach(tmp_path / "nobody.sock")
    report = grade(
        lesson, "elige", answered(lesson, choice=chosen), sandbox=nobody, keys=AnswerKeys(tmp_path / "keys"),
        limits=Limits(), language="es",
    )  # fmt: skip
    assert report.verdict == verdict


def test_a_fork_server_that_is_away_is_our_failure(tmp_path: Path) -> None:
    nobody = ForkServer.attach(tmp_path / "nobody.sock")
    keys = AnswerKeys(tmp_path / "keys")
    with pytest.raises(KernelUnavailable):
        grade(LESSON, "suma", answered(LESSON), sandbox=nobody, keys=keys, limits=Limits(), language="es")


@pytest.mark.parametrize(
    ("solution", "code"),
    [
        ("1 / 0", "solution_stopped"),
        ("otro = 7", "solution_fails"),
        ("total = 'a'", "solution_fails"),
        ("total = object()", "solution_fails"),
        ((), "solution_stopped"),
    ],
)
def test_a_solution_that_fails_is_the_authors_failure(mark: Mark, solution: str, code: str) -> None:
    with pytest.raises(UngradableExercise) as caught:
        mark(a_lesson(an_exercise(solution=solution)), "total = 42")
    assert caught.value.code == code
    assert "curso/leccion/suma" in str(caught.value)


def test_an_unknown_exercise_is_ours_too(fork_server: ForkServer, keys: AnswerKeys) -> None:
    with pytest.raises(UngradableExercise) as caught:
        grade(LESSON, "nada", answered(LESSON), sandbox=fork_server, keys=keys, limits=Limits(), language="es")
    assert caught.value.code == "unknown_exercise"


def test_a_later_exercise_does_not_need_the_earlier_ones(fork_server: ForkServer, keys: AnswerKeys) -> None:
    lesson = a_lesson(an_exercise(exercise_id="antes-de"), an_exercise())
    work = answered(lesson, antes_de="nadie", suma="total = 42")
    report = grade(lesson, "suma", work, sandbox=fork_server, keys=keys, limits=Limits(), language="es")
    assert report.verdict == "passed"


def test_chance_falls_the_same_for_everybody(mark: Mark) -> None:
    draw = "import random\nimport numpy as np\ntotal = random.random() + np.random.rand()"
    lesson = a_lesson(an_exercise(solution=draw))
    assert mark(lesson, draw).verdict == "passed"


def test_a_second_grading_runs_the_learners_code_only(
    fork_server: ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = AnswerKeys(tmp_path / "keys")

    def graded() -> str:
        work = answered(LESSON, suma="total = 40")
        return grade(LESSON, "suma", work, sandbox=fork_server, keys=keys, limits=Limits(), language="es").verdict

    graded()
    opened = []
    open_session = ForkServer.open_session
    monkeypatch.setattr(ForkServer, "open_session", lambda *a, **k: opened.append(1) or open_session(*a, **k))
    assert graded() == "failed"
    assert len(opened) == 1


def test_a_shipped_exercise_is_graded_on_its_real_data(
    fork_server: ForkServer, keys: AnswerKeys, catalogue: Catalogue
) -> None:
    lesson: Lesson | None = catalogue.find_lesson("analisis-con-pandas", "agrupar")
    assert lesson is not None
    source = "por_ramo = gasto.groupby('ramo_id').agg(millones=('millones', 'sum')).reset_index()[::-1]"
    work = answered(lesson, gasto_por_ramo=source)
    report = grade(lesson, "gasto-por-ramo", work, sandbox=fork_server, keys=keys, limits=Limits(), language="es")
    assert (report.verdict, report.warnings) == ("passed", ())
