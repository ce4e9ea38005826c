"""A cohort's marks as a table, and the same as a file. Pure: both are made from the same progress."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from courses import Course, Language
from graders import Verdict
from webapp.services.gradebook.records import CourseProgress, Mark
from webapp.services.gradebook.rules import points_text
from webapp.services.people.records import Person

# Spreadsheets take a file for UTF-8 only if it says so in its first bytes.
BOM = "\ufeff"


@dataclass(frozen=True)
class Column:
    """An exercise. number: "2.3", the third of the second lesson."""

    lesson_id: str
    exercise_id: str
    number: str
    title: str
    points: str


@dataclass(frozen=True)
class Group:
    """The exercises of one lesson."""

    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Cell:
    """What a learner has in an exercise. points: "" if never graded; kind: a colour; words: the same for the ear."""

    points: str
    kind: str
    icon: str
    words: str
    place: Column


@dataclass(frozen=True)
class Row:
    person: Person
    cells: tuple[Cell, ...]
    points: str
    max_points: str
    climbed: tuple[bool, ...]
    is_passed: bool

    @property
    def lessons_done(self) -> int:
        return sum(self.climbed)


def list_groups(course: Course, language: Language) -> tuple[Group, ...]:
    """The lessons with exercises, in order, with a short number for each exercise."""
    return tuple(
        Group(
            f"{number}. {lesson.title.for_language(language)}",
            tuple(
                Column(
                    lesson.id, one.id, f"{number}.{place}", one.title.for_language(language), points_text(one.points)
                )
                for place, one in enumerate(lesson.exercises, 1)
            ),
        )
        for number, lesson in enumerate(course.lessons, 1)
        if lesson.exercises
    )


def list_rows(
    groups: Sequence[Group], people: Sequence[Person], progress: Mapping[int, CourseProgress]
) -> tuple[Row, ...]:
    """One row for each learner, in the order given, with a cell for each column."""
    columns = [column for group in groups for column in group.columns]
    return tuple(row_of(person, columns, progress[person.id]) for person in people)


def row_of(person: Person, columns: Sequence[Column], progress: CourseProgress) -> Row:
    return Row(
        person=person,
        cells=tuple(cell_of(one, progress.marks.get((one.lesson_id, one.exercise_id))) for one in columns),
        points=points_text(progress.points),
        max_points=points_text(progress.max_points),
        climbed=tuple(lesson.is_done for lesson in progress.lessons),
        is_passed=progress.is_passed,
    )


def cell_of(column: Column, mark: Mark | None) -> Cell:
    if mark is None:
        return Cell("", "", "", _("Sin intentos"), column)
    kind, icon, words = legend()[stand_of(mark)]
    return Cell(points_text(mark.points), kind, icon, words, column)


def stand_of(mark: Mark) -> str:
    """How an exercise stands, all attempts taken together: passed once is passed, and what is open is told first."""
    if mark.state != "final":
        return "open"
    if mark.is_passed:
        return "passed"
    if mark.points > 0:
        return "partial"
    return "stopped" if mark.latest_verdict in ("error", "timeout", "out_of_memory") else "failed"


def legend() -> Mapping[str, tuple[str, str, str]]:
    """Colour, icon and words of each stand."""
    return {
        "passed": ("done", "check", _("Superado")),
        "partial": ("hint", "exercise", _("En parte")),
        "failed": ("fail", "close", _("Todavía no")),
        "open": ("", "history", _("Falta una persona")),
        "stopped": ("fail", "warn", _("Se detuvo con un error o por un límite")),
    }


def verdict_words(verdict: Verdict) -> tuple[str, str]:
    """An attempt's verdict: a colour and words."""
    return {
        "passed": ("done", _("Superado")),
        "partial": ("hint", _("En parte")),
        "failed": ("fail", _("Todavía no")),
        "error": ("fail", _("Error en el código")),
        "timeout": ("fail", _("Pasó del tiempo")),
        "out_of_memory": ("fail", _("Pasó de la memoria")),
        "manual": ("", _("Se califica a mano")),
        "missing": ("fail", _("Sin respuesta")),
    }[verdict]


def to_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as spreadsheets read them. The cells come defused already."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return (BOM + text.getvalue()).encode("utf-8")
