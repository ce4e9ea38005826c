"""What changed between two proofs of the same lessons: before and after an upgrade, of whatever it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graders.proving.record import Proof, ProofFinding

Kind = Literal["newly_red", "newly_green", "still_red", "added", "removed", "stronger", "weaker"]


@dataclass(frozen=True)
class ProofChange:
    """What became of one lesson. new: the errors that it did not have; made and caught: before and after."""

    kind: Kind
    lesson: str
    new: tuple[ProofFinding, ...] = ()
    before: tuple[int, int] = (0, 0)
    after: tuple[int, int] = (0, 0)


def list_changes(before: Sequence[Proof], after: Sequence[Proof]) -> tuple[ProofChange, ...]:
    """Lesson by lesson, in the order of their names; nothing of those that are as they were.

    A lesson may come twice: once for its colour, once for its strength.
    """
    old, new = _by_lesson(before), _by_lesson(after)
    found: list[ProofChange] = []
    for lesson in sorted({*old, *new}):
        if lesson not in new:
            found.append(ProofChange("removed", lesson))
        elif lesson not in old:
            found.append(ProofChange("added", lesson, new[lesson].errors))
        else:
            found += _changes_of(lesson, old[lesson], new[lesson])
    return tuple(found)


def _changes_of(lesson: str, before: Proof, after: Proof) -> list[ProofChange]:
    known = {_key(one) for one in before.errors}
    new = tuple(one for one in after.errors if _key(one) not in known)
    found: list[ProofChange] = []
    if before.is_green and not after.is_green:
        found.append(ProofChange("newly_red", lesson, new))
    elif after.is_green and not before.is_green:
        found.append(ProofChange("newly_green", lesson))
    elif new:
        found.append(ProofChange("still_red", lesson, new))
    was, is_now = (before.caught, before.made), (after.caught, after.made)
    if before.strengths and after.strengths and was != is_now and before.strength_share != after.strength_share:
        kind: Kind = "stronger" if after.strength_share > before.strength_share else "weaker"
        found.append(ProofChange(kind, lesson, before=was, after=is_now))
    return found


def _by_lesson(proofs: Sequence[Proof]) -> Mapping[str, Proof]:
    return {f"{one.course_id}/{one.lesson_id}": one for one in proofs}


def _key(finding: ProofFinding) -> tuple[str, str, str, str | None]:
    """What makes two findings the same, though lines have moved and words were mended."""
    return finding.code, finding.exercise_id, finding.block_id, finding.language
