"""Writing a manuscript: begun once, saved as often as somebody types, and never over somebody else's words."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses import (
    Catalogue,
    LocalText,
    apply_change,
    check_files,
    find_title,
    merge,
    set_field,
    translation_ages,
    write_course_sheet,
)
from webapp.services.audit.service import note
from webapp.services.catalogue import authored
from webapp.services.catalogue.blobs import keep_files
from webapp.services.catalogue.origins import to_json
from webapp.services.manuscripts.reading import get_manuscript, map_datasets, read_files
from webapp.services.manuscripts.records import Files, Manuscript, ManuscriptId, Origin, Saved
from webapp.services.manuscripts.refusals import IdTaken, LastAuthor, Overtaken, UnknownManuscript, WrittenElsewhere
from webapp.services.manuscripts.tables import ManuscriptAuthorRow, ManuscriptRow, ManuscriptVersionRow
from webapp.services.people.records import Person
from webapp.store import add_once

SHEET = "lesson.yaml"


def start(
    session: Session,
    catalogue: Catalogue,
    *,
    actor: Person,
    course_id: str,
    lesson_id: str,
    files: Files,
    what: Mapping[str, Any],
    now: datetime,
    origin: Origin | None = None,
    course_title: LocalText | None = None,
    course_sheet: str | None = None,
    course_origin: Origin | None = None,
) -> Manuscript:
    """A new manuscript of the actor, version 1, in a course of the actor's, which is made if it is not there yet.

    files: of any lesson; its id becomes lesson_id. course_title, course_sheet, course_origin: of a course that is made.
    Raises: IdTaken; WrittenElsewhere where the course is another's; courses' Refused for files that cannot be a lesson.
    """
    files = with_id(files, lesson_id)
    check_files(files)
    title = find_title(files) or LocalText(lesson_id)
    enter_course(
        session, catalogue, actor, course_id, now=now,
        sheet=course_sheet or write_course_sheet(course_id, course_title or title, title, [lesson_id]),
        origin=course_origin,
    )  # fmt: skip
    row = ManuscriptRow(
        course_id=course_id, lesson_id=lesson_id, title=asdict(title), owner_id=actor.id,
        institution_id=actor.institution_id, head=1, origin=to_json(origin), is_shared=False,
        ages=translation_ages(None, files, {}, 1), made_at=now, saved_at=now,
    )  # fmt: skip
    if not add_once(session, row):
        raise IdTaken(id=f"{course_id}/{lesson_id}")
    session.add(ManuscriptAuthorRow(manuscript_id=row.id, person_id=actor.id, added_at=now))
    add_version(session, row, files, what, actor_id=actor.id, now=now)
    note(session, "manuscript_begun", "manuscript", row.id, actor=actor.id, now=now)
    return get_manuscript(session, row.id)


def with_id(files: Files, lesson_id: str) -> Files:
    """The files of a lesson whose lesson.yaml says this id. Raises: Refused where that cannot be written."""
    raw = files.get(SHEET)
    if raw is None:
        return files
    return {**files, SHEET: set_field(raw.decode("utf-8-sig", "replace"), ("id",), lesson_id).encode()}


def enter_course(
    session: Session,
    catalogue: Catalogue,
    actor: Person,
    course_id: str,
    *,
    sheet: str,
    origin: Origin | None,
    now: datetime,
) -> None:
    """See to it that the course is there and is the actor's. Lessons that its sheet does not list come last in it."""
    course = authored.find_course(session, course_id)
    if course is None:
        if catalogue.find_course(course_id) is not None:
            raise IdTaken(id=course_id)
        authored.make_course(session, owner_id=actor.id, course_id=course_id, sheet=sheet, origin=origin, now=now)
    elif course.owner_id != actor.id and actor.role != "admin":
        raise WrittenElsewhere(id=course_id)


def save(
    session: Session,
    manuscript_id: int,
    *,
    catalogue: Catalogue,
    actor_id: int,
    base: int,
    change: Mapping[str, Any],
    now: datetime,
) -> Saved:
    """The manuscript with one change more, as a new version. base: the version that the writer saw.

    Where another has saved meanwhile, both changes are joined if they are about different parts.
    Raises: Refused for a change that cannot be made; Overtaken; UnknownVersion. Nothing is saved then.
    """
    row = lock(session, manuscript_id)
    seen = read_files(session, manuscript_id, base)
    if change.get("do") == "translation.done":
        row.ages = confirmed(row.ages, str(change.get("key")))
        return Saved(row.head, read_files(session, manuscript_id), was_merged=False)
    return settle(session, row, seen, apply_change(seen, change, map_datasets(catalogue)), change,
                  actor_id=actor_id, base=base, now=now)  # fmt: skip


def save_files(
    session: Session,
    manuscript_id: int,
    *,
    actor_id: int,
    base: int,
    files: Files,
    what: Mapping[str, Any],
    now: datetime,
) -> Saved:
    """The manuscript with other files: an older version, a merge, an import. Raises: as `save`."""
    row = lock(session, manuscript_id)
    seen = read_files(session, manuscript_id, base)
    return settle(session, row, seen, files, what, actor_id=actor_id, base=base, now=now)


def settle(
    session: Session,
    row: ManuscriptRow,
    seen: Files,
    wanted: Files,
    what: Mapping[str, Any],
    *,
    actor_id: int,
    base: int,
    now: datetime,
) -> Saved:
    """Write what somebody wants who saw `seen`, joined with what was saved since. Raises: Overtaken."""
    was_merged = base != row.head
    if was_merged:
        merged = merge(seen, wanted, read_files(session, row.id))
        if merged.files is None:
            raise Overtaken(row.head, [one for one in merged.parts if one.state == "conflict"])
        seen, wanted = read_files(session, row.id), merged.files
    if dict(wanted) == dict(seen):
        return Saved(row.head, seen, was_merged)
    check_files(wanted)
    row.head += 1
    row.ages = translation_ages(seen, wanted, row.ages, row.head)
    title = find_title(wanted)
    if title is not None:
        row.title = asdict(title)
    row.saved_at = now
    add_version(session, row, wanted, what, actor_id=actor_id, now=now)
    return Saved(row.head, wanted, was_merged)


def restore(session: Session, manuscript_id: int, *, actor_id: int, base: int, number: int, now: datetime) -> Saved:
    """An older version as a new one; what lies between stays in the history. Raises: as `save`."""
    files = read_files(session, manuscript_id, number)
    what = {"do": "restore", "number": number}
    return save_files(session, manuscript_id, actor_id=actor_id, base=base, files=files, what=what, now=now)


def move_origin(session: Session, manuscript_id: int, origin: Origin) -> None:
    """What the manuscript was last brought together with."""
    lock(session, manuscript_id).origin = to_json(origin)


def share(session: Session, manuscript_id: int, *, actor_id: int, is_shared: bool, now: datetime) -> None:
    """Show the manuscript to other trainers, who may then fork it, or no longer."""
    lock(session, manuscript_id).is_shared = is_shared
    note(session, "manuscript_shared", "manuscript", manuscript_id, actor=actor_id, now=now, is_shared=is_shared)


def add_author(session: Session, manuscript_id: int, *, actor_id: int, person_id: int, now: datetime) -> None:
    """Let somebody else write too; again does nothing."""
    lock(session, manuscript_id)
    row = ManuscriptAuthorRow(manuscript_id=manuscript_id, person_id=person_id, added_at=now)
    is_new = session.get(ManuscriptAuthorRow, (manuscript_id, person_id)) is None
    if is_new and add_once(session, row):
        note(session, "author_added", "manuscript", manuscript_id, actor=actor_id, now=now, person=person_id)


def remove_author(session: Session, manuscript_id: int, *, actor_id: int, person_id: int, now: datetime) -> None:
    """Raises: LastAuthor for the owner."""
    if lock(session, manuscript_id).owner_id == person_id:
        raise LastAuthor
    row = session.get(ManuscriptAuthorRow, (manuscript_id, person_id))
    if row is not None:
        session.delete(row)
        note(session, "author_removed", "manuscript", manuscript_id, actor=actor_id, now=now, person=person_id)


def lock(session: Session, manuscript_id: int) -> ManuscriptRow:
    """The row, nobody else's until the end of the transaction. Raises: UnknownManuscript."""
    row = session.scalar(
        select(ManuscriptRow)
        .where(ManuscriptRow.id == manuscript_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise UnknownManuscript
    return row


def add_version(
    session: Session, row: ManuscriptRow, files: Files, what: Mapping[str, Any], *, actor_id: int, now: datetime
) -> None:
    session.add(
        ManuscriptVersionRow(
            manuscript_id=row.id,
            number=row.head,
            files=dict(keep_files(session, files)),
            what=brief(what),
            saved_by=actor_id,
            saved_at=now,
        )  # fmt: skip
    )
    session.flush()


# A change is kept to say what was done; what it wrote is in the files.
LONGEST_TOLD = 200


def brief(value: Any) -> Any:
    """A change with long texts cut, for the history."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST_TOLD else value[:LONGEST_TOLD] + "…"
    if isinstance(value, Mapping):
        return {str(name): brief(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [brief(one) for one in value]
    return value


def confirmed(ages: Mapping[str, Mapping[str, int]], key: str) -> Mapping[str, Mapping[str, int]]:
    """The ages after somebody said that the translation of a text still holds."""
    known = ages.get(key)
    if known is None:
        return ages
    newest = max(known.values(), default=0)
    return {**ages, key: dict.fromkeys(known, newest)}


def manuscript_number(text: str) -> ManuscriptId | None:
    """The number of a manuscript in the address of a run in the workshop."""
    return ManuscriptId(int(text)) if text.isascii() and text.isdigit() else None
