"""Notebooks of which any part was changed, lost or doubled: read, or refused in words, and nothing else."""

import contextlib
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from support.otter_notebooks import cell, config, gives, notebook, prose, question

from graders.nbgrader import SourceRefused, SubmissionRefused, read_document, write_document
from graders.otter import read_source, release
from graders.otter.restore import restore
from notebooks import NotebookRefused

SETTINGS = '""" # BEGIN TEST CONFIG\npoints: 1\nhidden: true\n""" # END TEST CONFIG\n'
MASTER = json.loads(
    notebook(
        config("name: one\nseed:\n  variable: start\n  autograder_value: 1"), cell("start = 2 # SEED"),
        *question("name: q1\npoints: [1, null]", prose("Look."), cell("def near(a, b):\n    return a == b"),
                  answer=[cell("# BEGIN SOLUTION\nx = 1\n# END SOLUTION\ny = 2 # SOLUTION")],
                  tests=[gives(f"{SETTINGS}x", "1"), gives("# HIDDEN\nprint(y)", printed="2\n")]),
        *question("name: q2\nmanual: true\npoints: 2", answer=[prose("So.")]),
        prose("```otter\n# BEGIN QUESTION\nname: q3\n```\nHere.\n```otter\n# END QUESTION\n```"),
    )
)  # fmt: skip
JUNK: tuple[Any, ...] = (
    None, 0, -1, True, "", "x", [], {}, [1], {"tests": 5}, {"tests": ["q1", 3]}, '"""', ">>> 1", "```otter", "def f(:",
    "\ud800", "grader.check('q1')", "# BEGIN QUESTION\nname: q9", "# END TESTS", "# END SOLUTION", "name: &a [*a]",
    "# ASSIGNMENT CONFIG\ntests: 3", "# BEGIN QUESTION\nname: q1\npoints: {each: [1]}", "# BEGIN IGNORE",
)  # fmt: skip


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a file's JSON."""
    if at:
        yield at
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in parts:
        yield from places(one, (*at, key))


def mutilated(raw: Any, chance: random.Random) -> bytes:
    copy = json.loads(json.dumps(raw))
    *way, last = chance.choice([at for at in places(copy) if chance.random() < 0.2 or "source" in at])
    part = copy
    for key in way:
        part = part[key]
    old, junk = part[last], chance.choice(JUNK)
    match chance.randrange(4):
        case 0:
            del part[last]
        case 1 if isinstance(part, list):
            part.insert(chance.randrange(len(part) + 1), old)
        case 2 if isinstance(old, str):
            at = chance.randrange(len(old) + 1)
            part[last] = f"{old[:at]}{junk}{old[at:]}"
        case _:
            part[last] = junk
    return json.dumps(copy).encode()


@pytest.mark.parametrize("seed", range(4))
def test_a_mutilated_notebook_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    source = read_source(json.dumps(MASTER).encode())
    handed_out = json.loads(write_document(release(source, "a.ipynb").document))
    for _ in range(25):
        with contextlib.suppress(SourceRefused, NotebookRefused):
            made = read_source(mutilated(MASTER, chance))
            assert made.max_points >= 0
            write_document(release(made, "a.ipynb").document)
        with contextlib.suppress(SubmissionRefused, NotebookRefused):
            restored = restore(source, read_document(mutilated(handed_out, chance)))
            assert set(restored.at_end) <= set(source.questions)
