"""What an attempt had before a regrade: its earlier reports, each under the version of the lesson that it was of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import get_template_attribute
from markupsafe import Markup

from courses import Exercise, Language
from webapp.services.gradebook.replace import PastEntry
from webapp.services.gradebook.rules import points_text
from webapp.ui.exercises import render_report


@dataclass(frozen=True)
class PastView:
    """points: "1 / 2"; lesson_version: "" where nobody knows any more."""

    points: str
    lesson_version: str
    replaced_at: datetime
    report_html: Markup


def render_past(past: Sequence[PastEntry], exercise: Exercise, language: Language, *, source: str = "") -> Markup:
    """The earlier reports of an attempt, the latest first; nothing where it was never regraded. source: its code."""
    if not past:
        return Markup()
    views = [
        PastView(
            points=f"{points_text(one.report.points)} / {points_text(one.report.max_points)}",
            lesson_version=one.lesson_version,
            replaced_at=one.replaced_at,
            report_html=render_report(one.report, exercise, language, source=source),
        )
        for one in past
    ]
    return Markup(get_template_attribute("components/past.html", "past")(views))  # noqa: S704 - our own template
