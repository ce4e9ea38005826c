"""What can be made one's own: the files of a lesson or course as it is taught, or as a colleague shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import g

from courses import Complaints, Course, Lesson, put_under, read_folder, version_of_files
from webapp.services.catalogue import authored, editions
from webapp.services.catalogue.records import Origin
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Files, Manuscript
from webapp.services.people import service as people
from webapp.services.people.records import PersonId
from webapp.ui.context import current_aula

SHEET = "course.yaml"


@dataclass(frozen=True)
class Source:
    """The files of a lesson, and what a fork of it says that it was made from."""

    origin: Origin
    files: Files


def read_taught(course: Course, lesson: Lesson) -> Source | None:
    """A lesson as it is taught; None where its files are gone meanwhile."""
    publication = editions.find_publication(g.db, course.id, lesson.id)
    if publication is None or publication.edition_id is None:
        return read_shipped(lesson)
    edition = editions.get_edition(g.db, publication.edition_id)
    written = manuscripts.find_manuscript(g.db, course.id, lesson.id)
    origin = Origin(
        course.id, lesson.id, edition.version, lesson.title, edition.authors, written.id if written else None,
        written.published_number if written else None,
    )  # fmt: skip
    return Source(origin, editions.read_edition(g.db, edition.id))


def read_shipped(lesson: Lesson) -> Source | None:
    """A lesson that comes with the site; None where its folder is not what was read when the site began."""
    folder = folder_of(lesson.course_id) / lesson.id
    complaints = Complaints()
    files = read_folder(folder, complaints).contents
    if complaints.problems or version_of_files(files) != lesson.version:
        return None
    return Source(Origin(lesson.course_id, lesson.id, lesson.version, lesson.title), files)


def read_shared(manuscript: Manuscript) -> Source | None:
    """A colleague's lesson as it is being written; None unless its authors show it."""
    if not manuscript.is_shared:
        return None
    files = manuscripts.read_files(g.db, manuscript.id)
    names = people.map_people(g.db, [PersonId(one) for one in manuscript.author_ids])
    origin = Origin(
        manuscript.course_id, manuscript.lesson_id, version_of_files(files), manuscript.title,
        tuple(one.name for one in names.values()), manuscript.id, manuscript.head,
    )  # fmt: skip
    return Source(origin, files)


def keep_base(source: Source) -> None:
    """Keep the version that a fork begins with, so that both can be brought together later, whatever becomes of it."""
    origin = source.origin
    editions.keep_edition(
        g.db, course_id=origin.course_id, lesson_id=origin.lesson_id, version=origin.version, files=source.files,
        authors=origin.authors, now=current_aula().clock(),
    )  # fmt: skip


def read_course_sheet(course_id: str) -> str | None:
    """course.yaml of a course as it is taught; None for one that is not there."""
    written = authored.find_course(g.db, course_id)
    if written is not None:
        return written.sheet
    try:
        return (folder_of(course_id) / SHEET).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def list_course_files(course_id: str) -> Mapping[str, bytes] | None:
    """All files of a course as it is taught, a lesson's under its folder; None where it is not taught."""
    course, sheet = current_aula().catalogue.find_course(course_id), read_course_sheet(course_id)
    if course is None or sheet is None:
        return None
    files: dict[str, bytes] = {SHEET: sheet.encode()}
    for lesson in course.lessons:
        source = read_taught(course, lesson)
        files |= put_under(lesson.id, source.files) if source else {}
    return files


def folder_of(course_id: str) -> Path:
    return current_aula().settings.content / course_id
