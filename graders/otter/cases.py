"""The cases of a question's tests, whichever way they are written, and the text by which the examiner runs one."""

import doctest
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graders.nbgrader.errors import SourceRefused

INSIDE = (Path(__file__).parent / "inside" / "cases.py").read_text(encoding="utf-8")
PREPARATION = f"_aula_cases = {{}}\nexec({INSIDE!r}, _aula_cases)"
# What acts on the process itself, and so on the test's and not on the one of the learner's code.
OF_THE_PROCESS = re.compile(r"\bseed\(|\bgc[af]\(|\bdefault_rng\(")


@dataclass(frozen=True)
class Case:
    """One case. source: a doctest's text, or that of a module with a function, named `function`, which is called.

    points: None until they are shared out; said: those that its author gave it alone. in_kernel: its author allows the
    weaker mode, beside the learner's code.
    """

    name: str
    source: str
    function: str = ""
    is_hidden: bool = False
    points: float | None = None
    said: float | None = None
    success_message: str | None = None
    failure_message: str | None = None
    in_kernel: bool = False

    @property
    def call(self) -> str:
        """The order that runs it, where PREPARATION has run. Its only value is whether it raises."""
        if self.function:
            return f'_aula_cases["run_function"]({self.source!r}, {self.function!r}, globals())'
        return f'_aula_cases["run_doctest"]({self.source!r}, globals())'

    @property
    def statements(self) -> str:
        """The Python of a doctest, "" of a function, which binds no names for others."""
        return (
            "" if self.function else "\n".join(one.source for one in doctest.DocTestParser().get_examples(self.source))
        )

    @property
    def acts_on_process(self) -> bool:
        return OF_THE_PROCESS.search(self.source) is not None


@dataclass(frozen=True)
class Question:
    """A question that earns points. cases: none where a person marks it, with points shared out.

    said: the points as its author wrote them, for the learner's version.
    """

    name: str
    cases: tuple[Case, ...]
    manual_points: float = 0.0
    all_or_nothing: bool = False
    said: Any = None

    @property
    def max_points(self) -> float:
        return round(sum(one.points or 0.0 for one in self.cases), 5) if self.cases else self.manual_points


def check_doctest(text: str, cell: str) -> None:
    """Raises: SourceRefused where a text is no doctest with an example."""
    try:
        examples = doctest.DocTestParser().get_examples(text)
    except ValueError as reason:
        raise SourceRefused(
            "bad_doctest", cell, f"{cell}: the doctest cannot be read: {reason}. Correct it."
        ) from reason
    if not examples:
        raise SourceRefused("empty_test", cell, f"{cell}: the test has no line that begins with >>>. Write one.")


def texts_of(raw: Mapping[str, Any], cell: str) -> dict[str, str | None]:
    """The two messages of a case. Raises: SourceRefused where one is no text."""
    found: dict[str, str | None] = {}
    for key in ("success_message", "failure_message"):
        value = raw.get(key)
        if value is not None and not isinstance(value, str):
            raise SourceRefused("bad_setting", cell, f"{cell}: {key} is {value!r}. Write a text.")
        found[key] = value
    return found
