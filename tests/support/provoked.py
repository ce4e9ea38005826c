"""Real exceptions, provoked in the environment that learners import from, as a kernel would report them."""

import json
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from notebooks import Fault

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-kernel" / "bin" / "python"
# Runs each source in a namespace of its own and reports what a kernel's error message says of it.
PROVOKER = """
import contextlib, io, json, sys, traceback, warnings
import matplotlib
matplotlib.use("agg")
import numpy, pandas
warnings.simplefilter("always")
told = {}
for name, source in json.load(sys.stdin).items():
    told[name] = None
    errors = io.StringIO()
    try:
        with contextlib.redirect_stderr(errors):
            exec(compile(source, "<cell>", "exec"), {"pd": pandas, "np": numpy})
    except BaseException as error:
        frames = traceback.extract_tb(error.__traceback__)
        line = error.lineno if isinstance(error, SyntaxError) else None
        line = line or next(one.lineno for one in frames if one.filename == "<cell>")
        told[name] = {"name": type(error).__name__, "value": str(error), "line": line}
    else:
        told[name] = {"stderr": errors.getvalue()}
json.dump(told, sys.stdout)
"""


def provoke(sources: Mapping[str, str]) -> dict[str, Fault | str]:
    """For each source the error that it raises, or what it wrote to standard error where it raises none."""
    told = json.loads(_run(json.dumps(sources)))
    return {
        name: Fault(one["name"], one["value"], (), one["line"]) if "name" in one else one["stderr"]
        for name, one in told.items()
    }


@lru_cache
def _run(sources: str) -> str:
    return subprocess.run(
        [str(PYTHON), "-c", PROVOKER], input=sources, capture_output=True, text=True, check=True, cwd="/"
    ).stdout
