"""How one test came out."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from notebooks import CellError

Status = Literal["passed", "failed", "timeout", "uncheckable", "died"]
Party = Literal["learner", "examiner"]


@dataclass(frozen=True)
class TestOutcome:
    """How a test came out, what it said and what its last expression gave.

    status: "passed" ran to its end; "failed" ended with `error`; "timeout" and "died" say by `whose` doing;
    "uncheckable" needed what cannot cross, whether or not it raised afterwards.
    value: the text of the last expression; None without one, or where it gave None. A NumPy number reads as a plain
    one.
    error: of the test; its line counts in the test's source. Its words may hold expected values: not for learners.
    uncheckable: what could not cross, one sentence each.
    """

    __test__: ClassVar[bool] = False  # its name begins as those do that pytest collects

    status: Status
    value: str | None = None
    error: CellError | None = None
    stdout: str = ""
    stderr: str = ""
    uncheckable: tuple[str, ...] = ()
    whose: Party | None = None
