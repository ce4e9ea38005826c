"""Marks in words: what points come from, and how a person's judgement reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from courses import Exercise, Language
from webapp.services.cohorts.records import Lateness
from webapp.services.gradebook.records import MarkState, Parts
from webapp.services.gradebook.rules import points_text
from webapp.services.marking.records import ManualMark, Review, Slot
from webapp.ui.inline import inline, paragraphs


class Worth(Protocol):
    """A mark, or the score of an attempt."""

    @property
    def parts(self) -> Parts: ...

    @property
    def max_points(self) -> float: ...

    @property
    def state(self) -> MarkState: ...

    @property
    def lateness(self) -> Lateness | None: ...


@dataclass(frozen=True)
class LevelLine:
    """What a criterion came to: its title, the level's text, and "2 / 4"."""

    title: Markup
    text: Markup
    points: str


@dataclass(frozen=True)
class MarkView:
    """One person's mark as it is shown. by: whose it is, in words; levels: of the rubric, in its order."""

    by: str
    slot: Slot
    at: object
    points: str
    levels: tuple[LevelLine, ...]
    comment: Markup


def worth_notes(worth: Worth, *, is_own: bool = True) -> tuple[str, ...]:
    """Whole sentences about what is still open, what a person gave and what lateness took; none for a plain mark.

    is_own: whether its learner reads them, or whoever marks it.
    """
    notes = []
    if worth.state == "waiting":
        notes.append(str(_("Lo revisará tu docente.") if is_own else _("Todavía no lo califica una persona.")))
    elif worth.state == "in_review":
        notes.append(str(_("En revisión: la calificación se publica cuando termine.")))
    if worth.parts.person:
        notes.append(person_note(worth.parts, is_own=is_own))
    if worth.lateness is not None:
        notes.append(late_note(worth, worth.lateness))
    return tuple(notes)


def person_note(parts: Parts, *, is_own: bool) -> str:
    given = {"machine": points_text(parts.machine), "person": points_text(parts.person)}
    if is_own and not parts.machine:
        return str(_("%(person)s puntos de tu docente.", **given))
    if is_own:
        return str(_("%(machine)s puntos de las comprobaciones y %(person)s de tu docente.", **given))
    return str(_("%(machine)s puntos de las comprobaciones y %(person)s de una persona.", **given))


def late_note(worth: Worth, lateness: Lateness) -> str:
    """ "3.6 de 4: entregado 2 días tarde, −10 %." """
    if not lateness.lost_share:
        return str(
            ngettext(
                "Entregado %(num)s día tarde, sin costo.", "Entregado %(num)s días tarde, sin costo.", lateness.days
            )
        )
    return str(
        ngettext(
            "%(points)s de %(max)s: entregado %(num)s día tarde, −%(percent)s %%.",
            "%(points)s de %(max)s: entregado %(num)s días tarde, −%(percent)s %%.",
            lateness.days, points=points_text(worth.parts.total), max=points_text(worth.max_points),
            percent=points_text(lateness.lost_share * 100),
        )
    )  # fmt: skip


def mark_view(mark: ManualMark, exercise: Exercise, language: Language) -> MarkView:
    """A mark with its levels in words. A criterion or level that the exercise no longer has is left out."""
    lines = tuple(
        LevelLine(
            inline(one.title.for_language(language)),
            inline(one.levels[level].text.for_language(language)),
            f"{points_text(one.levels[level].points)} / {points_text(one.points)}",
        )
        for one in exercise.rubric
        if (level := mark.levels.get(one.id)) is not None and level < len(one.levels)
    )
    return MarkView(slot_words(mark), mark.slot, mark.marked_at, given_words(mark), lines, paragraphs(mark.comment))


def slot_words(mark: ManualMark) -> str:
    if mark.slot == "moderator":
        return str(_("Moderación"))
    if not mark.needs_second:
        return str(_("Docente"))
    return str(_("Primera calificación") if mark.slot == "first" else _("Segunda calificación"))


def given_words(mark: ManualMark) -> str:
    """The points that a person gave: for the rubric, in place of the checks', or both."""
    words = []
    if mark.check_points is not None:
        words.append(_("%(points)s puntos en lugar de las comprobaciones", points=points_text(mark.check_points)))
    if mark.rubric_points is not None:
        words.append(_("%(points)s puntos por la rúbrica", points=points_text(mark.rubric_points)))
    return " · ".join(str(one) for one in words)


def shown_to_learner(marks: Sequence[ManualMark], state: MarkState) -> tuple[ManualMark, ...]:
    """The marks that a learner reads once they stand: the latest of each marker, or the moderator's alone."""
    if state == "in_review":
        return ()
    latest = {one.slot: one for one in sorted(marks, key=lambda one: one.version)}
    return (latest["moderator"],) if "moderator" in latest else tuple(latest.values())


def review_view(review: Review) -> Mapping[str, Any]:
    """A request to look again as components/marks.html shows it."""
    words = {
        "open": _("Revisión pedida: espera respuesta"),
        "kept": _("Revisada: la calificación se queda"),
        "changed": _("Revisada: la calificación cambió"),
    }
    return {
        "words": words[review.state], "state": review.state, "reason": review.reason, "asked_at": review.asked_at,
        "answer": paragraphs(review.answer), "answered_at": review.answered_at,
    }  # fmt: skip
