"""Assignments in Otter-Grader's format: the learner's version made, a submission graded, and told."""

from graders.otter.files import is_otters, read_source, source_in
from graders.otter.grade import Graded, grade_notebook
from graders.otter.release import Release, release
from graders.otter.report import to_report
from graders.otter.source import Source
from graders.otter.write_back import to_autograded, to_feedback

__all__ = [
    "Graded",
    "Release",
    "Source",
    "grade_notebook",
    "is_otters",
    "read_source",
    "release",
    "source_in",
    "to_autograded",
    "to_feedback",
    "to_report",
]
