"""The proof of a lesson for anybody: a page, and a badge for other pages. Nothing of a solution is shown."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, g, render_template
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from courses import Lesson, LocalText
from graders import Proof
from webapp.learn import blueprint
from webapp.services.catalogue import editions
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import ProofRecord
from webapp.ui.context import current_aula
from webapp.ui.doors import public
from webapp.ui.urls import url

# What a letter takes on average, at 11 pixels: a badge is a picture and cannot measure its words.
LETTER_PX = 6.6


@blueprint.get("/pruebas/<token>")
@public
def proofs_show(token: str) -> str:
    """Of a version that was never published only its authors know the address; they may give it to whom they like."""
    record = manuscripts.get_proof(g.db, token)
    if record.proof is None:
        raise manuscripts.UnknownProof
    lesson = current_aula().shelf.find_edition(record.course_id, record.lesson_id, record.version) or find_draft(record)
    return render_template("learn/proof.html", page=proof_page(record, record.proof, lesson))


@blueprint.get("/pruebas/<token>/insignia.svg")
@public
def proofs_badge(token: str) -> Response:
    """The badge of one proof, for as long as it is kept."""
    record = manuscripts.get_proof(g.db, token)
    if record.proof is None:
        raise manuscripts.UnknownProof
    return badge(record.proof)


@blueprint.get("/cursos/<course_id>/<lesson_id>/insignia.svg")
@public
def proofs_badge_now(course_id: str, lesson_id: str) -> Response:
    """The badge of the lesson as it is taught now; grey where that version has no proof."""
    lesson = current_aula().catalogue.find_lesson(course_id, lesson_id)
    if lesson is None:
        abort(404)
    record = find_proof_of(lesson)
    return badge(record.proof if record else None)


def find_proof_of(lesson: Lesson) -> ProofRecord | None:
    """The latest proof of exactly this version of a lesson."""
    found = manuscripts.list_proofs(g.db, lesson.course_id, lesson.id)
    return next((one for one in found if one.version == lesson.version), None)


def proof_page(record: ProofRecord, proof: Proof, lesson: Lesson | None) -> Mapping[str, Any]:
    """lesson: the version that was proved, where it is still there and can be read."""
    taught = current_aula().catalogue.find_lesson(record.course_id, record.lesson_id)
    is_taught = taught is not None and taught.version == record.version
    title = lesson.title if lesson else manuscript_title(record)
    origin = editions.find_lineage(g.db, record.course_id, record.lesson_id) if is_taught else None
    return {
        "title": title.for_language(g.language) if title else f"{record.course_id}/{record.lesson_id}",
        "href": url("learn.lessons_show", course_id=record.course_id, lesson_id=record.lesson_id) if is_taught else "",
        "is_green": proof.is_green,
        "is_taught": is_taught,
        "proved_at": record.proved_at,
        "seconds": round(record.seconds, 1),
        "version": record.version,
        "libraries": proof.libraries,
        "datasets": proof.datasets,
        "errors": ngettext("%(num)s cosa por corregir", "%(num)s cosas por corregir", len(proof.errors)),
        "exercises": len(lesson.exercises) if lesson else len(proof.strengths),
        "made": proof.made,
        "caught": proof.caught,
        "by_exercise": [(exercise_title(lesson, one.exercise_id), one.made, one.caught) for one in proof.strengths],
        "origin": origin.title.for_language(g.language) if origin else "",
        "badge_href": url("learn.proofs_badge", token=record.token),
        "badge_alt": badge_text(proof),
    }


def find_draft(record: ProofRecord) -> Lesson | None:
    """The version of a manuscript that was proved and never taught."""
    if record.manuscript_id is None or record.number is None:
        return None
    lesson, _problems = manuscripts.read_lesson(
        g.db, current_aula().catalogue, record.manuscript_id, record.number
    )  # fmt: skip
    return lesson if lesson is not None and lesson.version == record.version else None


def manuscript_title(record: ProofRecord) -> LocalText | None:
    return manuscripts.get_manuscript(g.db, record.manuscript_id).title if record.manuscript_id else None


def exercise_title(lesson: Lesson | None, exercise_id: str) -> str:
    exercise = lesson.find_exercise(exercise_id) if lesson else None
    return exercise.title.for_language(g.language) if exercise else exercise_id


def badge_text(proof: Proof | None) -> str:
    if proof is None:
        return str(_("sin prueba"))
    day = format_date(proof.proved_at, "medium")
    return str(_("probada el %(day)s", day=day) if proof.is_green else _("con fallas el %(day)s", day=day))


def badge(proof: Proof | None) -> Response:
    """A picture without scripts, links or fonts of its own, which any page may show."""
    text = badge_text(proof)
    state = "none" if proof is None else "green" if proof.is_green else "red"
    drawn = render_template(
        "learn/badge.svg", text=text, state=state, width=round(LETTER_PX * len(text)) + 20, language=g.language
    )
    response = Response(drawn, content_type="image/svg+xml; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=300"
    # Shown by pages of other sites; it is public and says nothing of who looks.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
