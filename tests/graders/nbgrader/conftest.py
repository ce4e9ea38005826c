"""A grading call on short notebooks, in the real sandbox."""

from collections.abc import Callable

import pytest
from support.nbgrader_notebooks import Raw, notebook

from graders.nbgrader import Graded, grade_notebook, read_document, read_source
from notebooks import ForkServer, Limits

QUICK = Limits(cell_timeout_s=3.0, memory_mib=512)
GradeCells = Callable[..., Graded]


@pytest.fixture
def grade_cells(fork_server: ForkServer) -> GradeCells:
    """grade_cells(source cells, sent cells): the graded notebook."""

    def _grade(source: list[Raw], sent: list[Raw]) -> Graded:
        return grade_notebook(
            read_source(notebook(*source)), read_document(notebook(*sent)),
            sandbox=fork_server, limits=QUICK, language="en",
        )  # fmt: skip

    return _grade
