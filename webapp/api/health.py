"""Whether the process lives, and whether the site works."""

from flask import Response, jsonify

from webapp.api import blueprint
from webapp.ui.context import current_aula
from webapp.ui.doors import public
from webapp.ui.health import look_around


@blueprint.get("/healthz")
@public
def health_show() -> Response:
    """The process answers; nothing else is asked."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def ready_show() -> tuple[Response, int]:
    """200 if database, kernels and jobs answer; else 503 with what is wrong with each. sandbox: its grade, if known."""
    aula = current_aula()
    checks = look_around(aula)
    is_ready = all(one.is_up for one in checks)
    parts = {one.part: {"up": one.is_up, **({"reason": one.reason} if one.reason else {})} for one in checks}
    status = "ready" if is_ready else "not ready"
    return jsonify(status=status, checks=parts, sandbox=aula.sandbox_grade()), 200 if is_ready else 503
