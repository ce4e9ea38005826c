"""The ways in which practice says no."""

from webapp.services.practice.records import Draft
from webapp.store import Refusal


class StaleDraft(Refusal):
    """The cell was saved elsewhere since: nothing was written. `current` is what is there now."""

    code = "stale_draft"

    def __init__(self, current: Draft) -> None:
        super().__init__(cell_id=current.cell_id, version=current.version)
        self.current = current


class UnusableText(Refusal):
    """code: too_large, bad_text, empty_answer or too_long."""


class UnknownCell(Refusal):
    code = "unknown_cell"


class UnknownRun(Refusal):
    """There is no such run, or it is somebody else's; both are told alike."""

    code = "unknown_run"


class KeyReused(Refusal):
    """The idempotency key belongs to another request."""

    code = "key_reused"


class KernelBusy(Refusal):
    """A cell is running, so the kernel cannot be asked anything else now."""

    code = "kernel_busy"


class NoKernel(Refusal):
    """There is no awake kernel to ask."""

    code = "no_kernel"


class CellLocked(Refusal):
    """The cell runs, but learners do not edit it."""

    code = "cell_locked"


class KeyMissing(Refusal):
    """A request that begins a run must carry an idempotency key of 1 to 80 characters."""

    code = "key_missing"


class DatasetChanged(Refusal):
    """A dataset of the lesson is missing, of another version, or its bytes are not those that it states."""

    code = "dataset_changed"


class UnknownExercise(Refusal):
    code = "unknown_exercise"


class BadChoice(Refusal):
    """Not what the exercise has, nothing at all, or several where one is asked for."""

    code = "bad_choice"


class UnknownTable(Refusal):
    code = "unknown_table"


class NoHints(Refusal):
    code = "no_hints"


class SolutionLocked(Refusal):
    """Neither passed nor tried three times with different answers."""

    code = "solution_locked"
