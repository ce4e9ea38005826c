"""When a cohort's work is due, lesson by lesson, and what it costs to be late."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, flash, g, redirect, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import DateTimeLocalField, DecimalField, IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional

from courses import Course
from webapp.access import Permission
from webapp.services.cohorts import deadlines
from webapp.services.cohorts.records import Cohort, LatePolicy
from webapp.teach import blueprint
from webapp.teach.cohorts import find_course, load_cohort
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.edge import SHOWN_ZONE
from webapp.ui.forms import try_filling
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

DUE = "due-"
SHARE = [InputRequired(_l("Escribe un número de 0 a 100.")), NumberRange(0, 100, _l("Escribe un número de 0 a 100."))]
HOURS = [InputRequired(_l("Escribe un número de 0 a 720.")), NumberRange(0, 720, _l("Escribe un número de 0 a 720."))]


class DeadlinesForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """made_for adds a field for each lesson. Shares are written in percent."""

    lost_percent = DecimalField(_l("Se pierde por día de retraso (%)"), SHARE, places=None)
    floor_percent = DecimalField(_l("Nunca queda menos de (%)"), SHARE, places=None)
    grace_hours = IntegerField(_l("Horas de margen sin costo"), HOURS)


@blueprint.get("/grupos/<int:cohort_id>/fechas")
@door(Permission.SET_DEADLINES, load_cohort)
def deadlines_show(cohort: Cohort) -> str:
    course = get_course(cohort)
    due = deadlines.list_due(g.db, cohort_id=cohort.id)
    policy = deadlines.get_late_policy(g.db, cohort_id=cohort.id)
    given = {
        "lost_percent": percent(policy.share_per_day), "floor_percent": percent(policy.floor_share),
        "grace_hours": policy.grace_hours,
    }  # fmt: skip
    shown = {f"{DUE}{lesson_id}": due_at.astimezone(ZoneInfo(SHOWN_ZONE)) for lesson_id, due_at in due.items()}
    return deadlines_page(cohort, course, made_for(course, formdata=None, data={**given, **shown}))


@blueprint.post("/grupos/<int:cohort_id>/fechas")
@door(Permission.SET_DEADLINES, load_cohort)
def deadlines_change(cohort: Cohort) -> BaseResponse | tuple[str, int]:
    course = get_course(cohort)
    form = made_for(course)
    if form.validate_on_submit() and try_filling(form, lambda: keep(cohort, course, form), {}):
        flash(_("Las fechas quedaron guardadas."), "success")
        return redirect(url("teach.deadlines_show", cohort_id=cohort.id), 303)
    return deadlines_page(cohort, course, form), 422


def keep(cohort: Cohort, course: Course, form: DeadlinesForm) -> None:
    written = {one.id: form[f"{DUE}{one.id}"].data for one in course.lessons}
    deadlines.set_deadlines(
        g.db,
        actor=int(get_person().id),
        cohort_id=cohort.id,
        due={lesson_id: to_moment(text) for lesson_id, text in written.items() if text is not None},
        policy=LatePolicy(
            float(form.lost_percent.data / 100), float(form.floor_percent.data / 100), form.grace_hours.data
        ),
        now=current_aula().clock(),
    )


def made_for(course: Course, **values: Any) -> DeadlinesForm:
    """The form with a date for each lesson of a course."""
    fields: Mapping[str, Any] = {
        f"{DUE}{one.id}": DateTimeLocalField(
            one.title.for_language(g.language), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        )
        for one in course.lessons
    }
    form: DeadlinesForm = type("DeadlinesForm", (DeadlinesForm,), dict(fields))(**values)
    return form


def to_moment(written: datetime) -> datetime:
    """What somebody wrote on the clock that the site shows, as a moment."""
    return written.replace(tzinfo=ZoneInfo(SHOWN_ZONE)).astimezone(UTC)


def percent(share: float) -> Decimal:
    return Decimal(f"{share * 100:.4f}").normalize() + 0


def get_course(cohort: Cohort) -> Course:
    """Aborts with 404 where the course's files are gone: there are no lessons to date."""
    course = find_course(cohort)
    if course is None:
        abort(404)
    return course


def deadlines_page(cohort: Cohort, course: Course, form: DeadlinesForm) -> str:
    return render_template(
        "teach/cohorts/deadlines.html", cohort=cohort, form=form,
        due=[form[f"{DUE}{one.id}"] for one in course.lessons],
    )  # fmt: skip
