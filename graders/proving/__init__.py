"""The proof of a lesson: everything that can be known of it without a person, as one record with a date."""

from graders.proving.changes import ProofChange, list_changes
from graders.proving.place import Place
from graders.proving.prove import prove, prove_folders
from graders.proving.record import SCHEMA, ExerciseStrength, Proof, ProofFinding, Survivor
from graders.proving.stored import proof_from_json, proof_to_json, proofs_to_json, read_proofs
from graders.proving.told import table_of, tell, tell_all, tell_changes

__all__ = [
    "SCHEMA",
    "ExerciseStrength",
    "Place",
    "Proof",
    "ProofChange",
    "ProofFinding",
    "Survivor",
    "list_changes",
    "proof_from_json",
    "proof_to_json",
    "proofs_to_json",
    "prove",
    "prove_folders",
    "read_proofs",
    "table_of",
    "tell",
    "tell_all",
    "tell_changes",
]
