"""A new lesson as a copy of another, with its own id."""

from collections.abc import Mapping
from pathlib import Path

from courses.complaints import Complaints
from courses.files import read_folder
from courses.lesson_text import ID
from courses.lessons import SHEET
from courses.loader import COURSE, SHIPPED
from courses.refusals import Refused
from courses.sheet_edits import set_field
from courses.sources import save_folder

TEMPLATE = SHIPPED / "_template"
LONGEST_ID = 60


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
    save_folder(with_id(read_template(template), place.name, template), path)
    return path


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
