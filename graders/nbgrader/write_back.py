"""The autograded notebook: what ran, with what it gave, and the points beside each graded cell."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from courses import Language
from graders.nbgrader.document import OURS, Document
from graders.nbgrader.grade import Graded
from graders.nbgrader.release import with_checksum
from graders.nbgrader.run import CellRun
from graders.nbgrader.words import say
from notebooks import CellError, CellReply

MOST_LINES = 1000  # of a stream, as nbgrader's LimitOutput
MOST_TRACEBACK = 100


def to_autograded(graded: Graded, language: Language) -> Document:
    """The notebook for the trainer, hidden tests and all. Marks stand in each graded cell's metadata under "aula"."""
    marks = {one.grade_id: one for one in graded.marks}
    cells = []
    for placed, run in zip(graded.restored.placed, graded.runs, strict=True):
        cell = replace(placed.cell, outputs=outputs_of(run)) if placed.cell.kind == "code" else placed.cell
        if placed.marked is not None:
            # Locked cells carry the checksum of the text that they have here, answers that of what was handed out.
            cell = with_checksum(cell, placed.marked.marking) if placed.marked.marking.is_locked else cell
            mark = marks.get(placed.marked.marking.grade_id)
            if mark is not None:
                told = {"points": mark.points, "max_points": mark.max_points, "status": mark.status}
                cell = replace(cell, metadata={**cell.metadata, OURS: {**told, "message": say(mark, language)}})
        cells.append(cell)
    return graded.restored.document.with_cells(tuple(cells))


def outputs_of(run: CellRun) -> tuple[Mapping[str, Any], ...]:
    """What a cell gave, as nbformat has it: printed, shown, given, raised."""
    if run.reply is not None:
        return outputs_of_reply(run.reply)
    if run.outcome is None:
        return ()
    outputs = [*_stream("stdout", run.outcome.stdout), *_stream("stderr", run.outcome.stderr)]
    if run.outcome.value is not None:
        outputs.append(_result({"text/plain": run.outcome.value}))
    return (*outputs, *_error(run.outcome.error))


def outputs_of_reply(reply: CellReply) -> tuple[Mapping[str, Any], ...]:
    """What a cell of the learner's gave, as nbformat has it."""
    shown = [{"output_type": "display_data", "data": _data(one), "metadata": {}} for one in reply.displays]
    given = [_result(reply.result)] if reply.result is not None else []
    return (
        *_stream("stdout", reply.stdout), *_stream("stderr", reply.stderr), *shown, *given, *_error(reply.error),
    )  # fmt: skip


def _result(bundle: Mapping[str, str]) -> dict[str, Any]:
    return {"output_type": "execute_result", "execution_count": None, "data": _data(bundle), "metadata": {}}


def _data(bundle: Mapping[str, str]) -> dict[str, Any]:
    """The bundle with objects where a notebook has such; what is no JSON stays a text."""
    return {kind: _object(text) if kind.endswith("+json") else text for kind, text in bundle.items()}


def _object(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _stream(name: str, text: str) -> list[dict[str, Any]]:
    lines = text.splitlines(keepends=True)
    return [{"output_type": "stream", "name": name, "text": "".join(lines[:MOST_LINES])}] if text else []


def _error(error: CellError | None) -> list[dict[str, Any]]:
    if error is None:
        return []
    return [
        {
            "output_type": "error",
            "ename": error.name,
            "evalue": error.value,
            "traceback": list(error.traceback[-MOST_TRACEBACK:]),
        }
    ]
