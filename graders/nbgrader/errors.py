"""What keeps an instructor's notebook, or a learner's copy of it, from being used."""


class SourceRefused(Exception):
    """The instructor's notebook has a fault. `code` is for machines, `cell` names the cell, "" where none is meant.

    The message is for the author: what happened, what was seen, what to do.
    """

    def __init__(self, code: str, cell: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.cell = cell


class SubmissionRefused(Exception):
    """The learner's notebook cannot be graded against this source. `code` is for machines."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
