"""Lessons that are being written: manuscripts, their versions, and their proofs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NewType

from courses import LocalText
from graders import Proof
from webapp.services.catalogue.records import Origin as Origin

ManuscriptId = NewType("ManuscriptId", int)
Files = Mapping[str, bytes]

ProofState = Literal["queued", "running", "done", "failed"]
# How a version's proof stands, in a word: "failed" is our own failure and says nothing about the lesson.
ProofMark = Literal["none", "queued", "running", "green", "red", "failed"]

# Runs of cells while writing belong to no course; the lesson's id is the manuscript's number.
WORKSHOP = "~taller"


@dataclass(frozen=True)
class Manuscript:
    """A lesson that is being written. head: its newest version.

    author_ids: who may write it, the owner first; is_shared: other trainers may read and fork it before it is
    published; published_number: the version that is taught, None where none is.
    """

    id: ManuscriptId
    course_id: str
    lesson_id: str
    title: LocalText
    owner_id: int
    author_ids: tuple[int, ...]
    institution_id: int | None
    head: int
    origin: Origin | None
    published_number: int | None
    is_shared: bool
    made_at: datetime
    saved_at: datetime


@dataclass(frozen=True)
class Version:
    """A save. what: the change, or {"do": "start" | "restore" | "merge" | "import", …}."""

    number: int
    saved_by: int
    saved_at: datetime
    what: Mapping[str, Any]
    is_published: bool
    proof: ProofMark


@dataclass(frozen=True)
class Saved:
    """was_merged: somebody else had saved meanwhile, in other parts; both are in it."""

    number: int
    files: Files
    was_merged: bool


@dataclass(frozen=True)
class ProofRecord:
    """The proof of one version, asked for or made. token: its public name. seconds: how long it took."""

    token: str
    manuscript_id: ManuscriptId | None
    number: int | None
    course_id: str
    lesson_id: str
    version: str
    state: ProofState
    proof: Proof | None
    seconds: float
    asked_at: datetime
    proved_at: datetime | None

    @property
    def mark(self) -> ProofMark:
        if self.proof is not None:
            return "green" if self.proof.is_green else "red"
        return "queued" if self.state == "done" else self.state
