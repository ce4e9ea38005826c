"""Bringing lessons in: a file is looked at first and kept; then its trainer says where it goes."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, g, redirect, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response as BaseResponse

from courses import Refused
from webapp.access import Permission
from webapp.services.manuscripts import service as manuscripts
from webapp.teach import blueprint, importing_uploads
from webapp.teach.importing_found import Found, NotUsable, look_at, placed
from webapp.teach.importing_into import ImportForm, Outcome, bring_in, settle_form
from webapp.teach.importing_uploads import Upload
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.forms import add_error, try_filling
from webapp.ui.uploads import takes_file
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

Answer = BaseResponse | tuple[str, int]
LARGEST = 20 * 2**20
LONGEST_NAME = 120
PERMISSION = Permission.WRITE_LESSONS


class UploadForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    file = FileField(_l("Archivo"), [FileRequired(_l("Elige un archivo .zip o .ipynb."))])


@blueprint.get("/taller/importar")
@door(PERMISSION)
def imports_new() -> str:
    return render_template("teach/manuscripts/import.html", form=UploadForm(formdata=None), problems=[])


@blueprint.post("/taller/importar")
@door(PERMISSION)
@takes_file(LARGEST)
def imports_take() -> Answer:
    """Keep a file that something can be made of."""
    form, problems = UploadForm(), list[str]()
    if form.validate_on_submit():
        name, data = (form.file.data.filename or "")[-LONGEST_NAME:], form.file.data.read()
        try:
            found = look_at(name, data, datasets())
        except NotUsable as reason:
            problems = [one.for_language(g.language) for one in reason.problems]
        else:
            aula = current_aula()
            token = importing_uploads.keep(aula.settings.home, person_id(), name, data, now=aula.clock())
            step = "teach.guides_show" if found.kind == "plain" else "teach.imports_show"
            return redirect(url(step, token=token), 303)
    return render_template("teach/manuscripts/import.html", form=form, problems=problems), 422


@blueprint.get("/taller/importar/<token>")
@door(PERMISSION)
def imports_show(token: str) -> str | BaseResponse:
    """What was found in a file and where it shall go; afterwards, what became of it."""
    upload = get_upload(token)
    made = list_made(upload)
    if made:
        return render_template("teach/manuscripts/imported.html", made=made, remarks=said(upload))
    found = look_again(upload)
    if found.kind == "plain":
        return redirect(url("teach.guides_show", token=token))
    return found_page(upload, found, settle_form(found))


@blueprint.post("/taller/importar/<token>")
@door(PERMISSION)
def imports_make(token: str) -> Answer:
    upload = get_upload(token)
    found, made = look_again(upload), list[Outcome]()
    form = settle_form(found, is_sent=True)
    if form.validate_on_submit() and try_bringing(form, found, upload, made):
        keep_outcome(upload, made[0])
        return redirect(url("teach.imports_show", token=token), 303)
    return found_page(upload, found, form), 422


@blueprint.post("/taller/importar/<token>/quitar")
@door(PERMISSION)
def imports_drop(token: str) -> BaseResponse:
    importing_uploads.drop(current_aula().settings.home, person_id(), token)
    flash(_("El archivo ya no está aquí. Tus lecciones siguen igual."), "info")
    return redirect(url("teach.imports_new"), 303)


def try_bringing(form: ImportForm, found: Found, upload: Upload, made: list[Outcome]) -> bool:
    """Whether it came in. What speaks against it is written beside its field or above the form."""
    places = {"id_taken": form.lesson_id}
    try:
        return try_filling(form, lambda: made.extend(bring_in(form, found, upload.name)), places) and bool(made)
    except Refused as reason:
        add_error(form, None, reason.message.for_language(g.language))
        return False


def found_page(upload: Upload, found: Found, form: ImportForm) -> str:
    return render_template(
        "teach/manuscripts/import_found.html",
        form=form,
        token=upload.token,
        name=upload.name,
        kind=found.kind,
        title=found.title.for_language(g.language),
        remarks=[one.for_language(g.language) for one in found.remarks],
        lessons=[
            {
                "title": one.title.for_language(g.language),
                "files": len(one.files),
                "problems": [placed(problem).for_language(g.language) for problem in one.problems],
            }
            for one in found.lessons
        ],
    )


def get_upload(token: str) -> Upload:
    """What this person uploaded; 404 for what is another's or a day old."""
    aula = current_aula()
    upload = importing_uploads.find(aula.settings.home, person_id(), token, now=aula.clock())
    if upload is None:
        abort(404)
    return upload


def look_again(upload: Upload) -> Found:
    """What is in an upload; it was usable when it was kept, and a new version of the site may think otherwise."""
    try:
        return look_at(upload.name, upload.data, datasets())
    except NotUsable:
        abort(404)


def keep_outcome(upload: Upload, outcome: Outcome) -> None:
    note = {
        "made": [one.id for one in outcome.made],
        "remarks": [{"es": one.es, "en": one.en} for one in outcome.remarks],
    }
    importing_uploads.write_note(current_aula().settings.home, person_id(), upload, note)


def list_made(upload: Upload) -> list[Mapping[str, Any]]:
    """The lessons that were made of an upload, those that are there: nothing where the answer was never written."""
    own = {one.id: one for one in manuscripts.list_manuscripts(g.db, person_id=person_id())}
    found = [own[one] for one in upload.note.get("made", ()) if one in own]
    return [
        {"href": url("teach.manuscripts_show", manuscript_id=one.id), "title": one.title.for_language(g.language)}
        for one in found
    ]


def said(upload: Upload) -> list[str]:
    return [one["en"] if g.language == "en" else one["es"] for one in upload.note.get("remarks", ())]


def datasets() -> Mapping[str, Any]:
    return manuscripts.map_datasets(current_aula().catalogue)


def person_id() -> int:
    return int(get_person().id)
