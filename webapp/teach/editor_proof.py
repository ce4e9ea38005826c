"""The proof of a lesson in preparation as values for its panel: what was looked at, and each finding with its block."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from courses import Language
from graders import ExerciseStrength, Proof, ProofFinding, Survivor
from webapp.services.manuscripts.records import Manuscript, ProofRecord
from webapp.teach.editor_page import Mark
from webapp.ui.inline import inline

State = Literal["none", "queued", "running", "green", "red", "failed", "old"]

# By the beginning of a finding's code: which line of the panel it belongs to, and the tab of the exercise to open.
PLACES: Mapping[str, tuple[str, str]] = {
    "cell_": ("run", ""),
    "solution_": ("solution", "solution"),
    "ungradable": ("solution", "checks"),
    "starter_": ("starter", "starter"),
    "wrong_": ("wrong", "wrong"),
    "option_": ("wrong", "answer"),
    "unit_": ("wrong", "answer"),
    "right_": ("right", "checks"),
    "weak_": ("strength", "checks"),
    "hint_": ("hints", "hints"),
    "name_": ("hints", "statement"),
}


@dataclass(frozen=True)
class FindingView:
    """href: of the block that it is about, empty where it is of none; tab: of its exercise."""

    message: Markup
    place: str
    href: str
    tab: str
    is_error: bool


@dataclass(frozen=True)
class Line:
    """One thing that was looked at. figure: what came of it, in a few words."""

    state: Literal["ok", "fail", "warn"]
    text: str
    figure: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True)
class SurvivorView:
    """A mistake that no check caught, as code."""

    exercise: str
    href: str
    what: str
    was: str
    now: str


@dataclass(frozen=True)
class ProofView:
    """The panel. why_not: why it cannot be published yet, empty where it can."""

    state: State
    when: str
    verdict: str
    lines: tuple[Line, ...]
    survivors: tuple[SurvivorView, ...]
    why_not: str
    errors: int
    token: str

    @property
    def is_going_on(self) -> bool:
        return self.state in ("queued", "running")


def proof_view(
    manuscript: Manuscript, record: ProofRecord | None, names: Mapping[str, str], language: Language, now: datetime
) -> ProofView:
    """names: of the blocks by the id of their cell or exercise. record: the latest proof, of any version."""
    state = state_of(manuscript, record)
    proof = record.proof if record else None
    errors = len(proof.errors) if proof else 0
    return ProofView(
        state=state,
        when=when_of(record, now) if record and record.proof else "",
        verdict=verdict_of(state, errors),
        lines=lines_of(proof, names, language) if proof else (),
        survivors=survivors_of(proof.strengths, names, language) if proof else (),
        why_not=why_not(state, errors),
        errors=errors if state in ("red", "old") else 0,
        token=record.token if record else "",
    )


def state_of(manuscript: Manuscript, record: ProofRecord | None) -> State:
    if record is None:
        return "none"
    if record.number != manuscript.head:
        return "old"
    return record.mark


def when_of(record: ProofRecord, now: datetime) -> str:
    if record.proved_at is None:
        return ""
    ago = format_timedelta(record.proved_at - now, add_direction=True, threshold=1.2)
    seconds = round(record.seconds, 1)
    return f"{ago} · {_('%(seconds)s s', seconds=seconds)}"


def verdict_of(state: State, errors: int) -> str:
    match state:
        case "green":
            return str(_("Lista para publicar"))
        case "red":
            text: str = ngettext("Falta %(num)s cosa para publicar", "Faltan %(num)s cosas para publicar", errors)
            return text
        case "queued":
            return str(_("La prueba espera su turno"))
        case "running":
            return str(_("Probando la lección…"))
        case "failed":
            return str(_("No pudimos hacer la prueba. Es una falla nuestra; inténtalo de nuevo."))
        case "old":
            return str(_("La lección cambió desde su última prueba"))
    return str(_("Esta lección todavía no se ha probado"))


def why_not(state: State, errors: int) -> str:
    match state:
        case "green":
            return ""
        case "red":
            return verdict_of(state, errors)
        case "queued" | "running":
            return str(_("Podrás publicarla cuando termine la prueba, si sale bien."))
    return str(_("Antes de publicarla, pruébala: tiene que salir bien con lo que dice ahora."))


def lines_of(proof: Proof, names: Mapping[str, str], language: Language) -> tuple[Line, ...]:
    """A line for each thing that is looked at; those with findings say them."""
    by_group: dict[str, list[FindingView]] = {name: [] for name, _text, _figure in groups(proof)}
    for finding in sorted(proof.findings, key=lambda one: one.severity != "error"):
        group, tab = place_of(finding)
        by_group[group].append(finding_view(finding, tab, names, language))
    return tuple(line(text, figure, by_group[name]) for name, text, figure in groups(proof))


def groups(proof: Proof) -> tuple[tuple[str, str, str], ...]:
    caught = str(_("%(caught)s de %(made)s", caught=proof.caught, made=proof.made)) if proof.made else ""
    return (
        ("text", _("Textos, datos y archivos en orden"), ""),
        ("run", _("Corre completa desde cero, sin red"), ""),
        ("solution", _("Las soluciones pasan sus comprobaciones"), ""),
        ("starter", _("El código inicial no las pasa"), ""),
        ("wrong", _("Los errores previstos reciben su mensaje"), ""),
        ("right", _("Otras respuestas correctas también pasan"), ""),
        ("hints", _("Pistas y enunciados dicen lo necesario"), ""),
        ("strength", _("Errores hechos a propósito que se atrapan"), caught),
    )


def place_of(finding: ProofFinding) -> tuple[str, str]:
    found = next((place for start, place in PLACES.items() if finding.code.startswith(start)), None)
    return found or ("text", "")


def finding_view(finding: ProofFinding, tab: str, names: Mapping[str, str], language: Language) -> FindingView:
    id = finding.exercise_id or finding.block_id
    place = names.get(id, "")
    if finding.language and finding.language != language:
        place = f"{place} · {_('en inglés') if finding.language == 'en' else _('en español')}".lstrip(" ·")
    key = f"{'exercise' if finding.exercise_id else 'code'}-{id}"
    return FindingView(
        inline(finding.message.for_language(language)), place, f"#block-{key}" if id in names else "", tab,
        finding.severity == "error",
    )  # fmt: skip


def line(text: str, figure: str, findings: Sequence[FindingView]) -> Line:
    state: Literal["ok", "fail", "warn"] = "ok"
    if findings:
        state = "fail" if any(one.is_error for one in findings) else "warn"
    return Line(state, text, figure or (str(len(findings)) if findings else ""), tuple(findings))


def survivors_of(
    strengths: Iterable[ExerciseStrength], names: Mapping[str, str], language: Language
) -> tuple[SurvivorView, ...]:
    return tuple(
        survivor_view(strength.exercise_id, one, names, language)
        for strength in strengths
        for one in strength.survivors
    )


def survivor_view(exercise_id: str, one: Survivor, names: Mapping[str, str], language: Language) -> SurvivorView:
    return SurvivorView(
        names.get(exercise_id, exercise_id), f"#block-exercise-{exercise_id}", one.what.for_language(language), one.was,
        one.now,
    )  # fmt: skip


def marks_of(record: ProofRecord | None) -> Mapping[str, Mark]:
    """How each block came out, by the id of its cell or exercise; empty without a proof. Blocks not named are fine."""
    if record is None or record.proof is None:
        return {}
    marks: dict[str, Mark] = {"": "proved"}
    for finding in record.proof.findings:
        id = finding.exercise_id or finding.block_id
        if not id:
            continue
        if finding.severity == "error":
            marks[id] = "failed"
        elif marks.get(id) != "failed":
            marks[id] = "warned"
    return marks
