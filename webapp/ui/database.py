"""One database session for each request: opened when first asked for, committed once at the end, or not at all."""

import logging
from collections.abc import Callable
from functools import cached_property

from flask import Flask, Response, g, has_request_context, request
from flask import session as cookie
from flask.ctx import _AppCtxGlobals
from sqlalchemy.orm import Session

from courses import Language
from webapp.ui.context import current_aula
from webapp.ui.language import request_language

log = logging.getLogger(__name__)

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class RequestGlobals(_AppCtxGlobals):
    """What `g` offers to every view: `g.db` and `g.language`."""

    @cached_property
    def language(self) -> Language:
        return request_language()

    @property
    def db(self) -> Session:
        """This request's session. Safe methods get one that cannot write and never waits for a writer."""
        opened: Session | None = self.get("opened_db")
        if opened is None:
            sessions = current_aula().sessions
            is_safe = has_request_context() and request.method in SAFE_METHODS
            opened = self.opened_db = sessions.reading() if is_safe else sessions.writing()
        return opened


def keep_writes() -> None:
    """Commit what this request wrote although its answer will be a refusal (a note in the audit log, for instance)."""
    g.keeps_writes = True


def give_back_session() -> None:
    """Commit and close the session now: for an answer that streams, or that waits for something slow.

    Raises what the commit raises. A later `g.db` opens a new session.
    """
    opened: Session | None = g.pop("opened_db", None)
    if opened is not None:
        with opened:
            opened.commit()


def install_database(app: Flask, answer_failure: Callable[[Exception], Response]) -> None:
    """Commit at the end of requests. answer_failure: the answer to a request whose commit failed."""
    app.app_ctx_globals_class = RequestGlobals

    @app.after_request
    def finish(response: Response) -> Response:
        opened: Session | None = g.get("opened_db")
        if opened is None:
            return response
        if response.status_code >= 400 and not g.get("keeps_writes"):
            close()
            return response
        try:
            give_back_session()
        except Exception as error:  # the edge: whatever a commit fails of, nothing was saved
            log.exception("A commit failed; the answer says so.")
            forget_promises()
            return answer_failure(error)
        return response

    @app.teardown_request
    def close(_error: BaseException | None = None) -> None:
        opened: Session | None = g.pop("opened_db", None)
        if opened is not None:
            opened.close()


def forget_promises() -> None:
    """Messages such as "saved" wait in the cookie for the next page; they rest on rows that were not written."""
    cookie.pop("_flashes", None)
