"""The demo school: two institutions with their people, so that a fresh site can be seen from every side."""

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from courses import Catalogue
from webapp.services.catalogue.rules import visible_courses
from webapp.services.cohorts import service as cohorts
from webapp.services.enrolment import service as enrolment
from webapp.services.people import service as people
from webapp.services.people.records import Branch, Institution, InstitutionId, NewPerson, Order, Person, Role
from webapp.settings import Settings
from webapp.store import Sessions

FILE = "demo-accounts.json"


@dataclass(frozen=True)
class DemoInstitution:
    name: str
    branch: Branch
    order: Order
    cohort: str


@dataclass(frozen=True)
class DemoPerson:
    """institution: its place in INSTITUTIONS, None for nobody's."""

    role: Role
    name: str
    email: str
    institution: int | None


# The addresses cannot exist: the domain .test is reserved (RFC 2606).
INSTITUTIONS = (
    DemoInstitution(
        "Secretaría de Planeación de Ejemplo", "executive", "state", "Análisis de datos, grupo de la mañana"
    ),
    DemoInstitution("Ayuntamiento de Ejemplo", "executive", "municipal", "Análisis de datos, grupo de la tarde"),
)
PEOPLE = (
    DemoPerson("learner", "Ana Torres Medina", "ana.torres@planeacion.test", 0),
    DemoPerson("learner", "Luis Ángel Pech Canul", "luis.pech@planeacion.test", 0),
    DemoPerson("learner", "María José de la Cruz", "mariajose.delacruz@ayuntamiento.test", 1),
    DemoPerson("learner", "Xóchitl Núñez", "xochitl.nunez@ayuntamiento.test", 1),
    DemoPerson("trainer", "Teresa Rivas", "teresa.rivas@planeacion.test", 0),
    DemoPerson("trainer", "Óscar Domínguez Ek", "oscar.dominguez@ayuntamiento.test", 1),
    DemoPerson("manager", "Guadalupe Ibarra", "guadalupe.ibarra@planeacion.test", 0),
    DemoPerson("manager", "Raúl Montes", "raul.montes@ayuntamiento.test", 1),
    DemoPerson("admin", "Inés Aguirre", "ines.aguirre@aula.test", None),
)


def make_demo_school(settings: Settings, sessions: Sessions, catalogue: Catalogue, *, now: datetime) -> Path:
    """Make what is missing of the demo school; the file with its accounts and passwords, readable by its owner only.

    Called at each start: accounts that are there keep their passwords and their work.
    """
    path = settings.home / FILE
    known = read_passwords(path)
    # Hashes take their time, so they are made before the transaction.
    hashes = {
        one.email: people.hash_password(known.setdefault(one.email, new_password())) for one in missing(sessions, known)
    }
    with sessions.write() as session:
        institutions = [
            people.find_or_add_institution(session, name=one.name, branch=one.branch, order=one.order)
            for one in INSTITUTIONS
        ]
        found = {one.email: settle(session, one, institutions, hashes, now=now) for one in PEOPLE}
        make_cohorts(session, found, catalogue, now=now)
    write_accounts(path, known)
    return path


def missing(sessions: Sessions, known: Mapping[str, str]) -> Sequence[DemoPerson]:
    """Who has no account yet, or one whose password nobody knows because the file is gone."""
    with sessions.read() as session:
        return [
            one for one in PEOPLE if one.email not in known or people.find_person_by_email(session, one.email) is None
        ]


def settle(
    session: Session,
    planned: DemoPerson,
    institutions: Sequence[Institution],
    hashes: Mapping[str, str],
    *,
    now: datetime,
) -> Person:
    """The person's account, made or given its new password if it has to be."""
    person = people.find_person_by_email(session, planned.email)
    password_hash = hashes.get(planned.email)
    if person is None:
        new = NewPerson(
            planned.name,
            planned.email,
            password_hash or "",
            "es",
            institution_of(planned, institutions),
            planned.role,
        )
        return people.open_account(session, new, now=now)
    if password_hash is not None:
        people.change_password(session, actor=person.id, password_hash=password_hash, keep=None, now=now)
    return person


def institution_of(planned: DemoPerson, institutions: Sequence[Institution]) -> InstitutionId | None:
    return None if planned.institution is None else institutions[planned.institution].id


def make_cohorts(session: Session, found: Mapping[str, Person], catalogue: Catalogue, *, now: datetime) -> None:
    """A cohort for each trainer, in the first course, with the learners of the trainer's institution."""
    course = next(iter(visible_courses(catalogue, ())), None)
    if course is None:
        return
    for planned in PEOPLE:
        trainer = found[planned.email]
        if (
            planned.role != "trainer"
            or planned.institution is None
            or cohorts.list_cohorts(session, trainer_id=trainer.id)
        ):
            continue
        name = INSTITUTIONS[planned.institution].cohort
        cohort = cohorts.make_cohort(session, actor=trainer, name=name, course_id=course.id, now=now)
        for one in PEOPLE:
            if one.role == "learner" and one.institution == planned.institution:
                learner = found[one.email]
                cohorts.join(session, actor=learner.id, code=cohort.code, now=now)
                enrolment.enrol(session, actor=learner.id, course_id=course.id, now=now)


def new_password() -> str:
    return secrets.token_urlsafe(12)


def read_passwords(path: Path) -> dict[str, str]:
    """Passwords by address from an earlier start; none where the file is gone or not ours to read."""
    try:
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return {str(row["email"]): str(row["password"]) for row in rows}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}


def write_accounts(path: Path, passwords: Mapping[str, str]) -> None:
    rows = [
        {
            "role": one.role,
            "email": one.email,
            "password": passwords[one.email],
            "institution": "" if one.institution is None else INSTITUTIONS[one.institution].name,
        }
        for one in PEOPLE
    ]
    draft = path.with_suffix(".part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode=0o600), "w", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False, indent=2)
        file.write("\n")
    draft.replace(path)
