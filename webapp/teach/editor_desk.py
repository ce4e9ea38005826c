"""The editor's page gathered: the lesson as it is saved, what is wrong with it, and its proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import g, request
from flask_babel import gettext as _

from courses import load_from_files
from graders import list_sentences
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Files, Manuscript, ProofRecord
from webapp.services.people import service as people
from webapp.teach.editor_page import Draft, open_draft, shown
from webapp.teach.editor_proof import ProofView, marks_of, proof_view
from webapp.teach.editor_texts import editor_texts
from webapp.ui.context import current_aula
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

SHEET = "lesson.yaml"


@dataclass(frozen=True)
class Desk:
    """A lesson on the desk of its author, as one version has it."""

    manuscript: Manuscript
    files: Files
    draft: Draft
    record: ProofRecord | None
    stale: tuple[str, ...]

    @cached_property
    def proof(self) -> ProofView:
        return proof_view(self.manuscript, self.record, self.names, g.language, current_aula().clock())

    @property
    def names(self) -> Mapping[str, str]:
        return {block.id: block.name for block in self.draft.blocks if block.kind in ("code", "exercise")}

    @property
    def title(self) -> str:
        return self.manuscript.title.for_language(g.language) or self.manuscript.lesson_id

    @property
    def sheet_text(self) -> str:
        return shown(self.files, SHEET)


def open_desk(manuscript: Manuscript) -> Desk:
    found = manuscripts.read_files(g.db, manuscript.id)
    datasets = manuscripts.map_datasets(current_aula().catalogue)
    _lesson, problems = load_from_files(found, manuscript.course_id, datasets, lesson_id=manuscript.lesson_id)
    record = manuscripts.find_latest_proof(g.db, manuscript.id)
    is_fresh = record is not None and record.number == manuscript.head
    stale = manuscripts.stale_translations(g.db, manuscript.id)
    draft = open_draft(found, problems, stale=stale, marks=marks_of(record) if is_fresh else {})
    return Desk(manuscript, found, draft, record, stale)


def page_of(desk: Desk) -> Mapping[str, Any]:
    """What the editor's template shows."""
    manuscript = desk.manuscript
    base = url("teach.manuscripts_show", manuscript_id=manuscript.id)
    authors = people.map_people(g.db, manuscript.author_ids)
    return {
        "desk": desk,
        "draft": desk.draft,
        "proof": desk.proof,
        "title": desk.title,
        "base": base,
        "has_origin": manuscript.origin is not None,
        "number": manuscript.head,
        "is_published": manuscript.published_number is not None,
        "is_latest_published": manuscript.published_number == manuscript.head,
        "saved_at": manuscript.saved_at,
        "authors": [authors[one].name for one in manuscript.author_ids if one in authors],
        "sentences": list_sentences(),
        "proof_href": url("learn.proofs_show", token=desk.proof.token) if desk.proof.lines else "",
        "script_data": script_data(manuscript, base),
    }


def script_data(manuscript: Manuscript, base: str) -> Mapping[str, Any]:
    """What the editor's scripts need; its names are those of the lesson page."""
    return {
        "base": base,
        "runs": base[: base.index("/taller/")] + "/ejecuciones",
        "signIn": url("account.sign_in", next=request.script_root + request.path),
        "person": str(get_person().id),
        "lesson": f"~taller/{manuscript.id}",
        "language": g.language,
        "texts": editor_texts(),
    }


def what_was_saved(was_merged: bool) -> str:
    return str(
        _("Guardado. Otra persona escribía al mismo tiempo en otras partes: están los cambios de las dos.")
        if was_merged
        else _("Guardado.")
    )
