"""A lesson from a plain notebook, guided: every cell with a proposal that its trainer confirms or changes."""

from dataclasses import dataclass, field
from functools import partial

from flask import abort, g, redirect, render_template, request
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from courses import LocalText
from graders import Choices, Guess, NotTaken, build_lesson, read_cells, suggest_lesson
from notebooks import Cell
from webapp.teach import blueprint
from webapp.teach.course_choice import (
    LONGEST_ID,
    LONGEST_TITLE,
    CourseChoice,
    is_free,
    settle_lesson_id,
    settle_target,
)
from webapp.teach.importing import PERMISSION, Answer, get_upload, keep_outcome
from webapp.teach.importing_cells import (
    MOST_CELLS,
    Decisions,
    as_sent,
    chosen,
    find_faults,
    left_out,
    list_guesses,
    proposed,
    show_cells,
)
from webapp.teach.importing_into import Outcome, begin
from webapp.teach.importing_uploads import Upload
from webapp.ui.doors import door
from webapp.ui.forms import add_error, try_filling
from webapp.ui.uploads import takes_file
from webapp.ui.urls import url

FORM_BYTES, FORM_PARTS = 256 * 1024, 8_000
CREATE = "create"


class GuideForm(CourseChoice):
    title = StringField(
        _l("Título de la lección"), [InputRequired(_l("Escribe un título para la lección.")), Length(max=LONGEST_TITLE)]
    )
    lesson_id = StringField(_l("Nombre en la dirección"), [Length(max=LONGEST_ID)])


@dataclass(frozen=True)
class Sheet:
    """A notebook on its way: its cells, what is decided of each, and what is wrong with that."""

    upload: Upload
    cells: tuple[Cell, ...]
    decisions: Decisions
    faults: dict[int, str] = field(default_factory=dict)

    @property
    def exercises(self) -> tuple[Guess, ...]:
        return chosen(list_guesses(self.cells, self.decisions), self.decisions)


@blueprint.get("/taller/importar/<token>/celdas")
@door(PERMISSION)
def guides_show(token: str) -> str:
    upload = get_upload(token)
    cells, suggestion = get_cells(upload), suggest_lesson(upload.data, upload.name)
    form = GuideForm(formdata=None, data={"title": suggestion.title, "course_title": suggestion.title})
    return guide_page(form, Sheet(upload, cells, proposed(cells, suggestion)))


@blueprint.post("/taller/importar/<token>/celdas")
@door(PERMISSION)
@takes_file(FORM_BYTES, parts=FORM_PARTS)
def guides_take(token: str) -> Answer | str:
    """The page again with what was decided; or the lesson, where that was asked for and nothing speaks against it."""
    upload = get_upload(token)
    cells, form, made = get_cells(upload), GuideForm(), list[Outcome]()
    sheet = Sheet(upload, cells, as_sent(cells, request.form))
    if request.form.get("do") != CREATE:
        return guide_page(form, sheet)
    sheet.faults.update(find_faults(sheet.decisions, sheet.exercises))
    act = partial(make, form, sheet, made)
    is_good = form.validate_on_submit() and not sheet.faults
    if is_good and try_filling(form, act, {"id_taken": form.lesson_id}) and made:
        keep_outcome(upload, made[0])
        return redirect(url("teach.imports_show", token=token), 303)
    return guide_page(form, sheet), 422


def make(form: GuideForm, sheet: Sheet, made: list[Outcome]) -> None:
    """Begin the lesson; nothing where a field has an error, which is written beside it."""
    title = " ".join(form.title.data.split())
    target, lesson_id = settle_target(form), settle_lesson_id(form, LocalText(title, title))
    if target is None or lesson_id is None or not is_free(form, target.course_id, lesson_id):
        return
    try:
        built = build_lesson(sheet.upload.data, Choices(lesson_id, title, sheet.exercises, left_out(sheet.decisions)))
    except NotTaken as reason:
        add_error(form, None, reason.remark.message.for_language(g.language))
        return
    manuscript = begin(target, lesson_id, built.files, sheet.upload.name)
    made.append(Outcome((manuscript,), tuple(one.message for one in built.remarks)))


def get_cells(upload: Upload) -> tuple[Cell, ...]:
    """The cells of an upload that is a notebook; 404 for a ZIP, which has its own page."""
    if upload.data.startswith(b"PK"):
        abort(404)
    return read_cells(upload.data)[:MOST_CELLS]


def guide_page(form: GuideForm, sheet: Sheet) -> str:
    suggestion = suggest_lesson(sheet.upload.data, sheet.upload.name)
    exercises = sheet.exercises
    return render_template(
        "teach/manuscripts/import_cells.html",
        form=form,
        token=sheet.upload.token,
        name=sheet.upload.name,
        exercises=len(exercises),
        faults=[(place + 1, text) for place, text in sorted(sheet.faults.items())],
        is_cut=len(sheet.cells) == MOST_CELLS,
        cells=show_cells(sheet.cells, sheet.decisions, suggestion, sheet.faults),
    )
