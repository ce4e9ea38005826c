"""What the editor's scripts hear of a save: the lesson as it now is, or why nothing was saved."""

from collections.abc import Collection
from typing import Any

from flask import Response, g, get_template_attribute, jsonify

from courses import MergePart, Refused
from webapp.services.manuscripts.records import Manuscript
from webapp.services.manuscripts.service import Overtaken
from webapp.teach.editor_desk import Desk, open_desk, page_of
from webapp.teach.editor_values import FormRefused


def desk_answer(desk: Desk, known: Collection[str], *, was_merged: bool) -> Response:
    """known: the marks of the blocks that the page has; only others come as HTML."""
    return jsonify(describe(desk, known) | {"was_merged": was_merged})


def describe(desk: Desk, known: Collection[str]) -> dict[str, Any]:
    page = page_of(desk)
    block, entry, loose, add, panel, actions = (
        get_template_attribute("teach/editor/desk.html", name)
        for name in ("block", "entry", "loose", "add", "proof_panel", "actions")
    )
    return {
        "number": desk.manuscript.head,
        "saved_at": desk.manuscript.saved_at.isoformat(),
        "title": desk.title,
        "blocks": [
            {"key": one.key, "mark": one.mark, "entry": str(entry(one))}
            | ({} if one.mark in known else {"html": str(block(one, page))})
            for one in desk.draft.blocks
        ],
        "loose": str(loose(page)),
        "add": str(add(page)),
        "panel": str(panel(page)),
        "actions": str(actions(page)),
        "errors": desk.proof.errors,
        "broken": bool(desk.draft.broken),
    }


def said(refused: Refused | FormRefused) -> str:
    """Why nothing was saved, in the reader's language."""
    if isinstance(refused, FormRefused):
        return refused.detail_for(g.language)
    return refused.message.for_language(g.language)


def refused_answer(refused: Refused | FormRefused) -> Response:
    place = refused.field if isinstance(refused, FormRefused) else ""
    response = jsonify(code=refused.code, detail=said(refused), field=place)
    response.status_code = 422
    return response


def overtaken_answer(manuscript: Manuscript, overtaken: Overtaken, known: Collection[str]) -> Response:
    """Nothing was saved; both texts of each part that two people changed, and the lesson as it now is."""
    parts = [part_of(one) for one in overtaken.parts]
    response = jsonify({**describe(open_desk(manuscript), known), "code": overtaken.code, "parts": parts})
    response.status_code = 409
    return response


def part_of(part: MergePart) -> dict[str, Any]:
    return {"title": part.title.for_language(g.language), "ours": part.ours, "theirs": part.theirs}
