"""Regrades: begun as a dry run, followed, read as a difference, and applied as a separate order."""

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired

from courses import Course
from webapp.access import Permission
from webapp.services.catalogue import service as catalogue
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort
from webapp.services.people import service as people
from webapp.services.regrades import service as regrades
from webapp.services.regrades.records import Regrade, Scope
from webapp.teach import blueprint
from webapp.teach.cohorts import list_seen
from webapp.teach.marks import to_csv
from webapp.teach.regrade_difference import difference_view, head_of, map_actors
from webapp.teach.regrade_scopes import lesson_lines, scope_choices, scope_of
from webapp.teach.regrade_words import csv_rows
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.forms import try_filling
from webapp.ui.urls import url
from webapp.ui.visitor import get_person


@dataclass(frozen=True)
class Target:
    """Whose attempts a new regrade would take up: all of a course's, or those of a cohort's members."""

    course: Course
    cohort: Cohort | None

    @property
    def trainer_id(self) -> int | None:
        return self.cohort.trainer_id if self.cohort else None

    @property
    def action(self) -> str:
        """Where its form is sent."""
        if self.cohort:
            return url("teach.regrades_start", cohort_id=self.cohort.id)
        return url("teach.regrades_start_course", course_id=self.course.id)


class StartForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    scope = SelectField(_l("Qué se califica otra vez"), [InputRequired(_l("Elige qué se califica otra vez."))])
    which = RadioField(_l("Qué intentos"), [InputRequired(_l("Elige qué intentos."))], default="older")

    def __init__(self, course: Course, **values: Any) -> None:
        super().__init__(**values)
        self.scope.choices = scope_choices(course, g.language)
        self.which.choices = [
            ("older", _("Los que se calificaron con otra versión de la lección o de sus datos")),
            ("all", _("Todos los intentos calificados")),
        ]


class ApplyForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    never_lower = BooleanField(_l("Nunca bajar: quien perdería conserva lo que tiene"), default=True)
    is_sure = BooleanField(
        _l("Sí, escribir las calificaciones nuevas"), [InputRequired(_l("Marca la casilla para confirmar."))]
    )


@blueprint.get("/recalificaciones")
@door(Permission.REGRADE)
def regrades_list() -> str:
    person = get_person()
    found = regrades.list_regrades(g.db, trainer_id=None if person.role == "admin" else person.id)
    tallies, actors = regrades.map_tallies(g.db, [one.id for one in found]), map_actors(found)
    return render_template(
        "teach/regrades/list.html",
        lines=[{**head_of(one, actors), "tally": tallies[one.id]} for one in found],
        cohorts=[(one.name, url("teach.regrades_prepare", cohort_id=one.id)) for one in list_seen(person)],
        courses=[
            (one.title.for_language(g.language), url("teach.regrades_prepare_course", course_id=one.id))
            for one in (catalogue.list_courses(g.db, current_aula().catalogue) if person.role == "admin" else ())
        ],
    )


def load_cohort_target(cohort_id: int) -> Target:
    """Aborts with 404 where the cohort's course is not in the catalogue. Raises: UnknownCohort."""
    cohort = cohorts.get_cohort(g.db, cohort_id)
    return Target(load_course_target(cohort.course_id).course, cohort)


def load_course_target(course_id: str) -> Target:
    course = current_aula().catalogue.find_course(course_id)
    if course is None:
        abort(404)
    return Target(course, None)


@blueprint.get("/grupos/<int:cohort_id>/recalificar")
@door(Permission.REGRADE, load_cohort_target)
def regrades_prepare(target: Target) -> str:
    return start_page(target, StartForm(target.course, formdata=None))


@blueprint.get("/cursos/<course_id>/recalificar")
@door(Permission.REGRADE_COURSE, load_course_target)
def regrades_prepare_course(target: Target) -> str:
    return start_page(target, StartForm(target.course, formdata=None))


@blueprint.post("/grupos/<int:cohort_id>/recalificar")
@door(Permission.REGRADE, load_cohort_target)
def regrades_start(target: Target) -> BaseResponse | tuple[str, int]:
    return begin(target)


@blueprint.post("/cursos/<course_id>/recalificar")
@door(Permission.REGRADE_COURSE, load_course_target)
def regrades_start_course(target: Target) -> BaseResponse | tuple[str, int]:
    return begin(target)


def begin(target: Target) -> BaseResponse | tuple[str, int]:
    form = StartForm(target.course)
    begun: list[Regrade] = []
    if form.validate_on_submit() and try_filling(form, lambda: begun.append(start(target, form)), {}):
        return redirect(url("teach.regrades_show", regrade_id=begun[0].id), 303)
    return start_page(target, form), 422


def start(target: Target, form: StartForm) -> Regrade:
    aula, cohort = current_aula(), target.cohort
    scope = scope_of(
        target.course, form.scope.data, cohort_id=cohort.id if cohort else None, only_older=form.which.data == "older"
    )
    return regrades.start(g.db, aula.catalogue, scope, actor=get_person().id, now=aula.clock())


def start_page(target: Target, form: StartForm) -> str:
    scope = Scope(target.course.id, cohort_id=target.cohort.id if target.cohort else None)
    graded = regrades.list_attempts(g.db, current_aula().catalogue, scope)
    return render_template(
        "teach/regrades/start.html", form=form, action=target.action,
        course=target.course.title.for_language(g.language), cohort=target.cohort,
        lessons=lesson_lines(target.course, graded, g.language),
    )  # fmt: skip


def load_regrade(regrade_id: int) -> Regrade:
    """Raises: UnknownRegrade, which is answered with 404."""
    return regrades.get_regrade(g.db, regrade_id)


@blueprint.get("/recalificaciones/<int:regrade_id>")
@door(Permission.REGRADE, load_regrade)
def regrades_show(regrade: Regrade) -> str:
    return show_page(regrade, ApplyForm(formdata=None))


@blueprint.post("/recalificaciones/<int:regrade_id>/aplicar")
@door(Permission.REGRADE, load_regrade)
def regrades_apply(regrade: Regrade) -> BaseResponse | tuple[str, int]:
    form = ApplyForm()
    if form.validate_on_submit() and try_filling(form, lambda: apply(regrade, form), {}):
        flash(_("Las calificaciones nuevas se están escribiendo."), "success")
        return redirect(url("teach.regrades_show", regrade_id=regrade.id), 303)
    return show_page(regrade, form), 422


def apply(regrade: Regrade, form: ApplyForm) -> None:
    aula = current_aula()
    regrades.ask_apply(
        g.db, aula.catalogue, regrade.id, actor=get_person().id, never_lower=form.never_lower.data, now=aula.clock()
    )


@blueprint.post("/recalificaciones/<int:regrade_id>/detener")
@door(Permission.REGRADE, load_regrade)
def regrades_stop(regrade: Regrade) -> BaseResponse:
    regrades.stop(g.db, regrade.id, actor=get_person().id, now=current_aula().clock())
    flash(_("La recalificación se detuvo. Ninguna calificación cambió."), "success")
    return redirect(url("teach.regrades_show", regrade_id=regrade.id), 303)


@blueprint.get("/recalificaciones/<int:regrade_id>/intentos.csv")
@door(Permission.REGRADE, load_regrade)
def regrades_export(regrade: Regrade) -> Response:
    """Every attempt with what it had and would have, for a spreadsheet."""
    items = regrades.list_items(g.db, regrade.id)
    rows = csv_rows(items, people.map_people(g.db, list({one.learner_id for one in items})))
    response = Response(to_csv(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="recalificacion-{regrade.id}.csv"'
    return response


def show_page(regrade: Regrade, form: ApplyForm) -> str:
    tally, aula = regrades.count_items(g.db, regrade.id), current_aula()
    is_over = regrade.state in ("ready", "applying", "applied")
    return render_template(
        "teach/regrades/show.html",
        regrade=regrade,
        head=head_of(regrade, map_actors([regrade])),
        tally=tally,
        form=form,
        is_stale=regrade.state == "ready" and regrades.is_stale(aula.catalogue, regrade),
        may_apply=regrade.state == "ready" and regrades.has_changes(tally),
        applied=regrades.count_applied(g.db, regrade.id),
        difference=difference_view(regrade) if is_over else None,
        is_held_up=regrade.state == "running" and regrades.is_held_up(g.db),
        is_paused="quieta" in request.args,
        refresh=regrade.is_under_way and "quieta" not in request.args,
    )
