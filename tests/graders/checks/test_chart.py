"""The check `chart`: marks, data, axes and words."""

from typing import Any

import pytest
from support.lessons import a_check

from graders.checks.chart import is_same, judge
from graders.evidence import Axes, Mark


def axes(*marks: Mark, **facts: Any) -> Axes:
    given = {"title": "Los tres", "xlabel": "Millones de pesos", "ylabel": "Ramo", "x_range": (0.0, 30.0),
             "y_range": (-0.5, 2.5), **facts}  # fmt: skip
    return Axes(marks=marks, **given)


BARS = Mark("barh", (("a", 10.0), ("b", 20.0), ("c", 30.0)))
LINE = Mark("line", ((2000.0, 1.0), (2001.0, 2.0)))
WANT = axes(BARS)


def code_of(have: Axes | None, want: Axes = WANT, **params: Any) -> str:
    return judge(a_check("chart", **params), have, want).code


def test_a_chart_that_has_all_passes() -> None:
    params = {
        "mark": "barh",
        "data": {},
        "ymin": 0,
        "title_required": True,
        "xlabel": {"contains": ["millón", "MILLON"]},
    }
    assert code_of(WANT, **params) == "right"


@pytest.mark.parametrize(
    ("have", "params", "code"),
    [
        (None, {}, "chart.none"),
        (axes(), {}, "chart.none"),
        (axes(LINE), {"mark": "barh"}, "chart.wrong_mark"),
        (axes(LINE), {"data": {}}, "chart.data"),
        (axes(Mark("bar", None)), {"data": {}}, "chart.too_large"),
        (axes(Mark("bar", BARS.points[:2] if BARS.points else ())), {"data": {}}, "chart.data_count"),
        (axes(Mark("barh", (("a", 10.0), ("b", 20.0), ("c", 31.0)))), {"data": {}}, "chart.data"),
        (axes(BARS, x_range=(5.0, 30.0)), {"ymin": 0}, "chart.axis_start"),
        (axes(LINE, y_range=(0.5, 2.0)), {"ymin": 0}, "chart.axis_start"),
        (axes(LINE, x_range=(1999.0, 2001.0)), {"xmin": 2000}, "chart.axis_start"),
        (axes(BARS, title="  "), {"title_required": True}, "chart.no_title"),
        (axes(BARS, xlabel=""), {"xlabel": {"contains": ["millones"]}}, "chart.no_label"),
        (axes(BARS, ylabel="Otra"), {"ylabel": {"contains": ["ramo"]}}, "chart.other_label"),
    ],
)
def test_what_is_wrong_has_a_name(have: Axes | None, params: Any, code: str) -> None:
    assert code_of(have, **params) == code


def test_bars_may_come_in_any_order_and_direction() -> None:
    upright = axes(Mark("bar", (("c", 30.0), ("a", 10.0), ("b", 20.0))))
    assert code_of(upright, data={}) == "right"
    assert code_of(upright, data={}, mark="barh") == "chart.wrong_mark"


def test_a_name_that_is_a_number_counts_as_one() -> None:
    want = axes(Mark("bar", (("2013", 1.0), ("2014", 2.0))))
    assert code_of(axes(Mark("bar", ((2013.0, 1.0), (2014.0, 2.0)))), want, data={}) == "right"


def test_helping_marks_of_another_kind_mean_nothing() -> None:
    assert code_of(axes(LINE, BARS), data={}, mark="barh") == "right"


def test_a_second_line_means_something() -> None:
    other = Mark("line", ((2000.0, 5.0), (2001.0, 6.0)))
    assert code_of(axes(LINE, other), axes(LINE), data={}) == "chart.data_count"
    assert code_of(axes(other, LINE), axes(LINE, other), data={}) == "right"


def test_the_data_may_be_as_far_off_as_the_check_allows() -> None:
    near = axes(Mark("barh", (("a", 10.001), ("b", 20.0), ("c", 30.0))))
    assert code_of(near, data={"relative": 0.01}) == "right"
    assert code_of(near, data={}) == "chart.data"


def test_amounts_below_zero_may_be_seen() -> None:
    below = axes(Mark("bar", (("a", -5.0), ("b", 5.0))), y_range=(-6.0, 6.0))
    assert code_of(below, below, ymin=0) == "right"


def test_a_wrong_answer_is_known_by_what_the_check_sees() -> None:
    labels = a_check("chart", title_required=True, xlabel={"contains": ["millones"]})
    assert is_same(labels, axes(LINE, xlabel="Pesos"), axes(BARS, xlabel=""))
    assert not is_same(labels, axes(BARS, xlabel="", title=""), axes(BARS, xlabel=""))
    data = a_check("chart", data={})
    assert is_same(data, axes(LINE, title=""), axes(LINE))
    assert not is_same(data, axes(BARS), axes(LINE))
    assert not is_same(data, None, None)
