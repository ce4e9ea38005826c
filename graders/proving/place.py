"""Where proofs are made, and how much at once."""

import os
from dataclasses import dataclass

from courses import Language
from graders.expected import Workbench
from graders.keys import AnswerKeys
from notebooks import ForkServer, Limits


@dataclass(frozen=True)
class Place:
    """Where proofs are made: the sandbox, the answer keys, a learner's limits, and how many pieces of work at once."""

    sandbox: ForkServer
    keys: AnswerKeys
    limits: Limits = Limits()
    jobs: int = 0

    def bench(self, language: Language) -> Workbench:
        return Workbench(self.sandbox, self.keys, self.limits, language)

    def workers(self) -> int:
        """Two for each core, so that one that waits for its limit holds up no other; fewer where memory is short."""
        status = self.sandbox.status()
        room = (status.available_mib - status.reserve_mib) * 2**20 // self.limits.group_bytes
        return max(1, min(self.jobs or 2 * len(os.sched_getaffinity(0)), room))
