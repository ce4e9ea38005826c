"""Publishing: only what is proved, and never a lesson that its course cannot hold."""

from datetime import datetime

from sqlalchemy.orm import Session

from courses import Catalogue
from webapp.services.catalogue import editions
from webapp.services.catalogue.records import Edition
from webapp.services.manuscripts.proofs import find_green
from webapp.services.manuscripts.reading import get_manuscript, read_files, read_lesson
from webapp.services.manuscripts.refusals import NotProved, Unreadable
from webapp.services.manuscripts.suggestions import list_credits
from webapp.services.manuscripts.writing import lock
from webapp.services.people.service import map_people


def publish(session: Session, catalogue: Catalogue, manuscript_id: int, *, actor_id: int, now: datetime) -> Edition:
    """Teach the newest version from now on. Cohorts that began with another stay with theirs.

    Raises: Unreadable; NotProved.
    """
    row = lock(session, manuscript_id)
    manuscript = get_manuscript(session, manuscript_id)
    lesson, problems = read_lesson(session, catalogue, manuscript_id)
    if lesson is None:
        raise Unreadable(problems)
    proof = find_green(session, catalogue, manuscript_id)
    if proof is None:
        raise NotProved
    # Whoever suggested what is in it wrote it too.
    writers = dict.fromkeys((*manuscript.author_ids, *list_credits(session, manuscript_id)))
    people = map_people(session, writers)
    edition = editions.keep_edition(
        session, course_id=manuscript.course_id, lesson_id=manuscript.lesson_id, version=lesson.version,
        files=read_files(session, manuscript_id), origin=manuscript.origin, now=now,
        authors=[people[one].name for one in writers if one in people],
    )  # fmt: skip
    editions.offer(session, edition, actor_id=actor_id, proof_token=proof.token, now=now)
    row.published_number = row.head
    return edition


def withdraw(session: Session, manuscript_id: int, *, actor_id: int, now: datetime) -> None:
    """Offer the lesson no longer; nothing is deleted. Where it is not offered, nothing."""
    row = lock(session, manuscript_id)
    if row.published_number is None:
        return
    row.published_number = None
    editions.withdraw(session, row.course_id, row.lesson_id, actor_id=actor_id, now=now)
