"""What the edge answers when a view did not: refusals, HTTP errors and a failing database, as pages or documents."""

import logging
from typing import Any

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask.globals import request_ctx
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from notebooks import KernelUnavailable, SandboxUnavailable
from webapp.services.practice.service import StaleDraft
from webapp.store import Refusal, explain_failure
from webapp.ui.doors import takes_pages
from webapp.ui.words import Wording, word_code, word_status

log = logging.getLogger(__name__)

PROBLEM = "application/problem+json"
TELLING_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")
RETRY_S = "5"


def wants_json() -> bool:
    """Whether the asker is a script: it sends JSON, asks for it, or does not take pages."""
    if request.is_json or request.path.startswith("/api/"):
        return True
    return not takes_pages()


def problem(code: str, said: Wording, **particulars: Any) -> Response:
    """A problem document. particulars: further members, such as what is there instead."""
    body = {
        "type": f"urn:aula:problem:{code}", "title": str(said.title), "status": said.status, "detail": str(said.detail),
        "code": code, **particulars,
    }  # fmt: skip
    response = jsonify(body)
    response.status_code, response.mimetype = said.status, PROBLEM
    return response


def answer(code: str, said: Wording, **particulars: Any) -> Response:
    """The page or document that says no."""
    if wants_json():
        return problem(code, said, **particulars)
    if request_ctx.url_adapter is None:
        # The request came by a host name that is not ours, so no link of a page could be made.
        return Response(f"{said.title}\n{said.detail}\n", said.status, mimetype="text/plain")
    response = make_response(render_template("errors/show.html", said=said))
    response.status_code = said.status
    return response


def answer_refusal(error: Refusal) -> Response:
    if isinstance(error, StaleDraft):
        current = error.current
        shown = {"version": current.version, "source": current.source, "saved_at": current.saved_at.isoformat()}
        return answer(error.code, word_code(error.code), current=shown)
    return answer(error.code, word_code(error.code))


def answer_http(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    if isinstance(error, CSRFError):
        return answer("csrf", word_code("csrf"))
    said = word_status(error.code or 500)
    response = answer("too_large" if said.status == 413 else f"status_{said.status}", said)
    for name, value in error.get_headers():
        if name in TELLING_HEADERS:
            response.headers[name] = value
    return response


def answer_failure(error: Exception) -> Response:
    """The answer where the database or the disk failed. Raises the error again if it is of another kind: a bug."""
    code = explain_failure(error)
    if code is None:
        raise error
    log.error("The database could not be used: %s.", code, exc_info=error)
    if "_login_user" not in g:
        # Who is asking cannot be looked up now; the page is drawn as for a visitor.
        g._login_user = AnonymousUserMixin()
    response = answer(code, word_code(code))
    response.headers["Retry-After"] = RETRY_S
    return response


def answer_failed_commit(error: Exception) -> Response:
    """Nothing was saved, and the answer says so whatever the reason is."""
    return answer("status_500", word_status(500)) if explain_failure(error) is None else answer_failure(error)


def answer_no_kernels(error: Exception) -> Response:
    log.warning("Kernels were asked for and are away.", exc_info=error)
    response = answer("kernels_away", word_code("kernels_away"))
    response.headers["Retry-After"] = RETRY_S
    return response


def install_failures(app: Flask) -> None:
    app.register_error_handler(Refusal, answer_refusal)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(SQLAlchemyError, answer_failure)
    app.register_error_handler(OSError, answer_failure)
    for away in (KernelUnavailable, SandboxUnavailable):
        app.register_error_handler(away, answer_no_kernels)
