"""The log of a run over HTTP: an event stream, or JSON by long poll, from any event on."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import BoundedSemaphore
from typing import Any

from flask import Response, current_app, g, jsonify, request, stream_with_context

from webapp.access import Permission
from webapp.learn import blueprint
from webapp.learn.reader import find_taught, get_reader_id
from webapp.learn.run_words import Listener, to_client
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.records import Attempt
from webapp.services.practice import service as practice
from webapp.services.practice.records import LogEntry, RunRecord
from webapp.services.submissions.records import ExerciseKey
from webapp.ui.context import current_aula
from webapp.ui.database import give_back_session
from webapp.ui.doors import door

HEARTBEAT_S = 10.0
LONGEST_STREAM_S = 600.0
LONGEST_WAIT_S = 25.0
# No log has so many events; larger numbers do not fit the database.
MOST_EVENTS = 2**31 - 1
# How many streams and long polls this process may hold open; made by the factory.
OPEN_STREAMS = "aula.open_streams"


@blueprint.get("/ejecuciones/<token>")
@door(Permission.STUDY)
def runs_show(token: str) -> Response:
    """Events after `desde`. `Accept: text/event-stream` streams them; else JSON, waiting `espera` seconds for news."""
    after = min(MOST_EVENTS, max(0, request.args.get("desde", 0, type=int)))
    run = practice.get_run(g.db, actor=get_reader_id(), token=token)
    listener = listen(run)
    if is_forgotten(run, after):
        raise practice.UnknownRun
    # Nothing is held while waiting: each look at the log has a session of its own.
    give_back_session()
    seats: BoundedSemaphore = current_app.extensions[OPEN_STREAMS]
    has_seat = seats.acquire(blocking=False)
    if (
        request.accept_mimetypes.best_match(["application/json", "text/event-stream"]) == "text/event-stream"
        and has_seat
    ):
        return event_stream(listener, after, seats.release)
    try:
        wait_s = min(LONGEST_WAIT_S, request.args.get("espera", 0.0, type=float)) if has_seat else 0.0
        return jsonify(poll(listener, after, wait_s))
    finally:
        if has_seat:
            seats.release()


@blueprint.post("/ejecuciones/<token>/interrumpir")
@door(Permission.STUDY)
def runs_interrupt(token: str) -> tuple[Response, int]:
    practice.interrupt(g.db, actor=get_reader_id(), token=token)
    return jsonify(), 202


def listen(run: RunRecord) -> Listener:
    course = find_taught(run.lesson.course_id)
    lesson = course.find_lesson(run.lesson.lesson_id) if course else None
    environment, _address = practice.look_at(g.db, actor=run.learner_id, lesson=run.lesson)
    names = tuple(str(one.get("name", "")) for one in environment.variables)
    return Listener(run, lesson, g.language, names, course.attempts_most if course else None)


def is_forgotten(run: RunRecord, after: int) -> bool:
    """Whether the events that are asked for have been deleted: days after the run's end."""
    if run.state != "done" or after >= run.seq:
        return False
    entries = practice.list_entries(g.db, run.id, after=after, limit=1)
    return not entries or entries[0].seq != after + 1


def poll(listener: Listener, after: int, wait_s: float) -> list[dict[str, Any]]:
    """The events after a number; empty where none comes in time."""
    events = read(listener, after)
    if events or wait_s <= 0:
        return events
    tail = current_aula().tail
    with tail.reading(listener.run.id):
        tail.wait(listener.run.id, after, wait_s)
    return read(listener, after)


def event_stream(listener: Listener, after: int, give_back_seat: Callable[[], None]) -> Response:
    response = Response(
        stream_with_context(follow(listener, after)),
        content_type="text/event-stream; charset=utf-8",
        headers={"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"},
    )
    response.call_on_close(give_back_seat)
    return response


def follow(listener: Listener, after: int) -> Iterator[str]:
    """The stream's text. Its first bytes leave at once, so that a proxy that holds them is noticed."""
    yield ": aula\n\n"
    tail, end_at = current_aula().tail, time.monotonic() + LONGEST_STREAM_S
    with tail.reading(listener.run.id):
        while time.monotonic() < end_at:
            events = read(listener, after)
            for event in events:
                yield f"id: {event['seq']}\ndata: {json.dumps(event, separators=(',', ':'))}\n\n"
                if event["op"] == "end":
                    return
            after += len(events)
            if not events and not tail.wait(listener.run.id, after, HEARTBEAT_S):
                yield ": beat\n\n"


def read(listener: Listener, after: int) -> list[dict[str, Any]]:
    """The next events as scripts hear them."""
    with current_aula().sessions.read() as session:
        entries = practice.list_entries(session, listener.run.id, after=after)
        attempts = list_attempts(session, listener, entries)
        listener = up_to_date(session, listener, entries)
    return [to_client(entry, listener, attempts) for entry in entries]


def up_to_date(session: Any, listener: Listener, entries: tuple[LogEntry, ...]) -> Listener:
    """The same, knowing the cells that the run took on when its kernel woke."""
    told = {entry.body["cell"] for entry in entries if "cell" in entry.body}
    if told <= listener.sources.keys():
        return listener
    return replace(listener, run=practice.get_run_by_id(session, listener.run.id))


def list_attempts(session: Any, listener: Listener, entries: tuple[LogEntry, ...]) -> tuple[Attempt, ...]:
    """The attempts at the exercise, where the events tell of one."""
    if not any(entry.body["kind"] == "report" for entry in entries):
        return ()
    run = listener.run
    key = ExerciseKey(run.lesson.course_id, run.lesson.lesson_id, run.cell_id)
    return gradebook.list_attempts(session, learner_id=run.learner_id, exercise=key)
