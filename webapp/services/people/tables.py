"""The tables of people: accounts, institutions, open sessions, and links that work once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, UtcDateTime

PERSON = "people.id"
A_ROLE = "role in ('learner', 'trainer', 'manager', 'admin')"


class InstitutionRow(Base):
    __tablename__ = "institutions"
    __table_args__ = (
        CheckConstraint("branch in ('executive', 'legislative', 'judicial', 'autonomous', 'other')", name="branch"),
        CheckConstraint("government_order in ('federal', 'state', 'municipal', 'other')", name="government_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    branch: Mapped[str] = mapped_column(String(20))
    government_order: Mapped[str] = mapped_column(String(20))


class PersonRow(Base):
    """email: in lower case; search_text: name and address without accents, for searching."""

    __tablename__ = "people"
    __table_args__ = (CheckConstraint(A_ROLE, name="role"), Index(None, "institution_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    search_text: Mapped[str] = mapped_column(String(400))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(2))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignInRow(Base):
    """An open session. The cookie has the token, the database only its hash."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index(None, "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(PERSON))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PasswordResetRow(Base):
    """The latest reset link of a person; a newer one takes its place."""

    __tablename__ = "password_resets"

    person_id: Mapped[int] = mapped_column(ForeignKey(PERSON), primary_key=True, autoincrement=False)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class InvitationRow(Base):
    __tablename__ = "invitations"
    __table_args__ = (CheckConstraint(A_ROLE, name="role"), Index(None, "email"))

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(10))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    invited_by: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
