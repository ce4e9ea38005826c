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


class KernelLost(NotebookError):
    """The kernel is gone. `reason` is one of: memory, died, stopped."""

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(message or reason)
        self.reason = reason
