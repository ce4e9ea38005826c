"""Regrades in words, and their attempts as tables and as a file. Pure but for the reader's language."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from courses import Course, Language
from webapp.services.gradebook.rules import defuse, points_text
from webapp.services.people.records import Person
from webapp.services.regrades.records import Item, ItemState, MarkChange, RegradeState, Scope

RESULTS: tuple[ItemState, ...] = ("gain", "lose", "same", "failed")
Names = Mapping[int, Person]


@dataclass(frozen=True)
class ItemLine:
    """One attempt. result: a kind and words; note: why it was not graded, or what became of it."""

    item: Item
    name: str
    exercise: str
    before: str
    after: str
    result: tuple[str, str]
    note: str


@dataclass(frozen=True)
class CountLine:
    """How many attempts of one exercise, or of one person, came out how, in the order of RESULTS."""

    title: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class ChangeLine:
    """A mark that changes. kind: of the tag."""

    name: str
    exercise: str
    before: str
    after: str
    difference: str
    kind: str


def state_words(state: RegradeState) -> tuple[str, str]:
    """A kind of tag and words."""
    return {
        "waiting": ("", _("Espera su turno")),
        "running": ("act", _("En marcha")),
        "stopped": ("", _("Detenida")),
        "stale": ("fail", _("La lección cambió mientras tanto")),
        "ready": ("hint", _("Lista para revisar")),
        "applying": ("act", _("Se escriben las calificaciones")),
        "applied": ("done", _("Aplicada")),
    }[state]


def result_words(state: ItemState) -> tuple[str, str]:
    """A kind of tag and words."""
    return {
        "waiting": ("", _("Pendiente")),
        "gain": ("done", _("Sube")),
        "lose": ("fail", _("Baja")),
        "same": ("", _("Queda igual")),
        "failed": ("hint", _("No se pudo calificar")),
    }[state]


def item_note(item: Item) -> str:
    """Why an attempt keeps its mark, or that it has its new one; empty where the result says it all."""
    reasons = {
        "lesson_gone": _("La lección ya no está en el curso, así que conserva su calificación."),
        "exercise_gone": _("El ejercicio ya no está en la lección, así que conserva su calificación."),
        "person": _("La calificó una persona, y eso no se toca."),
        "own_solution": _("La solución del ejercicio no pasa sus propias comprobaciones. Corrige la lección."),
        "unreadable": _("El cuaderno que se entregó no se puede leer."),
        "ours": _("Falla nuestra: se intentó varias veces. Conserva su calificación."),
    }
    applied = {
        "written": _("Escrita."),
        "higher": _("No se escribió, para no bajar."),
        "changed": _("No se escribió: se calificó otra vez mientras tanto."),
        "person": _("No se escribió: una persona la calificó mientras tanto."),
        "stale": _("No se escribió: la lección cambió mientras tanto."),
    }
    return str(applied[item.applied]) if item.applied else str(reasons.get(item.reason, ""))


def scope_words(scope: Scope, course: Course | None, language: Language) -> str:
    """Course, lesson and exercise by their titles, or by their ids where they are gone."""
    lesson = course.find_lesson(scope.lesson_id) if course and scope.lesson_id else None
    exercise = lesson.find_exercise(scope.exercise_id) if lesson and scope.exercise_id else None
    found = ((course, scope.course_id), (lesson, scope.lesson_id), (exercise, scope.exercise_id))
    return " · ".join(one.title.for_language(language) if one else str(id) for one, id in found if id)


def exercise_titles(course: Course | None, language: Language) -> Mapping[tuple[str, str], str]:
    """The number and title of each exercise, such as "2.3 Total por ramo"."""
    return {
        (str(lesson.id), str(one.id)): f"{number}.{place} {one.title.for_language(language)}"
        for number, lesson in enumerate(course.lessons if course else (), 1)
        for place, one in enumerate(lesson.exercises, 1)
    }


def exercise_title(titles: Mapping[tuple[str, str], str], lesson_id: str, exercise_id: str) -> str:
    return titles.get((lesson_id, exercise_id), f"{lesson_id}/{exercise_id}")


def item_lines(items: Sequence[Item], names: Names, titles: Mapping[tuple[str, str], str]) -> tuple[ItemLine, ...]:
    return tuple(
        ItemLine(
            item=one,
            name=names[one.learner_id].name,
            exercise=exercise_title(titles, one.lesson_id, one.exercise_id),
            before=f"{points_text(one.before_points)} / {points_text(one.before_max)}",
            after=after_text(one),
            result=result_words(one.state),
            note=item_note(one),
        )
        for one in items
    )


def after_text(item: Item) -> str:
    if item.after_points is None or item.after_max is None:
        return "—"
    return f"{points_text(item.after_points)} / {points_text(item.after_max)}"


def count_lines(
    items: Sequence[Item], names: Names, titles: Mapping[tuple[str, str], str]
) -> tuple[tuple[CountLine, ...], tuple[CountLine, ...]]:
    """By exercise in the course's order, and by person in the alphabet's."""
    by_exercise: dict[tuple[str, str], Counter[str]] = {}
    by_person: dict[int, Counter[str]] = {}
    for one in items:
        by_exercise.setdefault((one.lesson_id, one.exercise_id), Counter())[one.state] += 1
        by_person.setdefault(one.learner_id, Counter())[one.state] += 1
    order = {place: number for number, place in enumerate(titles)}
    exercises = sorted(by_exercise, key=lambda place: (order.get(place, len(order)), place))
    people = sorted(by_person, key=lambda number: (names[number].name.casefold(), number))
    return (
        tuple(count_line(exercise_title(titles, *place), by_exercise[place]) for place in exercises),
        tuple(count_line(names[number].name, by_person[number]) for number in people),
    )


def count_line(title: str, counts: Counter[str]) -> CountLine:
    return CountLine(title, tuple(counts[one] for one in RESULTS))


def change_lines(
    changes: Sequence[MarkChange], names: Names, titles: Mapping[tuple[str, str], str]
) -> tuple[ChangeLine, ...]:
    """The marks that change, by name."""
    found = [
        ChangeLine(
            name=names[one.learner_id].name,
            exercise=exercise_title(titles, one.lesson_id, one.exercise_id),
            before=points_text(one.before_points),
            after=f"{points_text(one.after_points)} / {points_text(one.max_points)}",
            difference=difference_text(one.after_points - one.before_points),
            kind="done" if one.after_points > one.before_points else "fail",
        )
        for one in changes
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.exercise)))


def difference_text(points: float) -> str:
    """With its sign; a true minus, as wide as the plus."""
    return f"{'+' if points > 0 else '−'}{points_text(abs(points))}"


def csv_rows(items: Sequence[Item], names: Names) -> tuple[tuple[str, ...], ...]:
    """Every attempt for a spreadsheet, a header first. Words that programs read stay in English."""
    header = (
        "attempt", "name", "email", "lesson", "exercise", "graded_with", "verdict_before", "points_before",
        "max_before", "verdict_after", "points_after", "max_after", "result", "reason", "applied",
    )  # fmt: skip
    rows = [
        (
            str(one.submission_id), names[one.learner_id].name, names[one.learner_id].email, one.lesson_id,
            one.exercise_id, one.before_version, one.before_verdict, points_text(one.before_points),
            points_text(one.before_max), one.after_verdict or "", optional_points(one.after_points),
            optional_points(one.after_max), one.state, one.reason, one.applied or "",
        )
        for one in items
    ]  # fmt: skip
    return (header, *(tuple(defuse(cell) for cell in row) for row in rows))


def optional_points(points: float | None) -> str:
    return "" if points is None else points_text(points)
