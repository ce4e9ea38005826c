"""Changes to lesson.yaml, and what follows from them: points that add up, checks that are named alike everywhere."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import isclose
from typing import Any

from courses.lesson_edits import EXERCISES, get_list, read_text, with_sheet
from courses.lessons import SHEET
from courses.refusals import Refused, Unreadable
from courses.sheet_edits import (
    check_sheet,
    find_place,
    insert_item,
    move_item,
    read_sheet_value,
    remove_field,
    rewrite_sheet,
    set_field,
)
from courses.sources import Files

Change = Mapping[str, Any]
Path = Sequence[str | int]

# What a sheet may lack while it is written. Anything else that is amiss would leave the editor without a page.
UNFINISHED = frozenset({"missing-key", "too-few"})


def set_value(files: Files, asked: Change) -> Files:
    path = place_of(files, asked["path"])
    demand_free(path)
    return edited(files, set_field(read_text(files, SHEET), path, asked["value"]))


def remove(files: Files, asked: Change) -> Files:
    path = place_of(files, asked["path"])
    demand_free(path)
    return edited(files, remove_field(read_text(files, SHEET), path))


def insert(files: Files, asked: Change) -> Files:
    """An item more in a list, which is made if it was not there; without a place at its end."""
    path = place_of(files, asked["path"])
    demand_free((*path, 0))
    text = read_text(files, SHEET)
    at = asked["at"] if "at" in asked else count_items(read_sheet_value(text), path)
    return edited(files, insert_item(text, path, at, asked["value"]))


def move(files: Files, asked: Change) -> Files:
    path = place_of(files, asked["path"])
    demand_free(path)
    return edited(files, move_item(read_text(files, SHEET), path, asked["to"]))


def place_of(files: Files, names: Path) -> tuple[str | int, ...]:
    """A place as keys and numbers alone, as far as it is there; the last name may be a key that is not."""
    value = read_sheet_value(read_text(files, SHEET))
    above = find_place(value, *names[:-1])
    for key in above:
        value = value[key]
    last = find_place(value, names[-1])[0] if isinstance(value, list) else names[-1]
    return (*above, last)


def count_items(value: Any, path: Path) -> int:
    for key in path:
        if isinstance(value, dict) and key not in value:
            return 0
        value = value[key]
    return len(value) if isinstance(value, list) else 0


def demand_free(path: Path) -> None:
    """Raises: Refused for what follows the texts or the lesson's address, and is not changed by itself."""
    place = " › ".join(map(str, path))
    if path[0] == "sections":
        raise Refused("own-sections")
    is_exercise = path[0] == EXERCISES and (len(path) <= 2 or (len(path) == 3 and path[2] in ("id", "kind")))
    if is_exercise or path[0] == "id":
        raise Refused("own-place", place=place)


def edited(before: Files, sheet: str) -> Files:
    """The lesson with another lesson.yaml and what follows from it."""
    old, new = read_sheet_value(read_text(before, SHEET)), read_sheet_value(sheet)
    pairs = list(zip(get_list(old), get_list(new), strict=False))
    for one, other in pairs:
        if isinstance(one, dict) and isinstance(other, dict) and one != other:
            follow_checks(one, other)
            follow_points(one, other)
    after = with_sheet(before, rewrite_sheet(sheet, new))
    gone = files_of_wrong_answers(old) - files_of_wrong_answers(new)
    return {name: raw for name, raw in after.items() if name not in gone}


def records(value: Any, key: str) -> list[dict[str, Any]]:
    """The records of a list; none where there is something else."""
    found = value.get(key) if isinstance(value, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def follow_checks(old: Any, new: Any) -> None:
    """Hints and wrong answers name the checks that there are: one that was renamed, or the first, if theirs is gone."""
    before = [one.get("id") for one in records(old, "checks")]
    after = [one.get("id") for one in records(new, "checks")]
    renamed = dict(zip(before, after, strict=True)) if len(before) == len(after) and set(before) != set(after) else {}
    for part in (*records(new, "hints"), *records(new, "wrong_answers")):
        named = part.get("check")
        if named is None or named in after or named not in before:
            continue
        if named in renamed:
            part["check"] = renamed[named]
        elif "message" in part and after:
            part["check"] = after[0]
        else:
            del part["check"]


def follow_points(old: Any, new: Any) -> None:
    """An exercise is worth what its checks and its rubric are, if it was; a single check is worth what it is."""
    if not isclose(get_number(old.get("points")), sum_points(old)):
        return
    if isclose(get_number(new.get("points")), get_number(old.get("points"))):
        if sum_points(new) > 0:
            new["points"] = tidy(sum_points(new))
    elif "points" in new and len(records(new, "checks")) == 1 and not records(new, "rubric"):
        records(new, "checks")[0]["points"] = new["points"]


def sum_points(exercise: Any) -> float:
    checks = sum(get_number(one.get("points")) for one in records(exercise, "checks"))
    best = [max((get_number(one.get("points")) for one in records(criterion, "levels")), default=0.0)
            for criterion in records(exercise, "rubric")]  # fmt: skip
    return checks + sum(best)


def get_number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def tidy(number: float) -> int | float:
    return int(number) if number.is_integer() else number


def files_of_wrong_answers(value: Any) -> set[str]:
    """The files that wrong answers are kept in, by their names in the lesson."""
    return {
        f"{EXERCISES}/{exercise.get('id')}/{one['file']}"
        for exercise in records(value, EXERCISES)
        for one in records(exercise, "wrong_answers")
        if isinstance(one.get("file"), str)
    }


def demand_form(before: Files, after: Files, *, may_be_unfinished: bool = True) -> None:
    """Raises: Refused if lesson.yaml has a fault of form that it did not have."""
    if before.get(SHEET) == after.get(SHEET):
        return
    known = Counter((one.code, one.message) for one in check_sheet(read_text(before, SHEET)))
    for problem in check_sheet(read_text(after, SHEET)):
        key = (problem.code, problem.message)
        known[key] -= 1
        if known[key] < 0 and not (may_be_unfinished and problem.code in UNFINISHED):
            raise Unreadable(problem)
