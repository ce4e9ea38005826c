"""Proofs and what changed between them, in lines for people who read a terminal."""

from collections.abc import Iterator, Mapping, Sequence

from courses import Language, LocalText
from graders.proving.changes import ProofChange
from graders.proving.record import ExerciseStrength, Proof, ProofFinding

GREEN, RED = LocalText("verde", "green"), LocalText("roja", "red")
MARKS = {"error": "--", "warning": " !"}
CHANGES: Mapping[str, LocalText] = {
    "newly_red": LocalText("se puso roja", "turned red"),
    "newly_green": LocalText("se puso verde", "turned green"),
    "still_red": LocalText("sigue roja, por algo más", "still red, for one thing more"),
    "added": LocalText("no estaba", "was not there"),
    "removed": LocalText("ya no está", "is no longer there"),
    "stronger": LocalText("atrapa más errores", "catches more mistakes"),
    "weaker": LocalText("atrapa menos errores", "catches fewer mistakes"),
}


def tell(proof: Proof, language: Language) -> Iterator[str]:
    """A line for the lesson, one for each finding with its place, and what got past the checks as code."""
    colour = (GREEN if proof.is_green else RED).for_language(language)
    caught = f"{proof.caught}/{proof.made}"
    mistakes = f"{caught} mistakes caught" if language == "en" else f"{caught} errores atrapados"
    warnings = len(proof.findings) - len(proof.errors)
    mark = "ok" if proof.is_green else "--"
    yield f"{mark}  {proof.course_id}/{proof.lesson_id}: {colour}, {len(proof.errors)} + {warnings}, {mistakes}"
    for finding in sorted(proof.findings, key=lambda one: one.severity != "error"):
        yield f"  {MARKS[finding.severity]} {_told(finding, language)}"
    for strength in proof.strengths:
        yield from _survivors(strength, language)


def tell_all(proofs: Sequence[Proof], changes: Sequence[ProofChange] | None, language: Language) -> Iterator[str]:
    """What comes after the proofs: the table of mistakes, and what changed. changes: None where nobody asked."""
    if len(proofs) > 1:
        yield table_of(proofs)
    if changes is not None:
        nothing = "Nothing changed." if language == "en" else "Nada cambió."
        yield "\n".join(tell_changes(changes, language)) or nothing


def tell_changes(changes: Sequence[ProofChange], language: Language) -> Iterator[str]:
    """A line for each change; none where nothing changed."""
    for one in changes:
        line = f"{one.lesson}: {CHANGES[one.kind].for_language(language)}"
        if one.kind in ("stronger", "weaker"):
            line += f", {one.before[0]}/{one.before[1]} → {one.after[0]}/{one.after[1]}"
        yield line
        for finding in one.new:
            yield f"  -- {_told(finding, language)}"


def table_of(proofs: Sequence[Proof]) -> str:
    """Mistakes made, caught and survived per lesson, as the table of docs/proof.md has it."""
    rows = [
        f"| {one.course_id}/{one.lesson_id} | {one.made} | {one.caught} | {one.made - one.caught} |"
        for one in sorted(proofs, key=lambda proof: (proof.course_id, proof.lesson_id))
    ]
    made, caught = sum(one.made for one in proofs), sum(one.caught for one in proofs)
    total = f"| all | {made} | {caught} | {made - caught} |"
    return "\n".join(["| lesson | made | caught | survived |", "|---|---|---|---|", *rows, total])


def _told(finding: ProofFinding, language: Language) -> str:
    place = f"{finding.path}:{finding.line}" if finding.line else finding.path
    about = " ".join(filter(None, (place, finding.exercise_id, f"({finding.language})" if finding.language else "")))
    words = finding.message.for_language(language)
    return f"{about}: {words} [{finding.code}]" if about else f"{words} [{finding.code}]"


def _survivors(strength: ExerciseStrength, language: Language) -> Iterator[str]:
    for one in strength.survivors:
        now = one.now or "–"
        yield f"     {strength.exercise_id}, {one.what.for_language(language)}: {one.was}  →  {now}"
