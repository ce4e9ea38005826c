"""Proofs as JSON, for as long as they are kept."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from courses import LocalText
from graders.errors import ReportRefused
from graders.proving.changes import ProofChange
from graders.proving.record import SCHEMA, ExerciseStrength, Proof, ProofFinding, Survivor

FILE_SCHEMA = "aula.proofs/1"
# From an older schema to the next, as graders/stored.py does for reports.
UPGRADES: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {}


def proof_to_json(proof: Proof) -> dict[str, Any]:
    """The proof as plain JSON values, with what pages and programs ask first: whether it is green, and its strength."""
    return {
        "schema": SCHEMA,
        **asdict(proof),
        "proved_at": proof.proved_at.isoformat(),
        "datasets": list(proof.datasets),
        "findings": [asdict(one) for one in proof.findings],
        "strengths": [
            {**asdict(one), "survivors": [asdict(each) for each in one.survivors]} for one in proof.strengths
        ],
        "is_green": proof.is_green,
        "made": proof.made,
        "caught": proof.caught,
    }


def proofs_to_json(proofs: Sequence[Proof], changes: Sequence[ProofChange] = ()) -> dict[str, Any]:
    """A file of proofs, as `--since` reads it, with what changed since an earlier one."""
    return {
        "schema": FILE_SCHEMA,
        "proofs": [proof_to_json(one) for one in proofs],
        "changes": [asdict(one) for one in changes],
    }


def read_proofs(path: Path) -> tuple[Proof, ...]:
    """The proofs in such a file. Raises: ReportRefused where it is none; OSError."""
    try:
        stored = json.loads(path.read_bytes())
        proofs = stored["proofs"] if stored["schema"] == FILE_SCHEMA else None
    except (ValueError, KeyError, TypeError, RecursionError):
        proofs = None
    if not isinstance(proofs, list):
        raise ReportRefused(f"{path} holds no proofs. Write such a file with `--json`.")
    return tuple(proof_from_json(one) for one in proofs)


def proof_from_json(stored: Mapping[str, Any]) -> Proof:
    """The proof that was stored. Raises: ReportRefused for a schema that is not known, or what is no proof."""
    current = stored
    while current.get("schema") in UPGRADES:
        current = UPGRADES[current["schema"]](current)
    if current.get("schema") != SCHEMA:
        raise ReportRefused(
            f"A stored proof has the schema {stored.get('schema')!r} and this version reads {SCHEMA!r}. "
            "Prove the lesson again."
        )
    try:
        return Proof(
            course_id=current["course_id"],
            lesson_id=current["lesson_id"],
            version=current["version"],
            proved_at=datetime.fromisoformat(current["proved_at"]),
            libraries=current["libraries"],
            datasets=tuple(current["datasets"]),
            findings=tuple(_finding(one) for one in current["findings"]),
            strengths=tuple(_strength(one) for one in current["strengths"]),
        )
    except (KeyError, TypeError, ValueError) as reason:
        raise ReportRefused(f"A stored proof is not whole ({reason!r}). Prove the lesson again.") from reason


def _finding(raw: Mapping[str, Any]) -> ProofFinding:
    return ProofFinding(**{**raw, "message": LocalText(**raw["message"])})


def _strength(raw: Mapping[str, Any]) -> ExerciseStrength:
    survivors = tuple(Survivor(**{**one, "what": LocalText(**one["what"])}) for one in raw["survivors"])
    return ExerciseStrength(raw["exercise_id"], raw["made"], raw["caught"], survivors)
