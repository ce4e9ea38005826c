"""A learner's notebook made gradable: what was changed is told, and what the source decides is the source's."""

import json
from typing import Any

import pytest
from support.nbgrader_notebooks import KERNELSPEC, Raw, answer, cell, graded, locked, manual, notebook

from graders.nbgrader import SubmissionRefused, read_document, read_source
from graders.nbgrader.restore import Restored, restore

HIDDEN = "assert f(1) == 1\n### BEGIN HIDDEN TESTS\nassert f(2) == 4\n### END HIDDEN TESTS"
SHOWN = "assert f(1) == 1"
CELLS = (locked("l", "import math"), answer("a", "f = 1"), graded("t", HIDDEN, 2), manual("m", "prose"))
STUB = f"# YOUR CODE HERE\nraise {NotImplementedError.__name__}()"
SENT = (locked("l", "import math"), answer("a", "f = 2"), graded("t", SHOWN, 2), manual("m", "mine"))


def restored(*sent: Raw, **options: Any) -> Restored:
    return restore(read_source(notebook(*CELLS)), read_document(notebook(*sent, **options)))


def told(result: Restored) -> list[tuple[str, str]]:
    return [(one.code, one.cell_id) for one in result.warnings]


def texts(result: Restored) -> list[str]:
    return [one.cell.source for one in result.placed]


def test_what_was_sent_as_asked_is_told_nothing_of() -> None:
    result = restored(*SENT)
    assert texts(result) == ["import math", "f = 2", HIDDEN, "mine"]
    assert (told(result), result.missing) == ([], ())


def test_locked_text_is_the_source_s() -> None:
    result = restored(locked("l", "import os"), SENT[1], graded("t", "pass", 2), SENT[3])
    assert texts(result) == ["import math", "f = 2", HIDDEN, "mine"]
    assert told(result) == [("cell_restored", "l"), ("cell_restored", "t")]


def test_points_and_flags_are_the_source_s() -> None:
    forged = cell(SHOWN, schema_version=3, grade_id="t", grade=True, solution=True, locked=False, points=100)
    result = restored(SENT[0], SENT[1], forged, SENT[3])
    marked = result.placed[2].marked
    assert marked is not None
    assert (marked.marking.points, marked.is_test, result.placed[2].cell.source) == (2.0, True, HIDDEN)
    assert result.placed[2].cell.metadata["nbgrader"]["solution"] is False
    assert told(result) == [("points_restored", "t")]


def test_the_last_cell_with_a_grade_id_counts() -> None:
    result = restored(SENT[0], answer("a", "f = 0"), *SENT[1:])
    assert [one.marked is not None for one in result.placed] == [True, False, True, True, True]
    assert "nbgrader" not in result.placed[1].cell.metadata
    assert told(result) == [("cell_repeated", "a")]


def test_an_unknown_grade_id_is_a_plain_cell() -> None:
    result = restored(*SENT, graded("invented", "1", 50))
    assert (result.placed[4].marked, told(result)) == (None, [("cell_unknown", "invented")])
    assert result.placed[4].cell.metadata == {}


@pytest.mark.parametrize("grade_id", [7, None, "", ["a"], {"a": 1}])
def test_a_grade_id_that_is_none_is_a_plain_cell(grade_id: object) -> None:
    result = restored(*SENT, cell("x", schema_version=3, grade_id=grade_id))
    assert (result.placed[4].marked, told(result)) == (None, [])


def test_a_missing_locked_cell_is_put_back_in_its_place() -> None:
    result = restored(SENT[0], SENT[1], SENT[3])
    assert texts(result) == ["import math", "f = 2", HIDDEN, "mine"]
    assert told(result) == [("cell_put_back", "t")]
    assert texts(restored(*SENT[1:]))[0] == "import math"


def test_a_missing_answer_is_missing() -> None:
    result = restored(SENT[0], SENT[2], SENT[3])
    assert [one.marking.grade_id for one in result.missing] == ["a"]
    assert told(result) == [("cell_missing", "a")]


def test_reordered_cells_keep_the_learner_s_order() -> None:
    result = restored(SENT[2], SENT[0], SENT[1], SENT[3])
    assert texts(result) == [HIDDEN, "import math", "f = 2", "mine"]
    assert told(result) == [("cells_reordered", "l")]


def test_a_changed_type_is_changed_back() -> None:
    prose, code = cell("f = 2", "markdown", **SENT[1]["metadata"]["nbgrader"]), manual("m", "mine", kind="code")
    result = restored(SENT[0], prose, SENT[2], code)
    assert [one.cell.kind for one in result.placed] == ["code", "code", "code", "markdown"]
    assert told(result) == [("cell_type_restored", "a"), ("cell_type_restored", "m")]


def test_the_kernelspec_is_the_source_s() -> None:
    result = restored(*SENT, kernelspec={"name": "ir", "display_name": "R", "language": "R"})
    assert (result.document.kernelspec, told(result)) == (KERNELSPEC, [("kernelspec_restored", "")])


def test_an_answer_as_it_was_handed_out_is_known() -> None:
    result = restored(SENT[0], answer("a", STUB), SENT[2], manual("m", "YOUR ANSWER HERE"))
    assert [one.is_unchanged for one in result.placed] == [False, True, False, True]


def test_another_notebook_is_refused() -> None:
    with pytest.raises(SubmissionRefused) as caught:
        restored(cell("x = 1"))
    assert caught.value.code == "not_this_notebook"


def test_cell_ids_stay_unique() -> None:
    mine = [{**one, "id": f"mine-{at}"} for at, one in enumerate((SENT[1], SENT[3]))]
    result = restored(*mine, {**cell("x"), "id": "cell-1"}, minor=5)
    ids = [one.cell.id for one in result.placed]
    assert len(set(ids)) == len(ids) == 5


def test_thirty_megabytes_of_output_are_nothing() -> None:
    raw = json.loads(notebook(*SENT))
    raw["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 30_000_000}]
    assert told(restore(read_source(notebook(*CELLS)), read_document(json.dumps(raw).encode()))) == []


def test_ten_thousand_cells_are_read() -> None:
    assert len(restored(*SENT, *[cell("x = 1")] * 10_000).placed) == 10_004
