"""The check `tests`: an author's own Python tests, run in the examiner, away from the learner's process."""

import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from courses import Check
from graders.checks.finding import RIGHT, Finding, miss
from graders.checks.kind import Kind
from graders.errors import EvidenceRefused
from graders.examiner import TestOutcome, examine
from graders.nbgrader.definitions import split_at_deletions
from graders.view import ASK_S, View
from notebooks import CellTimeout, Session

STATUSES = ("passed", "failed", "timeout", "uncheckable", "died")
NO_NAME = re.compile(r"name '([A-Za-z_][A-Za-z0-9_]{0,59})' is not defined")
LONGEST_TEXT = 2000


@dataclass(frozen=True)
class Outcome:
    """How a test came out. value: the text of its last expression, None without; error: class, words and line."""

    status: str
    value: str | None
    error: tuple[str, str, int | None] | None


def look(view: View) -> Any:
    """The outcome in a session without learner code, which asks the answer's for copies of what it needs."""
    with view.clean_session() as examiner:
        told = run_test(view.check.params["source"], learner=view.scene.session, examiner=examiner.session)
    error = told.error
    return {
        "status": told.status,
        "value": None if told.value is None else told.value[:LONGEST_TEXT],
        "error": None if error is None else [error.name[:LONGEST_TEXT], error.value[:LONGEST_TEXT], error.line],
    }


# Where neither the test nor the answer came to an end that tells.
NOT_TOLD: Mapping[str, Finding] = {
    "uncheckable": Finding(False, "tests.uncheckable"),
    "timeout": Finding(False, "tests.timeout", is_error=True),
    "died": Finding(False, "tests.died", is_error=True),
}


def run_test(source: str, *, learner: Session, examiner: Session) -> TestOutcome:
    """How a test comes out. A name of the learner's that it deletes is gone from there on, and back at its end."""
    end, taken = time.monotonic() + ASK_S, list[str]()
    told = TestOutcome("passed")
    try:
        for part in split_at_deletions(source):
            forget = "\n".join(f"globals().pop({name!r}, None)" for name in taken)
            for text in filter(str.strip, (forget, part.source)):
                told = examine(text, learner=learner, examiner=examiner, timeout_s=max(0.1, end - time.monotonic()))
            if told.status != "passed" or not part.deletes:
                break
            taken += part.deletes
            order = "\n".join(f"_aula_{name} = {name}\ndel {name}" for name in part.deletes)
            if (error := learner.run(order, timeout_s=ASK_S).error) is not None:
                return TestOutcome("failed", error=error)
        if taken:
            learner.run("\n".join(f"{name} = _aula_{name}" for name in taken), timeout_s=ASK_S)
    except CellTimeout:
        return TestOutcome("timeout", whose="learner")
    return told


def read(raw: Any) -> Outcome:
    """The outcome that `look` told. Raises: EvidenceRefused."""
    if type(raw) is not dict or set(raw) != {"status", "value", "error"} or raw["status"] not in STATUSES:
        raise EvidenceRefused("a test has no outcome")
    value, error = raw["value"], raw["error"]
    if not (value is None or type(value) is str):
        raise EvidenceRefused("the value of a test is no text")
    if error is None:
        return Outcome(raw["status"], value, None)
    if type(error) is not list or len(error) != 3 or type(error[0]) is not str or type(error[1]) is not str:
        raise EvidenceRefused("the error of a test is none")
    line = error[2] if type(error[2]) is int else None
    return Outcome(raw["status"], value, (error[0], error[1], line))


def judge(check: Check, have: Outcome, want: Outcome) -> Finding:
    """By nbgrader's rule: a test that raises gives nothing, else its last expression says the points, without one all.

    A value that is no number of points, or more than there are, gives all: that is the test's fault.
    """
    if have.status == "passed":
        points = _points(have.value)
        if points is None or not 0 <= points < check.points:
            return RIGHT
        return Finding(False, "tests.partial", share=points / check.points)
    if have.status == "failed":
        name, words, _ = have.error or ("", "", None)
        missing = NO_NAME.search(words) if name == "NameError" else None
        return miss("tests.no_name", name=missing[1]) if missing else miss("tests.failed")
    return NOT_TOLD[have.status]


def _points(value: str | None) -> float | None:
    try:
        points = float(value) if value is not None else None
    except ValueError:
        return None
    return points if points is None or math.isfinite(points) else None


def is_same(check: Check, one: Outcome, other: Outcome) -> bool:
    """Whether the same assertion said the same. One without words says the same of every mistake, so it does not
    tell two apart."""
    if one != other:
        return False
    if one.status == "passed":
        return not judge(check, one, other).is_right
    return one.error is not None and (one.error[0] != "AssertionError" or bool(one.error[1]))


KIND = Kind(
    name="tests",
    about="Tests in Python by the author, for what no other kind can say. They run apart from the learner's code.",
    properties={
        "source": {
            "type": "string",
            "minLength": 1,
            "maxLength": 20000,
            "description": "Python that asserts. It imports what it needs; other names are copies of the learner's.",
        }
    },
    required=("source",),
    spanish={
        "tests.failed": "Tu respuesta no pasó esta prueba. Vuelve a leer lo que pide y pruébala con otros valores.",
        "tests.partial": "Tu respuesta cumple una parte de lo que se pide. Vuelve a leer el enunciado y complétala.",
        "tests.no_name": "No encontramos {name}. Revisa que tu código le dé un valor y que el nombre sea igual.",
        "tests.timeout": "Tu código tardó demasiado mientras se probaba. Busca un ciclo que no termina.",
        "tests.died": "Tu código cerró su propio proceso mientras se probaba. Quita lo que lo cierra, como `exit()`.",
        "tests.uncheckable": "Esta prueba no pudo leer tu respuesta. Deja valores comunes, como números o tablas.",
    },
    english={
        "tests.failed": "Your answer did not pass this test. Read again what it asks for and try other values.",
        "tests.partial": "Your answer does part of what is asked. Read the statement again and complete the rest.",
        "tests.no_name": "We did not find {name}. Check that your code gives it a value and that the name is the same.",
        "tests.timeout": "Your code took too long while it was tested. Look for a loop that never ends.",
        "tests.died": "Your code ended its own process while it was tested. Take out what closes it, such as `exit()`.",
        "tests.uncheckable": "This test could not read your answer. Leave common values, such as numbers or tables.",
    },
    before_author=frozenset({"tests.no_name", "tests.timeout", "tests.died", "tests.uncheckable"}),
    look=look,
    read=read,
    judge=judge,
    is_same=is_same,
    runs_learner_code=True,
)
