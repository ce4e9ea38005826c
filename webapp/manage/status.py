"""The first page of the administration: what runs, what waits, and what is wrong with the content."""

from collections.abc import Mapping
from typing import Any

from flask import g, render_template

from courses import Problem
from webapp.access import Permission, may
from webapp.manage import blueprint
from webapp.services.catalogue import service as catalogue
from webapp.services.catalogue.rules import content_version
from webapp.services.enrolment import service as enrolment
from webapp.services.people import service as people
from webapp.services.practice import service as practice
from webapp.settings import ROOT
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.health import count_jobs, list_failed_jobs, look_around
from webapp.ui.visitor import get_person


@blueprint.get("/administracion")
@door(Permission.SEE_ADMINISTRATION)
def status_show() -> str:
    person = get_person()
    only = None if person.role == "admin" else person.institution_id
    return render_template(
        "manage/status.html",
        people_count=people.list_people(g.db, institution_id=only, size=1).total,
        institution=people.get_institution(g.db, only) if only is not None else None,
        system=system_facts() if may(person, Permission.SEE_SYSTEM) else None,
    )


def system_facts() -> Mapping[str, Any]:
    """What only those see who run the machine."""
    aula = current_aula()
    offers = catalogue.list_offers(g.db, aula.catalogue)
    enrolled = enrolment.count_enrolments(g.db, [one.course.id for one in offers])
    return {
        "checks": look_around(aula),
        "grade": aula.sandbox_grade(),
        "kernels": practice.count_states(g.db),
        "waiting_checks": practice.count_waiting(g.db)["check"],
        "jobs": count_jobs(g.db),
        "failed_jobs": list_failed_jobs(g.db),
        "content_version": content_version(aula.catalogue),
        "offers": [
            {
                "id": one.course.id,
                "title": one.course.title.for_language(g.language),
                "lessons": len(one.course.lessons),
                "enrolled": enrolled[one.course.id],
                "is_hidden": one.is_hidden,
            }
            for one in offers
        ],
        "problems": [problem_line(one) for one in aula.catalogue.problems],
    }


def problem_line(problem: Problem) -> Mapping[str, str]:
    """A complaint about content, with its place as its author knows it."""
    path = problem.path.relative_to(ROOT) if problem.path.is_relative_to(ROOT) else problem.path
    return {
        "place": f"{path}:{problem.line}" if problem.line else str(path),
        "message": problem.message.for_language(g.language),
    }
