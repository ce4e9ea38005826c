"""Every submission of the corpus comes out as it must, against our own lesson and against an instructor's notebook."""

import json
from collections.abc import Callable, Mapping

import pytest
from support.corpus import malformed
from support.corpus.case import BEFORE, BESIDE, FULL, LATER, LESSON, SOURCE, Case, otter_master
from support.corpus.listed import CASES, MARK, PAGE, to_markdown
from support.lessons import answered
from support.nbgrader_notebooks import notebook as nbgrader_file
from support.otter_notebooks import answered as otter_answered

from graders import AnswerKeys, grade, otter
from graders.nbgrader import Source, grade_notebook, read_document, read_source, release, write_document
from graders.submission import is_of_this_lesson
from notebooks import ForkServer, Limits, NotebookRefused, read_work, write_notebook

# What its hostile cases do to the machine is felt by whatever else runs on it.
pytestmark = pytest.mark.alone

# The sandbox is the same for all three sources: of what only attacks it, Otter's has one of each way of ending.
ENDINGS = ("never ends", "kills itself", "takes all memory", "prints without end", "closes every descriptor",
           "a function that never gives back", "a function that ends the process",
           "a right answer that leaves a process behind")  # fmt: skip
WHOLE = [case for case in CASES if case.family in ("cheating", "honest") or case.name in ENDINGS]
LIMITS = Limits(cell_timeout_s=2.0, memory_mib=512)
SHORT = Limits(cell_timeout_s=1.0, memory_mib=512)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.family}: {case.name}")
def test_an_answer_to_a_lesson_comes_out_as_it_must(case: Case, fork_server: ForkServer, keys: AnswerKeys) -> None:
    file = the_file(case, write_notebook(answered(LESSON, antes=BEFORE, gasto=case.source, despues=LATER)))
    if case.lesson.refused:
        assert refusal(lambda: read_work(file)) == case.lesson.refused
        return
    work = read_work(file)
    assert is_of_this_lesson(LESSON, work)
    gasto, despues = (
        grade(LESSON, one, work, sandbox=fork_server, keys=keys, limits=limits_for(case), language="es")
        for one in ("gasto", "despues")
    )
    assert gasto.points == case.lesson.points, [(one.check_id, one.code, one.points) for one in gasto.checks]
    assert not case.lesson.verdicts or gasto.verdict in case.lesson.verdicts
    assert {one.code for one in gasto.warnings} >= set(case.lesson.warned)
    assert despues.points == case.lesson.beside, (despues.verdict, despues.fault)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.family}: {case.name}")
def test_an_answer_to_an_instructors_notebook_comes_out_as_it_must(case: Case, fork_server: ForkServer) -> None:
    source = read_source(nbgrader_file(*SOURCE))
    file = the_file(case, handed_out(source, {"gasto": case.source, "despues": LATER}))
    if case.nbgrader.refused:
        assert refusal(lambda: read_document(file)) == case.nbgrader.refused
        return
    graded = grade_notebook(source, read_document(file), sandbox=fork_server, limits=limits_for(case), language="es")
    points = {one.grade_id: one.points for one in graded.marks}
    assert points.pop("despues-prueba") == case.nbgrader.beside
    assert sum(points.values()) == case.nbgrader.points, graded.marks
    assert graded.max_points == FULL + BESIDE


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: f"{case.family}: {case.name}")
def test_an_answer_to_an_assignment_of_otters_comes_out_as_it_must(case: Case, fork_server: ForkServer) -> None:
    source = otter.read_source(otter_master())
    file = otter_answered(write_document(otter.release(source, "a.ipynb").document), case.source, LATER)
    graded = otter.grade_notebook(
        source, read_document(file), sandbox=fork_server, limits=limits_for(case), language="es"
    )
    assert {one.question: one.points for one in graded.marks} == {
        "gasto": case.nbgrader.points,
        "despues": case.nbgrader.beside,
    }, graded.marks


def test_the_page_lists_every_submission() -> None:
    _, _, tables = PAGE.read_text(encoding="utf-8").partition(MARK)
    assert tables == to_markdown(), "write it anew: PYTHONPATH=tests python -m support.corpus.listed"


def limits_for(case: Case) -> Limits:
    """Less time for what would take all that there is."""
    return SHORT if case.family == "hostile" else LIMITS


def the_file(case: Case, plain: bytes) -> bytes:
    """The file that was handed in: the plain one as the case spoils it."""
    if case.raw is not None:
        return case.raw(plain)
    if case.damage is None:
        return plain
    notebook = json.loads(plain)
    other = case.damage(notebook)
    return malformed.as_file(notebook if other is None else other)


def handed_out(source: Source, answers: Mapping[str, str]) -> bytes:
    """The learner's version of an instructor's notebook with these answers."""
    notebook = json.loads(write_document(release(source)))
    for name, text in answers.items():
        malformed.cell_of(notebook, name)["source"] = text
    return malformed.as_file(notebook)


def refusal(read: Callable[[], object]) -> str:
    with pytest.raises(NotebookRefused) as seen:
        read()
    return seen.value.code
