"""The API's own description. It lists what there is, and nothing that is only planned."""

from typing import Any

from flask import Response, jsonify

from webapp.api import blueprint
from webapp.ui.context import current_aula
from webapp.ui.doors import public

JSON = "application/json"


@blueprint.get("/api/v1/openapi.json")
@public
def description_show() -> Response:
    return jsonify(describe(current_aula().settings.public_address))


def describe(address: str) -> dict[str, Any]:
    """OpenAPI 3.1. Source: https://spec.openapis.org/oas/v3.1.0."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Aula Abierta",
            "version": "1",
            "description": "Errors are problem documents (RFC 9457). Data sets are public and need no account.",
        },
        "servers": [{"url": address}],
        "paths": {
            "/healthz": operation("Whether the process lives", {"200": answer("It does.")}),
            "/readyz": operation(
                "Whether database, kernels and jobs answer",
                {"200": answer("They do."), "503": answer("At least one does not; the body says which and why.")},
            ),
            "/datos/{name}/datapackage.json": operation(
                "A data set as a Frictionless data package", {"200": answer("The package."), "404": problem()}, ["name"]
            ),
            "/datos/{name}/dcat.json": operation(
                "A data set as a DCAT record",
                {"200": answer("The record.", "application/ld+json"), "404": problem()},
                ["name"],
            ),
            "/api/v1/openapi.json": operation("This description", {"200": answer("OpenAPI 3.1.")}),
        },
        "components": {"schemas": {"Problem": PROBLEM}},
    }


PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence in the reader's language."},
        "code": {"type": "string"},
    },
}


def operation(summary: str, answers: dict[str, Any], in_path: list[str] | None = None) -> dict[str, Any]:
    """A GET. in_path: the parameters that its address has, all of them texts."""
    names = [{"name": one, "in": "path", "required": True, "schema": {"type": "string"}} for one in in_path or []]
    return {"get": {"summary": summary, "parameters": names, "responses": answers}}


def answer(description: str, media_type: str = JSON) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": {"type": "object"}}}}


def problem() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": "There is none.", "content": {"application/problem+json": {"schema": schema}}}
