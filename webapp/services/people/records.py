"""People, their institutions, their open sessions, and the links that let them in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from courses import Language

PersonId = NewType("PersonId", int)
InstitutionId = NewType("InstitutionId", int)
SignInId = NewType("SignInId", int)

Role = Literal["learner", "trainer", "manager", "admin"]
ROLES: tuple[Role, ...] = ("learner", "trainer", "manager", "admin")

# Branch and order of government; "other" for an institution that has none, such as a university.
Branch = Literal["executive", "legislative", "judicial", "autonomous", "other"]
Order = Literal["federal", "state", "municipal", "other"]
BRANCHES: tuple[Branch, ...] = ("executive", "legislative", "judicial", "autonomous", "other")
ORDERS: tuple[Order, ...] = ("federal", "state", "municipal", "other")


@dataclass(frozen=True)
class Institution:
    id: InstitutionId
    name: str
    branch: Branch
    order: Order


@dataclass(frozen=True)
class Person:
    """Somebody with an account. `name` is as the person writes it; a closed account (not is_active) cannot sign in."""

    id: PersonId
    email: str
    name: str
    role: Role
    language: Language
    institution_id: InstitutionId | None
    is_active: bool
    created_at: datetime


@dataclass(frozen=True)
class NewPerson:
    """What somebody writes to open an account, already clean; the password only as its hash."""

    name: str
    email: str
    password_hash: str
    language: Language
    institution_id: InstitutionId | None = None
    role: Role = "learner"


@dataclass(frozen=True)
class SignIn:
    """An open session on one device. `device` is what its browser says of itself."""

    id: SignInId
    person_id: PersonId
    device: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class Invitation:
    """A one-time link for somebody who is to have a role."""

    email: str
    role: Role
    institution_id: InstitutionId | None
    created_at: datetime
