"""What an exercise shows after it was worked on: the report of an attempt, its solution, its hints."""

from dataclasses import dataclass, field
from typing import Literal

from flask import get_template_attribute
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from courses import Exercise, Language
from graders import CheckResult, GradeReport, say
from notebooks import Fault
from webapp.ui.differences import Difference, difference_of
from webapp.ui.highlight import highlight_python
from webapp.ui.inline import inline, paragraphs
from webapp.ui.outputs import Reader, fault_explanation

CheckState = Literal["right", "missing", "error"]


@dataclass(frozen=True)
class CheckLine:
    """One check of a report. message: what to do about it; empty where there is nothing to do.

    hint: what its author says to whoever misses just this one; empty where they say nothing. difference: of a table.
    """

    state: CheckState
    title: Markup
    message: Markup
    points: str
    hint: Markup = field(default_factory=Markup)
    difference: Difference | None = None


@dataclass(frozen=True)
class ReportView:
    """kind: "passed", "partial", "failed", "manual", "error" (the learner's code or its limits), or "ours"."""

    kind: str
    title: str
    attempt: str
    note: Markup
    checks: tuple[CheckLine, ...]


def render_report(
    report: GradeReport,
    exercise: Exercise,
    language: Language,
    *,
    attempt: int | None = None,
    most: int | None = None,
    source: str = "",
) -> Markup:
    """The result panel of an attempt. attempt: which one it is, from 1, where that is known; source: its code.

    most: how many there may be, None for any number.
    """
    macro = get_template_attribute("components/exercise.html", "report")
    view = report_view(report, exercise, language, attempt=attempt_text(attempt, most), source=source)
    return Markup(macro(view))  # noqa: S704 - our own template


def render_solution(exercise: Exercise, language: Language) -> Markup:
    """The reference solution with why it works. Whether it may be seen is the caller's to ask."""
    macro = get_template_attribute("components/exercise.html", "solution")
    note = exercise.solution_note.for_language(language) if exercise.solution_note else ""
    source = exercise.solutions[0] if exercise.solutions else ""
    return Markup(macro(highlight_python(source.strip("\n")), paragraphs(note)))  # noqa: S704 - our own template


def render_hint(exercise: Exercise, number: int, language: Language) -> Markup:
    """A hint by its number, from 1."""
    return paragraphs(exercise.hints[number - 1].for_language(language))


def report_view(
    report: GradeReport, exercise: Exercise, language: Language, *, attempt: str, source: str = ""
) -> ReportView:
    return ReportView(
        kind=report_kind(report),
        title=report_title(report),
        attempt=attempt,
        note=report_note(report, exercise, language, source),
        checks=tuple(check_line(result, exercise, language) for result in report.checks),
    )


def attempt_text(attempt: int | None, most: int | None) -> str:
    """ "Intento 2", and how many are left where there may not be any number of them."""
    if not attempt:
        return ""
    if most is None:
        return str(_("Intento %(number)s", number=attempt))
    left = max(0, most - attempt)
    return str(
        ngettext(
            "Intento %(number)s de %(most)s: te queda %(num)s",
            "Intento %(number)s de %(most)s: te quedan %(num)s",
            left, number=attempt, most=most,
        )
    )  # fmt: skip


def report_kind(report: GradeReport) -> str:
    if report.verdict in ("passed", "partial", "failed", "manual"):
        return report.verdict
    return "error"


def report_title(report: GradeReport) -> str:
    """The verdict in one sentence: what passed comes first; the four kinds of "not yet" are told apart."""
    right = sum(result.status == "passed" for result in report.checks)
    counts = {"right": right, "all": len(report.checks)}
    match report.verdict:
        case "passed":
            title = _("Superado: %(points)s de %(max)s puntos", **points_of(report))
        case "manual":
            title = _("Lo revisará tu docente")
        case "error":
            title = _("Tu código se detuvo con un error")
        case "timeout":
            title = _("Tu código tardó más de lo permitido")
        case "out_of_memory":
            title = _("Tu código pidió más memoria de la que hay")
        case _ if right:
            title = ngettext(
                "Vas bien: %(right)s de %(all)s comprobación",
                "Vas bien: %(right)s de %(all)s comprobaciones",
                len(report.checks),
                **counts,
            )
        case "partial":
            title = _("Vas bien: %(points)s de %(max)s puntos", **points_of(report))
        case _:
            title = _("Todavía no: mira qué falta y vuelve a intentar")
    return str(title)


def points_of(report: GradeReport) -> dict[str, str]:
    return {"points": short_number(report.points), "max": short_number(report.max_points)}


def report_note(report: GradeReport, exercise: Exercise, language: Language, source: str) -> Markup:
    """What happened where the code itself stopped, and what that error means; of an open answer, what was sent.

    Empty where the checks say it all.
    """
    if report.verdict in ("passed", "partial", "failed"):
        return Markup()
    if report.verdict == "manual":
        if not source:
            return Markup()
        macro = get_template_attribute("components/exercise.html", "sent_text")
        return Markup(macro(source))  # noqa: S704 - our own template
    note = paragraphs(say(report, exercise, language))
    fault = report.fault
    if fault is None or not fault.name or fault.cell_id != exercise.id:
        return note
    known = fault_explanation(Fault(fault.name, fault.value, line=fault.line), Reader(language, source=source))
    return note + Markup(known)  # noqa: S704 - made safe by outputs


def check_line(result: CheckResult, exercise: Exercise, language: Language) -> CheckLine:
    check = next((one for one in exercise.checks if one.id == result.check_id), None)
    title = check.title.for_language(language) if check else result.check_id
    state: CheckState = "right" if result.status == "passed" else "error" if result.status == "error" else "missing"
    return CheckLine(
        state=state,
        title=inline(title),
        message=inline(say(result, exercise, language)) if state != "right" or exercise.kind != "code" else Markup(),
        points=f"{short_number(result.points)} / {short_number(result.max_points)}",
        hint=hint_for(result, exercise, language) if state == "missing" else Markup(),
        difference=difference_of(result.fields),
    )


def hint_for(result: CheckResult, exercise: Exercise, language: Language) -> Markup:
    """The hint that answers the miss of a check, unless a declared wrong answer has told what is the matter."""
    found = next((one for one in exercise.hints if one.check_id == result.check_id), None)
    return Markup() if found is None or result.wrong_answer_id else paragraphs(found.for_language(language))


def short_number(value: float) -> str:
    """A number of points without needless decimals: 6, 2.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
