"""The check `chart`: what a cell drew has the marks, the data, the axes and the words that were asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from courses import Check
from graders.checks.alike import Closeness, closeness_of, folded, is_alike
from graders.checks.finding import RIGHT, Finding, miss
from graders.evidence import Axes, Mark

# Kinds that draw the same data: amounts by name or position.
FAMILIES: Mapping[str, str] = {"bar": "bars", "barh": "bars", "hist": "bars"}
# A bar whose sides touch is still one, and dots joined by nothing may be.
ACCEPTED: Mapping[str, tuple[str, ...]] = {"bar": ("bar", "hist")}
START_ROOM = 0.01  # of an axis's length: how far from the wanted start it may begin


def judge(check: Check, have: Axes | None, want: Axes | None) -> Finding:
    """Says what is missing in the order in which one would mend it: marks, data, axes, title, labels."""
    params = check.params
    if have is None or not have.marks:
        return miss("chart.none")
    for find in (_mark_miss, _data_miss, _start_miss, _words_miss):
        finding = find(params, have, want)
        if finding is not None:
            return finding
    return RIGHT


def is_same(check: Check, one: Axes | None, other: Axes | None) -> bool:
    """Whether the check sees the same in both drawings."""
    if one is None or other is None:
        return False
    if "data" in check.params and _data_miss(check.params, one, other) is not None:
        return False
    return _facts(check.params, one) == _facts(check.params, other)


def _facts(params: Mapping[str, Any], axes: Axes) -> tuple[Any, ...]:
    """All that the check sees but for the data."""
    kinds = tuple(sorted({mark.kind for mark in axes.marks})) if "mark" in params else ()
    return (
        kinds,
        _start_miss(params, axes, None) is None,
        "title_required" in params and not axes.title.strip(),
        *(_has_word(axes, name, params) for name in ("xlabel", "ylabel")),
    )


def _mark_miss(params: Mapping[str, Any], have: Axes, want: Axes | None) -> Finding | None:
    wanted = params.get("mark")
    kinds = [mark.kind for mark in have.marks]
    if wanted is None or any(kind in ACCEPTED.get(wanted, (wanted,)) for kind in kinds):
        return None
    return miss("chart.wrong_mark", wanted=wanted, have=kinds[0])


def _data_miss(params: Mapping[str, Any], have: Axes, want: Axes | None) -> Finding | None:
    """Whether the marks of the kind that the solution drew show its data; marks of other kinds mean nothing."""
    if "data" not in params or want is None or not want.marks:
        return None
    close = closeness_of(params["data"] or {})
    family = _family(want.marks[0].kind)
    wanted = [_series(mark) for mark in want.marks if _family(mark.kind) == family]
    found = [_series(mark) for mark in have.marks if _family(mark.kind) == family]
    if None in found:
        return miss("chart.too_large")
    if not found:
        return miss("chart.data")
    if sum(len(one or ()) for one in found) != sum(len(one or ()) for one in wanted):
        return miss("chart.data_count", have=sum(len(one or ()) for one in found))
    for one in wanted:
        at = next((at for at, other in enumerate(found) if _is_series_alike(other, one, close)), None)
        if at is None:
            return miss("chart.data")
        del found[at]
    return miss("chart.data") if found else None


def _start_miss(params: Mapping[str, Any], have: Axes, want: Axes | None) -> Finding | None:
    lies = any(mark.kind == "barh" for mark in have.marks)
    for name in ("xmin", "ymin"):
        if name not in params:
            continue
        # The amounts of bars that lie are measured across.
        axis = "x" if name == "xmin" or lies else "y"
        start, end = have.x_range if axis == "x" else have.y_range
        wanted = float(params[name])
        shows_amounts = axis == "y" or lies
        reaches_below = shows_amounts and start < wanted and any(amount < wanted for amount in _amounts(have))
        if abs(start - wanted) > START_ROOM * (end - start) and not reaches_below:
            return miss("chart.axis_start", axis=axis, have=round(start, 6), wanted=params[name])
    return None


def _amounts(axes: Axes) -> list[float]:
    return [amount for mark in axes.marks for _, amount in mark.points or () if amount is not None]


def _words_miss(params: Mapping[str, Any], have: Axes, want: Axes | None) -> Finding | None:
    if params.get("title_required") is True and not have.title.strip():
        return miss("chart.no_title")
    for name in ("xlabel", "ylabel"):
        if not _has_word(have, name, params):
            text = have.xlabel if name == "xlabel" else have.ylabel
            code = "chart.other_label" if text.strip() else "chart.no_label"
            return miss(code, axis=name[0], label=text[:100], words=list(params[name]["contains"]))
    return None


def _has_word(axes: Axes, name: str, params: Mapping[str, Any]) -> bool:
    if name not in params:
        return True
    text = folded(axes.xlabel if name == "xlabel" else axes.ylabel)
    return any(folded(word) in text for word in params[name]["contains"])


def _family(kind: str) -> str:
    return FAMILIES.get(kind, kind)


def _series(mark: Mark) -> tuple[tuple[float | str, float | None], ...] | None:
    """The drawn points in an order of their own. Names that are numbers count as numbers; None: too many points."""
    if mark.points is None:
        return None
    points = [(_place(place), amount) for place, amount in mark.points]
    # A gap in a line draws nothing.
    drawn = [point for point in points if point[1] is not None or mark.kind not in ("line", "scatter")]
    return tuple(sorted(drawn, key=lambda point: (isinstance(point[0], str), point[0], point[1] or 0.0)))


def _place(place: float | str | None) -> float | str:
    if isinstance(place, str):
        text = place.strip()
        return float(text) if text.removeprefix("-").replace(".", "", 1).isdecimal() else text
    return 0.0 if place is None else place


def _is_series_alike(
    have: Sequence[tuple[float | str, float | None]] | None,
    want: Sequence[tuple[float | str, float | None]] | None,
    close: Closeness,
) -> bool:
    if have is None or want is None or len(have) != len(want):
        return False
    return all(
        is_alike(one[0], other[0], Closeness(relative=1e-9)) and is_alike(one[1], other[1], close)
        for one, other in zip(have, want, strict=True)
    )
