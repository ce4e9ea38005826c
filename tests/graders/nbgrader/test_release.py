"""The learner's version: what goes, what stays, and the checksums."""

import json
from typing import Any

import pytest
from support.nbgrader_notebooks import KERNELSPEC, Raw, answer, cell, graded, locked, manual, notebook, task

from graders.nbgrader import SourceRefused, read_source, release, write_document

STUB = f"# YOUR CODE HERE\nraise {NotImplementedError.__name__}()"
HIDDEN = "assert f(1) == 1\n### BEGIN HIDDEN TESTS\nassert f(2) == 4\n### END HIDDEN TESTS"


def released(*cells: Raw, kernelspec: dict[str, str] = KERNELSPEC) -> Any:
    return json.loads(write_document(release(read_source(notebook(*cells, kernelspec=kernelspec)))))


def text(*cells: Raw, kernelspec: dict[str, str] = KERNELSPEC) -> str:
    return "".join(released(*cells, kernelspec=kernelspec)["cells"][0]["source"])


def test_a_solution_region_becomes_a_stub_at_its_indent() -> None:
    source = "def f(n):\n    ### BEGIN SOLUTION\n    return n * n\n    ### END SOLUTION\nprint(f(2))"
    stub = STUB.replace("\n", "\n    ")
    assert text(answer("a", source)) == f"def f(n):\n    {stub}\nprint(f(2))"


def test_an_answer_without_a_region_is_replaced_whole() -> None:
    assert text(answer("a", "x = 1")) == STUB
    assert text(manual("m", "prose")) == "YOUR ANSWER HERE"


@pytest.mark.parametrize(
    ("language", "stub"),
    [
        ("R", "# YOUR CODE HERE\nfail()"),
        ("octave", "% YOUR CODE HERE\nerror('No Answer Given!')"),
        ("sas", "/* YOUR CODE HERE */\n %notImplemented;"),
        ("java", "// YOUR CODE HERE"),
    ],
)
def test_the_stub_is_in_the_kernelspec_s_language(language: str, stub: str) -> None:
    assert text(answer("a", "x"), kernelspec={**KERNELSPEC, "language": language}) == stub


def test_a_language_without_a_stub_is_refused() -> None:
    with pytest.raises(SourceRefused, match="cobol") as caught:
        text(answer("a", "x"), kernelspec={**KERNELSPEC, "language": "cobol"})
    assert caught.value.code == "language_without_stub"


def test_hidden_tests_and_mark_schemes_are_taken_out() -> None:
    assert text(graded("t", HIDDEN)) == "assert f(1) == 1"
    scheme = "Say why.\n=== BEGIN MARK SCHEME ===\nTwo reasons\n=== END MARK SCHEME ==="
    assert text(task("k", scheme)) == "Say why."


def test_each_kind_of_cell_is_locked_as_it_must_be() -> None:
    cells = released(answer("a", "1"), graded("t", "1"), locked("l", "1"), manual("m", "1"), task("k", "1"), cell("1"))
    locks = [(one["metadata"].get("deletable"), one["metadata"].get("editable")) for one in cells["cells"]]
    assert locks == [(False, None), (False, False), (False, False), (False, None), (False, False), (None, None)]


def test_nothing_of_a_run_stays() -> None:
    raw = cell("1")
    raw |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": "4"}], "execution_count": 3}
    raw["metadata"] = {"collapsed": True, "scrolled": True, "tags": ["kept"]}
    (one,) = released(raw)["cells"]
    assert (one["outputs"], one["execution_count"], one["metadata"]) == ([], None, {"tags": ["kept"]})


def test_the_kernelspec_is_the_source_s() -> None:
    assert released(cell("1"))["metadata"] == {"kernelspec": KERNELSPEC}


def test_making_it_twice_changes_nothing() -> None:
    once = write_document(release(read_source(notebook(graded("t", HIDDEN), locked("l", "x", "markdown")))))
    assert write_document(release(read_source(once))) == once
