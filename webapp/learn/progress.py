"""A learner's own progress: courses, lessons and marks."""

from collections.abc import Mapping
from typing import Any

from flask import g, render_template
from flask_babel import format_datetime

from courses import Course, Language
from webapp.access import Permission
from webapp.learn import blueprint
from webapp.learn.catalogue import course_href, lesson_href
from webapp.learn.course_cards import course_card
from webapp.learn.headway import find_headway, list_taken_ids
from webapp.learn.reader import find_taught, get_reader_id
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.records import CourseProgress, LessonProgress
from webapp.ui.doors import door
from webapp.ui.exercises import short_number


@blueprint.get("/avance")
@door(Permission.STUDY)
def progress_show() -> str:
    reader_id = get_reader_id()
    found = [find_taught(one) for one in list_taken_ids(reader_id)]
    courses = [course for course in found if course and course.lessons]
    return render_template(
        "learn/progress.html", courses=[course_progress(course, reader_id, g.language) for course in courses]
    )


def course_progress(course: Course, reader_id: int, language: Language) -> Mapping[str, Any]:
    progress = gradebook.get_progress(g.db, learner_id=reader_id, course=course)
    climb = find_headway(course, reader_id).climb
    return {
        "card": course_card(course, language, href=course_href(course), progress=climb),
        "earned": short_number(progress.points),
        "points": short_number(progress.max_points),
        "is_passed": progress.is_passed,
        "counts": course.counts,
        "rows": [lesson_row(course, one, progress, language) for one in progress.lessons],
    }


def lesson_row(
    course: Course, lesson_progress: LessonProgress, progress: CourseProgress, language: Language
) -> Mapping[str, Any]:
    lesson = next(one for one in course.lessons if one.id == lesson_progress.lesson_id)
    times = [mark.latest_at for (lesson_id, _exercise), mark in progress.marks.items() if lesson_id == lesson.id]
    return {
        "href": lesson_href(course, lesson),
        "title": lesson.title.for_language(language),
        "passed": lesson_progress.passed,
        "exercises": lesson_progress.exercises,
        "earned": short_number(lesson_progress.points),
        "points": short_number(lesson_progress.max_points),
        "last_at": format_datetime(max(times), "medium") if times else "",
    }
