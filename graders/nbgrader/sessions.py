"""The two processes of a grading run: the learner's, and the examiner's where tests run."""

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from types import TracebackType

from courses import Language
from graders.examiner import TestOutcome, examine
from graders.execute import Ending
from graders.nbgrader.definitions import Part, split_at_deletions
from notebooks import CellReply, CellTimeout, ForkServer, KernelLost, KernelUnavailable, Limits, ProbeRefused, Session

MOST_LIVES = 20  # sessions for one notebook: a crash costs its cell, and a notebook of crashes ends
TOTAL_PER_CELL = 4  # all of one exercise, cells and tests, may take this many times what one cell may
SEED = 0
SETTLE_S = 10.0
# These notebooks were written for a kernel without our charts' style: titles stand where `get_title` looks for them.
STOCK = "from aula import style\ndef leave(user_ns, arguments):\n    style.leave()\n"


class NoMore(Exception):
    """Nothing runs any more: the time for this exercise is over, or too many sessions were lost."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending)
        self.ending: Ending = ending


class Sessions:
    """A learner's session and an examiner's, opened when first needed and replaced together when one is lost.

    Each has the author's files at home. A new learner's session is brought to where the lost one was: cells that came
    to their own end run again, in order.
    """

    def __init__(
        self, sandbox: ForkServer, limits: Limits, language: Language, files: Mapping[str, bytes] | None = None
    ) -> None:
        self._open_bare: Callable[[], Session] = lambda: self._held.enter_context(
            sandbox.open_session(language=language, seed=SEED, limits=limits)
        )
        self._files = files or {}
        self._cell_timeout_s = limits.cell_timeout_s
        self.begin_exercise()
        self._held = ExitStack()
        self._learner: Session | None = None
        self._examiner: Session | None = None
        self._lives = MOST_LIVES
        self._history: list[str] = []
        self._authored: list[str] = []

    def __enter__(self) -> "Sessions":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._held.close()

    def begin_exercise(self) -> None:
        """Give the cells from here on their own time, so that one exercise never takes the next one's."""
        self._end_at = time.monotonic() + TOTAL_PER_CELL * self._cell_timeout_s

    def run(self, source: str, *, is_replayed: bool = True) -> tuple[Ending, CellReply | None]:
        """One cell in the learner's session, and how it ended; no reply where a limit or its own exit ended it.

        is_replayed: whether it belongs to what a new session is brought to.
        Raises: NoMore, KernelUnavailable.
        """
        try:
            reply = self._get_learner().run(source, timeout_s=self._time_left())
        except CellTimeout as reason:
            if reason.is_session_over:
                self._drop()
            return "timeout", None
        except KernelLost as reason:
            self._drop()
            return "out_of_memory" if reason.reason == "memory" else "died", None
        if is_replayed:
            self._history.append(source)
        if reply.error is None:
            return "done", reply
        return "out_of_memory" if reply.error.is_memory else "error", reply

    def test(self, source: str) -> TestOutcome:
        """One test in the examiner's session. Raises: NoMore, KernelUnavailable."""
        taken: list[str] = []
        outcome = TestOutcome("passed")
        for part in split_at_deletions(source):
            outcome = self._test_part(part, taken)
            if outcome.status != "passed":
                break
        if outcome.status in ("timeout", "died"):
            self._drop_if_lost()
        if taken and self._learner is not None:
            self.run("\n".join(f"{name} = _aula_{name}" for name in taken), is_replayed=False)
        return outcome

    def author(self, definitions: str) -> None:
        """Give the examiner definitions of the author's, which go before the learner's of the same name."""
        if definitions:
            self._authored.append(definitions)
            if self._examiner is not None:
                self._examine(definitions, SETTLE_S)

    def lend(self, names: frozenset[str]) -> None:
        """Let names be the learner's in the examiner, also those that the author defines, until `author_again`."""
        self._examine("\n".join(f"globals().pop({name!r}, None)" for name in sorted(names)), SETTLE_S)

    def author_again(self) -> None:
        """Give the examiner back the author's definitions that were lent."""
        if self._examiner is not None:
            self._examine("\n".join(self._authored), SETTLE_S)

    def forget(self, names: frozenset[str]) -> None:
        """Let names that tests bound be the learner's again, in the examiner too."""
        if names and self._examiner is not None:
            self.lend(names)

    def _test_part(self, part: Part, taken: list[str]) -> TestOutcome:
        outcome = self._examine(part.source, self._time_left()) if part.source.strip() else TestOutcome("passed")
        if outcome.status != "passed" or not part.deletes:
            return outcome
        self.forget(frozenset(part.deletes))
        order = "\n".join(f"_aula_{name} = {name}\ndel {name}" for name in part.deletes)
        ending, reply = self.run(order, is_replayed=False)
        if ending != "done":
            return TestOutcome("failed", error=reply.error if reply else None)
        taken += part.deletes
        return outcome

    def _examine(self, source: str, timeout_s: float) -> TestOutcome:
        learner = self._get_learner()
        if self._examiner is None:
            self._examiner = self._open()
            for definitions in self._authored:
                examine(definitions, learner=learner, examiner=self._examiner, timeout_s=SETTLE_S)
        return examine(source, learner=learner, examiner=self._examiner, timeout_s=timeout_s)

    def _get_learner(self) -> Session:
        if self._learner is None:
            if not self._lives:
                raise NoMore("died")
            self._lives -= 1
            self._learner = self._open()
            try:
                for source in self._history:
                    self._learner.run(source, timeout_s=self._time_left())
            except (CellTimeout, KernelLost) as reason:
                self._drop()
                raise NoMore("died") from reason
        return self._learner

    def _time_left(self) -> float:
        left = self._end_at - time.monotonic()
        if left <= 0:
            raise NoMore("timeout")
        return min(self._cell_timeout_s, left)

    def _open(self) -> Session:
        session = self._open_bare()
        try:
            session.ask(STOCK, "leave", {})
            if self._files:
                session.write_files(self._files)
        except (KernelLost, ProbeRefused) as reason:
            raise KernelUnavailable(f"a new session did not take the author's files: {reason}") from reason
        return session

    def _drop_if_lost(self) -> None:
        """A session that heeded an interrupt goes on; where one did not, both are replaced."""
        try:
            for session in (self._learner, self._examiner):
                if session is not None:
                    session.run("", timeout_s=SETTLE_S)
        except (CellTimeout, KernelLost):
            self._drop()

    def _drop(self) -> None:
        self._learner = self._examiner = None
        self._held.close()
