"""A chart's Vega-Lite specification as the same facts as a drawing: marks with their data, axes, words.

Read: one view, layers, and of several side by side the first that shows anything; data within the specification;
x, y and the channels that part one series from another; the aggregates of AGGREGATES. What only Vega-Lite itself can
tell, such as bins and transforms, is left out and named. Source: https://vega.github.io/vega-lite/docs/.
"""

import math
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

from graders.evidence import Axes, Mark

MOST_POINTS = 20_000
MOST_VIEWS = 50
DEEPEST = 6
LONGEST_WORD = 500
DAY_S = 86_400
KINDS: Mapping[str, str] = {
    "point": "scatter", "circle": "scatter", "square": "scatter", "tick": "scatter", "line": "line", "trail": "line",
    "area": "area", "arc": "pie", "rect": "image", "image": "image",
}  # fmt: skip
# Marks that only help to read the others.
BESIDE = ("text", "rule")
SERIES = ("color", "fill", "stroke", "detail", "shape", "strokeDash", "xOffset", "yOffset")
SIDE_BY_SIDE = ("hconcat", "vconcat", "concat")
AGGREGATES: Mapping[str, Callable[[Sequence[float]], float]] = {
    "sum": math.fsum, "mean": statistics.fmean, "average": statistics.fmean, "median": statistics.median,
    "min": min, "max": max,
}  # fmt: skip
NAMED: Mapping[str, str] = {
    "sum": "Sum of", "mean": "Mean of", "average": "Average of", "median": "Median of",
    "min": "Min of", "max": "Max of",
}  # fmt: skip


@dataclass(frozen=True)
class Hidden(Mark):
    """A mark whose data only Vega-Lite itself can tell, and by which part of the specification."""

    by: str = ""


@dataclass(frozen=True)
class Undrawn:
    """Nothing to read. not_one: no specification; data_elsewhere: its data are at an address; too_large."""

    reason: Literal["not_one", "data_elsewhere", "too_large"]


Row: TypeAlias = Mapping[str, Any]


class _Stop(Exception):
    """The specification is not read on."""

    def __init__(self, reason: Literal["not_one", "data_elsewhere", "too_large"]) -> None:
        super().__init__(reason)
        self.undrawn = Undrawn(reason)


@dataclass(frozen=True)
class _View:
    """One view with one mark, and what it has of those around it."""

    mark: Any
    encoding: Mapping[str, Any]
    rows: Sequence[Row]
    hidden_by: str


def read_specification(value: Any) -> Axes | Undrawn:
    """The facts of the first view that shows anything."""
    try:
        return _axes(_part(value), _part(_part(value).get("datasets")))
    except _Stop as stop:
        return stop.undrawn
    except (TypeError, ValueError, KeyError, OverflowError, RecursionError):  # parts of other types than a chart's
        return Undrawn("not_one")


def _part(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _axes(specification: Mapping[str, Any], datasets: Mapping[str, Any]) -> Axes:
    beside = next((name for name in SIDE_BY_SIDE if isinstance(specification.get(name), list)), None)
    if beside is not None:
        return _first_shown([{**_shared(specification), **_part(one)} for one in specification[beside]], datasets)
    views = list(_views(specification, datasets, {}, [], "", 0))[:MOST_VIEWS]
    if not views:
        raise _Stop("not_one")
    marks = tuple(mark for view in views for mark in _marks(view))
    return Axes(
        _title(specification.get("title")),
        _label(views, "x"),
        _label(views, "y"),
        _range(views, marks, "x"),
        _range(views, marks, "y"),
        marks,
    )


def _first_shown(parts: Sequence[Mapping[str, Any]], datasets: Mapping[str, Any]) -> Axes:
    """Of charts side by side the first that shows anything; what keeps the last from being read where none does."""
    stop, empty = _Stop("not_one"), None
    for part in parts[:MOST_VIEWS]:
        try:
            axes = _axes(part, datasets)
        except _Stop as reason:
            stop = reason
            continue
        if axes.marks:
            return axes
        empty = axes
    if empty is None:
        raise stop
    return empty


def _shared(specification: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: specification[name] for name in ("title", "data") if name in specification}


def _views(
    part: Mapping[str, Any], datasets: Mapping[str, Any], encoding: Mapping[str, Any], rows: Sequence[Row],
    hidden_by: str, depth: int,
) -> Iterator[_View]:  # fmt: skip
    """The views of a part and its layers, which share its data and its encoding."""
    if depth > DEEPEST:
        raise _Stop("not_one")
    rows = _rows(part["data"], datasets) if "data" in part else rows
    encoding = {**encoding, **_part(part.get("encoding"))}
    hidden_by = next((name for name in ("transform", "facet", "repeat") if part.get(name)), hidden_by)
    if any(name in encoding for name in ("facet", "row", "column")):
        hidden_by = "facet"
    inner = part.get("layer") if isinstance(part.get("layer"), list) else [part["spec"]] if "spec" in part else None
    if inner is not None:
        for one in inner:
            yield from _views(_part(one), datasets, encoding, rows, hidden_by, depth + 1)
    elif "mark" in part:
        yield _View(part["mark"], encoding, rows, hidden_by)


def _rows(data: Any, datasets: Mapping[str, Any]) -> Sequence[Row]:
    data = _part(data)
    if "url" in data:
        raise _Stop("data_elsewhere")
    values = data["values"] if "values" in data else datasets.get(str(data.get("name")))
    if not isinstance(values, list):
        raise _Stop("data_elsewhere" if "name" in data else "not_one")
    if len(values) > MOST_POINTS:
        raise _Stop("too_large")
    return [one if isinstance(one, dict) else {"data": one} for one in values]


def _marks(view: _View) -> Iterator[Mark]:
    """The marks of a view, one for each series."""
    word = str(_part(view.mark).get("type", view.mark))[:30]
    if word in BESIDE:
        return
    kind = _bar_kind(view) if word == "bar" else KINDS.get(word, word)
    hidden_by = view.hidden_by or _hidden_by(view.encoding)
    if kind in ("pie", "image") or word not in (*KINDS, "bar"):
        yield Mark(kind, ())
    elif hidden_by:
        yield Hidden(kind, None, hidden_by)
    else:
        place, amount = ("y", "x") if kind == "barh" else ("x", "y")
        for rows in _series(view, kind):
            yield Mark(kind, tuple(_points(view.encoding, rows, place, amount, kind)))


def _bar_kind(view: _View) -> str:
    x, y = (_part(view.encoding.get(name)) for name in ("x", "y"))
    if x.get("bin"):
        return "hist"
    orient = _part(view.mark).get("orient")
    if orient in ("horizontal", "vertical"):
        return "barh" if orient == "horizontal" else "bar"
    return "barh" if _is_amount(x) and not _is_amount(y) else "bar"


def _hidden_by(encoding: Mapping[str, Any]) -> str:
    for name in ("x", "y"):
        channel = _part(encoding.get(name))
        for part in ("bin", "timeUnit", "impute"):
            if channel.get(part):
                return part
        if "aggregate" in channel and channel["aggregate"] not in (*AGGREGATES, "count"):
            return "aggregate"
    return ""


def _is_amount(channel: Mapping[str, Any]) -> bool:
    return channel.get("type") == "quantitative" or ("type" not in channel and "aggregate" in channel)


def _series(view: _View, kind: str) -> list[list[Row]]:
    """The rows of each series, in the order in which they come. A cloud of points is one, whatever its colours."""
    own = {_field(view.encoding, name) for name in ("x", "y")}
    fields = [
        _field(view.encoding, name) for name in SERIES if _part(view.encoding.get(name)).get("type") != "quantitative"
    ]
    parting = [field for field in dict.fromkeys(fields) if field and field not in own] if kind != "scatter" else []
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in view.rows:
        groups.setdefault(tuple(str(row.get(field)) for field in parting), []).append(row)
    return list(groups.values())


def _field(encoding: Mapping[str, Any], name: str) -> str:
    return str(_part(encoding.get(name)).get("field", ""))


def _points(
    encoding: Mapping[str, Any], rows: Sequence[Row], place: str, amount: str, kind: str
) -> Iterator[tuple[float | str | None, float | None]]:
    across, along = _part(encoding.get(place)), _part(encoding.get(amount))
    places = [_place(across, row) for row in rows]
    if kind != "bar" and kind != "barh":
        # On an axis of names a line or a point stands at the number of the name.
        names = {
            name: float(at) for at, name in enumerate(dict.fromkeys(one for one in places if isinstance(one, str)))
        }
        places = [names[one] if isinstance(one, str) else one for one in places]
    if "aggregate" in along:
        yield from _aggregated(along, places, rows)
    else:
        yield from zip(places, (_amount(along, row) for row in rows), strict=True)


def _place(channel: Mapping[str, Any], row: Row) -> float | str | None:
    value = row.get(str(channel.get("field")), channel.get("datum"))
    if channel.get("type") == "temporal":
        return _days(value)
    if isinstance(value, str):
        return value[:LONGEST_WORD]
    return float(value) if isinstance(value, int | float) else None


def _amount(channel: Mapping[str, Any], row: Row) -> float | None:
    value = row.get(str(channel.get("field")), channel.get("datum"))
    if channel.get("type") == "temporal":
        return _days(value)
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _days(value: Any) -> float | None:
    """Days since 1970, as matplotlib counts. A number is milliseconds since then; a year or month is its first day."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value / 1000 / DAY_S
    text = str(value).replace("/", "-")
    try:
        moment = datetime.fromisoformat(f"{text}-01-01" if len(text) == 4 else f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() / DAY_S


def _aggregated(
    along: Mapping[str, Any], places: Sequence[float | str | None], rows: Sequence[Row]
) -> Iterator[tuple[float | str | None, float | None]]:
    groups: dict[float | str | None, list[Row]] = {}
    for place, row in zip(places, rows, strict=True):
        groups.setdefault(place, []).append(row)
    for place, members in groups.items():
        if along["aggregate"] == "count":
            yield place, float(len(members))
        else:
            amounts = [one for one in (_amount(along, row) for row in members) if one is not None]
            yield place, float(AGGREGATES[along["aggregate"]](amounts)) if amounts else None


def _title(title: Any) -> str:
    text = _part(title).get("text", title)
    return " ".join(map(str, text))[:LONGEST_WORD] if isinstance(text, list) else str(text or "")[:LONGEST_WORD]


def _label(views: Sequence[_View], name: str) -> str:
    """What stands along an axis: its title, or what Vega-Lite writes where none is given."""
    return next((label for view in views if (label := _axis_title(_part(view.encoding.get(name))))), "")


def _axis_title(channel: Mapping[str, Any]) -> str:
    if "axis" in channel and channel["axis"] is None:
        return ""
    for part in (_part(channel.get("axis")), channel):
        if "title" in part:
            return _title(part["title"])
    if channel.get("aggregate") == "count":
        return "Count of Records"
    words = [NAMED.get(str(channel.get("aggregate")), ""), str(channel.get("field", ""))]
    return " ".join(word for word in words if word)[:LONGEST_WORD]


def _range(views: Sequence[_View], marks: Sequence[Mark], name: str) -> tuple[float, float]:
    """Where an axis starts and ends, as far as the specification says."""
    channels = [_part(view.encoding.get(name)) for view in views]
    scale = next((_part(one["scale"]) for one in channels if one.get("scale")), {})
    domain = scale.get("domain")
    ends = [_amount({"field": "v"}, {"v": one}) for one in domain] if isinstance(domain, list) else []
    if len(ends) >= 2 and ends[0] is not None and ends[-1] is not None:
        return min(ends[0], ends[-1]), max(ends[0], ends[-1])
    values = [value for mark in marks for value in _along(mark, name)]
    least, most = min(values, default=0.0), max(values, default=1.0)
    has_zero = scale.get("zero", any(_is_amount(one) for one in channels)) is True
    start = (
        scale["domainMin"]
        if isinstance(scale.get("domainMin"), int | float)
        else min(least, 0.0)
        if has_zero
        else least
    )
    return float(start), float(max(most, 0.0) if has_zero else most)


def _along(mark: Mark, name: str) -> Iterator[float]:
    """What a mark has along an axis, as numbers."""
    at = 0 if (name == "y") == (mark.kind == "barh") else 1
    for point in mark.points or ():
        value = point[at]
        if isinstance(value, int | float) and math.isfinite(value):
            yield float(value)
