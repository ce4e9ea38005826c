"""Codes by which learners join, names of cohorts, what being late costs, and what a later version keeps."""

import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from courses import Exercise, Lesson, LocalText
from webapp.services.cohorts.records import Deadline, ExerciseFate, Lateness, LatePolicy

# Without letters and digits that look alike (0 O, 1 I L): codes are read aloud and copied from a board.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
MOST_NAME = 120


def new_code() -> str:
    """Eight letters and digits; of the order of 10^12 codes, so that nobody guesses one."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def clean_code(text: str) -> str:
    """The code as it is kept: capitals only, without the blanks and dashes that people put in."""
    return "".join(letter for letter in text.upper() if letter in LETTERS)


def shown_code(code: str) -> str:
    """ "ABCD-2345": easier to copy."""
    return f"{code[:4]}-{code[4:]}"


def clean_name(text: str) -> str | None:
    """The name as written, in one line; None if empty or longer than 120 characters."""
    printable = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    name = unicodedata.normalize("NFC", " ".join(printable.split()))
    return name if 0 < len(name) <= MOST_NAME else None


def lateness(handed_in_at: datetime, deadline: Deadline | None) -> Lateness | None:
    """How late an attempt is; None if it came in time, within the grace, or nothing is due.

    Past the grace, days count from the due date, each day begun as a whole one.
    """
    if deadline is None or handed_in_at <= deadline.due_at + timedelta(hours=deadline.policy.grace_hours):
        return None
    days = -((deadline.due_at - handed_in_at) // timedelta(days=1))
    lost = min(deadline.policy.share_per_day * days, 1 - deadline.policy.floor_share)
    return Lateness(days, max(0.0, round(lost, 9)))


def latest_deadline(deadlines: Iterable[Deadline]) -> Deadline:
    """The one that counts for somebody in several cohorts: the latest, and of two at once the one that costs less."""
    return max(deadlines, key=lambda one: (one.due_at, -one.policy.share_per_day, one.policy.floor_share))


def is_fair(policy: LatePolicy) -> bool:
    """Whether the numbers of a policy mean something."""
    return 0 <= policy.share_per_day <= 1 and 0 <= policy.floor_share <= 1 and 0 <= policy.grace_hours <= 24 * 30


def compare_exercises(before: Lesson, after: Lesson) -> Mapping[str, ExerciseFate]:
    """What becomes of each exercise when a lesson is taught in another version, in the order of the later one.

    An exercise is the same where what is asked and what it is worth are: its checks, its solutions and the data.
    Words, hints and minutes may change without that anybody's work would come out otherwise.
    """
    old = {one.id: one for one in before.exercises}
    has_other_data = before.datasets != after.datasets
    fates: dict[str, ExerciseFate] = {}
    for one in after.exercises:
        known = old.pop(one.id, None)
        if known is None:
            fates[one.id] = "new"
        else:
            fates[one.id] = "changed" if has_other_data or asked(known) != asked(one) else "same"
    return {**fates, **dict.fromkeys(old, "gone")}


def asked(exercise: Exercise) -> Exercise:
    """An exercise without what may be said otherwise while the same is asked."""
    nothing = LocalText("")
    return replace(
        exercise, title=nothing, minutes=0, competencies=(), hints=(), wrong_answers=(), solution_note=None,
        starter=nothing, checks=tuple(replace(one, title=nothing, message=None) for one in exercise.checks),
    )  # fmt: skip
