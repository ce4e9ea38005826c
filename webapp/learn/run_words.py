"""The log of a run as the page's scripts hear it: each event one JSON object, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import get_template_attribute
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from courses import Exercise, Language, Lesson
from notebooks import CellDone, Fault, RunEvent
from webapp.learn.lessons import render_variables
from webapp.services.gradebook.records import Attempt
from webapp.services.practice.records import LogEntry, RunRecord
from webapp.ui.exercises import ReportView, render_report
from webapp.ui.inline import paragraphs
from webapp.ui.lesson_page import cell_names
from webapp.ui.outputs import describe_end, render_event, render_events, to_entries

# What belongs to the log and not to the event that it holds.
OURS = ("cell", "cursor", "fault_line")


@dataclass(frozen=True)
class Listener:
    """Who hears of a run. attempts_most: how many attempts an exercise of its course may have, None for any number."""

    run: RunRecord
    lesson: Lesson | None
    language: Language
    variables: tuple[str, ...]
    attempts_most: int | None = None

    @cached_property
    def names(self) -> Mapping[str, str]:
        return cell_names(self.lesson, self.language) if self.lesson else {}

    @cached_property
    def sources(self) -> Mapping[str, str]:
        return {cell.cell_id: cell.source for cell in self.run.cells}

    @property
    def exercise(self) -> Exercise | None:
        return self.lesson.find_exercise(self.run.cell_id) if self.lesson else None

    def around(self, cell_id: str) -> dict[str, Any]:
        """What stands around an output of a cell."""
        name = self.names.get(cell_id, "")
        return {"cell_label": name, "source": self.sources.get(cell_id, ""), "names": self.variables}


def to_client(entry: LogEntry, listener: Listener, attempts: tuple[Attempt, ...] = ()) -> dict[str, Any]:
    """The event with its number. attempts: at the exercise, oldest first; needed for a report only."""
    body = entry.body
    cell = {"cell": body["cell"]} if "cell" in body else {}
    return {"seq": entry.seq, **cell, **tell(body, listener, attempts)}


def tell(body: Mapping[str, Any], listener: Listener, attempts: tuple[Attempt, ...]) -> dict[str, Any]:
    """What the scripts do about an event: the meaning of `op` is in webapp/frontend/src/run-log.ts."""
    match body["kind"]:
        case "state" | "started" | "waking":
            return progressed(body, listener.run.kind)
        case "cell_done":
            return cell_ended(body, listener.language)
        case "report":
            return {"op": "report", "html": str(report_html(body, listener, attempts))}
        case "variables":
            entries = to_entries(body["variables"], listener.language)
            return {"op": "variables", "html": str(render_variables(entries))}
        case "end":
            status = body["status"]
            return {"op": "end", "ok": status == "ok", "status": status, "text": end_text(body, listener)}
        case _:
            return shown(body, listener)


def shown(body: Mapping[str, Any], listener: Listener) -> dict[str, Any]:
    """An event that changes what the cell shows: a piece at the end of it, or all of it anew."""
    language, around = listener.language, listener.around(body["cell"])
    if body["kind"] == "replace":
        events = [event_of(one) for one in body["events"]]
        return {"op": "replace", "html": str(render_events(events, language=language, **around))}
    event = done_of(body) if body["kind"] == "note" else event_of(body)
    return {"op": "out", "html": str(render_event(event, language=language, **around))}


def event_of(body: Mapping[str, Any]) -> RunEvent:
    return RunEvent.from_json({name: value for name, value in body.items() if name not in OURS})


def done_of(body: Mapping[str, Any]) -> CellDone:
    return CellDone(body["status"], body["seconds"], body["execution_count"], body["is_kernel_gone"])


def cell_ended(body: Mapping[str, Any], language: Language) -> dict[str, Any]:
    done, line = done_of(body), body.get("fault_line")
    fault = Fault("", "", line=line) if line else None
    return {
        "op": "cell",
        "ok": done.status == "ok",
        "ms": round(done.seconds * 1000),
        "state": "limit" if done.status == "output_limit" else done.status,
        "text": describe_end(done, language, fault),
    }


def progressed(body: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """How far a run has come, before or between what its cells show."""
    match body["kind"], body.get("state", "running"):
        case "waking", state:
            return {"op": "waking", "text": waking_text(state)}
        case _, "waiting":
            return {"op": "state", "state": "waiting", "text": waiting_text(body["place"], kind)}
        case _, state:
            return {"op": "state", "text": state_text(state, kind)}


def state_text(state: str, kind: str) -> str:
    if state == "running":
        return str(_("Comprobando…") if kind == "check" else _("Ejecutando"))
    return str({"queued": _("En fila"), "starting": _("Preparando tu entorno…")}.get(state, ""))


def waiting_text(place: int, kind: str) -> str:
    """Who is before the reader in the line for room, and that nothing is lost by waiting."""
    before: str = (
        ngettext("En fila: hay %(num)s persona antes que tú.", "En fila: hay %(num)s personas antes que tú.", place - 1)
        if place > 1
        else _("En fila: sigues tú.")
    )
    code = _("Tu código correrá en cuanto haya lugar; puedes seguir leyendo.")
    answer = _("Revisaremos tu respuesta en cuanto haya lugar; puedes seguir leyendo.")
    return f"{before} {answer if kind == 'check' else code}"


def waking_text(state: str) -> str:
    """Why cells run that nobody pressed."""
    if state == "lost":
        return str(_("Tu entorno se había cerrado: se ejecuta de nuevo lo de arriba, en orden, y luego esta celda."))
    return str(_("Tu entorno descansaba: se ejecuta de nuevo lo de arriba, en orden, y luego esta celda."))


def end_text(body: Mapping[str, Any], listener: Listener) -> str:
    """How the run ended, where its cells have not said it themselves."""
    if body["status"] == "unavailable":
        return str(_("No pudimos ejecutar tu código. Es un fallo nuestro: inténtalo de nuevo"))
    if listener.run.kind == "check":
        if listener.exercise is not None and listener.exercise.kind == "text":
            return str(_("Entregado"))
        return str(_("Superado") if body["status"] == "ok" else _("Revisa el resultado"))
    if body["status"] == "interrupted":
        return str(_("Detenida"))
    return ""


def report_html(body: Mapping[str, Any], listener: Listener, attempts: tuple[Attempt, ...]) -> Markup:
    graded = [one for one in attempts if one.report is not None]
    found = next((one for one in attempts if one.submission.id == body["submission_id"]), None)
    if found is None or found.report is None or listener.exercise is None:
        return render_our_failure()
    source = found.submission.answer.source
    attempt = graded.index(found) + 1
    return render_report(
        found.report, listener.exercise, listener.language, attempt=attempt, most=listener.attempts_most, source=source
    )


def render_our_failure() -> Markup:
    """The panel of an attempt that we could not grade: it counts for nothing."""
    view = ReportView(
        kind="ours",
        title=_("No pudimos revisar tu respuesta"),
        attempt="",
        note=paragraphs(
            _(
                "Es un fallo nuestro, no de tu código. Tu respuesta está guardada y no cuenta como intento: "
                "vuelve a comprobar en un momento."
            )
        ),
        checks=(),
    )
    macro = get_template_attribute("components/exercise.html", "report")
    return Markup(macro(view))  # noqa: S704 - our own template
