"""A refusal says what happened, what we saw and what to do, in both languages, and with nothing left to fill in."""

import re
from pathlib import Path
from string import Formatter

import pytest

from courses.refusals import REFUSALS, Refused
from courses.rules import RULES


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_has_three_parts_and_the_same_fields_in_both_languages(code: str) -> None:
    rule = REFUSALS[code]
    assert fields(rule.es) == fields(rule.en)
    for text in (rule.es, rule.en):
        assert len(re.findall(r"[.;}](?= |$)", text)) >= 2, text
    assert rule.es != rule.en


def test_a_code_means_one_thing() -> None:
    assert not set(REFUSALS) & set(RULES)


def test_a_refusal_becomes_a_problem_at_a_place() -> None:
    problem = Refused("new-exists", 3, name="a\nb" * 200).as_problem(Path("curso/uno"))
    assert (problem.path, problem.line, problem.code) == (Path("curso/uno"), 3, "new-exists")
    assert "\n" not in problem.message.es
    assert len(problem.message.es) < 300


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_is_used(code: str) -> None:
    sources = [path.read_text("utf-8") for path in Path(__file__).parents[2].glob("courses/*.py")]
    assert sum(f'"{code}"' in text for text in sources) >= 2
