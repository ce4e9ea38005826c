"""A learner's notebook graded in the sandbox: the points of each question, and what one answer does to the next."""

import json
from collections.abc import Callable

import pytest
from support.otter_notebooks import Raw, answered, cell, config, gives, notebook, prose, question

from graders.nbgrader import SourceRefused, SubmissionRefused, read_document, write_document
from graders.otter import Graded, Source, grade_notebook, read_source, release, to_autograded, to_feedback, to_report
from graders.otter.words import ENGLISH, SPANISH
from notebooks import ForkServer, Limits

GradeWork = Callable[[Source, bytes], Graded]
SQUARE = "def square(x):\n    return x * x"
ONE = question(
    "name: q1\npoints: 2", prose("Square."), answer=[cell(f"{SQUARE} # SOLUTION")],
    tests=[gives("square(2)", "4"), gives("# HIDDEN\nsquare(31)", "961")],
)  # fmt: skip
TWO = question("name: q2", prose("Name it."), answer=[cell("size = 3 # SOLUTION")], tests=[gives("size == 3", "True")])
PLAIN = [cell("import math"), *ONE, *TWO]


def source_of(*cells: Raw) -> Source:
    return read_source(notebook(*(json.loads(json.dumps(one)) for one in cells)))


def handed_out(source: Source) -> bytes:
    return write_document(release(source, "a.ipynb").document)


def points(graded: Graded) -> dict[str, float]:
    return {one.question: one.points for one in graded.marks}


def statuses(graded: Graded) -> dict[str, list[str]]:
    return {one.question: [case.status for case in one.cases] for one in graded.marks}


def test_each_case_earns_its_own_points(grade_work: GradeWork) -> None:
    source = source_of(*PLAIN)
    graded = grade_work(source, answered(handed_out(source), "def square(x):\n    return 4", "size = 3"))
    assert (points(graded), graded.points, graded.max_points) == ({"q1": 1.0, "q2": 1.0}, 2.0, 3.0)
    assert [(one.question, one.status) for one in graded.marks] == [("q1", "partial"), ("q2", "passed")]


FORGERIES = {
    "doctest": "import doctest\ndoctest.DocTestRunner.run = lambda *a, **k: doctest.TestResults(0, 1)",
    "otter": "import otter\notter.Notebook.check = lambda *a: 'passed'\nclass grader:\n    check = print",
    "cells": "get_ipython().input_transformers_post.append(lambda lines: ['pass\\n'])",
    "builtins": "import builtins\nbuiltins.AssertionError = Warning\nbuiltins.repr = lambda x: '961'",
    "displayhook": "import sys\nsys.displayhook = sys.__displayhook__ = lambda value: print('True')",
    "equal": "class Yes(int):\n    def __eq__(self, other): return True\nsize = Yes(7)\ndef square(x): return Yes(7)",
    "runner": "def run_doctest(*a): pass\nrun_function = run_doctest\n_aula_cases = {'run_doctest': run_doctest}",
    "memory": "import gc\n[x.clear() for x in gc.get_objects() if isinstance(x, dict) and '_aula_cases' in x]",
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_pass_earns_nothing(grade_work: GradeWork, name: str) -> None:
    source = source_of(*PLAIN)
    graded = grade_work(source, answered(handed_out(source), FORGERIES[name], "pass"))
    assert points(graded) == {"q1": 0.0, "q2": 0.0}


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("import os\nos._exit(0)", "error"),
        ("while True:\n    pass", "timeout"),
        ("x = bytearray(3 * 2**30)", "out_of_memory"),
        ("def square(x):\n    import os\n    os._exit(0)", "error"),
        ("def square(x):\n    while True:\n        pass", "timeout"),
        ("print('x' * 10**8)", "failed"),
        ("1 / 0", "error"),
    ],
)  # fmt: skip
def test_an_answer_that_goes_wrong_costs_only_its_own_question(grade_work: GradeWork, answer: str, status: str) -> None:
    source = source_of(*PLAIN)
    graded = grade_work(source, answered(handed_out(source), answer, "size = 3"))
    assert points(graded) == {"q1": 0.0, "q2": 1.0}
    assert graded.marks[0].status in (status, "error")


def moved(work: bytes, order: Callable[[list[Raw]], list[Raw]]) -> bytes:
    made = json.loads(work)
    made["cells"] = order(made["cells"])
    return json.dumps(made).encode()


def is_check(one: Raw) -> bool:
    return "grader.check" in "".join(one["source"])


@pytest.mark.parametrize(
    "order",
    [
        lambda cells: [one for one in cells if not is_check(one)],
        lambda cells: [*filter(is_check, cells), *cells],
        lambda cells: [*cells, *({**one, "id": f"{one['id']}2"} for one in cells if is_check(one))],
        lambda cells: [*cells, cell("for q in ('q1', 'q2'):\n    grader.check(q)")],
        lambda cells: [
            {**one, "source": f"x = 1\n{''.join(one['source'])}"} if is_check(one) else one for one in cells
        ],
    ],
)
def test_where_checks_are_changes_no_points(grade_work: GradeWork, order: Callable[[list[Raw]], list[Raw]]) -> None:
    source = source_of(*PLAIN)
    right = answered(handed_out(source), SQUARE, "size = 3")
    assert points(grade_work(source, moved(right, order))) == {"q1": 2.0, "q2": 1.0}
    wrong = answered(handed_out(source), "def square(x):\n    return 0", "size = 4")
    assert points(grade_work(source, moved(wrong, order))) == {"q1": 0.0, "q2": 0.0}


def test_the_tests_in_the_learner_s_notebook_are_not_believed(grade_work: GradeWork) -> None:
    source = source_of(*PLAIN)
    made = json.loads(answered(handed_out(source), "square = abs", "size = 4"))
    made["metadata"]["otter"]["tests"] = {
        name: {"name": name, "points": 99, "suites": [{"type": "doctest", "cases": [{"code": ">>> 1\n1"}]}]}
        for name in ("q1", "q2", "q3")
    }
    graded = grade_work(source, json.dumps(made).encode())
    assert (points(graded), graded.max_points) == ({"q1": 0.0, "q2": 0.0}, 3.0)


def with_helper() -> Source:
    helper = cell("def near(one, other):\n    return abs(one - other) < 0.1")
    answer, test = cell("third = 1 / 3 # SOLUTION"), gives("near(third, 0.333)", "True")
    return source_of(*question("name: q1", helper, answer=[answer], tests=[test]))


def test_locked_code_is_the_source_s(grade_work: GradeWork) -> None:
    source = with_helper()
    right, wrong = (answered(handed_out(source), text) for text in ("third = 0.3333", "third = 7"))
    assert points(grade_work(source, right)) == {"q1": 1.0}
    edited = wrong.replace(b"abs(one - other) < 0.1", b"True")
    graded = grade_work(source, edited)
    assert points(graded) == {"q1": 0.0}
    assert [one.code for one in graded.warnings] == ["cell_restored"]
    without = moved(right, lambda cells: [one for one in cells if "near" not in "".join(one["source"])])
    graded = grade_work(source, without)
    assert points(graded) == {"q1": 1.0}
    assert [one.code for one in graded.warnings] == ["cell_put_back"]
    again = answered(handed_out(source), "third = 7\ndef near(one, other):\n    return True")
    assert points(grade_work(source, again)) == {"q1": 0.0}


def test_a_helper_of_the_author_s_is_the_author_s_where_learners_may_change_it_too(grade_work: GradeWork) -> None:
    helper = cell("LIMIT = 9\ndef check(value):\n    return value == LIMIT")
    source = source_of(
        helper, *question("name: q1", answer=[cell("x = 9 # SOLUTION")], tests=[gives("check(x)", "True")])
    )
    assert points(grade_work(source, answered(handed_out(source), "x = 9"))) == {"q1": 1.0}
    forged = answered(handed_out(source), "x = 7\nLIMIT = 7").replace(b"value == LIMIT", b"True")
    assert points(grade_work(source, forged)) == {"q1": 0.0}


def test_a_function_of_the_author_s_may_be_handed_to_the_learner_s_code(grade_work: GradeWork) -> None:
    solve = "def solve(f, low, high):\n    return next(x for x in range(low, high) if f(x) == 0)"
    curve = cell("def curve(x):\n    return x - 2")
    tests = [gives("solve(curve, 0, 9)", "2"), gives("curve(3)", "1")]
    source = source_of(curve, *question("name: q1", answer=[cell(solve + " # SOLUTION")], tests=tests))
    assert points(grade_work(source, answered(handed_out(source), solve))) == {"q1": 1.0}


def test_names_that_a_case_binds_are_there_for_the_next_and_never_before_the_learner_s(grade_work: GradeWork) -> None:
    first = question("name: q1", answer=[cell(f"{SQUARE} # SOLUTION")],
                     tests=[gives("result = square(5)"), gives("result", "25")])  # fmt: skip
    second = question("name: q2", answer=[cell("result = 7 # SOLUTION")], tests=[gives("result", "7")])
    source = source_of(*first, *second)
    assert points(grade_work(source, answered(handed_out(source), SQUARE, "result = 7"))) == {"q1": 1.0, "q2": 1.0}
    assert points(grade_work(source, answered(handed_out(source), SQUARE, "result = 8"))) == {"q1": 1.0, "q2": 0.0}


def test_an_exception_that_a_doctest_expects_is_compared(grade_work: GradeWork) -> None:
    made = json.loads(handed_out(source_of(*ONE)))
    code = ">>> square('a')\nTraceback (most recent call last):\n    ...\nTypeError: no number"
    suite = {"type": "doctest", "cases": [{"code": code, "hidden": False}]}
    made["metadata"]["otter"]["tests"]["q1"] = {"name": "q1", "points": 1, "suites": [suite]}
    source = read_source(json.dumps(made).encode())
    raising = "def square(x):\n    raise TypeError('{}')"
    for text, expected in (("no number", 1.0), ("what?", 0.0)):
        work = answered(json.dumps(made).encode(), raising.format(text))
        assert points(grade_work(source, work)) == {"q1": expected}


def test_a_test_that_needs_the_learner_s_own_process_is_uncheckable_and_says_so(grade_work: GradeWork) -> None:
    test = "import random\nrandom.seed(1)\nroll()"
    answer = cell("import random\ndef roll():\n    return random.randint(1, 6) # SOLUTION")
    for allowed, expected in (({}, ["error"]), ({"aula": {"in_kernel": True}}, ["passed"])):
        source = source_of(*question("name: q1", answer=[answer], tests=[gives(test, "2", **allowed)]))
        work = answered(handed_out(source), "import random\ndef roll():\n    return random.randint(1, 6)")
        graded = grade_work(source, work)
        assert statuses(graded) == {"q1": expected}
        assert [one.code for one in graded.marks[0].cases] == (["uncheckable"] if not allowed else ["passed"])
        assert [one.code for one in graded.warnings] == (["ran_in_kernel"] if allowed else [])


def test_an_object_s_own_answer_is_uncheckable(grade_work: GradeWork) -> None:
    source = source_of(*TWO)
    yes = "class Yes:\n    def __eq__(self, other):\n        return True\nsize = Yes()"
    graded = grade_work(source, answered(handed_out(source), yes))
    assert [(one.status, one.code) for one in graded.marks[0].cases] == [("error", "uncheckable")]


def test_a_notebook_of_another_assignment_is_refused(fork_server: ForkServer) -> None:
    named, plain = source_of(config("name: one"), *PLAIN), source_of(*PLAIN)
    for source, work in ((named, handed_out(plain)), (plain, notebook(cell("x = 1")))):
        with pytest.raises(SubmissionRefused) as caught:
            grade_notebook(source, read_document(work), sandbox=fork_server, limits=Limits(), language="es")
        assert caught.value.code == "not_this_notebook"


def test_files_of_the_assignment_are_there_for_cells_and_tests(fork_server: ForkServer) -> None:
    answer, test = cell("n = int(open('data/n.txt').read()) # SOLUTION"), gives("n", "7")
    source = source_of(config("files: [data]"), *question("name: q1", answer=[answer], tests=[test]))
    work = read_document(answered(handed_out(source), "n = int(open('data/n.txt').read())"))
    with pytest.raises(SourceRefused) as caught:
        grade_notebook(source, work, sandbox=fork_server, limits=Limits(), language="es")
    assert caught.value.code == "files_missing"
    files = {"data/n.txt": b"7"}
    graded = grade_notebook(source, work, sandbox=fork_server, limits=Limits(), language="es", files=files)
    assert points(graded) == {"q1": 1.0}


def message(hidden: bool) -> str:
    told = f"hidden: {str(hidden).lower()}\nfailure_message: Think of {'zero' if hidden else 'signs'}."
    return f'""" # BEGIN TEST CONFIG\n{told}\n""" # END TEST CONFIG\n'


def test_what_is_written_shows_points_and_the_author_s_words_and_no_hidden_test(grade_work: GradeWork) -> None:
    tests = [gives(f"{message(False)}square(-2)", "4"), gives(f"{message(True)}square(31)", "961")]
    manual = question("name: q2\nmanual: true\npoints: 3", prose("Why?"), answer=[prose("So.")])
    source = source_of(*question("name: q1", answer=[cell(f"{SQUARE} # SOLUTION")], tests=tests), *manual)
    graded = grade_work(source, answered(handed_out(source), "print('<b>hello</b>')\ndef square(x):\n    return 0"))
    report = to_report(graded, "en")
    assert (report["schema"], report["points"], report["max_points"]) == ("aula-report/1", 0.0, 4.0)
    assert [(one["id"], one["status"], len(one["checks"])) for one in report["exercises"]] == [
        ("q1", "failed", 2), ("q2", "manual", 0),
    ]  # fmt: skip
    page, notebook_text = to_feedback(graded, "es"), write_document(to_autograded(graded, "es")).decode()
    assert "Think of signs." in page
    assert "0 de 4 puntos" in page
    assert "&lt;b&gt;hello" in page
    assert '"max_points": 1.0' in notebook_text
    for hidden in ("961", "Think of zero", "<b>hello"):
        assert hidden not in page + json.dumps(report)


def test_every_sentence_is_there_in_both_languages() -> None:
    assert SPANISH.keys() == ENGLISH.keys()
    for code in ("partial", "check_at_end", "cell_restored", "cell_put_back"):
        assert SPANISH[code].format(cell="q1") != ENGLISH[code].format(cell="q1")


def test_the_same_notebook_gets_the_same_marks_again(grade_work: GradeWork) -> None:
    source = source_of(*PLAIN)
    work = answered(
        handed_out(source), "import random\ndef square(x):\n    return x * random.choice([x, 0])", "size = 3"
    )
    first = grade_work(source, work).marks
    assert all(grade_work(source, work).marks == first for _ in range(5))


# Patterns that do not match themselves; memory that no file is behind.
SCAN = """import re
def scan(*patterns):
    found = set()
    with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb', 0) as memory:
        for line in maps:
            ends, rights, *rest = line.split()
            if 'w' in rights and (len(rest) < 4 or rest[3] == '[heap]'):
                begin, end = (int(one, 16) for one in ends.split('-'))
                memory.seek(begin)
                data = memory.read(end - begin)
                found |= {one for one in patterns if re.search(one, data)}
    return found
control = 'the-control'
found = scan(b'the-contro[l]', b'hidden-zebr[a]')
size = 3 if found == {b'the-contro[l]'} else 0"""


def test_the_learner_s_process_holds_no_test(grade_work: GradeWork) -> None:
    """A scan of its own memory finds what it put there itself, and not the text of the test that ran before."""
    hidden = gives("# HIDDEN\nf'hidden-{square(2)}zebra'.replace('4', '') == 'hidden-zebra'", "True")
    first = question("name: q1", answer=[cell(f"{SQUARE} # SOLUTION")], tests=[hidden])
    source = source_of(*first, *TWO)
    assert points(grade_work(source, answered(handed_out(source), SQUARE, SCAN))) == {"q1": 1.0, "q2": 1.0}
