"""The practice of a learner: drafts, runs and their logs, the kernel, the place and the help taken."""

from webapp.services.practice.checks import begin_check, end_check, tell_new
from webapp.services.practice.desk import Wish, Writing, check_datasets, press_check, press_run, save_writing
from webapp.services.practice.drafts import list_drafts, list_versions, save_cell
from webapp.services.practice.explorer import TableQuestion, read_table
from webapp.services.practice.kernels import count_states, look_at, want_restart
from webapp.services.practice.line import count_waiting, look_up
from webapp.services.practice.log import append, end_run, list_entries
from webapp.services.practice.notebook import compose_notebook, describe_choice
from webapp.services.practice.refusals import (
    BadChoice,
    CellLocked,
    DatasetChanged,
    KernelBusy,
    KeyMissing,
    KeyReused,
    NoHints,
    NoKernel,
    SolutionLocked,
    StaleDraft,
    UnknownCell,
    UnknownExercise,
    UnknownRun,
    UnknownTable,
    UnusableText,
)
from webapp.services.practice.room import wait_in_line, with_room
from webapp.services.practice.runs import (
    find_repeated,
    get_run,
    get_run_by_id,
    interrupt,
    list_active,
    start_check,
    start_run,
)
from webapp.services.practice.study import keep_place, list_places, open_solution, open_workbook, reveal_hint
from webapp.services.practice.tail import LogTail

__all__ = [
    "BadChoice",
    "CellLocked",
    "DatasetChanged",
    "KernelBusy",
    "KeyMissing",
    "KeyReused",
    "LogTail",
    "NoHints",
    "NoKernel",
    "SolutionLocked",
    "StaleDraft",
    "TableQuestion",
    "UnknownCell",
    "UnknownExercise",
    "UnknownRun",
    "UnknownTable",
    "UnusableText",
    "Wish",
    "Writing",
    "append",
    "begin_check",
    "check_datasets",
    "compose_notebook",
    "count_states",
    "count_waiting",
    "describe_choice",
    "end_check",
    "end_run",
    "find_repeated",
    "get_run",
    "get_run_by_id",
    "interrupt",
    "keep_place",
    "list_active",
    "list_drafts",
    "list_entries",
    "list_places",
    "list_versions",
    "look_at",
    "look_up",
    "open_solution",
    "open_workbook",
    "press_check",
    "press_run",
    "read_table",
    "reveal_hint",
    "save_cell",
    "save_writing",
    "start_check",
    "start_run",
    "tell_new",
    "wait_in_line",
    "want_restart",
    "with_room",
]
