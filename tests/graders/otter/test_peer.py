"""Otter-Grader itself on the same assignments: the same learner's versions and the same points."""

import json
import random
from collections.abc import Mapping
from typing import Any

import pytest
from support.otter_notebooks import answered, cell, config, gives, notebook, otter, prose, question, raw

from graders.nbgrader import read_document, write_document
from graders.otter import grade_notebook, read_source, release
from notebooks import ForkServer, Limits

RAISES = """def test_raises(fail):
    try:
        fail(1)
    except ValueError:
        return
    assert False"""
FAILS = "def fail(x):\n    raise ValueError(x)"
SQUARE = "def square(x):\n    # BEGIN SOLUTION\n    return x * x\n    # END SOLUTION"


def set_to(*lines: str) -> str:
    """The top of a test cell with these settings."""
    told = "\n".join(lines)
    return f'""" # BEGIN TEST CONFIG\n{told}\n""" # END TEST CONFIG\n'


DOCTESTS = notebook(
    config("name: doctests\nfiles: []"),
    cell("import math\nimport pandas as pd"),
    prose("# The assignment"),
    *question(
        "name: q1\npoints: 2", prose("Square numbers."), answer=[cell(SQUARE)],
        tests=[gives("square(2)", "4"), gives("# HIDDEN\nsquare(-3) == 9 and square(0.5) < 1", "True")],
    ),
    *question(
        "name: q2\npoints: [1, 0.5, null]", prose("Name them."),
        answer=[cell("name, size = 'Ana', 3 # SOLUTION\nhelper = 1 # SOLUTION NO PROMPT\nprint(name) # IGNORE")],
        tests=[
            gives("name", "'Ana'"), gives("print(size)\nfor n in range(size):\n    print(n)", printed="3\n0\n1\n2\n"),
            gives(f"{set_to('hidden: true', 'success_message: Well done')}size", "3"),
        ],
    ),
    *question(
        "name: q3\npoints:\n  each: 2", answer=[cell("table = pd.DataFrame({'a': [1, 2]}) # SOLUTION")],
        tests=[
            gives("table", "   a\n0  1\n1  2"), gives("int(table['a'].sum())", "3"),
            gives("# hidden\ntable.shape", "(2, 1)"),
        ],
    ),
    *question(
        "name: q4\nall_or_nothing: true\npoints: 3", cell("limit = 10"), answer=[cell("small = limit - 1 # SOLUTION")],
        tests=[gives("small < limit", "True"), gives("small", "9")],
    ),
    *question(
        "name: q5\ncheck_cell: false", answer=[cell("last = sum(range(5)) # SOLUTION")],
        tests=[gives("last", "10"), gives(f"{set_to('points: 0.25')}last > 5", "True")],
    ),
    *question("name: q6\nmanual: true\npoints: 4", prose("Why?"), answer=[prose("Because of this.")]),
    cell("done = True"),
)  # fmt: skip
FUNCTIONS = notebook(
    config("tests:\n  ok_format: false"),
    *question(
        "name: q1", answer=[cell("def double(x): return 2 * x # SOLUTION\nlimit = 3 # SOLUTION")],
        tests=[
            cell("def test_double(double):\n    assert double(4) == 8\ntest_double(double)"),
            cell("# HIDDEN\ndef test_env(env):\n    assert env['double'](0) == 0 and env['limit'] == 3"),
            cell("def test_absent(nothing, limit):\n    assert nothing is None\n    assert limit in (3, 4), limit"),
        ],
    ),
    *question(
        "name: q2\npoints: 3\nall_or_nothing: true",
        answer=[cell("def fail(x):\n    raise ValueError(x) # SOLUTION")],
        tests=[cell(RAISES)],
    ),
)  # fmt: skip
SETTINGS = notebook(
    raw(
        "# ASSIGNMENT CONFIG\nname: settings\nexport_cell:\n  pdf: false\n  instructions: Send it.\n"
        "check_all_cell: true\nshow_question_points: true\n"
        "seed:\n  variable: rng_seed\n  autograder_value: 40\n  student_value: 7"
    ),
    cell("# IGNORE\n1 / 0"),
    prose("Before\n\n```otter\n# BEGIN QUESTION\nname: q1\npoints: 1\n```\n\nIn it\n```otter\n# BEGIN PROMPT\n```"),
    cell("value = ...\nrng_seed = 40"),
    raw("# END PROMPT"),
    raw("# BEGIN TESTS"), gives("value == 42", "True"), raw("# END TESTS"), raw("# END QUESTION"),
    cell("other = 5 # SOLUTION"),
    *question("name: q2\nexport: true\npoints: 0", cell("start = 1"), answer=[cell("end = start + 1 # SOLUTION")],
              tests=[gives("end", "2")]),
)  # fmt: skip
STRIPPED = notebook(
    raw("# ASSIGNMENT CONFIG\ninit_cell: false\nstrip_solutions_from_all_cells: true\ngenerate:\n  seed: 42"),
    cell("import random\nother = 5 # SOLUTION"),
    *question("name: q1", answer=[cell("draw = random.randint(0, 999) # SOLUTION\nhidden = 1 # SEED")],
              tests=[gives("draw", str(random.Random(42).randint(0, 999)))]),
)  # fmt: skip
MASTERS = {"doctests": DOCTESTS, "functions": FUNCTIONS, "settings": SETTINGS, "stripped": STRIPPED}


def handed_out(name: str) -> bytes:
    return write_document(release(read_source(MASTERS[name]), f"{name}.ipynb").document)


def without_checks(data: bytes) -> bytes:
    made = json.loads(data)
    made["cells"] = [one for one in made["cells"] if "grader.check" not in "".join(one["source"])]
    return json.dumps(made).encode()


RIGHT = (
    "def square(x):\n    return x * x", "name, size = 'Ana', 3", "table = pd.DataFrame({'a': [1, 2]})", "small = 9",
    "last = 10", "Because.",
)  # fmt: skip
HALF = (
    "def square(x):\n    return 2 * x",
    "name, size = 'Eva', 3",
    "table = pd.DataFrame({'a': [3, 0]})",
    "small = 8",
    "last = 11",
)
BROKEN = ("def square(x)", "1 / 0", "table = [1, 2]", "small = None", "undefined_name")
SUBMISSIONS: Mapping[str, Mapping[str, bytes]] = {
    "doctests": {
        "right": answered(handed_out("doctests"), *RIGHT),
        "half": answered(handed_out("doctests"), *HALF),
        "broken": answered(handed_out("doctests"), *BROKEN),
        "unchanged": handed_out("doctests"),
        "unchecked": without_checks(answered(handed_out("doctests"), *RIGHT[:3], *HALF[3:])),
    },
    "functions": {
        "right": answered(handed_out("functions"), "def double(x):\n    return x + x\nlimit = 3", FAILS),
        "half": answered(handed_out("functions"), "def double(x):\n    return 8\nlimit = 4", "fail = abs"),
        "unchanged": handed_out("functions"),
    },
    "settings": {
        "right": answered(handed_out("settings"), "value = rng_seed + 2", "end = 2"),
        "fixed": answered(handed_out("settings"), "value = 7 + 2", "end = 1"),
    },
    "stripped": {
        "right": handed_out("stripped").replace(b"draw = ...", b"draw = random.randint(0, 999)"),
        "wrong": handed_out("stripped").replace(b"draw = ...", b"draw = random.randint(0, 999) + 1"),
    },
}  # fmt: skip
# What a learner sends for q1 of `doctests`, Otter's points for it and ours: where we differ on purpose, as
# docs/otter.md lists it.
FORGED_RUNNER = (
    "import doctest\ndef run(self, test, **options):\n    self.tries, self.failures = 1, 0\n"
    "    return doctest.TestResults(0, 1)\ndoctest.DocTestRunner.run = run\ndef square(x):\n    return 0"
)
YES = """class Yes:
    def __eq__(self, other):
        return True
    __lt__ = __eq__
    def __repr__(self):
        return '4'
"""
DIFFERENCES: Mapping[str, tuple[str, float | None, float]] = {
    "runner": (FORGED_RUNNER, 2.0, 0.0),
    "numpy": ("import numpy as np\ndef square(x):\n    return np.int64(x) * x if x == 2 else x * x", 1.0, 2.0),
    "print": ("def square(x):\n    print('so far', x)\n    return x * x", 0.0, 2.0),
    "yes": (f"{YES}def square(x):\n    return Yes()", 2.0, 1.0),
    "exit": ("import os\nos._exit(0)", None, 0.0),
}


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    sent = {name: dict(one) for name, one in SUBMISSIONS.items()}
    sent["doctests"] |= {
        name: answered(handed_out("doctests"), text) for name, (text, _theirs, _ours) in DIFFERENCES.items()
    }
    return otter(tmp_path_factory.mktemp("otter"), MASTERS, sent)


def cells(data: bytes | str) -> list[dict[str, Any]]:
    """What a version says of each cell; ids are made anew each time."""
    return [
        {"kind": one["cell_type"], "source": "".join(one["source"]), "metadata": one["metadata"]}
        for one in json.loads(data)["cells"]
    ]


@pytest.mark.parametrize("name", MASTERS)
def test_the_learner_s_version_is_otter_s_cell_by_cell(peer: dict[str, Any], name: str) -> None:
    assert cells(handed_out(name)) == cells(peer["handed_out"][name])


@pytest.mark.parametrize("name", MASTERS)
def test_the_tests_that_learners_may_run_are_otter_s(peer: dict[str, Any], name: str) -> None:
    ours, theirs = (json.loads(one)["metadata"]["otter"] for one in (handed_out(name), peer["handed_out"][name]))
    if ours["OK_FORMAT"]:
        assert ours == theirs
    else:
        assert {key: "".join(text.split()) for key, text in ours["tests"].items()} == {
            key: "".join(text.split()) for key, text in theirs["tests"].items()
        }


@pytest.mark.parametrize(("name", "sent"), [(name, sent) for name, one in SUBMISSIONS.items() for sent in one])
def test_a_submission_gets_otter_s_points(peer: dict[str, Any], fork_server: ForkServer, name: str, sent: str) -> None:
    assert points(name, SUBMISSIONS[name][sent], fork_server) == peer["points"][name][sent]


@pytest.mark.parametrize("sent", DIFFERENCES)
def test_where_we_differ_it_is_on_purpose(peer: dict[str, Any], fork_server: ForkServer, sent: str) -> None:
    text, theirs, ours = DIFFERENCES[sent]
    told = peer["points"]["doctests"][sent]
    assert (None if told is None else told["q1"]) == theirs
    assert points("doctests", answered(handed_out("doctests"), text), fork_server)["q1"] == ours


def points(name: str, sent: bytes, fork_server: ForkServer) -> dict[str, float]:
    graded = grade_notebook(
        read_source(MASTERS[name]), read_document(sent), sandbox=fork_server, limits=Limits(), language="en"
    )
    return {one.question: one.points for one in graded.marks if one.status != "manual"}
