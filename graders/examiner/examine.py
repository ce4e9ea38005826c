"""One test, run in the examiner's session against the learner's."""

import functools
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graders.examiner.crossing import CrossingRefused, check_reply
from graders.examiner.outcome import TestOutcome
from notebooks import CellError, KernelLost, ProbeRefused, Session

INSIDE = Path(__file__).parent / "inside"
MOST_REQUESTS = 20_000
MOST_BYTES = 64 * 2**20
MOST_REPLY_BYTES = 32 * 2**20
SHORTEST_S = 0.05  # to ask the learner's session at all


class _LearnerFailed(Exception):
    """The learner's session can say no more in this test."""

    def __init__(self, outcome: TestOutcome) -> None:
        super().__init__(outcome.status)
        self.outcome = outcome


def examine(source: str, *, learner: Session, examiner: Session, timeout_s: float = 10.0) -> TestOutcome:
    """How a test comes out. Names that it does not bind are the learner's, fetched as copies when they are used.

    The examiner's session runs no learner code, and the learner's never sees the source: only names that are asked for
    and arguments of calls. What tests bind in the examiner lasts from one test to the next, and goes before the
    learner's names: so run there first, as a test, what the author's own cells import or define for tests. A function
    that a test takes from the learner, as one that compares, may find what it likes.
    timeout_s: for all of it, the learner's part included. Where one of them was lost, its session raises KernelLost
    from then on; where the learner's code took too long, both sessions go on if they heeded the interrupt.
    Raises: KernelUnavailable.
    """
    relay = _Relay(learner, time.monotonic() + timeout_s)
    try:
        told = examiner.converse(
            _source("values", "held", "tests"), "run", {"source": source}, relay.answer,
            timeout_s=timeout_s, most_bytes=MOST_BYTES, most_requests=MOST_REQUESTS,
        )  # fmt: skip
    except _LearnerFailed as reason:
        return reason.outcome
    except ProbeRefused as reason:
        return TestOutcome("timeout" if reason.is_timeout else "died", whose="examiner")
    except KernelLost:
        return TestOutcome("died", whose="examiner")
    return _outcome(told)


class _Relay:
    """Carries requests to the learner's session and its answers back, once they are seen to be values as agreed."""

    def __init__(self, learner: Session, end: float) -> None:
        self._learner = learner
        self._end = end

    def answer(self, request: Any) -> Mapping[str, Any]:
        left = max(SHORTEST_S, self._end - time.monotonic())
        try:
            reply = self._learner.ask(
                _source("values", "learner"), "answer", request, timeout_s=left, most_bytes=MOST_REPLY_BYTES
            )
            check_reply(reply)
        except ProbeRefused as reason:
            if reason.is_timeout:
                raise _LearnerFailed(TestOutcome("timeout", whose="learner")) from reason
            return {"uncheckable": "an answer that is no value"}
        except CrossingRefused as reason:
            return {"uncheckable": f"an answer that is no value: {reason}"}
        except KernelLost as reason:
            raise _LearnerFailed(TestOutcome("died", whose="learner")) from reason
        known: Mapping[str, Any] = reply
        return known


def _outcome(told: Mapping[str, Any]) -> TestOutcome:
    """What the examiner told of a test, which ran to some end."""
    error, uncheckable = _error(told["error"]), tuple(_printable(one) for one in told["uncheckable"])
    return TestOutcome(
        "uncheckable" if uncheckable else "failed" if error else "passed",
        value=None if error or uncheckable or told["value"] is None else _printable(told["value"]),
        error=error,
        stdout=_printable(told["stdout"]),
        stderr=_printable(told["stderr"]),
        uncheckable=uncheckable,
    )


def _error(told: Mapping[str, Any] | None) -> CellError | None:
    if told is None:
        return None
    return CellError(told["name"], _printable(told["value"]), (), told["line"], told["is_memory"])


def _printable(text: str) -> str:
    """Without halves of surrogate pairs, that cannot be stored: texts of the learner's are in what tests say."""
    return text.encode("utf-8", "replace").decode()


@functools.cache
def _source(*names: str) -> str:
    """Files of `inside` as one text: sessions have none of our modules, so what imports them is left out."""
    texts = [(INSIDE / f"{name}.py").read_text(encoding="utf-8") for name in names]
    own = f"from {__package__}.inside"
    return "\n".join(line for text in texts for line in text.splitlines() if not line.startswith(own))
