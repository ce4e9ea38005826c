"""What people's marks come to. Facts in, decisions out. Documented in docs/marking.md."""

import unicodedata
from collections.abc import Mapping, Sequence

from courses import Exercise
from webapp.services.marking.records import Judgement, ManualMark, Sheet, Slot, Standing

# Two markers agree where their points differ by no more than this share of the exercise's points.
AGREED_SHARE = 0.10
MOST_OPEN_REVIEWS = 3
MOST_REASON = 500
MOST_COMMENT = 4000


def sheet_of(exercise: Exercise) -> Sheet:
    """The parts of an exercise as a person marks them."""
    return Sheet(
        check_points=exercise.points - exercise.rubric_points,
        rubric={one.id: tuple(level.points for level in one.levels) for one in exercise.rubric},
        needs_second=exercise.needs_second_marker,
    )


def is_usable(judgement: Judgement, sheet: Sheet) -> bool:
    """Whether a judgement says something of every criterion, nothing of others, and gives points that exist.

    Without a rubric there is nothing to mark but the checks' points, so they must be given.
    """
    fits = judgement.levels.keys() == sheet.rubric.keys() and all(
        0 <= level < len(sheet.rubric[criterion]) for criterion, level in judgement.levels.items()
    )
    points = judgement.check_points
    if points is None:
        return fits and bool(sheet.rubric)
    return fits and 0 <= points <= sheet.check_points + 1e-9


def rubric_points(judgement: Judgement, sheet: Sheet) -> float | None:
    """What the chosen levels come to; None for an exercise without a rubric."""
    if not sheet.rubric:
        return None
    return sum(sheet.rubric[criterion][level] for criterion, level in judgement.levels.items())


def latest_by_slot(marks: Sequence[ManualMark]) -> Mapping[Slot, ManualMark]:
    """What each marker says now."""
    return {one.slot: one for one in sorted(marks, key=lambda one: one.version)}


def standing(marks: Sequence[ManualMark], *, machine_points: float) -> Standing:
    """What the marks of one attempt come to, given every version of each.

    Of two markers who agree the mean stands. Where they do not, or where a moderator has spoken, the moderator's.
    machine_points: of the checks, where a marker let them stand.
    """
    by_slot = latest_by_slot(marks)
    first, second = by_slot.get("first"), by_slot.get("second")
    decided = by_slot.get("moderator")
    if decided is not None:
        return Standing("settled", decided.check_points, decided.rubric_points)
    if first is None:
        return Standing()
    if not first.needs_second:
        return Standing("settled", first.check_points, first.rubric_points)
    if second is None:
        return Standing("waiting_second")
    if not agree(first, second, machine_points=machine_points):
        return Standing("disputed")
    return Standing(
        "settled",
        mean(first.check_points, second.check_points, otherwise=machine_points),
        mean(first.rubric_points, second.rubric_points, otherwise=0.0),
    )


def agree(first: ManualMark, second: ManualMark, *, machine_points: float) -> bool:
    apart = abs(total(first, machine_points) - total(second, machine_points))
    return apart <= AGREED_SHARE * first.max_points + 1e-9


def total(mark: ManualMark, machine_points: float) -> float:
    """All the points that a mark gives, with the machine's where it let them stand."""
    by_checks = machine_points if mark.check_points is None else mark.check_points
    return by_checks + (mark.rubric_points or 0.0)


def mean(one: float | None, other: float | None, *, otherwise: float) -> float | None:
    """The mean to a hundredth of a point; None where neither gave any."""
    if one is None and other is None:
        return None
    return round((otherwise if one is None else one) / 2 + (otherwise if other is None else other) / 2, 2)


def slot_for(marker_id: int, marks: Sequence[ManualMark], *, needs_second: bool) -> Slot | None:
    """The slot in which this person's mark belongs; None where both markers are in and only a moderator may speak.

    marks: every version so far. Of an exercise for one marker anybody's mark is the next version of the first.
    """
    by_slot = latest_by_slot(marks)
    if "moderator" in by_slot:
        return None
    first, second = by_slot.get("first"), by_slot.get("second")
    if first is None or not (first.needs_second or needs_second):
        return "first"
    if second is None:
        return "first" if first.marker_id == marker_id else "second"
    return None


def seen_by(marker_id: int, marks: Sequence[ManualMark]) -> tuple[ManualMark, ...]:
    """The marks that somebody may see while they mark: of two blind markers each sees their own until both are in."""
    by_slot = latest_by_slot(marks)
    first = by_slot.get("first")
    is_blind = first is not None and first.needs_second and "second" not in by_slot and "moderator" not in by_slot
    return tuple(one for one in marks if not is_blind or one.marker_id == marker_id)


def clean_words(text: str, *, most: int) -> str | None:
    """What somebody wrote, without control characters and with plain line ends; None if longer than `most`."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(one for one in lines if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs", "Co", "Cn"))
    return kept.strip() if len(kept.strip()) <= most else None
