"""When two values count as the same."""

import math
from datetime import UTC, date, datetime
from typing import Any

import pytest

from graders.checks.alike import Closeness, is_alike, shown
from graders.evidence import Column, Items, Narrow, Pairs, Table, Unreadable

EXACT = Closeness()
SERIES = Table((Column("x", "integer", (1, 2)),), (), 2, 1, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (0.1 + 0.2, 0.3),
        (None, math.nan),
        (math.inf, math.inf),
        ("a", "a"),
        (date(2024, 1, 1), datetime(2024, 1, 1)),  # noqa: DTZ001  # without a zone, as pandas has them
        (Items("list", (1, 2)), Items("tuple", (1, 2.0))),
        (Items("set", (1, 2)), Items("set", (2, 1))),
        (Pairs((("a", 1), ("b", 2))), Pairs((("b", 2), ("a", 1)))),
        (Pairs(((1, "x"),)), Pairs(((1.0, "x"),))),
        (-0.0, 0),
        (0.1 + 0.2 - 0.3, 0.0),
        (2**60 + 1, float(2**60)),
        (Narrow(33.333332), 100 / 3),
        (Items("set", tuple(range(5000))), Items("set", tuple(reversed(range(5000))))),
        (Items("set", (0.1 + 0.2, 1)), Items("set", (1, 0.3))),
        (SERIES, Items("list", (1, 2))),
        (Items("array", (1, 2)), Items("range", (1, 2))),
    ],
)
def test_these_are_alike(one: Any, other: Any) -> None:
    assert is_alike(one, other, EXACT)
    assert is_alike(other, one, EXACT)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (1, "1"),
        (1_000_000_000_000, 1_000_000_000_001),
        (1.0, 1.00001),
        (math.inf, -math.inf),
        (1e-12, 2e-12),
        (1e-4, 0.0),
        (33.333332, 100 / 3),
        (Narrow(33.3333), 100 / 3),
        (SERIES, Items("list", (2, 1))),
        (SERIES, Items("set", (1, 2))),
        (Items("list", (True, 2)), Items("list", (1, 2))),
        (math.inf, 10**400),
        ("a", "A"),
        (0, None),
        (datetime(2024, 1, 1), datetime(2024, 1, 1, tzinfo=UTC)),  # noqa: DTZ001  # as above
        (Items("list", (1, 2)), Items("list", (2, 1))),
        (Items("set", (1,)), Items("list", (1,))),
        (Pairs((("a", 1),)), Pairs((("a", 2),))),
        (Unreadable("other", "X"), Unreadable("other", "X")),
        (Unreadable("placeholder"), Unreadable("placeholder")),
        (Items("list", (Unreadable("other"),)), Items("list", (Unreadable("other"),))),
    ],
)
def test_these_are_not(one: Any, other: Any) -> None:
    assert not is_alike(one, other, EXACT)
    assert not is_alike(other, one, EXACT)


@pytest.mark.parametrize(
    ("have", "close", "alike"),
    [
        (100.1, Closeness(absolute=0.1), True),
        (100.11, Closeness(absolute=0.1), False),
        (101, Closeness(relative=0.01), True),
        (102, Closeness(relative=0.01), False),
        (100.5, Closeness(absolute=1, relative=0.001), True),
        (100.0000000001, Closeness(absolute=0), False),
    ],
)
def test_a_number_may_be_as_far_off_as_the_check_allows(have: float, close: Closeness, alike: bool) -> None:
    assert is_alike(have, 100, close) is alike


def test_a_result_that_vanished_is_not_the_small_one_that_was_wanted() -> None:
    assert is_alike(1e-10, 0, EXACT)
    assert not is_alike(0, 1e-10, EXACT)
    assert not is_alike(1e-10, 0, Closeness(absolute=0))


def test_case_and_accents_may_be_passed_over() -> None:
    assert is_alike(" Año ", "ANO", Closeness(ignores_case=True))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (118_995_223_797.0, "118,995,223,797"),
        (1234.567, "1,234.57"),
        (0.000222207, "0.000222207"),
        (2013, "2013"),
        (10**20, "100,000,000,000,000,000,000"),
        ("x" * 100, "'" + "x" * 58 + "…"),
        (date(2024, 2, 29), "2024-02-29"),
        (datetime(2024, 2, 29), "2024-02-29"),  # noqa: DTZ001  # as above
        (Items("tuple", (1, "a")), "(1, 'a')"),
        (Pairs((("a", 1),)), "{'a': 1}"),
        (Unreadable("placeholder"), "..."),
        (math.nan, "nan"),
        (True, "True"),
        (None, "None"),
    ],
)
def test_a_value_is_shown_much_as_python_writes_it(value: Any, text: str) -> None:
    assert shown(value) == text
