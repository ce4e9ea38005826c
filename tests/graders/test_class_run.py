"""A folder of submissions graded side by side: none holds up or breaks another, and what is done is not done again."""

import csv
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from support.lessons import answered
from support.nbgrader_notebooks import answer, graded, manual, notebook

from courses import Catalogue
from graders.__main__ import main
from graders.class_run import ClassRun, Marked, Outcome, basis_of, write_summary
from graders.nbgrader import SubmissionRefused
from notebooks import KernelUnavailable, write_notebook

ROOT = Path(__file__).parents[2]
LESSON = ROOT / "courses" / "content" / "analisis-con-pandas" / "agrupar"
SOURCE = notebook(
    answer("f", "### BEGIN SOLUTION\ndef f(n):\n    return n * n\n### END SOLUTION"),
    graded("t", "assert f(3) == 9"),
    manual("m", "### BEGIN SOLUTION\nyes\n### END SOLUTION"),
)
REPORT = {"points": 1.0, "max_points": 1.0, "exercises": [{"id": "t", "status": "passed", "points": 1.0}]}


def sent(text: str) -> bytes:
    return notebook(answer("f", text), graded("t", "assert f(3) == 9"), manual("m", "mine"))


RIGHT, WRONG = sent("def f(n):\n    return n ** 2"), sent("def f(n):\n    return n")
Grade = Callable[..., dict[str, dict[str, str]]]


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def rows(out: Path) -> dict[str, dict[str, str]]:
    with (out / "summary.csv").open(encoding="utf-8", newline="") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    (tmp_path / "source.ipynb").write_bytes(SOURCE)
    folders = ["--submissions", str(tmp_path / "sent"), "--out", str(tmp_path / "out")]
    return ["grade", "--source", str(tmp_path / "source.ipynb"), "--cell-timeout-s", "2", *folders]


def test_hostile_and_unreadable_submissions_have_their_own_outcome(arguments: list[str], tmp_path: Path) -> None:
    folder = put(tmp_path / "sent", {
        "ana/tarea.ipynb": RIGHT,
        "beto/tarea.ipynb": WRONG,
        "carla/tarea.ipynb": sent("while True: pass"),
        "dario/tarea.ipynb": sent("import os\nos._exit(1)"),
        "elsa/tarea.ipynb": b"{",
        "fer/tarea.ipynb": sent("def f(n):\n    while True: pass"),
        "gil/tarea.ipynb": RIGHT,
        "gil/.ipynb_checkpoints/tarea.ipynb": RIGHT,
    })  # fmt: skip
    (folder / "hugo.ipynb").symlink_to(folder / "ana" / "tarea.ipynb")
    assert main(arguments) == 0
    found = {name: (row["state"], row["exit"], row["points"]) for name, row in rows(tmp_path / "out").items()}
    assert found == {
        "ana/tarea.ipynb": ("graded", "0", "1.0"),
        "beto/tarea.ipynb": ("graded", "0", "0.0"),
        "carla/tarea.ipynb": ("graded", "0", "0.0"),
        "dario/tarea.ipynb": ("graded", "0", "0.0"),
        "elsa/tarea.ipynb": ("refused", "3", ""),
        "fer/tarea.ipynb": ("graded", "0", "0.0"),
        "gil/tarea.ipynb": ("graded", "0", "1.0"),
        "hugo.ipynb": ("refused", "3", ""),
    }
    assert (rows(tmp_path / "out")["ana/tarea.ipynb"]["t"], rows(tmp_path / "out")["ana/tarea.ipynb"]["m"]) == (
        "1.0",
        "",
    )
    report = json.loads((tmp_path / "out" / "fer" / "tarea.json").read_text())
    assert report["exercises"][0]["status"] == "timeout"
    assert json.loads((tmp_path / "out" / "elsa" / "tarea.json").read_text())["problem"]["code"] == "not_json"
    assert (tmp_path / "out" / "ana" / "tarea.autograded.ipynb").stat().st_size
    assert "<html" in (tmp_path / "out" / "ana" / "tarea.feedback.html").read_text()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)])
def test_a_run_that_was_ended_goes_on_from_there(arguments: list[str], tmp_path: Path, number: int, code: int) -> None:
    put(tmp_path / "sent", {f"{number:02}.ipynb": RIGHT for number in range(12)})
    # Whatever started the tests may have let this signal be ignored, and a command inherits that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [sys.executable, "-m", "graders", *arguments, "--jobs", "1"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(number)
        process.stdout.read()
    assert process.returncode == code
    assert first.startswith("00.ipynb: 1 / 3")
    written = (tmp_path / "out").glob("*.json")
    done = {path: path.stat().st_mtime_ns for path in written if json.loads(path.read_text())["state"] == "graded"}
    assert done
    assert main(arguments) == 0
    assert {row["points"] for row in rows(tmp_path / "out").values()} == {"1.0"}
    assert len(rows(tmp_path / "out")) == 12
    assert {path: path.stat().st_mtime_ns for path in done} == done


def test_a_class_is_graded_against_a_lesson(catalogue: Catalogue, tmp_path: Path) -> None:
    lesson = catalogue.find_lesson("analisis-con-pandas", "agrupar")
    assert lesson is not None
    right = "medio_ambiente = gasto[gasto.ramo_id == 16].millones.sum()"
    answers = {"right": right, "wrong": "medio_ambiente = 5"}
    put(tmp_path / "sent", {f"{name}.ipynb": write_notebook(answered(lesson, total_de_un_ramo=text))
                            for name, text in answers.items()})  # fmt: skip
    folders = ["--submissions", str(tmp_path / "sent"), "--out", str(tmp_path / "out")]
    assert main(["grade", "--lesson", str(LESSON), "--exercise", "total-de-un-ramo", *folders]) == 0
    found = rows(tmp_path / "out")
    assert (found["right.ipynb"]["total-de-un-ramo"], found["wrong.ipynb"]["total-de-un-ramo"]) == ("3.0", "0.0")


def test_an_assignment_of_several_notebooks_is_graded_by_their_names(tmp_path: Path) -> None:
    other = notebook(answer("g", "g = 1"), graded("u", "assert g == 1"))
    put(tmp_path / "source", {"one.ipynb": SOURCE, "two.ipynb": other})
    put(tmp_path / "sent", {"ana/one.ipynb": RIGHT, "ana/two.ipynb": other, "ana/three.ipynb": other})
    folders = ["--submissions", str(tmp_path / "sent"), "--out", str(tmp_path / "out")]
    assert main(["grade", "--source", str(tmp_path / "source"), *folders]) == 0
    found = {name: (row["state"], row["t"], row["u"]) for name, row in rows(tmp_path / "out").items()}
    assert found == {
        "ana/one.ipynb": ("graded", "1.0", ""),
        "ana/two.ipynb": ("graded", "", "1.0"),
        "ana/three.ipynb": ("refused", "", ""),
    }


def test_folders_that_cannot_be_used_are_refused(arguments: list[str], tmp_path: Path) -> None:
    assert main(arguments) == 3
    put(tmp_path / "sent", {"a.ipynb": RIGHT})
    assert main(arguments[:-2]) == 3


def class_of(tmp_path: Path, mark: Callable[[Path], Marked], basis: str = "1", **sent_files: bytes) -> ClassRun:
    put(tmp_path / "sent", {f"{name}.ipynb": data for name, data in sent_files.items()})
    return ClassRun(tmp_path / "sent", tmp_path / "out", mark, basis_of(basis))


def test_a_submission_that_is_stuck_gives_its_place_to_the_next(tmp_path: Path) -> None:
    """Without that the first would wait for the second, and the second for the first."""
    second_came = threading.Event()

    def mark(path: Path) -> Marked:
        if path.stem == "b":
            second_came.set()
        assert second_came.wait(60)
        return Marked(REPORT)

    outcomes = class_of(tmp_path, mark, a=b"1", b=b"2").grade(jobs=1, most=2, patience_s=0.01)
    assert {one.state for one in outcomes} == {"graded"}


def test_there_are_never_more_at_once_than_have_room(tmp_path: Path) -> None:
    running, most = [], []

    def mark(path: Path) -> Marked:
        running.append(path)
        most.append(len(running))
        running.remove(path)
        return Marked(REPORT)

    run = class_of(tmp_path, mark, **{f"s{number}": b"" for number in range(20)})
    assert len(list(run.grade(jobs=8, most=1, patience_s=0.001))) == 20
    assert max(most) == 1


def test_only_what_changed_is_graded_again(tmp_path: Path) -> None:
    marked: list[str] = []

    def mark(path: Path) -> Marked:
        marked.append(path.stem)
        if path.stem == "c":
            raise SubmissionRefused("not_json", "no")
        return Marked(REPORT, {"txt": lambda: b"x"})

    def grade(basis: str, **files: bytes) -> list[str]:
        marked.clear()
        outcomes = list(class_of(tmp_path, mark, basis, **files).grade(jobs=2, most=2))
        assert {one.state for one in outcomes} == {"graded", "refused"}
        return sorted(marked)

    assert grade("1", a=b"1", b=b"1", c=b"1") == ["a", "b", "c"]
    assert grade("1") == []
    assert grade("1", b=b"2") == ["b"]
    assert grade("2") == ["a", "b", "c"]


@pytest.mark.parametrize("reason", [KernelUnavailable("away"), MemoryError(), ValueError("a slip of ours")])
def test_what_the_machine_could_not_grade_is_graded_the_next_time(tmp_path: Path, reason: Exception) -> None:
    def fail(path: Path) -> Marked:
        if path.stem == "a":
            raise reason
        return Marked(REPORT)

    first = class_of(tmp_path, fail, a=b"1", b=b"1").grade(jobs=1, most=1)
    assert {one.name: one.state for one in first} == {"a.ipynb": "not_graded", "b.ipynb": "graded"}
    second = class_of(tmp_path, lambda path: Marked(REPORT)).grade(jobs=1, most=1)
    assert {one.name: (one.state, one.was_kept) for one in second} == {
        "a.ipynb": ("graded", False),
        "b.ipynb": ("graded", True),
    }


def test_a_refusal_may_quote_what_cannot_be_written_down(tmp_path: Path) -> None:
    def refuse(path: Path) -> Marked:
        raise SubmissionRefused("bad_text", "half a pair: \ud800")

    outcomes = list(class_of(tmp_path, refuse, a=b"1").grade(jobs=1, most=1))
    write_summary(tmp_path, outcomes)
    assert rows(tmp_path)["a.ipynb"]["message"] == outcomes[0].text == "half a pair: \\ud800"


def test_results_below_the_submissions_are_none(tmp_path: Path) -> None:
    put(tmp_path / "sent", {"a.ipynb": b"1", "out/a.autograded.ipynb": b"1"})
    run = ClassRun(tmp_path / "sent", tmp_path / "sent" / "out", lambda path: Marked(REPORT), "1")
    assert [path.name for path in run.paths()] == ["a.ipynb"]


def test_a_name_is_no_formula_in_the_summary(tmp_path: Path) -> None:
    write_summary(tmp_path, [Outcome("=cmd|' /C calc'!A0.ipynb", "graded", REPORT)])
    assert list(rows(tmp_path)) == ["'=cmd|' /C calc'!A0.ipynb"]
