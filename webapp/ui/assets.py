"""Built scripts, styles and icons: their hashed addresses for templates, and their compressed serving."""

import json
import mimetypes
from collections.abc import Mapping
from pathlib import Path

from flask import Flask, Response, request, send_from_directory

from webapp.ui.urls import url

STATIC = Path(__file__).parents[1] / "static"
ONE_YEAR_S = 31_536_000
# Names under dist/ carry a hash of their content, and a font is renamed when it changes: neither goes stale.
FOR_EVER = ("dist/", "fonts/")


class AssetMissingError(LookupError):
    """A template asks for a file that the front-end build does not make."""


def read_manifest(dist: Path = STATIC / "dist") -> Mapping[str, str]:
    """Hashed file names by plain name, for instance `lesson.js` → `lesson.F3A1.js`."""
    manifest: dict[str, str] = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def install_assets(app: Flask) -> None:
    """Give templates `asset(name)`, and serve static files with their precompressed twins."""
    manifest = read_manifest()

    def asset(name: str) -> str:
        """Address of a built file. Raises: AssetMissingError."""
        if name not in manifest:
            raise AssetMissingError(f"{name} is not in static/dist/manifest.json. Run `make frontend`.")
        return url("static", filename=f"dist/{manifest[name]}")

    app.jinja_env.globals["asset"] = asset
    app.view_functions["static"] = serve_static


def serve_static(filename: str) -> Response:
    """A file of webapp/static, or the .gz beside it; cached for a year where its name is its version."""
    is_lasting = filename.startswith(FOR_EVER)
    max_age = ONE_YEAR_S if is_lasting else None
    has_twin = filename.startswith("dist/") and (STATIC / f"{filename}.gz").is_file()
    is_compressed = has_twin and request.accept_encodings["gzip"] > 0
    response = send_from_directory(
        STATIC,
        f"{filename}.gz" if is_compressed else filename,
        mimetype=mimetypes.guess_type(filename)[0],
        max_age=max_age,
        conditional=True,
    )
    if is_compressed:
        response.headers["Content-Encoding"] = "gzip"
    if has_twin:
        response.vary.add("Accept-Encoding")
    if is_lasting:
        response.cache_control.immutable = True
    return response
