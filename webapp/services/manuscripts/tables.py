"""Tables of manuscripts, their versions and authors, their proofs, and changes suggested to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, CompressedJson, Json, UtcDateTime

PERSON, MANUSCRIPT = "people.id", "manuscripts.id"


class ManuscriptRow(Base):
    """ages: since which version each bilingual text stands in each language, as courses.translation_ages gives it."""

    __tablename__ = "manuscripts"
    __table_args__ = (UniqueConstraint("course_id", "lesson_id"), Index(None, "owner_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("authored_courses.id"))
    lesson_id: Mapped[str] = mapped_column(String(80))
    title: Mapped[Any] = mapped_column(Json)
    owner_id: Mapped[int] = mapped_column(ForeignKey(PERSON))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    head: Mapped[int]
    origin: Mapped[Any] = mapped_column(Json, nullable=True)
    published_number: Mapped[int | None]
    is_shared: Mapped[bool] = mapped_column(default=False)
    ages: Mapped[Any] = mapped_column(CompressedJson)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ManuscriptVersionRow(Base):
    """A save, for ever. files: their SHA-256 by name; version: the lesson's own, empty where it could not be read."""

    __tablename__ = "manuscript_versions"

    manuscript_id: Mapped[int] = mapped_column(ForeignKey(MANUSCRIPT), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    files: Mapped[Any] = mapped_column(CompressedJson)
    what: Mapped[Any] = mapped_column(CompressedJson)
    saved_by: Mapped[int] = mapped_column(ForeignKey(PERSON))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ManuscriptAuthorRow(Base):
    __tablename__ = "manuscript_authors"
    __table_args__ = (Index(None, "person_id"),)

    manuscript_id: Mapped[int] = mapped_column(ForeignKey(MANUSCRIPT), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey(PERSON), primary_key=True, autoincrement=False)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProofRow(Base):
    """A proof of one version with one version of the libraries and of the data. body: graders' own JSON."""

    __tablename__ = "lesson_proofs"
    __table_args__ = (
        CheckConstraint("state in ('queued', 'running', 'done', 'failed')", name="state"),
        Index(None, "manuscript_id", "number"),
        Index(None, "course_id", "lesson_id", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    manuscript_id: Mapped[int | None] = mapped_column(ForeignKey(MANUSCRIPT))
    number: Mapped[int | None]
    course_id: Mapped[str] = mapped_column(String(80))
    lesson_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(80))
    circumstances: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10))
    is_green: Mapped[bool] = mapped_column(default=False)
    body: Mapped[Any] = mapped_column(CompressedJson, nullable=True)
    seconds: Mapped[float] = mapped_column(default=0.0)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SuggestionRow(Base):
    """A change offered to the original. target_manuscript_id: None where the original is a shipped lesson."""

    __tablename__ = "lesson_suggestions"
    __table_args__ = (
        CheckConstraint("state in ('open', 'accepted', 'declined', 'withdrawn')", name="state"),
        Index(None, "target_manuscript_id", "state"),
        Index(None, "from_manuscript_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    target_manuscript_id: Mapped[int | None] = mapped_column(ForeignKey(MANUSCRIPT))
    target_course_id: Mapped[str] = mapped_column(String(80))
    target_lesson_id: Mapped[str] = mapped_column(String(80))
    from_manuscript_id: Mapped[int] = mapped_column(ForeignKey(MANUSCRIPT))
    from_number: Mapped[int]
    base_version: Mapped[str] = mapped_column(String(80))
    files: Mapped[Any] = mapped_column(CompressedJson)
    note: Mapped[str] = mapped_column(String(2000))
    state: Mapped[str] = mapped_column(String(10), default="open")
    made_by: Mapped[int] = mapped_column(ForeignKey(PERSON))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(String(2000), default="")
