"""The rules of exercises without code, and of rubrics: what is asked has an answer, and each part is told apart."""

from collections.abc import Sequence
from itertools import pairwise

from courses.complaints import Complaints
from courses.lessons import LessonSource
from courses.model import LocalText


def check_question(source: LessonSource, index: int, complaints: Complaints) -> None:
    exercise = source.lesson.exercises[index]
    check_only_check(source, index, complaints)
    match exercise.kind:
        case "choice":
            check_choice(source, index, complaints)
        case "order":
            check_order(source, index, complaints)
        case "match":
            check_match(source, index, complaints)
        case "number":
            check_units(source, index, complaints)


def check_only_check(source: LessonSource, index: int, complaints: Complaints) -> None:
    """A question has one check, of its own kind; an open answer has none, for a person judges it."""
    exercise, sheet = source.lesson.exercises[index], source.sheet
    allowed = f"{exercise.kind} (×1)" if exercise.kind != "text" else "rubric"
    for number, check in enumerate(exercise.checks):
        if check.kind != exercise.kind or number > 0:
            line = sheet.line("exercises", index, "checks", number, "kind")
            complaints.add(
                "check-kind", sheet.path, line,
                check=check.id, kind=check.kind, exercise=exercise.kind, allowed=allowed,
            )  # fmt: skip


def check_choice(source: LessonSource, index: int, complaints: Complaints) -> None:
    """A choice exercise has a right and a wrong option, and a message for each wrong one."""
    exercise, sheet = source.lesson.exercises[index], source.sheet
    right = sum(option.is_correct for option in exercise.options)
    wrong = len(exercise.options) - right
    if wrong < 1 or right < 1 or (right > 1 and not exercise.is_multiple):
        what = LocalText(
            "Hace falta al menos una de cada una, y sólo una correcta si no es multiple.",
            "At least one of each is needed, and only one right one unless it is multiple.",
        )
        line = sheet.line("exercises", index, "options")
        complaints.add("choice-options", sheet.path, line, id=exercise.id, right=right, wrong=wrong, what=what)
    for number, option in enumerate(exercise.options):
        if not option.is_correct and not option.message.es:
            line = sheet.line("exercises", index, "options", number)
            complaints.add("no-message", sheet.path, line, id=exercise.id, option=option.id)


def check_order(source: LessonSource, index: int, complaints: Complaints) -> None:
    """There is an order, and each declared wrong one holds every item once."""
    exercise, sheet = source.lesson.exercises[index], source.sheet
    ids = [item.id for item in exercise.order_items]
    if len({item.place for item in exercise.order_items}) < 2:
        complaints.add("no-order", sheet.path, sheet.line("exercises", index, "items"), id=exercise.id)
    for number, wrong in enumerate(exercise.wrong_answers):
        found = wrong.source.split()
        if sorted(found) != sorted(ids):
            line = sheet.line("exercises", index, "wrong_answers", number, "answer")
            fields = {"id": wrong.id, "found": ", ".join(found), "expected": ", ".join(ids)}
            complaints.add("not-the-items", sheet.path, line, **fields)


def check_match(source: LessonSource, index: int, complaints: Complaints) -> None:
    """Each item's answer is one of the answers."""
    exercise, sheet = source.lesson.exercises[index], source.sheet
    known = [answer.id for answer in exercise.match_answers]
    for number, item in enumerate(exercise.match_items):
        if item.answer_id not in known:
            line = sheet.line("exercises", index, "items", number, "answer")
            fields = {"id": item.id, "answer": item.answer_id, "known": ", ".join(known)}
            complaints.add("no-such-answer", sheet.path, line, **fields)


def check_units(source: LessonSource, index: int, complaints: Complaints) -> None:
    """A number is in its first unit, and no two units are written alike."""
    exercise, sheet = source.lesson.exercises[index], source.sheet
    units = exercise.number.units if exercise.number else ()
    if units and units[0].factor != 1:
        line = sheet.line("exercises", index, "number", "units", 0, "factor")
        complaints.add("first-unit", sheet.path, line, id=exercise.id, unit=units[0].name, found=units[0].factor)
    seen: set[str] = set()
    for number, unit in enumerate(units):
        for name in (unit.name, *unit.aliases):
            if name in seen:
                line = sheet.line("exercises", index, "number", "units", number)
                complaints.add("repeated-id", sheet.path, line, id=name, what=f"{exercise.id}, units")
            seen.add(name)


def check_rubric(source: LessonSource, index: int, complaints: Complaints) -> None:
    """Levels go up, criteria are told apart, and only what a person can mark has them."""
    exercise, sheet = source.lesson.exercises[index], source.sheet
    line = sheet.line("exercises", index, "rubric")
    if exercise.rubric and exercise.kind not in ("text", "code"):
        complaints.add("stray-rubric", sheet.path, line, id=exercise.id, kind=exercise.kind)
    if exercise.needs_second_marker and not exercise.rubric:
        place = sheet.line("exercises", index, "needs_second_marker")
        complaints.add("no-rubric", sheet.path, place, id=exercise.id)
    if exercise.length and exercise.length.least > exercise.length.most:
        place = sheet.line("exercises", index, "length")
        limits = {"least": exercise.length.least, "most": exercise.length.most}
        complaints.add("text-length", sheet.path, place, id=exercise.id, **limits)
    for number, criterion in enumerate(exercise.rubric):
        points = [level.points for level in criterion.levels]
        if not is_rising(points):
            place = sheet.line("exercises", index, "rubric", number, "levels")
            found = ", ".join(f"{one:g}" for one in points)
            complaints.add("rubric-levels", sheet.path, place, id=criterion.id, found=found)


def is_rising(points: Sequence[float]) -> bool:
    return all(one < other for one, other in pairwise(points))
