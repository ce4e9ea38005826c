"""What keeps an answer from being graded. None of it is ever the learner's fault."""


class UngradableExercise(Exception):
    """The exercise itself cannot be graded: it is unknown, or its own solution does not do what its checks ask.

    `code` is one of: unknown_exercise, solution_stopped, solution_fails. The message is for authors and operators.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class EvidenceRefused(Exception):
    """What came out of a session is not evidence: a wrong type, a value without meaning, too much of it."""


class ReportRefused(Exception):
    """A stored report of a schema that this version cannot read."""
