"""What a path is part of: authors, editors and hooks name files, and a lesson is looked at as a whole."""

from pathlib import Path

from courses.lessons import SHEET
from courses.loader import COURSE
from courses.packages import PACKAGE

MARKS = (SHEET, COURSE, PACKAGE)


def find_checked(path: Path) -> Path:
    """The nearest folder at or above a file that is a lesson's, a course's or a dataset's; a folder is itself.

    A file that is part of none of them gives the folder that it is in.
    """
    if path.is_dir():
        return path
    above = path.parents
    return next(
        (one for one in above if any((one / mark).is_file() for mark in MARKS)), path.parent if path.exists() else path
    )
