"""Notebooks in nbgrader's format: the learner's version made, a submission graded, and the results written back."""

from graders.nbgrader.document import Document, read_document, write_document
from graders.nbgrader.errors import SourceRefused, SubmissionRefused
from graders.nbgrader.feedback import to_feedback
from graders.nbgrader.files import source_in, submission_in, support_files
from graders.nbgrader.grade import Graded, grade_notebook
from graders.nbgrader.release import release
from graders.nbgrader.report import to_report
from graders.nbgrader.source import Source, read_source
from graders.nbgrader.write_back import to_autograded

__all__ = [
    "Document",
    "Graded",
    "Source",
    "SourceRefused",
    "SubmissionRefused",
    "grade_notebook",
    "read_document",
    "read_source",
    "release",
    "source_in",
    "submission_in",
    "support_files",
    "to_autograded",
    "to_feedback",
    "to_report",
    "write_document",
]
