"""The check `code`: names used, read from the syntax tree."""

from typing import Any

import pytest
from support.lessons import a_check

from graders.checks.code import is_same, judge


def code_of(source: str, **params: Any) -> str:
    return judge(a_check("code", **params), source, "").code


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("t.melt()", "melt"),
        ("melt(t)", "melt"),
        ("f = t.melt", "melt"),
        ("pd.melt(t)", "pd.melt"),
        ("from pandas import melt", "melt"),
        ("%matplotlib inline\nt.melt()", "melt"),
        ("!ls\nt.melt()\nt.melt?", "melt"),
        ("%%time\nt.melt()", "melt"),
        ("if x:\n    %time t\n    t.melt()", "melt"),
    ],
)
def test_a_name_that_is_used_counts(source: str, name: str) -> None:
    assert code_of(source, uses=[name]) == "right"


@pytest.mark.parametrize(
    "source", ["# melt", "'melt'", "x = {'melt': 1}", "melting = 1", "", "t.melt_ = 1", '"""t.melt()"""']
)
def test_a_name_in_a_comment_or_a_text_does_not(source: str) -> None:
    assert code_of(source, uses=["melt"]) == "code.missing"


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("for x in y: pass", "for"),
        ("[x for x in y]", "for"),
        ("while x: break", "while"),
        ("import os", "import"),
        ("from os import path", "import"),
        ("f = lambda x: x", "lambda"),
        ("x = 1 if y else 2", "if"),
        ("t.iterrows()", "iterrows"),
        ("def f(): pass", "def"),
    ],
)
def test_what_is_forbidden_is_found(source: str, word: str) -> None:
    assert code_of(source, forbids=[word]) == "code.forbidden"
    assert code_of("t.melt()  # " + word, forbids=[word]) == "right"


@pytest.mark.parametrize("source", ["x = (", "\0", "x" + "(" * 500, "x = 1\n  y = 2"])
def test_what_is_no_python_cannot_be_read(source: str) -> None:
    assert code_of(source, forbids=["for"]) == "code.unreadable"


def test_a_wrong_answer_is_known_by_the_names_that_it_lacks() -> None:
    check = a_check("code", uses=["melt"], forbids=["for"])
    assert is_same(check, "x = 1", "y = 2")
    assert not is_same(check, "x = 1", "t.melt([x for x in y])")
    assert not is_same(check, "t.melt()", "t.melt()")
