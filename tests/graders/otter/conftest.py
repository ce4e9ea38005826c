"""A grading call on short assignments, in the real sandbox."""

from collections.abc import Callable

import pytest

from graders.nbgrader import read_document
from graders.otter import Graded, Source, grade_notebook
from notebooks import ForkServer, Limits

QUICK = Limits(cell_timeout_s=3.0, memory_mib=512)
GradeWork = Callable[[Source, bytes], Graded]


@pytest.fixture
def grade_work(fork_server: ForkServer) -> GradeWork:
    """grade_work(source, the learner's file): the graded notebook."""

    def _grade(source: Source, work: bytes) -> Graded:
        return grade_notebook(source, read_document(work), sandbox=fork_server, limits=QUICK, language="en")

    return _grade
