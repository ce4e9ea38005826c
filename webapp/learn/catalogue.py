"""Home and courses: the catalogue with search and topics, and a course with its lessons."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import flash, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from courses import Course, Language, Lesson
from webapp.access import Permission
from webapp.learn import blueprint
from webapp.learn.course_cards import course_card
from webapp.learn.headway import Headway, find_headway, find_resume
from webapp.learn.reader import as_taught, find_reader_id, get_reader_id, sign_in_address
from webapp.services.catalogue import service as catalogue
from webapp.services.enrolment import service as enrolment
from webapp.ui.context import current_aula
from webapp.ui.course_words import topic_name
from webapp.ui.doors import door, public
from webapp.ui.exercises import short_number
from webapp.ui.search import matches
from webapp.ui.urls import url


@blueprint.get("/")
@public
def catalogue_show() -> str:
    courses = catalogue.list_courses(g.db, current_aula().catalogue)
    query, topic = request.args.get("q", "").strip()[:100], request.args.get("tema", "")
    reader_id = find_reader_id()
    found = [one for one in courses if (not topic or topic in one.topics) and matches(query, *searched(one))]
    return render_template(
        "learn/catalogue.html",
        courses=[
            course_card(one, g.language, href=course_href(one), progress=find_headway(one, reader_id).climb)
            for one in found
        ],
        topics=list_topics(courses),
        topic=topic,
        query=query,
        resume=find_resume(courses, reader_id, g.language) if reader_id else None,
    )


@blueprint.get("/cursos/<course_id>")
@public
def courses_show(course_id: str) -> str:
    course = as_taught(catalogue.get_course(g.db, current_aula().catalogue, course_id))
    reader_id = find_reader_id()
    headway = find_headway(course, reader_id)
    return render_template(
        "learn/course.html",
        card=course_card(course, g.language, href="", progress=headway.climb),
        course_id=course.id,
        points=course.points,
        pass_share=course.pass_share,
        is_enrolled=headway.is_enrolled,
        can_enrol=bool(reader_id) and not headway.is_enrolled,
        is_begun=headway.is_begun,
        start_href=lesson_href(course, headway.lesson),
        sign_in_href=sign_in_address(request.script_root + request.path),
        steps=lesson_steps(course, headway, g.language),
        prerequisites=prerequisite_links(course, g.language),
        datasets=dataset_links(course, g.language),
    )


@blueprint.post("/cursos/<course_id>/inscripcion")
@door(Permission.STUDY)
def courses_enrol(course_id: str) -> Response:
    course = catalogue.get_course(g.db, current_aula().catalogue, course_id)
    enrolment.enrol(g.db, actor=get_reader_id(), course_id=course.id, now=current_aula().clock())
    title = course.title.for_language(g.language)
    flash(_("Ya cursas «%(course)s». Empieza por la primera lección.", course=title), "success")
    return redirect(url("learn.courses_show", course_id=course.id))


def searched(course: Course) -> tuple[str, ...]:
    """The texts in which the catalogue's search looks, in both languages."""
    texts = (course.title, course.summary, *(lesson.title for lesson in course.lessons))
    return (*(part for text in texts for part in (text.es, text.en)), *map(topic_name, course.topics))


def list_topics(courses: Iterable[Course]) -> list[tuple[str, str]]:
    """Every topic of the catalogue with its name, in the order of their first course."""
    ids = dict.fromkeys(topic for course in courses for topic in course.topics)
    return [(one, topic_name(one)) for one in ids]


def course_href(course: Course) -> str:
    return url("learn.courses_show", course_id=course.id)


def lesson_href(course: Course, lesson: Lesson) -> str:
    return url("learn.lessons_show", course_id=course.id, lesson_id=lesson.id)


def lesson_steps(course: Course, headway: Headway, language: Language) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "href": lesson_href(course, lesson),
            "title": lesson.title.for_language(language),
            "summary": lesson.summary.for_language(language),
            "minutes": lesson.minutes,
            "exercises": len(lesson.exercises),
            "points": short_number(lesson.points),
            "earned": short_number(headway.points[lesson.id]) if lesson.id in headway.points else None,
            "is_done": lesson.id in headway.done,
            "is_here": headway.is_enrolled and lesson is headway.lesson,
        }
        for lesson in course.lessons
    ]


def prerequisite_links(course: Course, language: Language) -> list[Mapping[str, str]]:
    found = [current_aula().catalogue.find_course(one) for one in course.prerequisites]
    return [{"href": course_href(one), "title": one.title.for_language(language)} for one in found if one]


def dataset_links(course: Course, language: Language) -> list[Mapping[str, str]]:
    """The datasets that the course's lessons use, each once."""
    names = dict.fromkeys(pin.name for lesson in course.lessons for pin in lesson.datasets)
    found = [current_aula().catalogue.find_dataset(name) for name in names]
    return [
        {"href": url("learn.datasets_show", name=one.name), "title": one.title.for_language(language)}
        for one in found
        if one
    ]
