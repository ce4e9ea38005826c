"""What a confined child becomes: a Jupyter kernel, one that waits for its owner, or a clean session."""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass

from traitlets.utils.importstring import import_item

from .ground import Paths
from .kernel_child import make_kernel, make_python_kernel, read_key
from .learner_world import enter_world
from .session_child import serve_session
from .spare_child import wait_for_owner


@dataclass(frozen=True)
class Birth:
    """What is to be born. kind: "kernel", "spare" or "session"; seed: None draws fresh randomness.

    kernel_class: module and class of a kernel for another language, made with ipykernel; None is our Python.
    """

    kind: str
    language: str
    seed: int | None
    kernel_class: str | None = None


def live(birth: Birth, paths: Paths, given: list[int], fall_silent: Callable[[], None]) -> None:
    """Runs in a confined child: become what is to be, on the descriptors that were given.

    fall_silent: called once nothing of ours can fail any more, and before anything of a learner's comes in.
    """
    enter_world(paths, birth.language, birth.seed)
    if birth.kind == "session":
        serve_session(socket.socket(fileno=given[0]), paths.home, paths.scratch, fall_silent)
        return
    *listeners, last = given
    if birth.kind == "spare":
        app = make_python_kernel(listeners, os.urandom(32), paths.home)
        wait_for_owner(app, socket.socket(fileno=last))
    elif birth.kernel_class is None:
        app = make_python_kernel(listeners, read_key(last), paths.home)
    else:
        app = make_kernel(listeners, read_key(last), import_item(birth.kernel_class))
    fall_silent()
    app.start()
