"""How marks come about. Facts in, decisions out."""

from collections.abc import Mapping, Sequence
from typing import Literal

from courses import Course, Exercise, Lesson
from webapp.services.cohorts.records import Lateness
from webapp.services.gradebook.records import CourseProgress, Entry, LessonProgress, Mark, MarkState, Parts, Score
from webapp.services.marking.records import ManualMark, Standing
from webapp.services.marking.rules import standing
from webapp.services.submissions.rules import answer_digest

# A solution opens after this many honest tries: graded, different from each other and from the starter.
TRIES_BEFORE_SOLUTION = 3
# The columns that a file of marks has after those that it always had.
SOURCES = ("machine_points", "person_points", "late_points", "not_final")


def score_of(
    entry: Entry,
    marks: Sequence[ManualMark] = (),
    *,
    exercise: Exercise | None = None,
    lateness: Lateness | None = None,
    pass_share: float = 1.0,
) -> Score:
    """What an attempt is worth: the machine's points, or a person's in their place, less what being late costs.

    marks: every version of every mark of the attempt. exercise: None where the course no longer has it.
    pass_share: of the points, before anything is lost by being late, from which a person's mark is a pass.
    """
    given = standing(marks, machine_points=entry.points)
    has_rubric = exercise is not None and bool(exercise.rubric)
    most = max([exercise.points if exercise and has_rubric else entry.max_points, *(one.max_points for one in marks)])
    machine = entry.points if given.check_points is None else 0.0
    person = (given.check_points or 0.0) + (given.rubric_points or 0.0)
    person = min(person, most - machine)
    lost = round(lateness.lost_share * (machine + person), 2) if lateness else 0.0
    state = state_of(given, is_for_people=has_rubric or entry.verdict == "manual")
    is_passed = entry.verdict == "passed"
    if given.state == "settled":
        is_passed = machine + person >= pass_share * most - 1e-9
    return Score(
        submission_id=entry.submission_id,
        parts=Parts(machine, person, lost),
        max_points=most,
        state=state,
        is_passed=is_passed and state == "final",
        lateness=lateness,
    )


def state_of(given: Standing, *, is_for_people: bool) -> MarkState:
    if given.state in ("waiting_second", "disputed"):
        return "in_review"
    return "waiting" if given.state == "none" and is_for_people else "final"


def mark_of(entries: Sequence[Entry], scores: Sequence[Score], *, counts: Literal["best", "last"] = "best") -> Mark:
    """What stands of the attempts at one exercise, given oldest first and at least one, each with its score."""
    latest, newest = entries[-1], scores[-1]
    chosen = newest if counts == "last" else max(scores, key=lambda one: (one.parts.total, one.is_passed))
    return Mark(
        exercise=latest.exercise,
        parts=chosen.parts,
        max_points=newest.max_points,
        attempts=len(entries),
        latest_verdict=latest.verdict,
        is_passed=chosen.is_passed if counts == "last" else any(one.is_passed for one in scores),
        latest_at=latest.recorded_at,
        state=newest.state if chosen.state == "final" else chosen.state,
        lateness=chosen.lateness,
    )


def may_see_solution(
    *, is_passed: bool, digests: Sequence[str], starters: Sequence[str], attempts_most: int | None = None
) -> bool:
    """Whether a solution is open: after passing, after three honest tries with distinct answers, or after the last.

    digests: of all graded attempts; starters: the exercise's starters, which are nobody's try. attempts_most: how many
    there may be, None for any number.
    """
    if attempts_most is not None and len(digests) >= attempts_most:
        return True
    untouched = {answer_digest(starter, ()) for starter in (*starters, "")}
    return is_passed or len(set(digests) - untouched) >= TRIES_BEFORE_SOLUTION


def lesson_progress(lesson: Lesson, marks: Mapping[tuple[str, str], Mark], *, pass_share: float) -> LessonProgress:
    """A lesson without exercises is done from the start: there is nothing to miss in it."""
    found = [marks[key] for exercise in lesson.exercises if (key := (lesson.id, exercise.id)) in marks]
    points = sum(mark.points for mark in found)
    return LessonProgress(
        lesson_id=lesson.id,
        points=points,
        max_points=lesson.points,
        passed=sum(mark.is_passed for mark in found),
        exercises=len(lesson.exercises),
        is_done=points >= pass_share * lesson.points - 1e-9,
    )


def course_progress(course: Course, marks: Mapping[tuple[str, str], Mark]) -> CourseProgress:
    """marks: by lesson and exercise; those of exercises that the course no longer has count for nothing."""
    lessons = tuple(lesson_progress(lesson, marks, pass_share=course.pass_share) for lesson in course.lessons)
    return CourseProgress(course.id, lessons, marks)


def csv_rows(
    course: Course, names: Sequence[tuple[int, str, str]], progress: Mapping[int, CourseProgress]
) -> tuple[tuple[str, ...], ...]:
    """A cohort's marks as rows of text, a header first: name, address, points per exercise, total, and their sources.

    names: learner, name and address of each. An exercise never tried is empty, which is not the same as 0. The last
    columns: points by the machine and by people, points lost by being late, exercises that still wait for somebody.
    """
    keys = [(lesson.id, exercise.id) for lesson in course.lessons for exercise in lesson.exercises]
    exercises = (f"{lesson}/{exercise}" for lesson, exercise in keys)
    header = ("name", "email", *exercises, "points", "max_points", *SOURCES)
    rows = []
    for learner_id, name, email in names:
        one = progress[learner_id]
        points = (points_text(one.marks[key].points) if key in one.marks else "" for key in keys)
        totals = (points_text(one.points), points_text(one.max_points))
        cells = (name, email, *points, *totals, *source_cells([one.marks[key] for key in keys if key in one.marks]))
        rows.append(tuple(defuse(cell) for cell in cells))
    return (header, *rows)


def source_cells(marks: Sequence[Mark]) -> tuple[str, ...]:
    """What SOURCES name, for one learner."""
    machine = sum(mark.parts.machine for mark in marks)
    person = sum(mark.parts.person for mark in marks)
    late = sum(mark.parts.late for mark in marks)
    is_open = sum(mark.state != "final" for mark in marks)
    return (points_text(machine), points_text(person), points_text(late), str(is_open))


def points_text(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")


def defuse(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
