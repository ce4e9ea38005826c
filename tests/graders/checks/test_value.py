"""The check `value`: what it says of right and wrong values."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from support.lessons import a_check

from graders.checks.alike import shown
from graders.checks.value import is_same, judge
from graders.evidence import Absent, Column, Items, Table, Unreadable

LOCAL = datetime(2024, 1, 1, 6)  # noqa: DTZ001  # without a zone, as pandas has them
UNIVERSAL = datetime(2024, 1, 1, 6, tzinfo=UTC)
SERIES = Table((Column("", "integer", (1, 2)),), (), 2, 1, True)


@pytest.mark.parametrize(
    ("kind", "have", "want"),
    [
        ("number", 42.0, 42),
        ("integer", 42.0, 42),
        ("text", "a", "a"),
        ("boolean", False, False),
        ("list", Items("tuple", (1, 2)), Items("list", (1, 2))),
        ("date", date(2024, 1, 1), date(2024, 1, 1)),
        ("number", None, float("nan")),
    ],
)
def test_a_right_value_passes(kind: str, have: Any, want: Any) -> None:
    assert judge(a_check(type=kind), have, want).is_right


@pytest.mark.parametrize(
    ("kind", "have", "want", "code"),
    [
        ("number", Absent(), 42, "value.missing_name"),
        ("number", Unreadable("placeholder"), 42, "value.placeholder"),
        ("number", Unreadable("too_large"), 42, "value.too_large"),
        ("number", Unreadable("other", "Liar"), 42, "value.wrong_type"),
        ("number", "42", 42, "value.wrong_type"),
        ("number", True, 1, "value.wrong_type"),
        ("number", None, 42, "value.wrong_type"),
        ("number", SERIES, 42, "value.many"),
        ("text", Items("index", ("a",)), "a", "value.many"),
        ("list", SERIES, Items("list", (1, 2)), "value.not_yet_list"),
        ("number", 4200.0, 42, "value.times_larger"),
        ("number", 0.042, 42, "value.times_smaller"),
        ("number", -42, 42, "value.other_sign"),
        ("number", 42.2, 42, "value.nearly"),
        ("number", 50, 42, "value.different"),
        ("number", 5, 0, "value.different"),
        ("number", float("inf"), 42, "value.different"),
        ("integer", 42.5, 42, "value.different"),
        ("number", 25.0, 0.25, "value.percent"),
        ("number", 0.25, 25, "value.share"),
        ("date", LOCAL, UNIVERSAL, "value.no_time_zone"),
        ("date", UNIVERSAL, LOCAL, "value.time_zone"),
        ("text", "ano ", "Año", "value.text_nearly"),
        ("text", "b", "a", "value.different"),
        ("list", Items("list", (1,)), Items("list", (1, 2)), "value.list_length"),
        ("list", Items("list", (2, 1)), Items("list", (1, 2)), "value.list_order"),
        ("list", Items("list", (1, 3)), Items("list", (1, 2)), "value.list_item"),
    ],
)
def test_what_is_wrong_has_a_name(kind: str, have: Any, want: Any, code: str) -> None:
    finding = judge(a_check(type=kind), have, want)
    assert (finding.is_right, finding.code) == (False, code)
    assert finding.fields["name"] == "total"


@pytest.mark.parametrize("have", [4_271_900, 42.719, -42719, 42_720.0, 50])
def test_the_wanted_value_is_never_among_the_fields(have: float) -> None:
    fields = judge(a_check(), have, 42719).fields
    assert set(fields) <= {"name", "value", "factor"}
    assert fields["value"] == shown(have)


def test_a_wrong_answer_is_known_by_its_value_within_the_tolerance() -> None:
    check = a_check(tolerance=0.1)
    assert is_same(check, 10.05, 10)
    assert not is_same(check, 10.2, 10)
    assert not is_same(check, Absent(), Absent())
