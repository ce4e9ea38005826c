"""The rules that each exercise must keep: its points, its checks, its options and its code."""

from collections.abc import Iterator
from itertools import combinations
from math import isclose

from courses.complaints import Complaints
from courses.lessons import LessonSource
from courses.model import Exercise
from courses.python_code import find_fault, shape
from courses.question_rules import check_question, check_rubric
from courses.schemas import check_kinds

FEWEST_WRONG_ANSWERS = 2
QUESTIONS = ("choice", "order", "match", "number")


def check_exercise(source: LessonSource, index: int, complaints: Complaints) -> None:
    exercise = source.lesson.exercises[index]
    check_parts(source, index, complaints)
    check_hints(source, index, complaints)
    check_points(source, index, complaints)
    check_rubric(source, index, complaints)
    if exercise.kind == "code":
        check_code(source, index, complaints)
        check_wrong_answers(source, index, complaints)
    else:
        check_question(source, index, complaints)


def check_parts(source: LessonSource, index: int, complaints: Complaints) -> None:
    """Ids of checks, wrong answers, options, items, answers and criteria are unique in the exercise."""
    exercise, sheet = source.lesson.exercises[index], source.sheet
    parts = {
        "checks": [one.id for one in exercise.checks],
        "wrong_answers": [one.id for one in exercise.wrong_answers],
        "options": [one.id for one in exercise.options],
        "items": [*(one.id for one in exercise.order_items), *(one.id for one in exercise.match_items)],
        "answers": [one.id for one in exercise.match_answers],
        "rubric": [one.id for one in exercise.rubric],
    }
    for what, ids in parts.items():
        for number, id_ in enumerate(ids):
            if id_ in ids[:number]:
                line = sheet.line("exercises", index, what, number, "id")
                complaints.add("repeated-id", sheet.path, line, id=id_, what=f"{exercise.id}, {what}")


def check_hints(source: LessonSource, index: int, complaints: Complaints) -> None:
    """A hint that is about one check names one that there is."""
    exercise, sheet = source.lesson.exercises[index], source.sheet
    known = [check.id for check in exercise.checks]
    for number, one in enumerate(exercise.hints):
        if one.check_id and one.check_id not in known:
            line = sheet.line("exercises", index, "hints", number, "check")
            shown = ", ".join(known)
            complaints.add("no-such-hint-check", sheet.path, line, id=exercise.id, check=one.check_id, known=shown)


def check_points(source: LessonSource, index: int, complaints: Complaints) -> None:
    exercise, sheet = source.lesson.exercises[index], source.sheet
    total = sum(check.points for check in exercise.checks) + exercise.rubric_points
    if not isclose(total, exercise.points):
        line = sheet.line("exercises", index, "points")
        complaints.add("points", sheet.path, line, id=exercise.id, found=exercise.points, expected=total)


def check_code(source: LessonSource, index: int, complaints: Complaints) -> None:
    """The code of an exercise compiles, its starter is no solution, and its checks are for code."""
    exercise, sheet = source.lesson.exercises[index], source.sheet
    for name, text in sources(source, exercise):
        if fault := find_fault(text):
            complaints.add("does-not-compile", source.folder.path / name, fault[1], reason=fault[0])
    solutions = {shape(one) for one in exercise.solutions}
    for starter in (exercise.starter.es, exercise.starter.en):
        if starter and shape(starter) in solutions:
            line = sheet.line("exercises", index, "id")
            complaints.add("starter-is-solution", sheet.path, line, id=exercise.id)
    for number, check in enumerate(exercise.checks):
        if check.kind in QUESTIONS:
            line = sheet.line("exercises", index, "checks", number, "kind")
            fields = {"check": check.id, "kind": check.kind, "exercise": exercise.kind}
            complaints.add(
                "check-kind",
                sheet.path,
                line,
                **fields,
                allowed=", ".join(kind for kind in check_kinds() if kind not in QUESTIONS),
            )


def sources(source: LessonSource, exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Every file of code of an exercise, by its name in the lesson's folder. What is not text was complained of."""
    for name in source.folder.names(f"exercises/{exercise.id}/"):
        if name.endswith(".py"):
            yield name, source.folder.find_text(name, Complaints()) or ""


def check_wrong_answers(source: LessonSource, index: int, complaints: Complaints) -> None:
    """There are two at least; each is about a check, is no solution, and is not another one's code."""
    exercise, sheet = source.lesson.exercises[index], source.sheet
    place = ("exercises", index, "wrong_answers")
    if len(exercise.wrong_answers) < FEWEST_WRONG_ANSWERS:
        count = len(exercise.wrong_answers)
        complaints.add("few-wrong-answers", sheet.path, sheet.line(*place), id=exercise.id, found=count)
    known = [check.id for check in exercise.checks]
    solutions = {shape(one) for one in exercise.solutions}
    for number, one in enumerate(exercise.wrong_answers):
        if one.check_id not in known:
            line = sheet.line(*place, number, "check")
            complaints.add("no-such-check", sheet.path, line, id=one.id, check=one.check_id, known=", ".join(known))
        if one.source and shape(one.source) in solutions:
            complaints.add("wrong-answer-is-right", sheet.path, sheet.line(*place, number), id=one.id)
    for (_, one), (number, other) in combinations(enumerate(exercise.wrong_answers), 2):
        if one.source and shape(one.source) == shape(other.source):
            line = sheet.line(*place, number)
            complaints.add("same-wrong-answer", sheet.path, line, id=one.id, other=other.id)
