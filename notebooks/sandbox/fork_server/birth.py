"""What a confined child becomes: a Jupyter kernel or a clean session."""

import socket
from dataclasses import dataclass
from typing import Literal

from .ground import Paths
from .kernel_child import become_kernel, read_key
from .learner_world import enter_world
from .session_child import serve_session


@dataclass(frozen=True)
class Birth:
    """What is to be born. seed: None draws fresh randomness."""

    kind: Literal["kernel", "session"]
    language: str
    seed: int | None


def live(birth: Birth, paths: Paths, given: list[int]) -> None:
    """Runs in a confined child: become what is to be, on the descriptors that were given."""
    enter_world(paths, birth.language, birth.seed)
    if birth.kind == "kernel":
        *listeners, key = given
        become_kernel(listeners, read_key(key))
    else:
        serve_session(socket.socket(fileno=given[0]), paths.scratch)
