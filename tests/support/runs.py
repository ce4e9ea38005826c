"""Runs of cells without a page: begun, and read in their logs."""

import os
from typing import Any

from support.practice import LESSON

from webapp.jobs import JobContext
from webapp.services.practice import service as practice
from webapp.services.practice.records import RunCell, RunRecord


def start(context: JobContext, actor: int, *cells: RunCell | str, key: str = "") -> RunRecord:
    """A run of these cells, or of cells c0, c1… with these texts."""
    given = tuple(RunCell(f"c{place}", one) if isinstance(one, str) else one for place, one in enumerate(cells))
    with context.session_scope() as session:
        return practice.start_run(
            session, actor=actor, lesson=LESSON, cells=given, language="es", key=key or os.urandom(8).hex(), digest="",
            now=context.clock(),
        )  # fmt: skip


def log_of(context: JobContext, run: RunRecord) -> list[dict[str, Any]]:
    with context.reading() as session:
        entries = practice.list_entries(session, run.id)
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    return [dict(entry.body) for entry in entries]


def printed(log: list[dict[str, Any]]) -> str:
    return "".join(body["text"] for body in log if body["kind"] == "stream")


def statuses(log: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """How each cell ended, in order."""
    return [(body["cell"], body["status"]) for body in log if body["kind"] == "cell_done"]


def places(log: list[dict[str, Any]]) -> list[int]:
    """The places in the line for room that were told, in order."""
    return [body["place"] for body in log if body.get("state") == "waiting"]
