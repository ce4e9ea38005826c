"""Mistakes made on purpose in a solution, and which of them the checks let pass."""

import pytest
from support.lessons import a_check, a_lesson, an_exercise

from courses import Lesson
from graders import AnswerKeys
from graders.expected import Workbench
from graders.mutants import list_mutants
from graders.strength import Strength, measure_strength
from notebooks import ForkServer, Limits


def mutants(source: str, *columns: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in list_mutants(source, columns=columns):
        found.setdefault(one.operator, []).append(one.source)
    return found


@pytest.mark.parametrize(
    ("operator", "source", "expected"),
    [
        ("other_column", "s = t['a'] + t['b']", ["s = t['b'] + t['b']", "s = t['a'] + t['a']"]),
        ("other_column", "t = d['a'].sum()", ["t = d['b'].sum()"]),
        ("other_aggregate", "t = d.groupby('k').sum()", ["t = d.groupby('k').mean()"]),
        ("other_aggregate", "t = d.agg('max')", ["t = d.agg('min')"]),
        ("off_by_one", "t = d.head(5)", ["t = d.head(6)", "t = d.head(4)"]),
        ("other_comparison", "t = n > m", ["t = n >= m"]),
        ("other_arithmetic", "t = n / m", ["t = n * m"]),
        ("one_side", "t = n / m", ["t = n"]),
        ("no_sort", "t = d.sort_values('k').head()", ["t = d.head()"]),
        ("other_order", "t = d.sort_values('k')", ["t = d.sort_values('k', ascending=False)"]),
        ("other_join", "t = d.merge(e, how='left')", [
            "t = d.merge(e, how='inner')", "t = d.merge(e, how='right')", "t = d.merge(e, how='outer')",
        ]),
        ("dropped_filter", "t = d[d.k > n]", ["t = d"]),
        ("dropped_filter", "t = d.loc[d.k.isin(n), 'm']", ["t = d.loc[:, 'm']"]),
        ("dropped_filter", "t = d.dropna()", ["t = d"]),
        ("forgotten_step", "t = d.k.str.strip()", ["t = d.k.str"]),
        ("forgotten_option", "t = d.read(sep=s)", ["t = d.read()"]),
        ("forgotten_word", "e.set_title(t)\nt = n", ["pass\nt = n"]),
    ],
)  # fmt: skip
def test_each_mistake_is_made_where_it_can_be(operator: str, source: str, expected: list[str]) -> None:
    assert mutants(source, "a", "b").get(operator) == expected


def test_every_mutant_is_a_program_of_its_own() -> None:
    source = "t = d[(d['a'] > 1) & (d['b'] == 2)].groupby('a')['b'].sum().sort_values(ascending=False).head(3)"
    found = [one.source for one in list_mutants(source, columns=["a", "b"])]
    assert len(found) == len(set(found)) > 10
    assert source not in found
    for one in found:
        compile(one, "mutant", "exec")


def test_a_last_line_that_only_shows_is_left_alone() -> None:
    assert list_mutants("t = n\nt.head(3)") == ()
    assert mutants("t = n\nt.sort_values('a').plot.bar()")["no_sort"] == ["t = n\nt.plot.bar()"]


DATA = "import pandas as pd\nd = pd.DataFrame({'a': [1, 2, 3, 4], 'b': [9, 7, 5, 3]})"
SOLUTION = "total = d[d['a'] > 2]['b'].sum()"


def strength_of(lesson: Lesson, fork_server: ForkServer, keys: AnswerKeys) -> Strength:
    bench = Workbench(fork_server, keys, Limits(), "es")
    return measure_strength(lesson, lesson.exercises[0], bench, columns=["a", "b"])


def test_a_strong_check_catches_every_mistake(fork_server: ForkServer, keys: AnswerKeys) -> None:
    strength = strength_of(a_lesson(an_exercise(solution=SOLUTION), before=DATA), fork_server, keys)
    assert strength.made > 5
    assert (strength.caught, strength.share) == (strength.made, 1.0)


def test_a_weak_check_lets_mistakes_pass_and_they_are_shown(fork_server: ForkServer, keys: AnswerKeys) -> None:
    weak = a_lesson(an_exercise(a_check(tolerance=100), solution=SOLUTION), before=DATA)
    strength = strength_of(weak, fork_server, keys)
    assert "total = d['b'].sum()" in [one.source for one in strength.survivors]
    assert strength.caught + len(strength.survivors) == strength.made


def test_an_exercise_that_offers_no_mistake_is_as_strong_as_it_can_be(
    fork_server: ForkServer, keys: AnswerKeys
) -> None:
    strength = strength_of(a_lesson(an_exercise(solution="total = base")), fork_server, keys)
    assert (strength.made, strength.share) == (0, 1.0)
