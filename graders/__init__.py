"""Marking: a lesson, a notebook and a sandbox in, a report out. Knows no database and no person."""

from graders.engine import grade, grade_question
from graders.errors import ReportRefused, UngradableExercise
from graders.feedback import say
from graders.keys import AnswerKeys
from graders.proof import Complaint, prove_exercise, prove_lesson
from graders.report import SCHEMA, CheckResult, CheckStatus, CodeFault, GradeReport, Verdict, Warning
from graders.stored import from_json, to_json

__all__ = [
    "SCHEMA",
    "AnswerKeys",
    "CheckResult",
    "CheckStatus",
    "CodeFault",
    "Complaint",
    "GradeReport",
    "ReportRefused",
    "UngradableExercise",
    "Verdict",
    "Warning",
    "from_json",
    "grade",
    "grade_question",
    "prove_exercise",
    "prove_lesson",
    "say",
    "to_json",
]
