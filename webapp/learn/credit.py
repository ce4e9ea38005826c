"""Whom a lesson is owed to: the one that it was made from, with its authors and its version."""

from collections.abc import Mapping
from typing import Any

from flask import g

from courses import Course, Lesson
from webapp.services.catalogue import editions
from webapp.services.catalogue import service as catalogue
from webapp.ui.context import current_aula
from webapp.ui.urls import url


def find_credit(course: Course, lesson: Lesson) -> Mapping[str, Any] | None:
    """What the lesson was made from, as it was then; None for one that was made from none.

    href: of that lesson where it is still taught, empty where it is not. The credit stays either way.
    """
    origin = editions.find_lineage(g.db, course.id, lesson.id)
    if origin is None:
        return None
    offered = {str(one.id): one for one in catalogue.list_courses(g.db, current_aula().catalogue)}
    around = offered.get(origin.course_id)
    is_taught = around is not None and around.find_lesson(origin.lesson_id) is not None
    href = url("learn.lessons_show", course_id=origin.course_id, lesson_id=origin.lesson_id) if is_taught else ""
    return {
        "title": origin.title.for_language(g.language),
        "authors": ", ".join(origin.authors),
        "version": origin.version[:8],
        "href": href,
    }
