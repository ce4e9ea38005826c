"""Notebook files named on a command line, read with the right refusal."""

from pathlib import Path

from graders.nbgrader.document import Document, read_document
from graders.nbgrader.errors import SourceRefused, SubmissionRefused
from graders.nbgrader.source import Source, read_source
from notebooks import MOST_FILE_BYTES, NotebookRefused

MOST_SUPPORT_BYTES = 32 * 2**20


def source_in(path: Path) -> Source:
    """The instructor's notebook in a file. Raises: SourceRefused."""
    try:
        return read_source(path.read_bytes())
    except OSError as reason:
        raise SourceRefused("unreadable", "", f"{path} cannot be read: {reason}.") from reason
    except NotebookRefused as reason:
        raise SourceRefused(reason.code, "", f"{path} is no notebook that can be used: {reason}.") from reason


def submission_in(path: Path) -> Document:
    """The learner's notebook in a file. Raises: SubmissionRefused."""
    try:
        with path.open("rb") as file:
            return read_document(file.read(MOST_FILE_BYTES + 1))
    except OSError as reason:
        raise SubmissionRefused("unreadable", f"{path} cannot be read: {reason}.") from reason
    except NotebookRefused as reason:
        raise SubmissionRefused(reason.code, f"{path} is no notebook that can be graded: {reason}.") from reason


def support_files(folder: Path) -> dict[str, bytes]:
    """The files below a folder that go with the notebook, by name within it; notebooks and hidden ones are left out.

    Raises: SourceRefused where they cannot be read or are too large together.
    """
    try:
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".ipynb"]
        names = {path.relative_to(folder).as_posix(): path for path in paths}
        shown = {name: path for name, path in names.items() if not any(one.startswith(".") for one in Path(name).parts)}
        if sum(path.stat().st_size for path in shown.values()) > MOST_SUPPORT_BYTES:
            raise SourceRefused(
                "files_too_large",
                "",
                f"The files below {folder} have more than {MOST_SUPPORT_BYTES >> 20} MiB. Keep what cells read.",
            )
        return {name: path.read_bytes() for name, path in shown.items()}
    except OSError as reason:
        raise SourceRefused("unreadable", "", f"{folder} cannot be read: {reason}.") from reason
