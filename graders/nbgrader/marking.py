"""What nbgrader keeps in a cell's metadata, of every version of its schema, and the checksum that it makes of it."""

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graders.nbgrader.errors import SourceRefused
from notebooks import Cell

KEY = "nbgrader"
NEWEST = 3
FLAGS = ("grade", "solution", "locked")
KEYS = frozenset({*FLAGS, "schema_version", "task", "grade_id", "points", "checksum", "cell_type"})
GRADE_ID = re.compile(r"[a-zA-Z0-9_\-]*")


@dataclass(frozen=True)
class Marking:
    """What one cell is for. points: 0 where it earns none."""

    grade_id: str
    is_grade: bool
    is_solution: bool
    is_task: bool
    has_lock: bool
    points: float

    @property
    def is_locked(self) -> bool:
        """Whether the learner may not change the text, by nbgrader's rule."""
        return not self.is_solution and (self.is_grade or self.has_lock)

    @property
    def is_manual(self) -> bool:
        """Whether a person marks it."""
        return self.is_task or (self.is_grade and self.is_solution)

    @property
    def earns_points(self) -> bool:
        return self.is_grade or self.is_task


def upgraded(cell: Cell, place: int) -> Mapping[str, Any] | None:
    """The cell's nbgrader metadata in the newest schema; None where it has none. Raises: SourceRefused.

    place: of the cell in the notebook, from 1; names the cell where it has no grade_id.
    Source: nbgrader 0.9.6, nbgraderformat/v1.py to v3.py.
    """
    raw = cell.metadata.get(KEY)
    if raw is None or raw == {}:
        return None
    name = name_of(cell, place)
    if not isinstance(raw, Mapping):
        raise SourceRefused("bad_metadata", name, f"{name}: the nbgrader metadata is no object. Mark the cell again.")
    version = raw.get("schema_version", 0)
    if type(version) is not int or version < 0:
        raise SourceRefused("bad_metadata", name, f"{name}: schema_version is {version!r}. Use {NEWEST}.")
    if version > NEWEST:
        raise SourceRefused(
            "schema_too_new", name, f"{name}: the nbgrader metadata has schema {version}; at most {NEWEST} is read."
        )
    meta = dict(raw) if version else _from_version_0(dict(raw), name)
    if meta is None:
        return None
    if version < 2 and "checksum" in meta:
        meta.setdefault("cell_type", cell.kind)
    return {key: value for key, value in {**meta, "schema_version": NEWEST}.items() if key in KEYS}


def marking_of(cell: Cell, place: int) -> Marking | None:
    """What an instructor's cell is for, None for a plain one. `cell` is upgraded. Raises: SourceRefused."""
    meta = cell.metadata.get(KEY)
    if meta is None:
        return None
    name = name_of(cell, place)
    for flag in (*FLAGS, "task"):
        if type(meta.get(flag, False if flag == "task" else None)) is not bool:
            raise SourceRefused("bad_metadata", name, f'{name}: "{flag}" is {meta.get(flag)!r}. Use true or false.')
    if not any(meta[flag] for flag in FLAGS) and not meta.get("task"):
        return None
    marking = Marking(
        grade_id=_grade_id(meta, name),
        is_grade=meta["grade"],
        is_solution=meta["solution"],
        is_task=meta.get("task", False),
        has_lock=meta["locked"],
        points=_points(meta, name),
    )
    _check_kind(marking, cell.kind, name)
    return marking


def checksum(cell: Cell, marking: Marking) -> str:
    """The checksum that nbgrader gives a cell. Source: nbgrader 0.9.6, utils.py, compute_checksum."""
    parts = [cell.source, cell.kind, *map(str, (marking.is_grade, marking.is_solution, marking.is_locked))]
    parts.append(marking.grade_id)
    if marking.is_grade:
        parts.append(str(marking.points))
    # MD5 is what the format asks for; nothing is protected by it.
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def name_of(cell: Cell, place: int) -> str:
    """What an author knows the cell by: its grade_id, else its place."""
    raw = cell.metadata.get(KEY)
    grade_id = raw.get("grade_id") if isinstance(raw, Mapping) else None
    return grade_id if isinstance(grade_id, str) and grade_id else f"cell {place}"


def _from_version_0(meta: dict[str, Any], name: str) -> dict[str, Any] | None:
    for flag in FLAGS:
        meta.setdefault(flag, False)
    if not any(meta[flag] for flag in FLAGS):
        return None
    points = meta.pop("points", 0.0)
    if meta["grade"]:
        try:
            meta["points"] = max(0.0, float(0.0 if points == "" else points))
        except (TypeError, ValueError) as reason:
            raise _bad_points(points, name) from reason
    return meta


def _grade_id(meta: Mapping[str, Any], name: str) -> str:
    grade_id = meta.get("grade_id")
    if grade_id is None or grade_id == "":
        raise SourceRefused("grade_id_missing", name, f"{name}: it has no grade_id. Give it one in the toolbar.")
    if not isinstance(grade_id, str) or not GRADE_ID.fullmatch(grade_id):
        raise SourceRefused(
            "bad_grade_id", name, f"{name}: the grade_id is {grade_id!r}. Use letters, digits, hyphens and underscores."
        )
    return grade_id


def _points(meta: Mapping[str, Any], name: str) -> float:
    if not (meta["grade"] or meta.get("task")):
        return 0.0
    if "points" not in meta:
        raise SourceRefused(
            "points_missing", name, f"{name}: it has no points. Say how many it is worth; 0 is allowed."
        )
    points = meta["points"]
    if type(points) not in (int, float) or not math.isfinite(points) or points < 0:
        raise _bad_points(points, name)
    return float(points)


def _bad_points(points: Any, name: str) -> SourceRefused:
    return SourceRefused("bad_points", name, f"{name}: the points are {points!r}. Use a number that is not negative.")


def _check_kind(marking: Marking, kind: str, name: str) -> None:
    if marking.is_task:
        if kind != "markdown":
            raise SourceRefused("task_not_markdown", name, f"{name}: a task is in a {kind} cell. Make it markdown.")
    elif kind == "markdown" and marking.is_grade != marking.is_solution:
        raise SourceRefused(
            "markdown_not_manual",
            name,
            f"{name}: a markdown cell is marked as only a test or only an answer. Make it a manually graded answer.",
        )
