"""Proofs of manuscripts and editions: asked for once per version and circumstances, made by a job, kept for ever."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses import Catalogue, Lesson, version_of_files
from graders import Proof, image_version, proof_from_json, proof_to_json
from webapp.jobs import enqueue
from webapp.services.manuscripts.reading import get_manuscript, read_files, read_lesson
from webapp.services.manuscripts.records import Manuscript, ManuscriptId, ProofRecord, ProofState
from webapp.services.manuscripts.refusals import Unreadable
from webapp.services.manuscripts.tables import ProofRow
from webapp.store import Refusal


class UnknownProof(Refusal):
    code = "unknown_proof"


def circumstances_of(catalogue: Catalogue, lesson: Lesson | None) -> str:
    """What a proof depends on besides the lesson: the learners' libraries, and the bytes of its data."""
    pins = [pin.name for pin in lesson.datasets] if lesson else []
    found = [one for name in pins if (one := catalogue.find_dataset(name)) is not None]
    facts = [f"{one.name}@{one.version}:{part.sha256}" for one in found for part in one.resources]
    return hashlib.sha256("\n".join([image_version(), *sorted(facts)]).encode()).hexdigest()


def ask_proof(
    session: Session, catalogue: Catalogue, manuscript_id: int, *, actor_id: int, now: datetime
) -> ProofRecord:
    """The proof of the newest version, with the job that makes it; the one that there is under these circumstances.

    Raises: Unreadable where the lesson cannot even be read.
    """
    manuscript = get_manuscript(session, manuscript_id)
    lesson, problems = read_lesson(session, catalogue, manuscript_id)
    if lesson is None:
        raise Unreadable(problems)
    circumstances = circumstances_of(catalogue, lesson)
    row = newest_row(session, manuscript, lesson.version, circumstances)
    if row is not None and row.state != "failed":
        # A version may come back under another number: an older one that was restored.
        row.number = manuscript.head
        return to_record(row)
    row = ProofRow(
        token=secrets.token_urlsafe(15), manuscript_id=manuscript_id, number=manuscript.head,
        course_id=manuscript.course_id, lesson_id=manuscript.lesson_id, version=lesson.version,
        circumstances=circumstances, state="queued", asked_by=actor_id, asked_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    enqueue(session, "prove_manuscript", "batch", proof_id=row.id)
    return to_record(row)


def newest_row(session: Session, manuscript: Manuscript, version: str, circumstances: str) -> ProofRow | None:
    return session.scalar(
        select(ProofRow)
        .where(
            ProofRow.manuscript_id == manuscript.id,
            ProofRow.version == version,
            ProofRow.circumstances == circumstances,
        )
        .order_by(ProofRow.id.desc())
        .limit(1)
    )


def find_proof(session: Session, manuscript_id: int, number: int | None = None) -> ProofRecord | None:
    """The latest proof of a version, of the newest one for None; whatever the circumstances."""
    if number is None:
        number = get_manuscript(session, manuscript_id).head
    row = session.scalar(
        select(ProofRow)
        .where(ProofRow.manuscript_id == manuscript_id, ProofRow.number == number)
        .order_by(ProofRow.id.desc())
        .limit(1)
    )
    return to_record(row) if row else None


def find_latest_proof(session: Session, manuscript_id: int) -> ProofRecord | None:
    """The latest proof of any version: what is still worth seeing while the newest has none."""
    row = session.scalar(
        select(ProofRow).where(ProofRow.manuscript_id == manuscript_id).order_by(ProofRow.id.desc()).limit(1)
    )
    return to_record(row) if row else None


def find_green(session: Session, catalogue: Catalogue, manuscript_id: int) -> ProofRecord | None:
    """The green proof of the newest version under the circumstances of today; without it nothing is published."""
    manuscript = get_manuscript(session, manuscript_id)
    lesson, _problems = read_lesson(session, catalogue, manuscript_id)
    version = version_of_files(read_files(session, manuscript_id))
    row = newest_row(session, manuscript, version, circumstances_of(catalogue, lesson))
    return to_record(row) if row is not None and row.state == "done" and row.is_green else None


def get_proof(session: Session, token: str) -> ProofRecord:
    """Raises: UnknownProof."""
    row = session.scalar(select(ProofRow).where(ProofRow.token == token))
    if row is None:
        raise UnknownProof
    return to_record(row)


def list_proofs(session: Session, course_id: str, lesson_id: str, *, limit: int = 20) -> tuple[ProofRecord, ...]:
    """The proofs of a lesson that are done, the newest first."""
    rows = session.scalars(
        select(ProofRow)
        .where(ProofRow.course_id == course_id, ProofRow.lesson_id == lesson_id, ProofRow.state == "done")
        .order_by(ProofRow.id.desc())
        .limit(limit)
    )
    return tuple(to_record(row) for row in rows)


def begin_proof(session: Session, proof_id: int) -> ProofRecord | None:
    """The proof that a job is to make; None where it is made already."""
    row = session.get_one(ProofRow, proof_id)
    if row.state == "done":
        return None
    row.state = "running"
    return to_record(row)


def end_proof(session: Session, proof_id: int, proof: Proof, *, seconds: float, now: datetime) -> None:
    row = session.get_one(ProofRow, proof_id)
    row.state, row.body, row.is_green = "done", proof_to_json(proof), proof.is_green
    row.seconds, row.proved_at = seconds, now


def fail_proof(session: Session, proof_id: int) -> None:
    """We could not make it: that says nothing about the lesson, and it may be asked for again."""
    row = session.get_one(ProofRow, proof_id)
    if row.state != "done":
        row.state = "failed"


def keep_proof(session: Session, catalogue: Catalogue, lesson: Lesson, proof: Proof, *, seconds: float) -> ProofRecord:
    """The proof of an edition or a shipped lesson, made at the command line, as a record of its own."""
    row = ProofRow(
        token=secrets.token_urlsafe(15), course_id=proof.course_id, lesson_id=proof.lesson_id, version=proof.version,
        circumstances=circumstances_of(catalogue, lesson), state="done", is_green=proof.is_green,
        body=proof_to_json(proof), seconds=seconds, asked_at=proof.proved_at, proved_at=proof.proved_at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return to_record(row)


def to_record(row: ProofRow) -> ProofRecord:
    state: ProofState = row.state  # type: ignore[assignment]  # the check constraint keeps the words
    return ProofRecord(
        token=row.token, manuscript_id=ManuscriptId(row.manuscript_id) if row.manuscript_id else None,
        number=row.number, course_id=row.course_id, lesson_id=row.lesson_id, version=row.version, state=state,
        proof=proof_from_json(row.body) if row.body is not None else None, seconds=row.seconds, asked_at=row.asked_at,
        proved_at=row.proved_at,
    )  # fmt: skip
