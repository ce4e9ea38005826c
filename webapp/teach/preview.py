"""A lesson in preparation as its learners will see it, for a frame beside the editor or a page of its own."""

from collections.abc import Mapping
from typing import Any

from flask import g, render_template, request

from courses import Language, Lesson
from webapp.access import Permission
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.teach import blueprint
from webapp.teach.editor import BASE, find
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.lesson_page import LessonWork, section_views
from webapp.ui.policy import let_own_pages_frame


@blueprint.get(f"{BASE}/vista")
@door(Permission.WRITE_LESSONS, find)
def manuscripts_preview(manuscript: Manuscript) -> str:
    """`idioma`: es or en, the page's own unless said. `como=impresa`: as it comes out on paper."""
    language: Language = g.language
    if request.args.get("idioma") in ("es", "en"):
        language = "en" if request.args["idioma"] == "en" else "es"
    lesson, problems = manuscripts.read_lesson(g.db, current_aula().catalogue, manuscript.id)
    let_own_pages_frame()
    return render_template(
        "teach/editor/preview.html",
        page=lesson_page(lesson, language) if lesson else None,
        problems=[one for one in problems if not one.is_advice],
        title=manuscript.title.for_language(language),
        is_printed=request.args.get("como") == "impresa",
        language=language,
    )


def lesson_page(lesson: Lesson, language: Language) -> Mapping[str, Any]:
    """The lesson with nobody's work in it."""
    return {"sections": section_views(lesson, language, LessonWork())}
