"""Lessons as files: a ZIP of a lesson or a course, and notebooks for JupyterLab."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, abort, g, render_template
from werkzeug.utils import secure_filename

from courses import LANGUAGES, SCHEMA_FOLDER, Language, put_under, write_zip
from graders import NotTaken, to_notebook
from webapp.access import Permission
from webapp.services.catalogue import authored
from webapp.services.catalogue.records import AuthoredCourse
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.teach import blueprint
from webapp.teach.course_choice import title_of
from webapp.teach.forking_sources import list_course_files
from webapp.ui.doors import door, public
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

ZIP, NOTEBOOK = "application/zip", "application/x-ipynb+json"
SCHEMA = "application/schema+json"
# Schemas do not change under a running site.
AN_HOUR = "public, max-age=3600"


@dataclass(frozen=True)
class Asked:
    """A manuscript in one language. author_ids: of the manuscript, which the door looks at."""

    manuscript: Manuscript
    language: Language

    @property
    def author_ids(self) -> tuple[int, ...]:
        return self.manuscript.author_ids


def find_manuscript(manuscript_id: int) -> Manuscript:
    """Raises: UnknownManuscript, which is answered with 404."""
    return manuscripts.get_manuscript(g.db, manuscript_id)


def find_in_language(manuscript_id: int, language: Language) -> Asked:
    return Asked(find_manuscript(manuscript_id), language)


@blueprint.get("/taller/<int:manuscript_id>/exportar")
@door(Permission.WRITE_LESSONS, find_manuscript)
def exports_show(manuscript: Manuscript) -> str:
    """The ways out, and what each is for."""
    course = authored.get_course(g.db, manuscript.course_id)
    return render_template(
        "teach/manuscripts/export.html",
        title=manuscript.title.for_language(g.language),
        back=url("teach.manuscripts_show", manuscript_id=manuscript.id),
        zip_href=url("teach.exports_lesson", manuscript_id=manuscript.id),
        notebooks=[
            (one, url("teach.exports_notebook", manuscript_id=manuscript.id, language=one)) for one in LANGUAGES
        ],
        course=title_of(course),
        course_href=url("teach.exports_course", course_id=manuscript.course_id),
        import_href=url("teach.imports_new"),
    )


@blueprint.get("/taller/<int:manuscript_id>/leccion.zip")
@door(Permission.WRITE_LESSONS, find_manuscript)
def exports_lesson(manuscript: Manuscript) -> Response:
    files = manuscripts.read_files(g.db, manuscript.id)
    return as_file(write_zip(put_under(manuscript.lesson_id, files)), f"{manuscript.lesson_id}.zip", ZIP)


@blueprint.get('/taller/<int:manuscript_id>/leccion.<any("es", "en"):language>.ipynb')
@door(Permission.WRITE_LESSONS, find_in_language)
def exports_notebook(asked: Asked) -> Response:
    """With solutions and nbgrader's marks. 409 where no notebook can hold the lesson as it is."""
    files = manuscripts.read_files(g.db, asked.manuscript.id)
    try:
        data = to_notebook(files, asked.language)
    except NotTaken as reason:
        return Response(f"{reason.remark.message.for_language(g.language)}\n", 409, mimetype="text/plain")
    return as_file(data, f"{asked.manuscript.lesson_id}.{asked.language}.ipynb", NOTEBOOK)


@blueprint.get("/taller/cursos/<course_id>.zip")
@door(Permission.FORK_LESSONS)
def exports_course(course_id: str) -> Response:
    """A whole course: one's own as it is being written, any other as it is taught."""
    own = authored.find_course(g.db, course_id)
    files = files_being_written(own) if own is not None and is_own(own) else list_course_files(course_id)
    if files is None:
        abort(404)
    return as_file(write_zip(put_under(course_id, files)), f"{course_id}.zip", ZIP)


@blueprint.get("/esquemas/<name>.json")
@public
def exports_schema(name: str) -> Response:
    """The forms of lesson.yaml and its like, from which editors complete."""
    path = SCHEMA_FOLDER / f"{name}.json"
    if secure_filename(name) != name or not path.is_file():
        abort(404)
    response = Response(path.read_bytes(), content_type=SCHEMA)
    response.headers["Cache-Control"] = AN_HOUR
    return response


def is_own(course: AuthoredCourse) -> bool:
    person = get_person()
    return course.owner_id == person.id or person.role == "admin"


def files_being_written(course: AuthoredCourse) -> Mapping[str, bytes]:
    """The course with the newest version of each of its lessons."""
    files: dict[str, bytes] = {"course.yaml": course.sheet.encode()}
    for one in manuscripts.list_of_course(g.db, course.id):
        files |= put_under(one.lesson_id, manuscripts.read_files(g.db, one.id))
    return files


def as_file(data: bytes, name: str, kind: str) -> Response:
    """An answer that a browser saves. name: made of ids, which are plain letters."""
    response = Response(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
