"""Tables of what is offered: hidden courses, courses written here, their published lessons, and the files of all."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, CompressedText, Json, UtcDateTime

PERSON = "people.id"


class HiddenCourseRow(Base):
    __tablename__ = "hidden_courses"

    course_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    hidden_by: Mapped[int] = mapped_column(ForeignKey(PERSON))
    hidden_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BlobRow(Base):
    """The bytes of a file, once for all lessons and versions that have it."""

    __tablename__ = "lesson_blobs"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class AuthoredCourseRow(Base):
    """A course that was written here. sheet: its course.yaml. origin: what it was forked from, if it was."""

    __tablename__ = "authored_courses"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey(PERSON))
    sheet: Mapped[str] = mapped_column(CompressedText)
    revision: Mapped[int] = mapped_column(default=1)
    origin: Mapped[Any] = mapped_column(Json, nullable=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EditionRow(Base):
    """A version of a lesson that people were or are taught, whole and for ever. files: their SHA-256 by name.

    origin: what it was forked from, if it was; authors: who wrote it, as names.
    """

    __tablename__ = "lesson_editions"
    __table_args__ = (UniqueConstraint("course_id", "lesson_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str] = mapped_column(String(80))
    lesson_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(80))
    files: Mapped[Any] = mapped_column(Json)
    origin: Mapped[Any] = mapped_column(Json, nullable=True)
    authors: Mapped[Any] = mapped_column(Json)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PublicationRow(Base):
    """One line for each change of what a course written here offers: an edition, or none where it was withdrawn.

    The latest line of a lesson holds. A line without a lesson says that the course's own sheet changed.
    """

    __tablename__ = "publications"
    __table_args__ = (Index(None, "course_id", "lesson_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str] = mapped_column(String(80))
    lesson_id: Mapped[str] = mapped_column(String(80))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("lesson_editions.id"))
    proof_token: Mapped[str] = mapped_column(String(40), default="")
    published_by: Mapped[int] = mapped_column(ForeignKey(PERSON))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
