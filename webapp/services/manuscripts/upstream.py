"""What a lesson was made from: whether that has changed since, and taking its changes without losing one's own."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from courses import Catalogue, Merge, Refused, find_title, merge, version_of_files
from webapp.services.catalogue import editions
from webapp.services.manuscripts.reading import get_manuscript, read_files
from webapp.services.manuscripts.records import Files, Manuscript, Origin, Saved
from webapp.services.manuscripts.refusals import UnknownVersion
from webapp.services.manuscripts.tables import ManuscriptRow
from webapp.services.manuscripts.writing import SHEET, move_origin, save_files, with_id
from webapp.services.people.service import map_people
from webapp.store import Refusal

# A key of the first level that is a plain word, alone on its line.
ID_LINE = re.compile(rb"^id: [a-z0-9-]+$", re.MULTILINE)

Side = Literal["ours", "theirs"]
Choices = Mapping[str, Side]


class Undecided(Refusal):
    """Both sides changed the same part, and nobody has said which is to stay. merge: as far as it went."""

    code = "undecided"

    def __init__(self, found: Merge) -> None:
        self.merge = found
        super().__init__(count=sum(one.state == "conflict" for one in found.parts))


class NoBase(Refusal):
    """The version that the fork began with was not kept, so nobody can tell who changed what."""

    code = "no_base"


def find_latest(session: Session, catalogue: Catalogue, origin: Origin) -> Origin | None:
    """The original as it is now; None if it is not taught or shown any more."""
    written = find_row(session, origin)
    if written is not None and origin.number is not None:
        number = newest_number(written, origin.number)
        if number == origin.number:
            return origin
        return None if number is None else of_version(session, written.id, number)
    lesson = catalogue.find_lesson(origin.course_id, origin.lesson_id)
    if lesson is None:
        return None
    edition = editions.find_edition(session, lesson.course_id, lesson.id, lesson.version)
    return Origin(
        lesson.course_id, lesson.id, lesson.version, lesson.title, edition.authors if edition else (),
        written.id if written else None, written.published_number if written else None,
    )  # fmt: skip


def find_row(session: Session, origin: Origin) -> ManuscriptRow | None:
    """The manuscript of the original, where it was written here."""
    return None if origin.manuscript_id is None else session.get(ManuscriptRow, origin.manuscript_id)


def newest_number(written: ManuscriptRow, seen: int) -> int | None:
    """The version of an original that a fork may take next: what is taught, or else what its authors show.

    seen: the version that the fork has. It may be newer than what is taught: then there is nothing to take yet.
    """
    if written.published_number is not None and written.published_number >= seen:
        return written.published_number
    if written.is_shared:
        return written.head
    return None if written.published_number is None else seen


def of_version(session: Session, manuscript_id: int, number: int) -> Origin:
    manuscript, files = get_manuscript(session, manuscript_id), read_files(session, manuscript_id, number)
    people = map_people(session, manuscript.author_ids)
    names = tuple(people[one].name for one in manuscript.author_ids if one in people)
    title = find_title(files) or manuscript.title
    return Origin(
        manuscript.course_id, manuscript.lesson_id, version_of_files(files), title, names, manuscript.id, number
    )


def has_news(session: Session, catalogue: Catalogue, manuscript: Manuscript) -> bool:
    """Whether the original is now another than the version that the manuscript was last brought together with."""
    origin = manuscript.origin
    if origin is None:
        return False
    written = find_row(session, origin)
    if written is not None and origin.number is not None:
        return newest_number(written, origin.number) not in (None, origin.number)
    lesson = catalogue.find_lesson(origin.course_id, origin.lesson_id)
    return lesson is not None and lesson.version != origin.version


def find_files(session: Session, origin: Origin) -> Files | None:
    """The files of a version of an original that was kept; None for one that was not."""
    kept = editions.read_files(session, origin.course_id, origin.lesson_id, origin.version)
    if kept is not None or origin.manuscript_id is None or origin.number is None:
        return kept
    try:
        return read_files(session, origin.manuscript_id, origin.number)
    except UnknownVersion:
        return None


def preview(
    session: Session,
    manuscript_id: int,
    *,
    theirs: Files,
    choices: Choices,
    number: int | None = None,
    base: Files | None = None,
) -> Merge:
    """What would come of bringing a manuscript together with other files.

    base: what both were made from, for None the original as it was. number: the manuscript's version, None for its
    newest. Raises: NoBase.
    """
    manuscript = get_manuscript(session, manuscript_id)
    if base is None:
        base = find_files(session, manuscript.origin) if manuscript.origin else None
    if base is None:
        raise NoBase
    ours = read_files(session, manuscript_id, number)
    return merge(named(base, manuscript.lesson_id), ours, named(theirs, manuscript.lesson_id), choices)


def named(files: Files, lesson_id: str) -> Files:
    """Files as a lesson of another id has them, so that the id is no difference."""
    sheet = files.get(SHEET, b"")
    if len(ID_LINE.findall(sheet)) == 1:
        # The usual way of writing it, which needs no reading of the whole sheet.
        return {**files, SHEET: ID_LINE.sub(b"id: " + lesson_id.encode(), sheet)}
    try:
        return with_id(files, lesson_id)
    except Refused:
        return files


def take_over(
    session: Session,
    manuscript_id: int,
    *,
    actor_id: int,
    number: int,
    latest: Origin,
    theirs: Files,
    choices: Choices,
    now: datetime,
) -> Saved:
    """The manuscript with what changed in its original, as a new version; from then on `latest` is its original.

    number: the version that the writer saw. Raises: NoBase; Undecided; as `save`.
    """
    found = preview(session, manuscript_id, theirs=theirs, choices=choices, number=number)
    if found.files is None:
        raise Undecided(found)
    what = {"do": "merge", "course": latest.course_id, "lesson": latest.lesson_id, "version": latest.version}
    saved = save_files(session, manuscript_id, actor_id=actor_id, base=number, files=found.files, what=what, now=now)
    editions.keep_edition(
        session, course_id=latest.course_id, lesson_id=latest.lesson_id, version=latest.version, files=theirs,
        authors=latest.authors, now=now,
    )  # fmt: skip
    move_origin(session, manuscript_id, latest)
    return saved
