"""A new lesson as a copy of another, with its own id, and the first line from which editors complete lesson.yaml."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from courses.complaints import Complaints
from courses.files import read_folder
from courses.lesson_text import ID
from courses.lessons import SHEET
from courses.loader import COURSE, SHIPPED
from courses.model import LocalText
from courses.refusals import Refused
from courses.schemas import FOLDER as SCHEMAS
from courses.sheet_edits import set_field
from courses.sources import save_folder

TEMPLATE = SHIPPED / "_template"
LONGEST_ID = 60
SCHEMA, SCHEMA_FOLDERS = "lesson.json", (".schema", "schema")
MODELINE = "# yaml-language-server: $schema="
FIRST_LINES = re.compile(r"\A(?:#[^\n]*\n)*")


def create_lesson(place: Path, template: Path = TEMPLATE) -> Path:
    """The folder of a new lesson, written. place: COURSE/LESSON, from here or in the shipped content.

    Raises: Refused if the name will not do, the course is not there, the lesson is there already, the template is no
    lesson, or the folder cannot be written.
    """
    if not ID.fullmatch(place.name) or len(place.name) > LONGEST_ID:
        raise Refused("new-name", name=place.name, pattern=ID.pattern)
    path = next((one for one in (place, SHIPPED / place) if (one.parent / COURSE).is_file()), None)
    if path is None:
        raise Refused("new-course", name=str(place), folder=str(place.parent))
    files = with_id(read_template(template), place.name, template)
    save_folder(with_modeline(files, find_schema(path)), path)
    return path


def make_lesson(lesson_id: str, title: LocalText) -> Mapping[str, bytes]:
    """The files of a new lesson, from the shipped template, with its own id and title.

    Raises: Refused if the id will not do.
    """
    if not ID.fullmatch(lesson_id) or len(lesson_id) > LONGEST_ID:
        raise Refused("new-name", name=lesson_id, pattern=ID.pattern)
    files = with_id(read_template(TEMPLATE), lesson_id, TEMPLATE)
    sheet = FIRST_LINES.sub("", files[SHEET].decode(), count=1)
    sheet = set_field(sheet, ("title",), {"es": title.es, "en": title.en or title.es})
    return {**files, SHEET: sheet.encode()}


def find_schema(path: Path) -> str:
    """Where lesson.json is, from a lesson's folder: in the nearest .schema or schema folder above it.

    Without one it is ours, by its whole path, which holds on this machine only.
    """
    above = path.absolute().parents
    found = (one / name / SCHEMA for one in above for name in SCHEMA_FOLDERS if (one / name / SCHEMA).is_file())
    nearest = next(found, None)
    return (SCHEMAS / SCHEMA if nearest is None else Path(os.path.relpath(nearest, path.absolute()))).as_posix()


def with_modeline(files: Mapping[str, bytes], schema: str) -> Mapping[str, bytes]:
    """The files with the first line of lesson.yaml naming a schema, in place of what the template had there."""
    text = files[SHEET].decode()
    first, _, rest = text.partition("\n")
    body = rest if first.startswith(MODELINE) else text
    return {**files, SHEET: f"{MODELINE}{schema}\n{body}".encode()}


def save_schemas(folder: Path) -> None:
    """Write the schemas into a folder, over those of an earlier time. Raises: OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(SCHEMAS.glob("*.json")):
        (folder / path.name).write_bytes(path.read_bytes())


def read_template(path: Path) -> Mapping[str, bytes]:
    """The files of the lesson to copy. Raises: Refused if the folder is none, or not all of it can be read."""
    complaints = Complaints()
    files = read_folder(path, complaints).contents
    if complaints.problems or SHEET not in files:
        raise Refused("new-template", name=str(path))
    return files


def with_id(files: Mapping[str, bytes], id: str, template: Path) -> Mapping[str, bytes]:
    """The files of a lesson whose lesson.yaml says another id."""
    try:
        sheet = set_field(files[SHEET].decode(), ("id",), id)
    except (UnicodeDecodeError, Refused) as error:
        raise Refused("new-template", name=str(template)) from error
    return {**files, SHEET: sheet.encode()}
