"""Grading one answer of a shipped exercise, against the same cells in a warm process and in a stock kernel."""

import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from benchmarks import grading_wait
from benchmarks.kernels import PYTHON, ROOT, fork_server
from benchmarks.measure import Comparison, interleaved, timed_ms
from courses import CodeBlock, Lesson, load_catalogue
from graders import AnswerKeys, grade
from notebooks import Cell, Limits, Notebook

COURSE, LESSON, EXERCISE = "analisis-con-pandas", "agrupar", "gasto-por-ramo"
COUNT = 10
# Runs the cells that come on standard input, one JSON list a line, in a namespace of their own; says when it is done.
WARM = """
import json, os, sys, time
import matplotlib; matplotlib.use("agg")
import matplotlib.pyplot, pandas, aula
for line in sys.stdin:
    names, began_at = {}, time.perf_counter()
    for source in json.loads(line):
        exec(source, names)
    print((time.perf_counter() - began_at) * 1000, flush=True)
"""


def compare() -> list[Comparison | str]:
    lesson = load_catalogue(ROOT / "courses" / "content").find_lesson(COURSE, LESSON)
    if lesson is None:
        sys.exit(f"The lesson {COURSE}/{LESSON} that is measured does not load: python -m courses check")
    notebook = solved(lesson)
    sources = [cell.source for cell in notebook.cells if cell.kind == "code"]
    with tempfile.TemporaryDirectory(prefix="bg") as folder, fork_server(Path(folder)) as server, warm() as process:
        keys = AnswerKeys(Path(folder) / "keys")

        def by_us() -> None:
            report = grade(lesson, EXERCISE, notebook, sandbox=server, keys=keys, limits=Limits(), language="es")
            if report.verdict != "passed":
                sys.exit(f"The reference solution of {EXERCISE} came out as {report.verdict}")

        by_us()  # the first one computes the answer's key, which every later one finds
        measured = interleaved(
            {
                "a stock kernel by nbclient, cells only": lambda: timed_ms(lambda: run_in_stock_kernel(sources)),
                "graders.grade, sandboxed, with its verdict": lambda: timed_ms(by_us),
                "the same cells in a warm process, unprotected": lambda: run_warm(process, sources),
            },
            COUNT,
        )
    return [Comparison("grading: one answer of a lesson", "ms", measured[0], measured[1:]), *grading_wait.compare()]


def compare_small() -> list[Comparison | str]:
    return grading_wait.compare_small()


def solved(lesson: Lesson) -> Notebook:
    """The lesson's cells down to the exercise, with its reference solution."""
    cells: list[Cell] = []
    for block in lesson.blocks_es:
        if isinstance(block, CodeBlock):
            cells.append(Cell(block.cell_id, "code", block.source, is_locked=block.is_locked))
        elif getattr(block, "exercise_id", None) == EXERCISE:
            exercise = lesson.find_exercise(EXERCISE)
            assert exercise is not None
            cells.append(Cell(EXERCISE, "code", exercise.solutions[0], exercise_id=EXERCISE))
            break
    return Notebook(tuple(cells))


def environment() -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT / "notebooks" / "sandbox" / "image"),
        "AULA_DATA": str(ROOT / "courses" / "content" / "datasets"),
        "MPLBACKEND": "agg",
    }


def warm() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(PYTHON), "-c", WARM], env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def run_warm(process: subprocess.Popen[str], sources: list[str]) -> float:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(sources) + "\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def run_in_stock_kernel(sources: list[str]) -> None:
    """What nbclient does for a notebook: a kernel of its own, started cold and ended afterwards."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    with tempfile.TemporaryDirectory(prefix="bn") as folder:
        specification = {
            "argv": [str(PYTHON), "-m", "ipykernel_launcher", "--log-level=50", "-f", "{connection_file}"],
            "display_name": "stock",
            "language": "python",
            "env": environment(),
        }
        (Path(folder) / "stock").mkdir()
        (Path(folder) / "stock" / "kernel.json").write_text(json.dumps(specification))
        found = KernelSpecManager(kernel_dirs=[folder], ensure_native_kernel=False)
        manager = AsyncKernelManager(kernel_name="stock", kernel_spec_manager=found)
        NotebookClient(notebook, km=manager, shutdown_kernel="immediate").execute()
        # nbclient leaves a manager that it was given running.
        asyncio.run(manager.shutdown_kernel(now=True))
