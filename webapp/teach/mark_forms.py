"""The form on which a person marks a work: a level for each criterion, points for the checks, a comment."""

from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from courses import Criterion, Exercise
from webapp.services.gradebook.rules import points_text
from webapp.services.marking.records import Judgement, ManualMark
from webapp.services.marking.rules import MOST_COMMENT, sheet_of
from webapp.ui.forms import add_error

LEVEL = "level-"


class AnswerForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Leaving a mark as it is, with words for who asked."""

    keep_answer = TextAreaField(
        _l("Respuesta"), [InputRequired(_l("Escribe qué miraste y por qué se queda.")), Length(max=MOST_COMMENT)]
    )


class MarkForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """made_for adds a field for each criterion. seen_version: of the mark that the page showed."""

    seen_version = HiddenField(default="0")
    check_points = StringField(_l("Puntos por las comprobaciones"), [Optional(), Length(max=12)])
    comment = TextAreaField(_l("Comentario"), [Optional(), Length(max=MOST_COMMENT)])
    answer = TextAreaField(_l("Respuesta a la revisión"), [Optional(), Length(max=MOST_COMMENT)])


def made_for(
    exercise: Exercise, mark: ManualMark | None, *, is_sent: bool, seen_version: int | None = None
) -> MarkForm:
    """The exercise's form: as it was sent, or filled with a mark. seen_version: in place of the one that was sent."""
    fields: dict[str, Any] = {f"{LEVEL}{one.id}": criterion_field(one) for one in exercise.rubric}
    kind = type("MarkForm", (MarkForm,), fields)
    given = {f"{LEVEL}{criterion}": str(level) for criterion, level in mark.levels.items()} if mark else {}
    given["seen_version"] = str(mark.version if mark else 0)
    given["comment"] = mark.comment if mark else ""
    given["check_points"] = points_text(mark.check_points) if mark and mark.check_points is not None else ""
    form: MarkForm = kind(data=given) if is_sent else kind(formdata=None, data=given)
    form.check_points.flags.required = not exercise.rubric
    for one in exercise.rubric:
        form[f"{LEVEL}{one.id}"].choices = levels_of(one)
    if seen_version is not None:
        form.seen_version.data = str(seen_version)
    return form


def criterion_field(criterion: Criterion) -> RadioField:
    title = f"{criterion.title.for_language(g.language)} ({points_text(criterion.points)})"
    return RadioField(title, [InputRequired(_("Elige un nivel en cada criterio."))])


def levels_of(criterion: Criterion) -> list[tuple[str, str]]:
    """The levels as radio buttons are given them: a number, and the points with what they stand for."""
    return [
        (str(number), f"{points_text(level.points)} · {level.text.for_language(g.language)}")
        for number, level in enumerate(criterion.levels)
    ]


def criteria_of(form: MarkForm, exercise: Exercise) -> list[tuple[Any, list[str]]]:
    """Each criterion's field with the points of its levels, for a sum that goes along."""
    return [(form[f"{LEVEL}{one.id}"], [points_text(level.points) for level in one.levels]) for one in exercise.rubric]


def judgement_of(form: MarkForm, exercise: Exercise) -> Judgement | None:
    """What the form says; None where the points are missing or no number, which is then written beside their field."""
    points = read_points(form.check_points.data or "")
    most = sheet_of(exercise).check_points
    is_missing = points is None and not exercise.rubric
    if (form.check_points.data and points is None) or is_missing or (points is not None and points > most + 1e-9):
        add_error(form, form.check_points, _("Escribe un número entre 0 y %(most)s.", most=points_text(most)))
        return None
    levels = {one.id: int(form[f"{LEVEL}{one.id}"].data) for one in exercise.rubric}
    return Judgement(points, levels, form.comment.data or "")


def read_points(text: str) -> float | None:
    """A number of points, with a point or a comma; None for what is none."""
    plain = text.strip().replace(",", ".")
    if not plain.replace(".", "", 1).isdecimal() or not plain.isascii():
        return None
    return float(plain)


def seen_version(form: MarkForm) -> int:
    text = form.seen_version.data or ""
    return int(text) if text.isdecimal() and len(text) < 9 else 0
