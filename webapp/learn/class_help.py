"""A learner's part in a class: asking for help without raising a hand, and taking that back."""

from collections.abc import Mapping
from typing import Any

from flask import g, jsonify, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from courses import Lesson
from webapp.access import Permission
from webapp.learn import blueprint
from webapp.learn.reader import get_reader_id
from webapp.services.classes import service as classes
from webapp.services.practice.records import LessonKey
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.urls import url


def class_view(learner_id: int, lesson: Lesson) -> Mapping[str, Any] | None:
    """The class that goes on at this lesson for the learner, as the lesson's page shows it; None without one."""
    key = LessonKey(lesson.course_id, lesson.id)
    taught = classes.find_open(g.db, learner_id=learner_id, lesson=key, now=current_aula().clock())
    if taught is None:
        return None
    asks = classes.asks_for_help(g.db, class_id=taught.id, learner_id=learner_id)
    return {"cohort": taught.cohort_name, "href": url("learn.classes_help", class_id=taught.id), "asks": asks}


@blueprint.post("/clases/<int:class_id>/ayuda")
@door(Permission.STUDY)
def classes_help(class_id: int) -> BaseResponse:
    """Ask for help, or say that it is not needed any more."""
    learner_id, wants = get_reader_id(), wants_help()
    if wants:
        classes.ask_for_help(g.db, class_id=class_id, actor=learner_id, now=current_aula().clock())
    else:
        classes.settle_help(g.db, class_id=class_id, learner_id=learner_id)
    if request.is_json:
        return jsonify(asks=wants, text=help_words(asks=wants))
    taught = classes.get_class(g.db, class_id)
    return redirect(url("learn.lessons_show", course_id=taught.course_id, lesson_id=taught.lesson_id), 303)


def wants_help() -> bool:
    body = request.get_json(silent=True) if request.is_json else request.form
    return isinstance(body, Mapping) and str(body.get("ask", "")) == "1"


def help_words(*, asks: bool) -> str:
    return str(_("Avisamos a tu docente que necesitas ayuda.") if asks else _("Listo: ya no pides ayuda."))
