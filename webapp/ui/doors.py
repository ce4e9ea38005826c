"""Doors: what a view asks of its reader before it runs. A view without one answers 403 to everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, Response, abort, redirect, request
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response as BaseResponse

from webapp.access import Permission, may
from webapp.ui.urls import url
from webapp.ui.visitor import current_person

View = TypeVar("View", bound=Callable[..., Any])
DOOR = "aula_door"
PUBLIC = "public"


def public(view: View) -> View:
    """Anybody may see it."""
    setattr(view, DOOR, PUBLIC)
    return view


def door(
    permission: Permission, load: Callable[..., Any] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Only who has the permission gets in.

    load: takes what the address says (`cohort_id=7`) and gives the thing that the permission is asked about, or aborts
    with 404. The view then gets that thing alone. Without it the view gets what the address says.
    Visitors are sent to sign in; who may never do such things gets 403; a thing of others' is as if it were not there.
    """

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(**address: Any) -> Any:
            person = current_person()
            if person is None:
                return send_to_sign_in()
            if not may(person, permission):
                raise Forbidden
            if load is None:
                return view(**address)
            thing = load(**address)
            if not may(person, permission, thing):
                abort(404)
            return view(thing)

        setattr(guarded, DOOR, permission)
        return guarded

    return guard


def send_to_sign_in() -> BaseResponse:
    """To the sign-in page and back, for a page that was opened; 401 for everything else."""
    if request.method not in ("GET", "HEAD") or not takes_pages():
        raise Unauthorized
    back = request.full_path if request.query_string else request.path
    return redirect(url("account.sign_in", next=f"{request.script_root}{back}"))


def takes_pages() -> bool:
    """Whether the asker would rather have a page than data; who does not say takes anything."""
    accepted = request.accept_mimetypes
    return not accepted or accepted.best_match(["text/html", "application/json", "text/event-stream"]) == "text/html"


def door_of(app: Flask, endpoint: str) -> Permission | str | None:
    """What the view of an endpoint asks: a permission, "public", or nothing, which is a mistake."""
    if endpoint == "static":
        return PUBLIC
    found: Permission | str | None = getattr(app.view_functions[endpoint], DOOR, None)
    return found


def install_doors(app: Flask) -> None:
    """Views that forgot their door stay shut."""

    @app.before_request
    def refuse_without_door() -> Response | None:
        if request.endpoint is not None and door_of(app, request.endpoint) is None:
            raise Forbidden
        return None
