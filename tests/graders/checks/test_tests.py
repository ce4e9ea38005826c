"""The check `tests`: the author's Python, run where no learner's code is."""

from typing import Any

import pytest
from support.lessons import a_check
from support.scenes import a_scene

from graders.checks.tests import Outcome, is_same, judge, read
from graders.collect import collect
from graders.errors import EvidenceRefused
from notebooks import ForkServer

SOURCE = "assert area(3) == 9, area(3)\nassert area(0) == 0"
CHECK = a_check("tests", source=SOURCE, points=2)
PASSED = Outcome("passed", None, None)


def outcome_of(server: ForkServer, learner: str, source: str) -> Outcome:
    check = a_check("tests", source=source)
    with server.open_session() as session:
        session.run(learner)
        return read(collect(a_scene(session, server=server), [check])[check.id])


@pytest.mark.parametrize(
    ("value", "code", "share"),
    [(None, "right", 0.0), ("2", "right", 0.0), ("1.5", "tests.partial", 0.75), ("0", "tests.partial", 0.0),
     ("7", "right", 0.0), ("-1", "right", 0.0), ("nan", "right", 0.0), ("'x'", "right", 0.0)],
)  # fmt: skip
def test_the_last_expression_says_the_points(value: str | None, code: str, share: float) -> None:
    finding = judge(CHECK, Outcome("passed", value, None), PASSED)
    assert (finding.code, finding.share) == (code, share)


@pytest.mark.parametrize(
    ("have", "code", "is_error"),
    [
        (Outcome("failed", None, ("AssertionError", "8", 1)), "tests.failed", False),
        (Outcome("failed", None, ("NameError", "name 'area' is not defined", 1)), "tests.no_name", False),
        (Outcome("timeout", None, None), "tests.timeout", True),
        (Outcome("died", None, None), "tests.died", True),
        (Outcome("uncheckable", None, None), "tests.uncheckable", False),
    ],
)
def test_what_is_wrong_has_a_name_and_no_words_of_the_test(have: Outcome, code: str, is_error: bool) -> None:
    finding = judge(CHECK, have, PASSED)
    assert (finding.is_right, finding.code, finding.is_error) == (False, code, is_error)
    assert dict(finding.fields) in ({}, {"name": "area"})


def test_a_wrong_answer_is_known_by_what_the_assertion_said() -> None:
    said, silent = (Outcome("failed", None, ("AssertionError", words, 1)) for words in ("8", ""))
    assert [is_same(CHECK, said, said), is_same(CHECK, silent, silent), is_same(CHECK, said, silent)] == [
        True,
        False,
        False,
    ]
    assert not is_same(CHECK, PASSED, PASSED)


@pytest.mark.parametrize(
    "raw",
    [None, {}, {"status": "right", "value": None, "error": None}, {"status": "passed", "value": 1, "error": None},
     {"status": "failed", "value": None, "error": ["a", "b"]}, {"status": "failed", "value": None, "error": "x"}],
)  # fmt: skip
def test_evidence_that_is_none_is_refused(raw: Any) -> None:
    with pytest.raises(EvidenceRefused):
        read(raw)


def test_a_test_may_take_a_name_away_to_see_whether_other_code_uses_it(fork_server: ForkServer) -> None:
    source = "del one\ntry:\n    two()\nexcept NameError:\n    pass\nelse:\n    raise AssertionError('unused')"
    checks = [a_check("tests", "first", source=source), a_check("tests", "second", source="assert one() == 1")]
    with fork_server.open_session() as session:
        session.run("def one(): return 1\ndef two(): return one() + 1")
        told = collect(a_scene(session, server=fork_server), checks)
    assert [read(told[one.id]).status for one in checks] == ["passed", "passed"]


@pytest.mark.parametrize(
    ("learner", "status"),
    [
        ("def area(x): return x * x", "passed"),
        ("def area(x): return x + x", "failed"),
        ("pass", "failed"),
        # The verdict is not the learner's to give.
        ("class Yes:\n    def __eq__(self, other): return True\ndef area(x): return Yes()", "uncheckable"),
        ("import builtins\nbuiltins.AssertionError = Exception\ndef area(x): return 1", "failed"),
    ],
)
def test_the_tests_run_on_real_answers(fork_server: ForkServer, learner: str, status: str) -> None:
    assert outcome_of(fork_server, learner, SOURCE).status == status
