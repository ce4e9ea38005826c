"""How exercises are going, for a cohort or for all of a course that the reader may see: pages, and a file."""

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, g, render_template
from flask_babel import gettext as _

from courses import Course, Exercise, Lesson
from webapp.access import Permission
from webapp.services.catalogue import service as catalogue
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort
from webapp.services.insight import service as insight
from webapp.services.people import service as people
from webapp.services.people.records import Person
from webapp.teach import blueprint
from webapp.teach.cohorts import find_course, list_seen, list_seen_members, load_cohort
from webapp.teach.figures import exercise_view, list_lessons
from webapp.teach.marks import to_csv
from webapp.teach.wrong_answers import cluster_views
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.inline import inline
from webapp.ui.urls import url
from webapp.ui.visitor import get_person


@dataclass(frozen=True)
class Scope:
    """Whose attempts at which course are looked at. cohort: None for all of the course that the reader may see."""

    course: Course
    cohort: Cohort | None = None

    @property
    def who(self) -> str:
        return self.cohort.name if self.cohort else str(WHO[get_person().role]())

    def url(self, view: str, **address: Any) -> str:
        """A page of the same people: "study_{cohort,course}_<view>"."""
        if self.cohort:
            return url(f"teach.study_cohort_{view}", cohort_id=self.cohort.id, **address)
        return url(f"teach.study_course_{view}", course_id=self.course.id, **address)

    def list_learner_ids(self) -> tuple[int, ...] | None:
        """Whose attempts count; None for everybody's."""
        if self.cohort:
            return tuple(int(one.id) for one in list_seen_members(self.cohort))
        return list_seen_ids(get_person(), self.course)


WHO = {
    "admin": lambda: _("Todo el sitio"),
    "manager": lambda: _("Las personas de tu institución"),
    "trainer": lambda: _("Las personas de tus grupos"),
}


def list_seen_ids(person: Person, course: Course) -> tuple[int, ...] | None:
    """Whose work in a course somebody may see: a trainer's cohorts, a manager's institution; None for everybody's."""
    if person.role == "admin":
        return None
    if person.role == "manager" and person.institution_id is not None:
        return people.list_ids_of_institution(g.db, person.institution_id)
    mine = [one.id for one in list_seen(person) if one.course_id == course.id]
    return cohorts.list_member_ids(g.db, cohort_ids=mine)


def load_cohort_course(cohort_id: int) -> Cohort:
    """Aborts with 404 where the files of the cohort's course are gone."""
    cohort = load_cohort(cohort_id)
    if find_course(cohort) is None:
        abort(404)
    return cohort


def scope_of(cohort: Cohort) -> Scope:
    course = find_course(cohort)
    assert course is not None, "load_cohort_course has looked"
    return Scope(course, cohort)


@dataclass(frozen=True)
class Studied:
    """An exercise as a cohort's members did it."""

    scope: Scope
    lesson: Lesson
    exercise: Exercise

    @property
    def trainer_id(self) -> int | None:
        return self.scope.cohort.trainer_id if self.scope.cohort else None

    @property
    def institution_id(self) -> int | None:
        return self.scope.cohort.institution_id if self.scope.cohort else None


def load_studied(cohort_id: int, lesson_id: str, exercise_id: str) -> Studied:
    return find_studied(scope_of(load_cohort_course(cohort_id)), lesson_id, exercise_id)


def find_studied(scope: Scope, lesson_id: str, exercise_id: str) -> Studied:
    """Aborts with 404 where the course has no such exercise."""
    lesson = scope.course.find_lesson(lesson_id)
    exercise = lesson.find_exercise(exercise_id) if lesson else None
    if lesson is None or exercise is None:
        abort(404)
    return Studied(scope, lesson, exercise)


def load_course(course_id: str) -> Scope:
    """Aborts with 404 for a course that there is not."""
    course = current_aula().catalogue.find_course(course_id)
    if course is None:
        abort(404)
    return Scope(course)


@blueprint.get("/estudio")
@door(Permission.SEE_COHORT_MARKS)
def study_list() -> str:
    """The courses whose exercises can be looked at."""
    offered = catalogue.list_courses(g.db, current_aula().catalogue)
    person = get_person()
    taught = None if person.role in ("admin", "manager") else {one.course_id for one in list_seen(person)}
    lines = [
        {"title": one.title.for_language(g.language), "href": url("teach.study_course_show", course_id=one.id)}
        for one in offered
        if taught is None or one.id in taught
    ]
    return render_template("teach/study/list.html", courses=lines, who=WHO[person.role]())


@blueprint.get("/grupos/<int:cohort_id>/estudio")
@door(Permission.SEE_COHORT_MARKS, load_cohort_course)
def study_cohort_show(cohort: Cohort) -> str:
    return show(scope_of(cohort))


@blueprint.get("/estudio/<course_id>")
@door(Permission.SEE_COHORT_MARKS)
def study_course_show(course_id: str) -> str:
    return show(load_course(course_id))


@blueprint.get("/grupos/<int:cohort_id>/estudio.csv")
@door(Permission.SEE_COHORT_MARKS, load_cohort_course)
def study_cohort_export(cohort: Cohort) -> Response:
    return export(scope_of(cohort), f"grupo-{cohort.id}")


@blueprint.get("/estudio/<course_id>/ejercicios.csv")
@door(Permission.SEE_COHORT_MARKS)
def study_course_export(course_id: str) -> Response:
    return export(load_course(course_id), course_id)


@blueprint.get("/grupos/<int:cohort_id>/estudio/<lesson_id>/<exercise_id>")
@door(Permission.SEE_COHORT_MARKS, load_studied)
def study_cohort_exercise(studied: Studied) -> str:
    return show_exercise(studied)


@blueprint.get("/estudio/<course_id>/<lesson_id>/<exercise_id>")
@door(Permission.SEE_COHORT_MARKS)
def study_course_exercise(course_id: str, lesson_id: str, exercise_id: str) -> str:
    return show_exercise(find_studied(load_course(course_id), lesson_id, exercise_id))


def show(scope: Scope) -> str:
    studies = insight.study_course(g.db, course=scope.course, learner_ids=scope.list_learner_ids())
    return render_template(
        "teach/study/show.html", **heads(scope), csv_href=scope.url("export"),
        lessons=list_lessons(
            scope.course, studies, g.language,
            lambda lesson_id, exercise_id: scope.url("exercise", lesson_id=lesson_id, exercise_id=exercise_id),
        ),
    )  # fmt: skip


def export(scope: Scope, name: str) -> Response:
    """The numbers of the page, for a spreadsheet."""
    rows = insight.list_csv_rows(g.db, course=scope.course, learner_ids=scope.list_learner_ids())
    response = Response(to_csv(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-ejercicios.csv"'
    return response


def show_exercise(studied: Studied) -> str:
    scope, key = studied.scope, (studied.lesson.id, studied.exercise.id)
    learner_ids = scope.list_learner_ids()
    figures = insight.study_exercise(g.db, course=scope.course, exercise=key, learner_ids=learner_ids)
    clusters = insight.cluster_wrong_answers(g.db, course=scope.course, exercise=key, learner_ids=learner_ids)
    return render_template(
        "teach/study/exercise.html", **heads(scope), study_href=scope.url("show"),
        lesson_title=studied.lesson.title.for_language(g.language),
        title=inline(studied.exercise.title.for_language(g.language)),
        plain_title=studied.exercise.title.for_language(g.language),
        exercise=exercise_view(figures, studied.exercise),
        wrong=clusters, clusters=cluster_views(clusters, figures, studied.exercise, g.language),
    )  # fmt: skip


def heads(scope: Scope) -> dict[str, Any]:
    """What stands above every page: whose attempts, at which course, and the way back."""
    cohort = scope.cohort
    return {
        "who": scope.who,
        "course_title": scope.course.title.for_language(g.language),
        "cohort_href": url("teach.cohorts_show", cohort_id=cohort.id) if cohort else "",
    }
