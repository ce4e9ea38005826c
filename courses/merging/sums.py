"""Numbers of lesson.yaml that are made from others: an exercise's points, and the least minutes of a lesson."""

from collections.abc import Mapping
from typing import Any

MOST_MINUTES = 20


def sum_points(item: Mapping[str, Any]) -> float | None:
    """The points of an exercise's checks and of the best levels of its rubric; None where one is no number."""
    found = [one.get("points") for one in dicts(item.get("checks"))]
    found += [levels[-1].get("points") for one in dicts(item.get("rubric")) if (levels := dicts(one.get("levels")))]
    numbers = [one for one in found if isinstance(one, int | float) and not isinstance(one, bool)]
    return sum(numbers) if found and len(numbers) == len(found) else None


def has_sums(item: Any) -> bool:
    return isinstance(item, dict) and item.get("points") is not None and item.get("points") == sum_points(item)


def fit_points(item: Any) -> Any:
    """An exercise whose points are the sum of its checks' and its rubric's."""
    total = sum_points(item) if isinstance(item, dict) else None
    return item if total is None or item.get("points") == total else {**item, "points": total}


def fit_minutes(sheet: Mapping[str, Any]) -> Mapping[str, Any]:
    """A lesson that lasts no less than its exercises together, as far as a lesson may."""
    found = [one.get("minutes") for one in dicts(sheet.get("exercises"))]
    total = sum(one for one in found if isinstance(one, int))
    now = sheet.get("minutes")
    return {**sheet, "minutes": total} if isinstance(now, int) and now < total <= MOST_MINUTES else sheet


def dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
