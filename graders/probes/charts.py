"""What a cell drew, as JSON facts: titles, labels, where axes start, and the drawn data. Runs inside the session.

The figures of the latest drawing cell are open while a probe runs. The reader is graders/evidence.py.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from matplotlib import container, ticker
from matplotlib._pylab_helpers import Gcf
from matplotlib.category import StrCategoryFormatter
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.patches import Wedge

MOST_AXES = 12
MOST_POINTS = 20_000
LONGEST_TEXT = 500
NAMING = (ticker.FixedFormatter, ticker.FuncFormatter, StrCategoryFormatter)
DAY_S = 86_400


def look(names: dict[str, Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """The axes of the last figure that shows anything: {"axes": […]}; none where nothing was drawn."""
    figures = [manager.canvas.figure for manager in Gcf.figs.values()]
    described = [_figure(one) for one in figures]
    shown = [axes for axes in described if any(one["marks"] for one in axes)]
    return {"axes": (shown or described or [[]])[-1]}


def _figure(figure: Any) -> list[dict[str, Any]]:
    room = [MOST_POINTS]
    axes = [one for one in figure.axes if one.get_visible()][:MOST_AXES]
    return [_axes(one, figure, room) for one in axes]


def _axes(axes: Any, figure: Any, room: list[int]) -> dict[str, Any]:
    titles = [axes.get_title(loc=place) for place in ("center", "left", "right")]
    return {
        "title": _first(*titles, figure.get_suptitle()),
        "xlabel": _first(axes.get_xlabel(), figure.get_supxlabel()),
        "ylabel": _first(axes.get_ylabel(), figure.get_supylabel()),
        "xlim": sorted(_number(one) or 0.0 for one in axes.get_xlim()),
        "ylim": sorted(_number(one) or 0.0 for one in axes.get_ylim()),
        "marks": [*_bars(axes, room), *_lines(axes, room), *_clouds(axes, room), *_others(axes)],
    }


def _first(*texts: Any) -> str:
    return next((one[:LONGEST_TEXT] for one in map(str, texts) if one.strip()), "")


def _bars(axes: Any, room: list[int]) -> Iterator[dict[str, Any]]:
    """One mark for each set of bars: [name or position, amount] for each."""
    for group in axes.containers:
        if not isinstance(group, container.BarContainer):
            continue
        bars = [one for one in group.patches if one.get_visible()]
        lies = group.orientation == "horizontal"
        names = _tick_names(axes.yaxis if lies else axes.xaxis)
        points, edges = [], []
        for bar in bars:
            start, size = (bar.get_y(), bar.get_height()) if lies else (bar.get_x(), bar.get_width())
            amount = bar.get_width() if lies else bar.get_height()
            edges.append((start, start + size))
            points.append([_name_at(names, start + size / 2), _number(amount)])
        kind = "barh" if lies else "hist" if _touch(edges) and not names else "bar"
        yield _mark(kind, points, room)


def _touch(edges: Sequence[tuple[float, float]]) -> bool:
    """Whether each bar begins where the one before ends, as a histogram's do."""
    return len(edges) > 1 and all(
        math.isclose(edges[at][1], edges[at + 1][0], rel_tol=1e-6, abs_tol=1e-9) for at in range(len(edges) - 1)
    )


def _lines(axes: Any, room: list[int]) -> Iterator[dict[str, Any]]:
    for line in axes.lines:
        # Helping lines such as axhline are measured by the axes, not by the data.
        follows = line.get_transform().contains_branch_seperately(axes.transData)
        if not line.get_visible() or follows != (True, True):
            continue
        across = _as_days(axes, line.get_xdata(orig=False))
        points = [[_number(x), _number(y)] for x, y in zip(across, line.get_ydata(orig=False), strict=True)]
        joined = line.get_linestyle() not in ("None", "none", " ", "")
        yield _mark("line" if joined else "scatter", points, room)


def _clouds(axes: Any, room: list[int]) -> Iterator[dict[str, Any]]:
    for cloud in axes.collections:
        if isinstance(cloud, PathCollection) and cloud.get_visible():
            offsets = cloud.get_offsets()
            yield _mark("scatter", [[_number(x), _number(y)] for x, y in offsets.tolist()], room)


def _others(axes: Any) -> Iterator[dict[str, Any]]:
    """Kinds of charts that no check compares, so that a learner can be told what was drawn."""
    if any(isinstance(one, Wedge) for one in axes.patches):
        yield {"kind": "pie", "points": []}
    if any(isinstance(one, PolyCollection) for one in axes.collections):
        yield {"kind": "area", "points": []}
    if axes.images:
        yield {"kind": "image", "points": []}


def _mark(kind: str, points: list[Any], room: list[int]) -> dict[str, Any]:
    """points: null where there are too many."""
    room[0] -= len(points)
    return {"kind": kind, "points": points if room[0] >= 0 else None}


def _as_days(axes: Any, across: Any) -> Any:
    """pandas draws regular dates by the number of their period; days since 1970 are what everything else uses."""
    frequency = getattr(axes, "freq", None)
    if frequency is None:
        return across
    try:
        return [pd.Period(ordinal=int(one), freq=frequency).to_timestamp().timestamp() / DAY_S for one in across]
    except (ValueError, OverflowError):
        return across


def _tick_names(axis: Any) -> list[tuple[float, str]]:
    """Names that stand at positions of an axis; none where the ticks are numbers."""
    if not isinstance(axis.get_major_formatter(), NAMING):
        return []
    places = [float(one) for one in axis.get_majorticklocs()]
    texts = axis.get_major_formatter().format_ticks(places)
    return [(place, str(text)[:LONGEST_TEXT]) for place, text in zip(places, texts, strict=True)]


def _name_at(names: Sequence[tuple[float, str]], position: float) -> Any:
    near = min(names, key=lambda one: abs(one[0] - position), default=None)
    if near is not None and abs(near[0] - position) <= 0.5:
        return near[1]
    return _number(position)


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None
