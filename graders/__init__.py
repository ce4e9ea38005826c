"""Marking: a lesson, a notebook and a sandbox in, a report out. Knows no database and no person."""

from graders.engine import grade, grade_question
from graders.errors import ReportRefused, UngradableExercise
from graders.feedback import say
from graders.keys import AnswerKeys
from graders.proof import Complaint, prove_exercise, prove_lesson
from graders.proving import (
    ExerciseStrength,
    Place,
    Proof,
    ProofChange,
    ProofFinding,
    Survivor,
    list_changes,
    proof_from_json,
    proof_to_json,
    prove,
    prove_folders,
    table_of,
)
from graders.report import SCHEMA, CheckResult, CheckStatus, CodeFault, GradeReport, Verdict, Warning
from graders.stored import from_json, to_json

__all__ = [
    "SCHEMA",
    "AnswerKeys",
    "CheckResult",
    "CheckStatus",
    "CodeFault",
    "Complaint",
    "ExerciseStrength",
    "GradeReport",
    "Place",
    "Proof",
    "ProofChange",
    "ProofFinding",
    "ReportRefused",
    "Survivor",
    "UngradableExercise",
    "Verdict",
    "Warning",
    "from_json",
    "grade",
    "grade_question",
    "list_changes",
    "proof_from_json",
    "proof_to_json",
    "prove",
    "prove_exercise",
    "prove_folders",
    "prove_lesson",
    "say",
    "table_of",
    "to_json",
]
