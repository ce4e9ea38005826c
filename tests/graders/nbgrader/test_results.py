"""What is written of a graded notebook: the report, the trainer's notebook, the learner's page."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from support.nbgrader_notebooks import answer, graded, manual

from graders.nbgrader import Graded, to_autograded, to_feedback, to_report, write_document
from graders.nbgrader.words import ENGLISH, SPANISH

SOURCE = [
    answer("f", "def f(n):\n    return n * n"),
    graded(
        "t", "assert f(2) == 4\n### BEGIN HIDDEN TESTS\nassert f(31) == 961, 'hidden words'\n### END HIDDEN TESTS", 2
    ),
    graded("u", "print('checked')\nassert f(0) == 0"),
    manual("m", "prose"),
]
SENT = [answer("f", "print('<b>hello</b>')\ndef f(n):\n    return 4 if n else 0"), *SOURCE[1:3], manual("m", "mine")]


@pytest.fixture
def result(grade_cells: Callable[..., Graded]) -> Graded:
    return grade_cells(SOURCE, SENT)


def test_the_report_has_one_entry_for_each_graded_cell(result: Graded) -> None:
    report = to_report(result, "en")
    assert (report["schema"], report["points"], report["max_points"]) == ("aula-report/1", 1.0, 5.0)
    assert {one["id"]: (one["status"], one["points"]) for one in report["exercises"]} == {
        "t": ("failed", 0.0), "u": ("passed", 1.0), "m": ("manual", 0.0),
    }  # fmt: skip
    (check,) = report["exercises"][0]["checks"]
    assert set(check) == {"id", "status", "points", "max_points", "message"}
    assert "hidden words" not in json.dumps(report)
    json.dumps(report, allow_nan=False)


def autograded(result: Graded) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(write_document(to_autograded(result, "es")))["cells"]
    return cells


def test_the_autograded_notebook_has_outputs_and_points(result: Graded) -> None:
    cells = autograded(result)
    assert [one["output_type"] for one in cells[0]["outputs"]] == ["stream"]
    assert [one["output_type"] for one in cells[1]["outputs"]] == ["error"]
    assert cells[1]["metadata"]["aula"] == {
        "points": 0.0, "max_points": 2.0, "status": "failed", "message": SPANISH["failed"],
    }  # fmt: skip
    assert "HIDDEN" in "".join(cells[1]["source"])


def test_the_feedback_shows_neither_hidden_tests_nor_live_text(result: Graded) -> None:
    page = to_feedback(result, "es")
    assert "assert f(2) == 4" in page
    assert "checked" in page
    for hidden in ("961", "hidden words", "HIDDEN", "<b>hello"):
        assert hidden not in page
    assert "&lt;b&gt;hello&lt;/b&gt;" in page
    assert "1 de 5 puntos" in page
    assert "1 of 5 points" in to_feedback(result, "en")


def test_every_sentence_is_there_in_both_languages() -> None:
    assert SPANISH.keys() == ENGLISH.keys()
    holes = {"cell": "c", "have": "h", "wanted": "w", "value": "v", "why": "y"}
    for code in SPANISH:
        assert SPANISH[code].format(**holes) != ENGLISH[code].format(**holes)
