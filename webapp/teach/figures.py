"""The figures of exercises as pages show them: numbers as they are read, and bars beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import format_date, format_percent, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from courses import Course, Exercise, Language
from webapp.services.insight.records import (
    Bar,
    ExerciseId,
    ExerciseStudy,
    Outcomes,
    Period,
    Share,
    Spread,
)
from webapp.ui.inline import inline

NOTHING = "—"
# Discriminations from which an exercise is said to tell well, and somewhat. Source: Ebel, Essentials of Educational
# Measurement (1972), chapter 14.
GOOD, SOME = 0.3, 0.2


@dataclass(frozen=True)
class ShareView:
    """A share as text and as a bar. width: of 100; text: "—" where there is nothing to share."""

    text: str
    width: int
    count: int = 0


@dataclass(frozen=True)
class Discrimination:
    """kind: a colour of tags, or ""; words: what the number means."""

    text: str
    kind: str
    words: str


@dataclass(frozen=True)
class Line:
    """An exercise in the table. number: "2.3", the third of the second lesson."""

    href: str
    number: str
    title: Markup
    learners: int
    attempts: int
    at_once: ShareView
    at_last: ShareView
    discrimination: Discrimination
    tries: str
    minutes: str
    hints: ShareView
    solution: ShareView


@dataclass(frozen=True)
class LessonLines:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PeriodView:
    """The attempts of a stretch of days. pieces: class, start and width of 100 of each piece of the bar."""

    label: str
    total: int
    counts: Mapping[Outcomes, int]
    pieces: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class ExerciseView:
    """The figures of one exercise. tries, minutes, help: (label, how many, width of the bar of 100)."""

    learners: int
    attempts: int
    at_once: ShareView
    at_last: ShareView
    discrimination: Discrimination
    tries_middle: str
    minutes_middle: str
    minutes_of: int
    tries: tuple[tuple[str, int, int], ...]
    minutes: tuple[tuple[str, int, int], ...]
    help: tuple[tuple[str, int, int], ...]
    periods: tuple[PeriodView, ...]
    is_by_day: bool


def list_lessons(
    course: Course,
    studies: Mapping[ExerciseId, ExerciseStudy],
    language: Language,
    link: Callable[[str, str], str],
) -> tuple[LessonLines, ...]:
    """The lessons with exercises, in order. link: gives the address of an exercise's page."""
    return tuple(
        LessonLines(
            f"{number}. {lesson.title.for_language(language)}",
            tuple(
                line_of(studies[lesson.id, one.id], one, f"{number}.{place}", language, link(lesson.id, one.id))
                for place, one in enumerate(lesson.exercises, 1)
            ),
        )
        for number, lesson in enumerate(course.lessons, 1)
        if lesson.exercises
    )


def line_of(study: ExerciseStudy, exercise: Exercise, number: str, language: Language, href: str) -> Line:
    return Line(
        href=href,
        number=number,
        title=inline(exercise.title.for_language(language)),
        learners=study.learners,
        attempts=study.attempts,
        at_once=share_view(study.right_at_once),
        at_last=share_view(study.right_at_last),
        discrimination=discrimination_view(study.discrimination),
        tries=number_text(study.tries_until_right.median) if study.tries_until_right else NOTHING,
        minutes=number_text(study.minutes.median) if study.minutes else NOTHING,
        hints=share_view(Share(sum(study.help_taken[1:]), study.learners)),
        solution=share_view(study.solution_seen),
    )


def exercise_view(study: ExerciseStudy, exercise: Exercise) -> ExerciseView:
    help_bars = [(hint_words(number), count) for number, count in enumerate(study.help_taken)]
    help_bars += [(hint_words(number), 0) for number in range(len(study.help_taken), len(exercise.hints) + 1)]
    return ExerciseView(
        learners=study.learners,
        attempts=study.attempts,
        at_once=share_view(study.right_at_once),
        at_last=share_view(study.right_at_last),
        discrimination=discrimination_view(study.discrimination),
        tries_middle=number_text(study.tries_until_right.median) if study.tries_until_right else NOTHING,
        minutes_middle=middle_words(study.minutes),
        minutes_of=study.minutes.of if study.minutes else 0,
        tries=drawn([(tries_words(one), one.count) for one in study.tries_bars] + never_right(study)),
        minutes=drawn([(minutes_words(one), one.count) for one in study.minutes_bars]),
        help=drawn([*help_bars, (_("Abrieron la solución"), study.solution_seen.count)]),
        periods=tuple(period_view(one, study.days_per_period, busiest(study)) for one in study.periods),
        is_by_day=study.days_per_period == 1,
    )


def share_view(share: Share) -> ShareView:
    if not share.of:
        return ShareView(NOTHING, 0)
    return ShareView(format_percent(share.value), round(100 * share.value), share.count)


def discrimination_view(value: float | None) -> Discrimination:
    if value is None:
        return Discrimination(NOTHING, "", _("Hacen falta al menos 10 personas con respuestas distintas"))
    text = f"{value:.2f}".replace("-", "−")
    if value >= GOOD:
        return Discrimination(text, "done", _("Distingue bien"))
    if value >= SOME:
        return Discrimination(text, "", _("Distingue algo"))
    if value >= 0:
        return Discrimination(text, "hint", _("Casi no distingue"))
    return Discrimination(text, "fail", _("Al revés: conviene revisarlo"))


def number_text(value: float) -> str:
    """At most one decimal, with a point as everywhere on these pages."""
    return f"{value:.1f}".removesuffix(".0")


def middle_words(spread: Spread | None) -> str:
    if spread is None:
        return NOTHING
    return str(
        _(
            "%(median)s min; la mitad central, entre %(low)s y %(high)s",
            median=number_text(spread.median), low=number_text(spread.low), high=number_text(spread.high),
        )
    )  # fmt: skip


def drawn(bars: Sequence[tuple[str, int]]) -> tuple[tuple[str, int, int], ...]:
    """The bars with their widths; the longest is 100."""
    most = max((count for _label, count in bars), default=0)
    return tuple((label, count, round(100 * count / most) if most else 0) for label, count in bars)


def tries_words(bar: Bar) -> str:
    low = int(bar.low)
    if bar.high is None:
        return str(_("%(number)s o más intentos", number=low))
    return str(ngettext("%(num)s intento", "%(num)s intentos", low))


def never_right(study: ExerciseStudy) -> list[tuple[str, int]]:
    return [(_("Todavía no"), study.right_at_last.of - study.right_at_last.count)]


def minutes_words(bar: Bar) -> str:
    low = number_text(bar.low)
    if bar.high is None:
        return str(_("%(low)s min o más", low=low))
    if not bar.low:
        return str(_("Menos de %(high)s min", high=number_text(bar.high)))
    return str(_("De %(low)s a %(high)s min", low=low, high=number_text(bar.high)))


def hint_words(number: int) -> str:
    return str(ngettext("%(num)s pista", "%(num)s pistas", number)) if number else str(_("Ninguna pista"))


def busiest(study: ExerciseStudy) -> int:
    return max((sum(one.counts.values()) for one in study.periods), default=0)


def period_view(period: Period, days: int, most: int) -> PeriodView:
    """most: the attempts of the period that has the longest bar."""
    day = format_date(period.begins_on, "d MMM")
    total, start, pieces = sum(period.counts.values()), 0.0, []
    for name, count in period.counts.items():
        width = 100 * count / most if most else 0.0
        pieces.append((name, round(start, 2), round(width, 2)))
        start += width
    label = day if days == 1 else _("Desde el %(day)s", day=day)
    return PeriodView(str(label), total, period.counts, tuple(pieces))
