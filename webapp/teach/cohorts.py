"""Cohorts: the list, a new one, and the marks of one as a page and as a file."""

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, g, redirect, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from courses import Course
from webapp.access import Permission
from webapp.services.catalogue import service as catalogue
from webapp.services.cohorts import pins
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort
from webapp.services.cohorts.rules import shown_code
from webapp.services.gradebook import service as gradebook
from webapp.services.people import service as people
from webapp.services.people.records import Person
from webapp.teach import blueprint
from webapp.teach.marks import legend, list_groups, list_rows, to_csv
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.forms import try_filling
from webapp.ui.urls import url
from webapp.ui.visitor import get_person


class CohortForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    name = StringField(_l("Nombre del grupo"), [InputRequired(_l("Escribe un nombre para el grupo.")), Length(max=120)])
    course = SelectField(_l("Curso"), [InputRequired(_l("Elige un curso."))])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        with current_aula().sessions.read() as session:
            offered = catalogue.list_courses(session, current_aula().catalogue)
        self.course.choices = [(one.id, one.title.for_language(g.language)) for one in offered]


@blueprint.get("/grupos")
@door(Permission.SEE_COHORT_MARKS)
def cohorts_list() -> str:
    return list_page(CohortForm(formdata=None))


@blueprint.post("/grupos")
@door(Permission.MAKE_COHORTS)
def cohorts_make() -> BaseResponse | tuple[str, int]:
    form = CohortForm()
    if form.validate_on_submit() and try_filling(form, lambda: make(form), {"bad_cohort_name": form.name}):
        return redirect(url("teach.cohorts_list"), 303)
    return list_page(form), 422


def make(form: CohortForm) -> None:
    aula = current_aula()
    cohort = cohorts.make_cohort(
        g.db, actor=get_person(), name=form.name.data, course_id=form.course.data, now=aula.clock()
    )
    course = aula.catalogue.find_course(cohort.course_id)
    if course is not None:
        pins.pin(g.db, aula.shelf, cohort.id, course, now=aula.clock())
    flash(
        _(
            "El grupo «%(name)s» está listo. Comparte su código: %(code)s.",
            name=cohort.name,
            code=shown_code(cohort.code),
        ),
        "success",
    )


def list_page(form: CohortForm) -> str:
    found = list_seen(get_person())
    trainers = people.map_people(g.db, [one.trainer_id for one in found])
    lines = [
        {
            "href": url("teach.cohorts_show", cohort_id=one.id),
            "name": one.name,
            "course": course_title(one),
            "code": shown_code(one.code),
            "trainer": trainers[one.trainer_id].name,
            "members": one.member_count,
        }
        for one in found
    ]
    return render_template("teach/cohorts/list.html", cohorts=lines, form=form)


def list_seen(person: Person) -> tuple[Cohort, ...]:
    """The cohorts that somebody may see: a trainer their own, a manager their institution's, an admin all."""
    if person.role == "admin":
        return cohorts.list_cohorts(g.db)
    if person.role == "manager":
        return cohorts.list_cohorts(g.db, institution_id=person.institution_id)
    return cohorts.list_cohorts(g.db, trainer_id=person.id)


def load_cohort(cohort_id: int) -> Cohort:
    """Raises: UnknownCohort, which is answered with 404."""
    return cohorts.get_cohort(g.db, cohort_id)


@blueprint.get("/grupos/<int:cohort_id>")
@door(Permission.SEE_COHORT_MARKS, load_cohort)
def cohorts_show(cohort: Cohort) -> str:
    course = find_course(cohort)
    return render_template(
        "teach/cohorts/show.html", cohort=cohort, code=shown_code(cohort.code), course=course_title(cohort),
        table=marks_table(cohort, course) if course else None, legend=legend().values(),
    )  # fmt: skip


def marks_table(cohort: Cohort, course: Course) -> Mapping[str, Any]:
    members = list_seen_members(cohort)
    progress = gradebook.list_progress(g.db, learner_ids=[one.id for one in members], course=course)
    groups = list_groups(course, g.language)
    return {
        "groups": groups, "rows": list_rows(groups, members, progress), "lessons": len(course.lessons),
        "counts": course.counts,
    }  # fmt: skip


@blueprint.get("/grupos/<int:cohort_id>/calificaciones.csv")
@door(Permission.SEE_COHORT_MARKS, load_cohort)
def cohorts_export(cohort: Cohort) -> Response:
    """The numbers of the page, for a spreadsheet."""
    course = find_course(cohort)
    names = [(int(one.id), one.name, one.email) for one in list_seen_members(cohort)]
    rows = gradebook.list_csv_rows(g.db, people=names, course=course) if course else ()
    response = Response(to_csv(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="grupo-{cohort.id}-calificaciones.csv"'
    return response


def list_seen_members(cohort: Cohort) -> tuple[Person, ...]:
    """Who is in the cohort; a manager sees the people of their own institution only."""
    person = get_person()
    only = person.institution_id if person.role == "manager" else None
    return cohorts.list_members(g.db, cohort_id=cohort.id, institution_id=only)


def find_course(cohort: Cohort) -> Course | None:
    """The course as the cohort is taught it; None where it is gone."""
    aula = current_aula()
    course = aula.catalogue.find_course(cohort.course_id)
    return pins.course_of_cohort(g.db, aula.shelf, course, cohort_id=cohort.id) if course else None


def course_title(cohort: Cohort) -> str:
    """The course's title, or its id where its files are gone."""
    course = current_aula().catalogue.find_course(cohort.course_id)
    return course.title.for_language(g.language) if course else cohort.course_id
