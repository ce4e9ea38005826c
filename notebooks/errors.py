"""What can go wrong with notebooks and kernels. Messages are for operators; learners' words are chosen in the site."""


class NotebookError(Exception):
    """Base of every error that this room raises on purpose."""


class NotebookRefused(NotebookError):
    """A notebook document that cannot be taken in. `code` is one of: too_large, not_json, not_notebook, bad_text."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class SandboxUnavailable(NotebookError):
    """The sandbox cannot be built here, so learner code does not run. The message says what to allow."""


class KernelUnavailable(NotebookError):
    """No kernel could be had now: the gateway or the fork server is away or full."""


class NoRoom(KernelUnavailable):
    """There is no memory for one more kernel, or there are as many as may be: ask again when one has ended."""


class KernelLost(NotebookError):
    """The kernel is gone. `reason` is one of: memory, died, stopped."""

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(message or reason)
        self.reason = reason


class CellTimeout(NotebookError):
    """A cell took longer than it may. `is_session_over` where it had to be ended for that; else it was interrupted."""

    def __init__(self, message: str, *, is_session_over: bool = False) -> None:
        super().__init__(message)
        self.is_session_over = is_session_over


class ProbeRefused(NotebookError):
    """A probe failed inside the session, or its answer is no JSON value or too large. The message says which.

    is_timeout: it took longer than it may, as when it called a learner's function that never ends.
    """

    def __init__(self, message: str, *, is_timeout: bool = False) -> None:
        super().__init__(message)
        self.is_timeout = is_timeout
