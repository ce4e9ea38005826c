"""Tables of practice. Lessons are named by their ids, for their content lives in files."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, CompressedJson, CompressedText, UtcDateTime

LEARNER = "people.id"


class DraftRow(Base):
    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("learner_id", "course_id", "lesson_id", "cell_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey(LEARNER))
    course_id: Mapped[str] = mapped_column(String(80))
    lesson_id: Mapped[str] = mapped_column(String(80))
    cell_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    source: Mapped[str] = mapped_column(CompressedText)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DraftVersionRow(Base):
    """The last versions of a draft, the current one among them."""

    __tablename__ = "draft_versions"

    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(CompressedText)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KernelRow(Base):
    """A learner's kernel in a lesson. owner and lease_until: the runner that is attached to it, one at a time."""

    __tablename__ = "kernels"
    __table_args__ = (
        UniqueConstraint("learner_id", "course_id", "lesson_id"),
        CheckConstraint("state in ('none', 'starting', 'ready', 'resting', 'lost')", name="state"),
        Index(None, "state", "used_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey(LEARNER))
    course_id: Mapped[str] = mapped_column(String(80))
    lesson_id: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(2))
    gateway_url: Mapped[str] = mapped_column(String(300), default="")
    kernel_id: Mapped[str] = mapped_column(String(80), default="")
    session_id: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[str] = mapped_column(String(10), default="none")
    is_restart_wanted: Mapped[bool] = mapped_column(default=False)
    owner: Mapped[str | None] = mapped_column(String(120))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    variables: Mapped[Any] = mapped_column(CompressedJson, nullable=True)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RunRow(Base):
    """A run of cells or a check. last_seq counts its events; a learner's idempotency key names one run for ever.

    waiting_since: its place in the line of those that wait for room; none once it has room or has ended.
    """

    __tablename__ = "runs"
    __table_args__ = (
        UniqueConstraint("learner_id", "idempotency_key"),
        CheckConstraint("kind in ('cells', 'check')", name="kind"),
        CheckConstraint("state in ('queued', 'running', 'done')", name="state"),
        Index(None, "kernel_row_id", "state"),
        Index(None, "learner_id", "course_id", "lesson_id", "state"),
        Index(None, "kind", "waiting_since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey(LEARNER))
    kind: Mapped[str] = mapped_column(String(10))
    course_id: Mapped[str] = mapped_column(String(80))
    lesson_id: Mapped[str] = mapped_column(String(80))
    cell_id: Mapped[str] = mapped_column(String(80))
    cells: Mapped[Any] = mapped_column(CompressedJson)
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(10), default="queued")
    status: Mapped[str] = mapped_column(String(20), default="")
    last_seq: Mapped[int] = mapped_column(default=0)
    is_stop_wanted: Mapped[bool] = mapped_column(default=False)
    kernel_row_id: Mapped[int | None] = mapped_column(ForeignKey("kernels.id"))
    idempotency_key: Mapped[str] = mapped_column(String(80))
    request_digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RunEventRow(Base):
    __tablename__ = "run_events"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[Any] = mapped_column(CompressedJson)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CellOutputRow(Base):
    """What each cell showed at the end of its latest run, so that the page need not read whole logs."""

    __tablename__ = "cell_outputs"

    learner_id: Mapped[int] = mapped_column(ForeignKey(LEARNER), primary_key=True)
    course_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    lesson_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    cell_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    run_token: Mapped[str] = mapped_column(String(40))
    events: Mapped[Any] = mapped_column(CompressedJson)
    status: Mapped[str] = mapped_column(String(20))
    seconds: Mapped[float]
    execution_count: Mapped[int | None]
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PlaceRow(Base):
    """The section that a learner last had on the screen."""

    __tablename__ = "lesson_places"

    learner_id: Mapped[int] = mapped_column(ForeignKey(LEARNER), primary_key=True)
    course_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    lesson_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    section_id: Mapped[str] = mapped_column(String(80))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HelpRow(Base):
    """How much help a learner has taken in an exercise: hints shown, and when its solution was opened."""

    __tablename__ = "exercise_help"

    learner_id: Mapped[int] = mapped_column(ForeignKey(LEARNER), primary_key=True)
    course_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    lesson_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    exercise_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    hint_count: Mapped[int] = mapped_column(default=0)
    solution_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
