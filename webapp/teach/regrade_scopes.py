"""What a regrade may take up: the choices of its form, and what there is of each lesson. Pure but for the language."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from courses import Course, Language, Lesson
from webapp.services.gradebook.replace import Graded
from webapp.services.regrades.records import LessonContent, Scope
from webapp.services.regrades.rules import is_older

ALL = "curso"


@dataclass(frozen=True)
class LessonLine:
    """A lesson with its attempts. older: graded with other versions; then: at most three of these versions."""

    title: str
    now: str
    then: tuple[str, ...]
    attempts: int
    older: int


def scope_choices(course: Course, language: Language) -> list[tuple[str, str]]:
    """The whole course, each lesson that has exercises, and each exercise, in order."""
    choices = [(ALL, str(_("Todo el curso")))]
    for number, lesson in enumerate(course.lessons, 1):
        if lesson.exercises:
            choices.append((str(lesson.id), f"{number}. {lesson.title.for_language(language)}"))
        choices += [
            (f"{lesson.id}/{one.id}", f"{number}.{place} {one.title.for_language(language)}")
            for place, one in enumerate(lesson.exercises, 1)
        ]
    return choices


def scope_of(course: Course, choice: str, *, cohort_id: int | None, only_older: bool) -> Scope:
    """The scope that one of the choices stands for."""
    lesson_id, _slash, exercise_id = ("", "", "") if choice == ALL else choice.partition("/")
    return Scope(course.id, lesson_id or None, exercise_id or None, cohort_id, only_older)


def lesson_lines(course: Course, graded: Sequence[Graded], language: Language) -> tuple[LessonLine, ...]:
    """The lessons that somebody has worked on, in the course's order; those that are gone come last, by their ids."""
    worked_on = {one.exercise.lesson_id for one in graded}
    there = {str(lesson.id): lesson for lesson in course.lessons}
    order = [*(id for id in there if id in worked_on), *sorted(worked_on - there.keys())]
    return tuple(
        lesson_line(id, there.get(id), [one for one in graded if one.exercise.lesson_id == id], language)
        for id in order
    )


def lesson_line(lesson_id: str, lesson: Lesson | None, graded: Sequence[Graded], language: Language) -> LessonLine:
    now = LessonContent(lesson.version, {one.name: one.version for one in lesson.datasets}) if lesson else None
    older = [one for one in graded if is_older(one.lesson_version, one.dataset_versions, now)]
    versions = Counter(one.lesson_version for one in older)
    return LessonLine(
        title=lesson.title.for_language(language) if lesson else lesson_id,
        now=lesson.version if lesson else "",
        then=tuple(version for version, _count in versions.most_common(3)),
        attempts=len(graded),
        older=len(older),
    )
