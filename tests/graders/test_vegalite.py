"""Vega-Lite specifications read as the facts of a drawing."""

# One case a line, however long.
# ruff: noqa: E501

import json
from typing import Any

import pytest

from graders.evidence import Axes, Mark
from graders.vegalite import Hidden, Undrawn, read_specification

ROWS = [
    {"ramo": "a", "monto": 3.0, "tipo": "x"},
    {"ramo": "b", "monto": 1.0, "tipo": "x"},
    {"ramo": "c", "monto": 2.0, "tipo": "y"},
]
BARS = (("a", 3.0), ("b", 1.0), ("c", 2.0))
X = {"field": "ramo", "type": "nominal"}
Y = {"field": "monto", "type": "quantitative"}


def spec(mark: Any = "bar", x: Any = X, y: Any = Y, rows: Any = ROWS, **more: Any) -> dict[str, Any]:
    encoding = {"x": x, "y": y, **more.pop("channels", {})}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding, **more}


def read(specification: Any) -> Axes:
    axes = read_specification(specification)
    assert isinstance(axes, Axes), axes
    return axes


def of_years(*years: Any) -> list[dict[str, Any]]:
    return [{"ramo": year, "monto": float(at)} for at, year in enumerate(years)]


@pytest.mark.parametrize(
    ("specification", "kind", "points"),
    [
        (spec(), "bar", BARS),
        (spec(mark={"type": "bar", "tooltip": True}), "bar", BARS),
        (spec(x=Y, y=X), "barh", BARS),
        (spec(x=Y, mark={"type": "bar", "orient": "horizontal"}), "barh", ((3.0, 3.0), (1.0, 1.0), (2.0, 2.0))),
        (spec(mark="line"), "line", ((0.0, 3.0), (1.0, 1.0), (2.0, 2.0))),
        (spec(mark="circle", x={"field": "monto", "type": "quantitative"}), "scatter", ((3.0, 3.0), (1.0, 1.0), (2.0, 2.0))),
        (spec(mark="line", x={"field": "ramo", "type": "temporal"}, rows=of_years("1970", "1970-02", "1970-01-02")), "line", ((0.0, 0.0), (31.0, 1.0), (1.0, 2.0))),
        (spec(mark="point", x={"field": "ramo", "type": "temporal"}, rows=of_years(86_400_000, "1970-01-03T12:00:00Z")), "scatter", ((1.0, 0.0), (2.5, 1.0))),
        (spec(x={"field": "ramo", "type": "ordinal"}, rows=of_years(2013, 2014)), "bar", ((2013.0, 0.0), (2014.0, 1.0))),
        (spec(mark="arc"), "pie", ()),
        (spec(mark="area", y={**Y, "aggregate": "sum"}), "area", ((0.0, 3.0), (1.0, 1.0), (2.0, 2.0))),
        (spec(x={"field": "tipo", "type": "nominal"}, y={**Y, "aggregate": "mean"}), "bar", (("x", 2.0), ("y", 2.0))),
        (spec(x={"field": "tipo", "type": "nominal"}, y={"aggregate": "count"}), "bar", (("x", 2.0), ("y", 1.0))),
        (spec(rows=[{"ramo": "a", "monto": None}]), "bar", (("a", None),)),
        ({**spec(), "data": {"name": "d"}, "datasets": {"d": ROWS}}, "bar", BARS),
        ({"data": {"values": ROWS}, "encoding": {"x": X, "y": Y}, "layer": [{"mark": "bar"}, {"mark": "text"}]}, "bar", BARS),
        ({"hconcat": [{"layer": []}, spec()]}, "bar", BARS),
        (spec(mark="boxplot"), "boxplot", ()),
    ],
)  # fmt: skip
def test_a_mark_is_told_with_what_it_shows(specification: Any, kind: str, points: Any) -> None:
    assert read(specification).marks[0] == Mark(kind, points)


def test_each_colour_is_a_series_unless_it_only_repeats_an_axis() -> None:
    by_type = read(spec(channels={"color": {"field": "tipo", "type": "nominal"}}))
    assert [mark.points for mark in by_type.marks] == [BARS[:2], BARS[2:]]
    assert [mark.points for mark in read(spec(channels={"color": X})).marks] == [BARS]
    assert len(read(spec(mark="point", channels={"color": {"field": "tipo", "type": "nominal"}})).marks) == 1


@pytest.mark.parametrize(
    ("channel", "label"),
    [
        (Y, "monto"),
        ({**Y, "title": "Millones"}, "Millones"),
        ({**Y, "axis": {"title": "Pesos"}, "title": "Millones"}, "Pesos"),
        ({**Y, "axis": None}, ""),
        ({**Y, "title": None}, ""),
        ({**Y, "title": ["Miles", "de pesos"]}, "Miles de pesos"),
        ({**Y, "aggregate": "sum"}, "Sum of monto"),
        ({"aggregate": "count"}, "Count of Records"),
    ],
)
def test_an_axis_says_its_title_or_what_vega_lite_writes(channel: Any, label: str) -> None:
    assert read(spec(y=channel)).ylabel == label


@pytest.mark.parametrize("title", ["Los tres", {"text": "Los tres"}, {"text": ["Los", "tres"]}])
def test_a_title_is_told(title: Any) -> None:
    assert read(spec(title=title)).title == "Los tres"


@pytest.mark.parametrize(
    ("mark", "scale", "start"),
    [
        ("bar", {}, 0.0),
        ("line", {}, 0.0),
        ("line", {"zero": False}, 1.0),
        ("bar", {"domain": [1, 5]}, 1.0),
        ("bar", {"domainMin": 0.5}, 0.5),
    ],
)
def test_where_an_axis_starts_is_told(mark: str, scale: Any, start: float) -> None:
    assert read(spec(mark=mark, y={**Y, "scale": scale})).y_range[0] == start


@pytest.mark.parametrize(
    ("specification", "by"),
    [
        (spec(transform=[{"filter": "datum.monto > 1"}]), "transform"),
        (spec(x={**Y, "bin": True}, y={"aggregate": "count"}), "bin"),
        (spec(x={"field": "ramo", "timeUnit": "year"}), "timeUnit"),
        (spec(y={**Y, "aggregate": "stdev"}), "aggregate"),
        (spec(channels={"row": {"field": "tipo"}}), "facet"),
        ({"repeat": ["a"], "spec": spec()}, "repeat"),
    ],
)
def test_what_only_vega_lite_can_tell_is_named(specification: Any, by: str) -> None:
    mark = read(specification).marks[0]
    assert isinstance(mark, Hidden)
    assert (mark.points, mark.by) == (None, by)


def deep(levels: int) -> Any:
    return spec() if not levels else {"layer": [deep(levels - 1)]}


@pytest.mark.parametrize(
    ("specification", "reason"),
    [
        ({}, "not_one"),
        ([], "not_one"),
        ("bar", "not_one"),
        ({"mark": "bar", "encoding": {}, "data": {"values": 7}}, "not_one"),
        ({"data": {"values": ROWS}}, "not_one"),
        (spec(y={**Y, "scale": {"domain": [[], 3]}}), None),
        (spec(rows=[[1, 2], "a", None]), None),
        (spec(x=7, y=["a"]), None),
        (deep(30), "not_one"),
        ({"vconcat": []}, "not_one"),
        ({**spec(), "data": {"url": "https://example.org/a.csv"}}, "data_elsewhere"),
        ({**spec(), "data": {"name": "fuera"}}, "data_elsewhere"),
        (spec(rows=[{}] * 20_001), "too_large"),
    ],
)
def test_odd_specifications_never_raise(specification: Any, reason: str | None) -> None:
    told = read_specification(json.loads(json.dumps(specification)))
    assert told == Undrawn(reason) if reason else isinstance(told, Axes)  # type: ignore[arg-type]  # one of its words
