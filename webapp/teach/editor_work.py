"""What a lesson in preparation does while it is written: its cells run, it is proved, it is published."""

from flask import Response, flash, g, get_template_attribute, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from courses import Language
from webapp.access import Permission
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import WORKSHOP, Manuscript
from webapp.services.practice import service as practice
from webapp.services.practice.records import LessonKey, RunCell, RunRecord
from webapp.services.practice.rules import check_source, request_digest
from webapp.teach import blueprint
from webapp.teach.editor import BASE, find, the_body
from webapp.teach.editor_desk import open_desk, page_of
from webapp.teach.editor_page import BlockForm
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

LONGEST_KEY, LONGEST_CELL = 80, 80


@blueprint.post(f"{BASE}/celdas/<cell_id>/ejecutar")
@door(Permission.WRITE_LESSONS, find)
def manuscripts_run(manuscript: Manuscript) -> Response:
    """Begins a run of a cell, or of any code of an exercise; with `above` what stands above it runs first."""
    body, cell_id = the_body(), str((request.view_args or {})["cell_id"])[:LONGEST_CELL]
    source, key = body.get("source"), request.headers.get("Idempotency-Key", "")
    language: Language = "en" if body.get("language") == "en" else "es"
    if not 0 < len(key) <= LONGEST_KEY:
        raise practice.KeyMissing
    code = check_source(source, most_bytes=current_aula().settings.answer_kib * 1024)
    if code is not None:
        raise practice.UnusableText(code)
    current_aula().kernels()  # a "no" while none can be had, before anything waits for one
    cell = RunCell(cell_id, str(source))
    cells = (*cells_above(manuscript, cell_id, language), cell) if body.get("above") else (cell,)
    run = begin(manuscript, cells, language, key)
    response = jsonify(run=run.token)
    response.status_code = 202
    return response


def begin(manuscript: Manuscript, cells: tuple[RunCell, ...], language: Language, key: str) -> RunRecord:
    """The run, and the same one where the request comes again."""
    actor, lesson = get_person().id, LessonKey(WORKSHOP, str(manuscript.id))
    digest = request_digest(*(part for cell in cells for part in (cell.cell_id, cell.source)))
    repeated = practice.find_repeated(g.db, actor=actor, key=key, digest=digest)
    return repeated or practice.start_run(
        g.db, actor=actor, lesson=lesson, cells=cells, language=language, key=key, digest=digest,
        now=current_aula().clock(),
    )  # fmt: skip


def cells_above(manuscript: Manuscript, cell_id: str, language: Language) -> tuple[RunCell, ...]:
    """The saved cells above one, with the solutions in place of the exercises, which may fail."""
    cells: list[RunCell] = []
    for block in open_desk(manuscript).draft.blocks:
        if cell_id == block.id or cell_id.startswith(f"{block.id}."):
            break
        found = cell_of(block, language)
        cells.extend([found] if found else [])
    return tuple(cells)


def cell_of(block: BlockForm, language: Language) -> RunCell | None:
    if block.kind == "code":
        sides = {side.language: side.body for side in block.sides}
        return RunCell(block.id, sides.get(language, block.sides[0].body))
    if block.exercise and block.exercise.is_code:
        solution = block.exercise.solutions[0]
        return RunCell(solution.cell, solution.text, may_fail=True)
    return None


@blueprint.post(f"{BASE}/prueba")
@door(Permission.WRITE_LESSONS, find)
def manuscripts_prove(manuscript: Manuscript) -> BaseResponse | tuple[str, int]:
    manuscripts.ask_proof(
        g.db, current_aula().catalogue, manuscript.id, actor_id=get_person().id, now=current_aula().clock()
    )
    if request.is_json:
        return jsonify(), 202  # type: ignore[return-value]  # a pair of a response and its status
    return redirect(f"{url('teach.manuscripts_show', manuscript_id=manuscript.id)}#proof", 303)


@blueprint.get(f"{BASE}/prueba")
@door(Permission.WRITE_LESSONS, find)
def manuscripts_proof(manuscript: Manuscript) -> Response:
    """The panel as it is now, for the page's scripts; with what depends on it: the marks of the blocks, the strip."""
    desk = open_desk(manuscript)
    page = page_of(desk)
    panel, entry, actions = (
        get_template_attribute("teach/editor/desk.html", name) for name in ("proof_panel", "entry", "actions")
    )
    return jsonify(
        state=desk.proof.state, is_going_on=desk.proof.is_going_on, verdict=desk.proof.verdict,
        panel=str(panel(page)), actions=str(actions(page)), errors=desk.proof.errors,
        entries={block.key: str(entry(block)) for block in desk.draft.blocks},
    )  # fmt: skip


@blueprint.post(f"{BASE}/publicar")
@door(Permission.WRITE_LESSONS, find)
def manuscripts_publish(manuscript: Manuscript) -> BaseResponse:
    aula = current_aula()
    manuscripts.publish(g.db, aula.catalogue, manuscript.id, actor_id=get_person().id, now=aula.clock())
    flash(_("La lección está publicada en su versión %(number)s.", number=manuscript.head), "success")
    return redirect(url("teach.manuscripts_show", manuscript_id=manuscript.id), 303)


@blueprint.post(f"{BASE}/retirar")
@door(Permission.WRITE_LESSONS, find)
def manuscripts_withdraw(manuscript: Manuscript) -> BaseResponse:
    manuscripts.withdraw(g.db, manuscript.id, actor_id=get_person().id, now=current_aula().clock())
    flash(_("La lección ya no se ofrece. Los grupos que la llevan siguen con su versión."), "success")
    return redirect(url("teach.manuscripts_show", manuscript_id=manuscript.id), 303)


@blueprint.get(f"{BASE}/archivo")
@door(Permission.WRITE_LESSONS, find)
def manuscripts_source(manuscript: Manuscript) -> str:
    """lesson.yaml as it is written, for those who can."""
    return render_template("teach/editor/source.html", page=page_of(open_desk(manuscript)))
