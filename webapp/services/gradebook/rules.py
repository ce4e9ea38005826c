"""How marks come about. Facts in, decisions out."""

from collections.abc import Mapping, Sequence

from courses import Course, Lesson
from webapp.services.gradebook.records import CourseProgress, Entry, LessonProgress, Mark
from webapp.services.submissions.rules import answer_digest

# A solution opens after this many honest tries: graded, different from each other and from the starter.
TRIES_BEFORE_SOLUTION = 3


def mark_of(entries: Sequence[Entry]) -> Mark:
    """What stands of the attempts at one exercise, given oldest first and at least one: the best points count."""
    best = max(entries, key=lambda entry: entry.points)
    latest = entries[-1]
    return Mark(
        exercise=latest.exercise,
        points=best.points,
        max_points=latest.max_points,
        attempts=len(entries),
        latest_verdict=latest.verdict,
        is_passed=any(entry.verdict == "passed" for entry in entries),
        latest_at=latest.recorded_at,
    )


def may_see_solution(*, is_passed: bool, digests: Sequence[str], starters: Sequence[str]) -> bool:
    """Whether a solution is open: after passing, or after three honest tries with distinct answers.

    digests: of all graded attempts; starters: the exercise's starters, which are nobody's try.
    """
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
    """A cohort's marks as rows of text, a header first: name, address, points per exercise, total.

    names: learner, name and address of each. An exercise never tried is empty, which is not the same as 0.
    """
    keys = [(lesson.id, exercise.id) for lesson in course.lessons for exercise in lesson.exercises]
    header = ("name", "email", *(f"{lesson}/{exercise}" for lesson, exercise in keys), "points", "max_points")
    rows = []
    for learner_id, name, email in names:
        one = progress[learner_id]
        points = (points_text(one.marks[key].points) if key in one.marks else "" for key in keys)
        cells = (name, email, *points, points_text(one.points), points_text(one.max_points))
        rows.append(tuple(defuse(cell) for cell in cells))
    return (header, *rows)


def points_text(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")


def defuse(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
