"""Runs one case of a test, in the examiner's session, over names that are the learner's."""

import doctest
import inspect
import io
import re
from typing import Any

# NumPy 2 writes its numbers with their type; what notebooks of before show, and Python's own numbers, are without.
NUMPY = re.compile(r"\bnp\.(?:(?:u?int|float|complex)\d+\(([^()]*)\)|(True|False)_)")


class Heard(io.StringIO):
    """What an example printed; `own` is that without what the learner's code did, when it was last read."""

    def __init__(self) -> None:
        super().__init__()
        self.own = ""
        self._own: list[str] = []

    def write(self, text: str) -> int:
        if type(text).__name__ != "Said":
            self._own.append(text)
        return super().write(text)

    def getvalue(self) -> str:
        self.own = _ended("".join(self._own))
        return _ended(super().getvalue())

    def truncate(self, size: int | None = None) -> int:
        self.seek(size or 0)
        self._own.clear()
        return super().truncate()


class Checker(doctest.OutputChecker):
    """Takes a NumPy number for the plain one that it stands for, and minds no print in the learner's code."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return any(
            super(Checker, self).check_output(*pair, optionflags)
            for seen in (got, self._heard.own)
            for pair in ((want, seen), (_plain(want), _plain(seen)))
        )


def run_doctest(text: str, names: dict[str, Any]) -> None:
    """Raises AssertionError with what differs, where an example gives something else than it says."""
    test = doctest.DocTest(doctest.DocTestParser().get_examples(text), {}, "test", None, None, text)
    test.globs = names  # not a copy, for these are looked up when they are used
    told, heard = io.StringIO(), Heard()
    runner = doctest.DocTestRunner(Checker(heard), verbose=False)
    runner._fakeout = heard  # type: ignore[attr-defined]  # what stands for standard output while it runs
    failed = runner.run(test, compileflags=0, out=told.write, clear_globs=False)[0]
    if failed:
        raise AssertionError(told.getvalue())


def run_function(source: str, name: str, names: dict[str, Any]) -> None:
    """Raises what the function raises. Its parameters are the learner's names, None where there is none; env is all."""
    space: dict[str, Any] = {"__name__": "test"}
    exec(source, space)  # noqa: S102  # a test is code; this process is there for nothing else
    wanted = inspect.signature(space[name]).parameters
    space[name](**{one: names if one == "env" else names.get(one) for one in wanted})


def _plain(text: str) -> str:
    return NUMPY.sub(lambda found: found[1] or found[2], text)


def _ended(text: str) -> str:
    """As doctests compare it: an output ends its last line."""
    return f"{text}\n" if text and not text.endswith("\n") else text
