"""Instructors' notebooks with a fault are refused, with the cell named; those without one are read as they say."""

from typing import Any

import pytest
from support.otter_notebooks import Raw, cell, config, gives, notebook, prose, question, raw

from graders.nbgrader import SourceRefused
from graders.otter import Source, read_source

ANSWER = cell("x = 1 # SOLUTION")
TEST = gives("x", "1")
BEGIN = raw("# BEGIN QUESTION\nname: q1")
END = raw("# END QUESTION")
TESTS = (raw("# BEGIN TESTS"), raw("# END TESTS"))


def one(settings: str = "name: q1", test: Raw = TEST, answer: Raw = ANSWER) -> list[Raw]:
    return question(settings, answer=[answer], tests=[test])


def with_test(source: str, value: str = "", **more: Any) -> list[Raw]:
    return one(test=gives(source, value, **more))


FAULTS: dict[str, tuple[list[Raw], str, str]] = {
    "yaml": ([raw("# BEGIN QUESTION\nname: [q1")], "bad_yaml", "cell 1"),
    "yaml twice": ([raw("# BEGIN QUESTION\nname: q1\nname: q2")], "bad_yaml", "cell 1"),
    "yaml list": ([raw("# ASSIGNMENT CONFIG\n- name")], "bad_yaml", "cell 1"),
    "no name": ([raw("# BEGIN QUESTION\npoints: 2")], "bad_name", "cell 1"),
    "a number for a name": ([raw("# BEGIN QUESTION\nname: 1")], "bad_name", "cell 1"),
    "a path for a name": ([raw("# BEGIN QUESTION\nname: ../q1")], "bad_name", "cell 1"),
    "unknown key": ([raw("# BEGIN QUESTION\nname: q1\npoint: 2")], "unknown_key", "cell 1"),
    "unknown setting": ([raw("# ASSIGNMENT CONFIG\nexport_cel: true")], "unknown_key", "cell 1"),
    "flag": ([raw("# BEGIN QUESTION\nname: q1\nmanual: 3")], "bad_setting", "cell 1"),
    "no end": ([prose("Hello"), BEGIN, ANSWER], "unbalanced_block", "q1, cell 2"),
    "no begin": ([prose("Hello"), END], "unbalanced_block", "cell 2"),
    "solution without end": ([BEGIN, raw("# BEGIN SOLUTION"), ANSWER, END], "unbalanced_block", "q1, cell 4"),
    "tests without question": ([TESTS[0], TEST, TESTS[1]], "block_outside_question", "cell 1"),
    "question in question": ([BEGIN, raw("# BEGIN QUESTION\nname: q2")], "nested_block", "q1, cell 2"),
    "tests in solution": ([BEGIN, raw("# BEGIN SOLUTION"), TESTS[0]], "nested_block", "q1, cell 3"),
    "two prompts": ([BEGIN, *[raw("# BEGIN PROMPT"), raw("# END PROMPT")] * 2], "prompt_after_solution", "q1, cell 4"),
    "open fence": ([prose("```otter\n# BEGIN QUESTION\nname: q1")], "unbalanced_block", "cell 1"),
    "name twice": ([*one(), *one()], "duplicate_question", "q1, cell 9"),
    "points and no tests": (question("name: q1\npoints: 2", answer=[ANSWER]), "no_tests", "q1, cell 5"),
    "too many points": (one("name: q1\npoints: [1, 2]"), "points_do_not_add_up", "q1, cell 8"),
    "tests worth more": (
        one("name: q1\npoints: 1", gives('""" # BEGIN TEST CONFIG\npoints: 2\n""" # END TEST CONFIG\nx', "1")),
        "points_do_not_add_up", "q1, cell 8",
    ),
    "points below 0": (one("name: q1\npoints: -1"), "bad_points", "q1, cell 8"),
    "points in words": (one("name: q1\npoints: two"), "bad_points", "q1, cell 8"),
    "points that are none": (one("name: q1\npoints: .nan"), "bad_points", "q1, cell 8"),
    "solution in a line": (one(answer=cell("# BEGIN SOLUTION\nx = 1")), "unbalanced_region", "q1, cell 3"),
    "end of solution": (one(answer=cell("x = 1\n# END SOLUTION")), "unbalanced_region", "q1, cell 3"),
    "ignored": ([cell("# BEGIN IGNORE\nx"), *one()], "unbalanced_region", "cell 1"),
    "prose as a test": (one(test=prose("x is 1")), "bad_test", "q1, cell 6"),
    "test that is not Python": (with_test("x ="), "bad_test", "q1, cell 6"),
    "empty test": (with_test("# hidden"), "empty_test", "q1, cell 6"),
    "test settings": (with_test('""" # BEGIN TEST CONFIG\npoints: 1\nx'), "unbalanced_region", "q1, cell 6"),
    "test settings unknown": (
        with_test('""" # BEGIN TEST CONFIG\nsecret: 1\n""" # END TEST CONFIG\nx'), "unknown_key", "q1, cell 6",
    ),
    "test that never ran": (with_test("x == 1"), "test_without_output", "q1, cell 6"),
    "two functions of a name": (
        [config("tests:\n  ok_format: false"), *question("name: q1", answer=[ANSWER], tests=[
            cell("def t(x): assert x"), cell("def t(x): assert x > 0")])],
        "duplicate_test", "q1, cell 8",
    ),
    "no function": ([config("tests:\n  ok_format: false"), *one()], "bad_test", "q1, cell 7"),
    "seed without value": ([cell("np.random.seed(1) # SEED"), *one()], "seed_missing", "cell 1"),
    "plugin": ([cell("# BEGIN PLUGIN\nplugin: otter.plugins\n# END PLUGIN"), *one()], "plugin", "cell 1"),
    "plugins": ([config("plugins:\n  - one"), *one()], "not_supported", "cell 1"),
    "settings elsewhere": ([config("config_file: a.yml"), *one()], "not_supported", "cell 1"),
    "student files": ([config("student_files: [a.csv]"), *one()], "not_supported", "cell 1"),
    "log": ([config("generate:\n  grade_from_log: true"), *one()], "not_supported", "cell 1"),
    "variables": ([config("generate:\n  serialized_variables: {x: int}"), *one()], "not_supported", "cell 1"),
    "Gradescope": ([config("generate:\n  course_id: 3"), *one()], "not_supported", "cell 1"),
    "rescaled": ([config("generate:\n  points_possible: 10"), *one()], "not_supported", "cell 1"),
    "threshold": ([config("generate:\n  score_threshold: 0.5"), *one()], "not_supported", "cell 1"),
    "tests from the net": ([config("tests:\n  url_prefix: https://x.example"), *one()], "not_supported", "cell 1"),
    "R": ([config("generate:\n  lang: r"), *one()], "language_not_graded", "cell 1"),
    "old format": ([prose("```\nBEGIN QUESTION\nname: q1\n```"), *one()], "old_format", "cell 1"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_refused_with_the_cell_named(name: str) -> None:
    cells, code, place = FAULTS[name]
    with pytest.raises(SourceRefused) as caught:
        read_source(notebook(*map(dict, cells)))
    assert (caught.value.code, caught.value.cell) == (code, place)
    assert place in str(caught.value)


def test_a_test_whose_stored_output_is_an_error_is_refused() -> None:
    test = cell("x")
    test["outputs"] = [{"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": []}]
    with pytest.raises(SourceRefused) as caught:
        read_source(notebook(*one(test=test)))
    assert (caught.value.code, caught.value.cell) == ("test_fails", "q1, cell 6")


def test_a_notebook_in_another_language_is_refused() -> None:
    with pytest.raises(SourceRefused) as caught:
        read_source(notebook(*one(), kernelspec={"name": "ir", "display_name": "R", "language": "R"}))
    assert caught.value.code == "language_not_graded"


def shares(source: Source) -> list[float | None]:
    return [case.points for case in source.questions["q1"].cases]


@pytest.mark.parametrize(
    ("points", "own", "expected"),
    [
        ("", (None, None), [0.5, 0.5]),
        ("points: 3", (None, 1), [2.0, 1.0]),
        ("points: 3", (1, 1), [1.0, 1.0]),
        ("", (None, 2), [0.0, 2.0]),
        ("", (0, None), [0.0, 1.0]),
        ("", (0, 0), [0.0, 0.0]),
        ("points: [null, 4]", (3, None), [0.0, 4.0]),
        ("points:\n  each: 2", (None, None), [2.0, 2.0]),
        ("points: 0", (None, None), [0.0, 0.0]),
    ],
)
def test_points_are_shared_out_by_otter_s_rule(points: str, own: tuple[int | None, ...], expected: list[float]) -> None:
    tests = [
        gives("x" if each is None else f'""" # BEGIN TEST CONFIG\npoints: {each}\n""" # END TEST CONFIG\nx', "1")
        for each in own
    ]
    source = read_source(notebook(*question(f"name: q1\n{points}", answer=[ANSWER], tests=tests)))
    assert shares(source) == expected


def test_what_a_cell_printed_is_expected_too_and_warnings_are_not() -> None:
    test = gives("print('a')\nprint()\nx", "1", printed="a\n\n", warned="slow\n")
    source = read_source(notebook(*one(test=test)))
    (case,) = source.questions["q1"].cases
    assert case.source == ">>> print('a')\n>>> print()\n>>> x\na\n<BLANKLINE>\n1"


def test_a_question_without_tests_and_points_is_prose() -> None:
    source = read_source(notebook(*question("name: q0", prose("Read this.")), *one()))
    assert list(source.questions) == ["q1"]
