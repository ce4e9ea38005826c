"""What a notebook does not show of its lesson, in a cell that learners' copies come without.

Metadata would be nbgrader's other place for it, and reach learners with every solution in it: `nbgrader
generate_assignment` leaves metadata as they are. It takes hidden tests out, so that is where all of it is.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from typing import Any

import courses
from courses import LANGUAGES, Language
from graders.exchange.told import NotTaken

CELL = "aula-lesson"
BEGIN, END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
VERSION = 1
WIDTH = 100
MOST_BYTES = 64 * 2**20
ABOUT: Mapping[Language, str] = {
    "es": "# Aquí va lo que el cuaderno no muestra de la lección. No lo cambies ni lo borres.",
    "en": "# This holds what the notebook does not show of the lesson. Do not change or delete it.",
}


def write_kept(files: Mapping[str, bytes], language: Language) -> str:
    """The text of the cell that keeps a lesson's files; equal for equal files."""
    record = {"version": VERSION, "language": language, "files": {name: _coded(files[name]) for name in sorted(files)}}
    packed = base64.b64encode(zlib.compress(json.dumps(record, sort_keys=True).encode(), 9)).decode()
    lines = [f"# {packed[start : start + WIDTH]}" for start in range(0, len(packed), WIDTH)]
    return "\n".join([ABOUT[language], BEGIN, *lines, END])


def read_kept(source: str) -> tuple[dict[str, bytes], Language]:
    """The files in the text of the cell, and the notebook's language. Raises: NotTaken where they are damaged."""
    _, _, rest = source.partition(BEGIN)
    packed = "".join(line.removeprefix("#").strip() for line in rest.partition(END)[0].splitlines())
    try:
        reader = zlib.decompressobj()
        record = json.loads(reader.decompress(base64.b64decode(packed, validate=True), MOST_BYTES))
        files = {name: _decoded(value) for name, value in record["files"].items()}
    except (binascii.Error, zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError) as reason:
        raise NotTaken("damaged", CELL) from reason
    language = record.get("language")
    if language not in LANGUAGES or not files or any(courses.find_fault(name) for name in files):
        raise NotTaken("damaged", CELL)
    return files, language


def _coded(data: bytes) -> Any:
    """Text as it is, all else in base64."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def _decoded(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else base64.b64decode(value["base64"], validate=True)
