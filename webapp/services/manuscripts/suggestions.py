"""Changes offered back to the original: made by whoever forked it, answered by its owner or by the school."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from courses import compare
from webapp.jobs import enqueue
from webapp.services.audit.service import note
from webapp.services.catalogue import editions
from webapp.services.catalogue.blobs import fetch_files, keep_files
from webapp.services.manuscripts.reading import get_manuscript, read_files
from webapp.services.manuscripts.records import Files, Manuscript, ManuscriptId, Origin, Saved
from webapp.services.manuscripts.tables import ManuscriptRow, SuggestionRow
from webapp.services.manuscripts.upstream import Choices, NoBase, Undecided, find_files, named, preview
from webapp.services.manuscripts.writing import save_files
from webapp.services.people.service import get_person
from webapp.store import Refusal, change

SuggestionId = NewType("SuggestionId", int)
SuggestionState = Literal["open", "accepted", "declined", "withdrawn"]
LONGEST = 2000


class UnknownSuggestion(Refusal):
    code = "unknown_suggestion"


class NoOriginal(Refusal):
    """The lesson was made from none, so there is nobody to suggest anything to."""

    code = "no_original"


class NothingToSuggest(Refusal):
    """The lesson says what its original said when it was made from it."""

    code = "nothing_to_suggest"


class AlreadySuggested(Refusal):
    """An earlier suggestion from the same lesson waits for its answer."""

    code = "already_suggested"


class SuggestionClosed(Refusal):
    """It was answered or withdrawn meanwhile."""

    code = "suggestion_closed"


class BadWords(Refusal):
    """A suggestion needs its reason, and so does a "no"; neither may be too long."""

    code = "bad_suggestion_words"


@dataclass(frozen=True)
class Suggestion:
    """A change offered to a lesson. target_manuscript_id: None for a shipped lesson, which the school answers for.

    author_ids, owner_id: of the lesson that it is offered to; of a shipped one nobody, and 0.
    """

    id: SuggestionId
    target_manuscript_id: ManuscriptId | None
    target_course_id: str
    target_lesson_id: str
    from_manuscript_id: ManuscriptId
    from_number: int
    base_version: str
    note: str
    state: SuggestionState
    made_by: int
    made_at: datetime
    answered_by: int | None
    answered_at: datetime | None
    answer: str
    author_ids: tuple[int, ...] = ()
    owner_id: int = 0


def suggest(session: Session, manuscript_id: int, *, actor_id: int, words: str, path: str, now: datetime) -> Suggestion:
    """Offer the newest version to the original's owner, who gets a mail; a shipped lesson's goes to the school.

    path: the page of the original's suggestions, "{target}" in it its number. Raises: NoOriginal; NoBase; BadWords;
    NothingToSuggest; AlreadySuggested.
    """
    manuscript = get_manuscript(session, manuscript_id)
    if manuscript.origin is None:
        raise NoOriginal
    reason, files = clean(words), find_changed(session, manuscript, manuscript.origin)
    if any(one.state == "open" for one in list_sent(session, manuscript_id)):
        raise AlreadySuggested
    target = find_target(session, manuscript.origin)
    row = SuggestionRow(
        target_manuscript_id=target.id if target else None, target_course_id=manuscript.origin.course_id,
        target_lesson_id=manuscript.origin.lesson_id, from_manuscript_id=manuscript_id, from_number=manuscript.head,
        base_version=manuscript.origin.version, files=dict(keep_files(session, files)), note=reason, state="open",
        made_by=actor_id, made_at=now, answer="",
    )  # fmt: skip
    session.add(row)
    session.flush()
    note(session, "suggestion_made", "suggestion", row.id, actor=actor_id, now=now, manuscript=manuscript_id)
    if target is not None:
        tell(session, "suggestion_made", target.owner_id, path=path.format(target=target.id))
    return get_suggestion(session, row.id)


def find_changed(session: Session, manuscript: Manuscript, origin: Origin) -> Files:
    """The newest version under the original's id. Raises: NoBase; NothingToSuggest."""
    base = find_files(session, origin)
    if base is None:
        raise NoBase
    files = named(read_files(session, manuscript.id), origin.lesson_id)
    if not compare(base, files):
        raise NothingToSuggest
    return files


def find_target(session: Session, origin: Origin) -> ManuscriptRow | None:
    return session.get(ManuscriptRow, origin.manuscript_id) if origin.manuscript_id is not None else None


def get_suggestion(session: Session, suggestion_id: int) -> Suggestion:
    """Raises: UnknownSuggestion."""
    found = list_where(session, SuggestionRow.id == suggestion_id)
    if not found:
        raise UnknownSuggestion
    return found[0]


def list_received(session: Session, manuscript_ids: Sequence[int]) -> tuple[Suggestion, ...]:
    """The suggestions to some lessons, the newest first."""
    return list_where(session, SuggestionRow.target_manuscript_id.in_(manuscript_ids))


def list_sent(session: Session, manuscript_id: int) -> tuple[Suggestion, ...]:
    """The suggestions that were made from a lesson, the newest first."""
    return list_where(session, SuggestionRow.from_manuscript_id == manuscript_id)


def list_to_school(session: Session) -> tuple[Suggestion, ...]:
    """The suggestions to lessons that come with the site, the newest first."""
    return list_where(session, SuggestionRow.target_manuscript_id.is_(None))


def list_where(session: Session, condition: ColumnElement[bool]) -> tuple[Suggestion, ...]:
    rows = session.scalars(select(SuggestionRow).where(condition).order_by(SuggestionRow.id.desc())).all()
    ids = {row.target_manuscript_id for row in rows if row.target_manuscript_id is not None}
    targets = {id: get_manuscript(session, id) for id in ids}
    return tuple(to_record(row, targets.get(row.target_manuscript_id or 0)) for row in rows)


def count_open(session: Session, manuscript_ids: Sequence[int]) -> Mapping[int, int]:
    """How many suggestions wait for an answer, by manuscript; those without any are absent."""
    rows = session.execute(
        select(SuggestionRow.target_manuscript_id, func.count())
        .where(SuggestionRow.target_manuscript_id.in_(manuscript_ids), SuggestionRow.state == "open")
        .group_by(SuggestionRow.target_manuscript_id)
    )
    return {number: count for number, count in rows if number is not None}


def list_credits(session: Session, manuscript_id: int) -> tuple[int, ...]:
    """Whose suggestions were accepted, in the order in which they were: authors of the lesson too."""
    rows = session.scalars(
        select(SuggestionRow.made_by)
        .where(SuggestionRow.target_manuscript_id == manuscript_id, SuggestionRow.state == "accepted")
        .order_by(SuggestionRow.answered_at, SuggestionRow.id)
    )
    return tuple(dict.fromkeys(rows))


def read_suggested(session: Session, suggestion: Suggestion) -> tuple[Files, Files]:
    """What the suggestion began with, and what it says. Raises: NoBase."""
    row = session.get_one(SuggestionRow, suggestion.id)
    base = editions.read_files(session, row.target_course_id, row.target_lesson_id, row.base_version)
    if base is None:
        raise NoBase
    return base, fetch_files(session, row.files)


def accept(
    session: Session,
    suggestion: Suggestion,
    *,
    actor_id: int,
    number: int,
    choices: Choices,
    answer: str,
    path: str,
    now: datetime,
) -> Saved | None:
    """Take a suggestion into the lesson, as a new version that names whoever made it; they get a mail.

    number: the version that the owner saw. path: the page of what the suggester suggested. None for a shipped lesson,
    which is changed where it is kept. Raises: SuggestionClosed; NoBase; Undecided; as `save`.
    """
    saved = None
    if suggestion.target_manuscript_id is not None:
        base, theirs = read_suggested(session, suggestion)
        target = suggestion.target_manuscript_id
        found = preview(session, target, theirs=theirs, choices=choices, number=number, base=base)
        if found.files is None:
            raise Undecided(found)
        what = {"do": "suggestion", "suggestion": suggestion.id, "by": suggestion.made_by}
        saved = save_files(session, target, actor_id=actor_id, base=number, files=found.files, what=what, now=now)
    close(session, suggestion, "accepted", actor_id=actor_id, answer=answer.strip()[:LONGEST], now=now)
    note(session, "suggestion_accepted", "suggestion", suggestion.id, actor=actor_id, now=now)
    tell(session, "suggestion_answered", suggestion.made_by, path=path)
    return saved


def decline(session: Session, suggestion: Suggestion, *, actor_id: int, answer: str, path: str, now: datetime) -> None:
    """Say no, and why. Raises: BadWords; SuggestionClosed."""
    close(session, suggestion, "declined", actor_id=actor_id, answer=clean(answer), now=now)
    note(session, "suggestion_declined", "suggestion", suggestion.id, actor=actor_id, now=now)
    tell(session, "suggestion_answered", suggestion.made_by, path=path)


def withdraw(session: Session, suggestion: Suggestion, *, actor_id: int, now: datetime) -> None:
    """Take back what one suggested. Raises: SuggestionClosed."""
    close(session, suggestion, "withdrawn", actor_id=actor_id, answer="", now=now)
    note(session, "suggestion_withdrawn", "suggestion", suggestion.id, actor=actor_id, now=now)


def close(
    session: Session, suggestion: Suggestion, state: SuggestionState, *, actor_id: int, answer: str, now: datetime
) -> None:
    closed = change(
        session,
        update(SuggestionRow)
        .where(SuggestionRow.id == suggestion.id, SuggestionRow.state == "open")
        .values(state=state, answer=answer, answered_by=actor_id, answered_at=now),
    )
    if not closed:
        raise SuggestionClosed


def clean(words: str) -> str:
    """Raises: BadWords for none or too many."""
    found = words.replace("\r\n", "\n").strip()
    if not found or len(found) > LONGEST:
        raise BadWords
    return found


def tell(session: Session, kind: str, person_id: int, *, path: str) -> None:
    """A mail with a link to a page of the site. kind: see messages.records.MailKind."""
    person = get_person(session, person_id)
    enqueue(
        session, "send_mail", "mail", key=secrets.token_hex(16), kind=kind, email=person.email,
        language=person.language, path=path,
    )  # fmt: skip


def to_record(row: SuggestionRow, target: Manuscript | None) -> Suggestion:
    return Suggestion(
        id=SuggestionId(row.id),
        target_manuscript_id=target.id if target else None,
        target_course_id=row.target_course_id,
        target_lesson_id=row.target_lesson_id,
        from_manuscript_id=ManuscriptId(row.from_manuscript_id),
        from_number=row.from_number,
        base_version=row.base_version,
        note=row.note,
        state=row.state,  # type: ignore[arg-type]  # the check constraint keeps the words
        made_by=row.made_by,
        made_at=row.made_at,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        answer=row.answer,
        author_ids=target.author_ids if target else (),
        owner_id=target.owner_id if target else 0,
    )
