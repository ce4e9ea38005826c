"""Runs a test, in the examiner's session, over names that it fetches when the test uses them."""

import ast
import builtins
import contextlib
import importlib
import io
from collections.abc import Callable
from typing import Any

import numpy as np
from IPython.core.getipython import get_ipython

from graders.examiner.inside.held import Learner
from graders.examiner.inside.values import Uncheckable

PLACE = "<test>"
LONGEST_TEXT = 20_000
MOST_SAID = 1_000_000
# Whatever the learner made of these names, a test means the libraries.
LIBRARIES = {"np": "numpy", "pd": "pandas", "plt": "matplotlib.pyplot"}


class Names(dict[str, Any]):
    """The globals of tests: what they bind themselves, then what else the examiner's session holds, then the learner's.

    CPython asks `__missing__` of a dict's subclass for the globals of a module's code and of functions alike.
    """

    def __init__(self) -> None:
        super().__init__(__name__="__main__", __builtins__=builtins)
        self._fetched: dict[str, Any] = {}
        self._own: dict[str, Any] = {}
        self._learner: Learner | None = None

    def begin(self, own: dict[str, Any], learner: Learner) -> None:
        """Forget what was fetched for the test before: the learner's cells may have gone on since."""
        for name, value in self._fetched.items():
            if dict.get(self, name) is value:
                del self[name]
        self._fetched, self._own, self._learner = {}, own, learner

    def __missing__(self, name: str) -> Any:
        if name in self._own:
            return self._own[name]
        if name in LIBRARIES:
            value = importlib.import_module(LIBRARIES[name])
        elif name.startswith("__") or hasattr(builtins, name) or self._learner is None:
            raise KeyError(name)
        else:
            value = self._learner.fetch(name)
        self[name] = self._fetched[name] = value
        return value

    def __contains__(self, name: object) -> bool:
        return self.get(name, _names) is not _names

    def get(self, name: Any, default: Any = None) -> Any:
        try:
            return self[name]
        except KeyError:
            return default


_names = Names()


def run(user_ns: dict[str, Any], arguments: dict[str, Any], ask: Callable[[Any], Any]) -> dict[str, Any]:
    """How a test ended: {"value", "error", "uncheckable", "stdout", "stderr"}. arguments: {"source"}."""
    learner = Learner(ask)
    _names.begin(user_ns, learner)
    out, err = io.StringIO(), io.StringIO()
    told: dict[str, Any] = {"value": None, "error": None}
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            told["value"] = _text(_run(arguments["source"]))
        except Uncheckable:
            pass  # the learner's stand-in has noted it
        except BaseException as error:  # a test ends as it likes; that is what is told
            told["error"] = _tell(error)
    said = {name: stream.getvalue()[:MOST_SAID] for name, stream in (("stdout", out), ("stderr", err))}
    return {**told, **said, "uncheckable": learner.uncheckable}


def _run(source: str) -> Any:
    """Run a cell as IPython does: magics are understood, and the last expression is its value."""
    tree = ast.parse(get_ipython().transform_cell(source), PLACE)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, PLACE, "exec"), _names)  # noqa: S102  # a test is code; this process is there for nothing else
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), PLACE, "eval"), _names)  # noqa: S307  # likewise


def _text(value: Any) -> str | None:
    """What a page would show; a NumPy number as the plain one that it stands for."""
    if value is None:
        return None
    return repr(value.item() if isinstance(value, np.generic) else value)[:LONGEST_TEXT]


def _tell(error: BaseException) -> dict[str, Any]:
    return {
        "name": type(error).__name__,
        "value": str(error)[:LONGEST_TEXT],
        "traceback": [],
        "line": _line(error),
        "is_memory": isinstance(error, MemoryError),
    }


def _line(error: BaseException) -> int | None:
    """The line of the test where the error came up."""
    if isinstance(error, SyntaxError) and error.filename == PLACE:
        return error.lineno
    line, step = None, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == PLACE:
            line = step.tb_lineno
        step = step.tb_next
    return line
