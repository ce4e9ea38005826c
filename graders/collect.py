"""Step 3, probe: evidence of what the cells left behind, as raw JSON for each check. Nothing of it is believed yet."""

import functools
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from courses import Check
from notebooks import KernelLost, Limits, ProbeRefused, Session

PROBES = Path(__file__).parent / "probes"
ASK_S = 10.0
REFUSED: Mapping[str, Any] = {"refused": True}
TOO_SLOW: Mapping[str, Any] = {"too_slow": True}


@functools.cache
def probe_source(name: str) -> str:
    """The text of a probe: "answers" or "charts"."""
    return (PROBES / f"{name}.py").read_text(encoding="utf-8")


@functools.cache
def probes_version() -> str:
    """Changes whenever evidence may come out otherwise."""
    return hashlib.sha256("\0".join(map(probe_source, ("answers", "charts"))).encode()).hexdigest()[:16]


def collect(session: Session, checks: Sequence[Check], *, source: str, drew: bool, limits: Limits) -> Mapping[str, Any]:
    """Raw evidence by check. source: the answer's text, the evidence of `code` checks; drew: it showed a picture.

    Names are looked at first and functions called last, for those run learner code again.
    Raises: KernelLost where the process ended itself or ran out of memory meanwhile; KernelUnavailable.
    """
    evidence: dict[str, Any] = {check.id: source for check in checks if check.kind == "code"}
    held = [check for check in checks if check.kind in ("value", "table")]
    if held:
        evidence |= _held(session, held)
    drawn = [check for check in checks if check.kind == "chart"]
    if drawn:
        facts = _ask(session, "charts", "look", {}, ASK_S) if drew else {"drew": False}
        evidence |= {check.id: facts for check in drawn}
    for check in checks:
        if check.kind == "function":
            asked = {"name": check.params["name"], "cases": [_arguments(case) for case in check.params["cases"]]}
            evidence[check.id] = _ask(session, "answers", "call", asked, limits.cell_timeout_s)
    return evidence


def _held(session: Session, checks: Sequence[Check]) -> Mapping[str, Any]:
    """What names hold, each asked for once, however many checks look at it."""
    wanted: dict[str, list[str]] = {}
    for check in checks:
        columns = [*check.params.get("key", ()), *check.params.get("columns", ())]
        wanted.setdefault(check.params["name"], []).extend(columns)
    told = _ask(session, "answers", "collect", {"wanted": wanted}, ASK_S)
    if not isinstance(told, dict):
        told = REFUSED
    return {check.id: told.get(check.params["name"], REFUSED) for check in checks}


def _ask(session: Session, probe: str, function: str, arguments: Mapping[str, Any], timeout_s: float) -> Any:
    """What the probe says; REFUSED or TOO_SLOW where it says nothing of use."""
    try:
        return session.ask(probe_source(probe), function, arguments, timeout_s=timeout_s)
    except ProbeRefused as reason:
        return TOO_SLOW if reason.is_timeout else REFUSED
    except KernelLost as reason:
        # A probe before this one took so long that the session had to be ended.
        if reason.reason == "stopped":
            return TOO_SLOW
        raise


def _arguments(case: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a case hands over; its label stays here."""
    return {name: case[name] for name in ("args", "kwargs") if name in case}
