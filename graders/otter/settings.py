"""What an assignment and its questions say of themselves in YAML, held to what can be graded here."""

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from graders.nbgrader.errors import SourceRefused

# Of no matter for what a learner is given or a submission earns.
IDLE = frozenset((
    "requirements", "overwrite_requirements", "environment", "run_tests", "solutions_pdf", "template_pdf",
    "save_environment", "ignore_modules", "python_version", "channel_priority_strict", "suppress_no_tests_warning",
))  # fmt: skip
USED = frozenset((
    "name", "init_cell", "check_all_cell", "export_cell", "seed", "generate", "files", "autograder_files", "tests",
    "show_question_points", "runs_on", "strip_solutions_from_all_cells",
))  # fmt: skip
REFUSED = ("config_file", "plugins", "student_files")
# How Gradescope shows results, and what Otter prints.
IDLE_GENERATE = frozenset((
    "show_stdout", "show_hidden", "show_all_public", "pdf", "filtering", "pagebreaks", "debug", "autograder_dir",
    "miniconda_path", "logo", "print_summary", "print_score", "zips", "log_level", "warn_missing_pdf",
    "force_public_test_summary", "submit_blank_pdf_on_export_failure", "use_submission_pdf", "pdf_via_html",
))  # fmt: skip
USED_GENERATE = frozenset(("seed", "seed_variable", "assignment_name", "lang"))
REFUSED_GENERATE = (
    "score_threshold", "points_possible", "grade_from_log", "serialized_variables", "plugins", "token", "course_id",
    "assignment_id",
)  # fmt: skip
PLACES = ("default", "colab", "jupyterlite")
QUESTION = frozenset(("name", "manual", "points", "check_cell", "export", "all_or_nothing"))
NAME = re.compile(r"[^\x00-\x1f\"'`/\\{}]{1,100}")


@dataclass(frozen=True)
class Seed:
    """What random numbers begin from before each cell.

    variable: the name that is set to the value; None where NumPy and `random` are seeded with it themselves.
    """

    value: int
    variable: str | None = None
    student_value: int | None = None


@dataclass(frozen=True)
class Assignment:
    """The settings of an assignment. export: of the cell that hands in, None without it; files: by name or folder."""

    name: str | None = None
    is_ok_format: bool = True
    has_test_files: bool = False
    has_init_cell: bool = True
    has_check_all_cell: bool = False
    export: Mapping[str, Any] | None = field(default_factory=dict)
    seed: Seed | None = None
    files: tuple[str, ...] = ()
    shows_points: bool = False
    strips_all_cells: bool = False
    runs_on: str = "default"


@dataclass(frozen=True)
class Heading:
    """What the cell that begins a question says. points: as it says them, not yet shared out."""

    name: str
    is_manual: bool = False
    points: Any = None
    has_check_cell: bool = True
    is_exported: bool = False
    all_or_nothing: bool = False


def read_mapping(text: str, cell: str) -> dict[str, Any]:
    """The YAML of a cell as Otter reads it, by version 1.1. Raises: SourceRefused."""
    reader = YAML(typ="safe", pure=True)
    reader.version = "1.1"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of numbers that the two versions write differently
            value = reader.load(text)
    except (YAMLError, ValueError, TypeError, RecursionError) as reason:
        seen = " ".join(str(getattr(reason, "problem", None) or reason).split())[:200]
        raise SourceRefused("bad_yaml", cell, f"{cell}: its YAML cannot be read: {seen}. Correct it.") from reason
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise SourceRefused("bad_yaml", cell, f"{cell}: its YAML is no mapping. Write one `key: value` a line.")
    return value


def assignment_of(raw: Mapping[str, Any], cell: str) -> Assignment:
    """The settings of the cell `# ASSIGNMENT CONFIG`. Raises: SourceRefused for what cannot be graded here."""
    told = _Told(raw, cell)
    told.allow(IDLE | USED, REFUSED)
    generate = _Told(_mapping_or_flag(raw.get("generate"), "generate", cell), cell)
    generate.allow(IDLE_GENERATE | USED_GENERATE, REFUSED_GENERATE)
    if generate.text("lang", "python") != "python":
        raise SourceRefused("language_not_graded", cell, f"{cell}: lang is not python, and only Python is graded.")
    tests = _Told(told.mapping("tests"), cell)
    tests.allow(frozenset(("files", "ok_format")), ("url_prefix",))
    export = raw.get("export_cell", True)
    if told.text("runs_on", "default") not in PLACES:
        raise told.refusal("runs_on", f"one of {', '.join(PLACES)}")
    return Assignment(
        name=told.text("name", None) or generate.text("assignment_name", None),
        is_ok_format=tests.flag("ok_format", True),
        has_test_files=tests.flag("files", False),
        has_init_cell=told.flag("init_cell", True),
        has_check_all_cell=told.flag("check_all_cell", False),
        export=None if export is False or export is None else _mapping_or_flag(export, "export_cell", cell),
        seed=_seed(_Told(told.mapping("seed"), cell), generate),
        files=(*told.texts("files"), *told.texts("autograder_files")),
        shows_points=told.flag("show_question_points", False),
        strips_all_cells=told.flag("strip_solutions_from_all_cells", False),
        runs_on=told.text("runs_on", "default") or "default",
    )


def heading_of(raw: Mapping[str, Any], cell: str) -> Heading:
    """What a cell `# BEGIN QUESTION` says. Raises: SourceRefused."""
    told = _Told(raw, cell)
    told.allow(QUESTION, ())
    name = raw.get("name")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise SourceRefused(
            "bad_name", cell, f"{cell}: the question's name is {name!r}. Use a text without quotes, slashes and braces."
        )
    return Heading(
        name,
        is_manual=told.flag("manual", False),
        points=raw.get("points"),
        has_check_cell=told.flag("check_cell", True),
        is_exported=told.flag("export", False),
        all_or_nothing=told.flag("all_or_nothing", False),
    )


@dataclass(frozen=True)
class _Told:
    """A mapping of settings, each of which must be of its kind."""

    raw: Mapping[str, Any]
    cell: str

    def allow(self, known: frozenset[str], refused: Sequence[str]) -> None:
        for key, value in self.raw.items():
            if key in refused and value not in (None, False, [], {}):
                raise SourceRefused(
                    "not_supported", self.cell, f"{self.cell}: {key} is asked for, which is not done here. Take it out."
                )
            if key not in known and key not in refused:
                raise SourceRefused("unknown_key", self.cell, f"{self.cell}: {key!r} is no setting. Take it out.")

    def flag(self, key: str, default: bool) -> bool:
        value = self.raw.get(key, default)
        if not isinstance(value, bool):
            raise self.refusal(key, "true or false")
        return value

    def text(self, key: str, default: str | None) -> str | None:
        value = self.raw.get(key, default)
        if value is not None and not isinstance(value, str):
            raise self.refusal(key, "a text")
        return value

    def whole(self, key: str) -> int | None:
        value = self.raw.get(key)
        if value is not None and type(value) is not int:
            raise self.refusal(key, "a whole number")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.raw.get(key) or []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.refusal(key, "a list of names")
        return tuple(value)

    def mapping(self, key: str) -> Mapping[str, Any]:
        value = self.raw.get(key) or {}
        if not isinstance(value, dict):
            raise self.refusal(key, "a mapping")
        return value

    def refusal(self, key: str, wanted: str) -> SourceRefused:
        return SourceRefused("bad_setting", self.cell, f"{self.cell}: {key} is {self.raw.get(key)!r}. Write {wanted}.")


def _mapping_or_flag(value: Any, key: str, cell: str) -> Mapping[str, Any]:
    if value is None or isinstance(value, bool):
        return {}
    if not isinstance(value, dict):
        raise _Told({key: value}, cell).refusal(key, "true, false or a mapping")
    return value


def _seed(seed: _Told, generate: _Told) -> Seed | None:
    seed.allow(frozenset(("variable", "autograder_value", "student_value")), ())
    variable = seed.text("variable", None)
    value = seed.whole("autograder_value") if variable else generate.whole("seed")
    if variable is None:
        variable = generate.text("seed_variable", None)
    if value is None:
        if variable is not None:
            raise SourceRefused(
                "seed_missing", seed.cell, f"{seed.cell}: {variable} is to be seeded with no value. Give its value."
            )
        return None
    if variable is not None and not variable.isidentifier():
        raise seed.refusal("variable", "a name of Python's")
    return Seed(value, variable, seed.whole("student_value"))
