"""What a proof says, as values that can be stored and shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from courses import Language, LocalText

SCHEMA = "aula.proof/1"

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class ProofFinding:
    """One thing to mend: what happened, what we saw, what to do.

    language: None where it is of both; exercise_id and block_id: what it is about, empty where it is the lesson as a
    whole (block_id: the cell or the exercise whose place in the text a page can link to).
    wrong_answer_id: of the wrong answer that it is about, empty for all else.
    path: of the file within the lesson's folder, empty where no folder is known; line: from 1.
    """

    code: str
    severity: Severity
    message: LocalText
    language: Language | None = None
    exercise_id: str = ""
    block_id: str = ""
    path: str = ""
    line: int | None = None
    wrong_answer_id: str = ""


@dataclass(frozen=True)
class Survivor:
    """A mistake that no check caught: which it is, the line of the solution, and the same line with the mistake."""

    operator: str
    what: LocalText
    line: int
    was: str
    now: str


@dataclass(frozen=True)
class ExerciseStrength:
    """How many mistakes made in a solution its checks caught; one that survives may come to the same in these data."""

    exercise_id: str
    made: int
    caught: int
    survivors: tuple[Survivor, ...]


@dataclass(frozen=True)
class Proof:
    """All that was found about one version of a lesson, with one version of the libraries and of its data.

    proved_at: aware, in UTC; version: empty where the lesson could not be read; datasets: name=version.
    """

    course_id: str
    lesson_id: str
    version: str
    proved_at: datetime
    libraries: str
    datasets: tuple[str, ...]
    findings: tuple[ProofFinding, ...]
    strengths: tuple[ExerciseStrength, ...] = ()

    @property
    def is_green(self) -> bool:
        """Whether nothing in it forbids to publish the lesson; warnings do not."""
        return all(one.severity != "error" for one in self.findings)

    @property
    def errors(self) -> tuple[ProofFinding, ...]:
        return tuple(one for one in self.findings if one.severity == "error")

    @property
    def made(self) -> int:
        return sum(one.made for one in self.strengths)

    @property
    def caught(self) -> int:
        return sum(one.caught for one in self.strengths)

    @property
    def strength_share(self) -> float:
        """Of all mistakes that were made, how many were caught, 0 to 1; 1 where none could be made."""
        return self.caught / self.made if self.made else 1.0
