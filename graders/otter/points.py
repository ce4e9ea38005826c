"""How the points of a question are shared out among its tests, by Otter's rule."""

import math
from collections.abc import Sequence
from typing import Any

from graders.nbgrader.errors import SourceRefused


def shared_out(points: Any, own: Sequence[float | None], cell: str) -> tuple[float, ...]:
    """The points of each test. points: the question's, a number, a list, `{each: n}` or None; own: what tests say.

    Raises: SourceRefused where they do not add up.
    Source: otter-grader 7.0.0, test_files/abstract_test.py, resolve_test_file_points.
    """
    if isinstance(points, dict):
        points = _number(points.get("each", 1), cell) * len(own)
    elif isinstance(points, list):
        if len(points) != len(own):
            seen = f"{len(points)} points are listed for {len(own)} tests"
            raise SourceRefused("points_do_not_add_up", cell, f"{cell}: {seen}. List as many as there are tests.")
        own, points = [None if one is None else _number(one, cell) for one in points], None
    elif points is not None:
        points = _number(points, cell)
    said = sum(one for one in own if one is not None)
    silent = sum(one is None for one in own)
    if points is not None:
        if said > points:
            seen = f"the tests have {said:g} points together and the question {points:g}"
            raise SourceRefused("points_do_not_add_up", cell, f"{cell}: {seen}. Give the question as many.")
        rest = points - said
    else:
        rest = 0.0 if said else 1.0
    return tuple(rest / silent if one is None else one for one in own)


def points_of(value: Any, cell: str) -> float | None:
    """What one test says that it is worth; None where it says nothing. Raises: SourceRefused."""
    return None if value is None else _number(value, cell)


def _number(value: Any, cell: str) -> float:
    if type(value) not in (int, float) or not math.isfinite(value) or value < 0:
        raise SourceRefused("bad_points", cell, f"{cell}: the points are {value!r}. Use a number that is not negative.")
    return float(value)
