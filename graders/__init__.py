"""Marking: a lesson, a notebook and a sandbox in, a report out. Knows no database and no person.

What writes lessons (notebooks in and out, checks as sentences) is loaded when a name of it is first asked for: who
grades does without, and without the tenths of a second that its libraries take.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from graders.engine import grade, grade_question
from graders.errors import ReportRefused, UngradableExercise
from graders.expected import image_version
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
    proofs_to_json,
    prove,
    prove_folders,
    read_proofs,
    table_of,
)
from graders.report import SCHEMA, CheckResult, CheckStatus, CodeFault, GradeReport, Verdict, Warning
from graders.stored import from_json, to_json

if TYPE_CHECKING:
    from graders.exchange import (
        Built,
        Choices,
        CourseTaken,
        Guess,
        NotebookKind,
        NotTaken,
        Remark,
        Suggestion,
        Taken,
        from_notebook,
        guess_at,
        import_course,
        make_guess,
        read_cells,
        recognise,
        slug_of,
        to_notebook,
    )
    from graders.exchange import build as build_lesson
    from graders.exchange import suggest as suggest_lesson
    from graders.sentences import Field, Sentence, SentenceRefused, list_sentences, read, say_check, tell
else:
    # By the name that is offered: the room inside that has it, and what it is called there.
    _LATER = {
        "Built": ("graders.exchange", "Built"),
        "Choices": ("graders.exchange", "Choices"),
        "CourseTaken": ("graders.exchange", "CourseTaken"),
        "Field": ("graders.sentences", "Field"),
        "Guess": ("graders.exchange", "Guess"),
        "NotTaken": ("graders.exchange", "NotTaken"),
        "NotebookKind": ("graders.exchange", "NotebookKind"),
        "Remark": ("graders.exchange", "Remark"),
        "Sentence": ("graders.sentences", "Sentence"),
        "SentenceRefused": ("graders.sentences", "SentenceRefused"),
        "Suggestion": ("graders.exchange", "Suggestion"),
        "Taken": ("graders.exchange", "Taken"),
        "build_lesson": ("graders.exchange", "build"),
        "from_notebook": ("graders.exchange", "from_notebook"),
        "guess_at": ("graders.exchange", "guess_at"),
        "import_course": ("graders.exchange", "import_course"),
        "list_sentences": ("graders.sentences", "list_sentences"),
        "make_guess": ("graders.exchange", "make_guess"),
        "read": ("graders.sentences", "read"),
        "read_cells": ("graders.exchange", "read_cells"),
        "recognise": ("graders.exchange", "recognise"),
        "say_check": ("graders.sentences", "say_check"),
        "slug_of": ("graders.exchange", "slug_of"),
        "suggest_lesson": ("graders.exchange", "suggest"),
        "tell": ("graders.sentences", "tell"),
        "to_notebook": ("graders.exchange", "to_notebook"),
    }

    def __getattr__(name: str) -> Any:
        """A name of what writes lessons."""
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        room, there = _LATER[name]
        return getattr(import_module(room), there)


__all__ = [
    "AnswerKeys",
    "Built",
    "CheckResult",
    "CheckStatus",
    "Choices",
    "CodeFault",
    "Complaint",
    "CourseTaken",
    "ExerciseStrength",
    "GradeReport",
    "Field",
    "Guess",
    "NotTaken",
    "NotebookKind",
    "Place",
    "Proof",
    "ProofChange",
    "ProofFinding",
    "Remark",
    "ReportRefused",
    "SCHEMA",
    "Sentence",
    "SentenceRefused",
    "Suggestion",
    "Survivor",
    "Taken",
    "UngradableExercise",
    "Verdict",
    "Warning",
    "build_lesson",
    "from_json",
    "from_notebook",
    "grade",
    "grade_question",
    "guess_at",
    "image_version",
    "import_course",
    "list_changes",
    "list_sentences",
    "make_guess",
    "proof_from_json",
    "proof_to_json",
    "proofs_to_json",
    "prove",
    "prove_exercise",
    "prove_folders",
    "prove_lesson",
    "read",
    "read_proofs",
    "read_cells",
    "recognise",
    "say",
    "say_check",
    "slug_of",
    "suggest_lesson",
    "table_of",
    "tell",
    "to_json",
    "to_notebook",
]
