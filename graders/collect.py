"""Step 3, probe: evidence of what the cells left behind, as raw JSON for each check. Nothing of it is believed yet."""

from collections.abc import Mapping, Sequence
from typing import Any

from courses import Check
from graders.checks import get_kind
from graders.view import REFUSED, Scene, View, Witness


def collect(scene: Scene, checks: Sequence[Check]) -> Mapping[str, Any]:
    """Raw evidence by check.

    Names are looked at first, and what runs learner code again comes last.
    Raises: KernelLost where the process ended itself or ran out of memory meanwhile; KernelUnavailable;
    UngradableExercise for a check of no known kind.
    """
    held = _held(scene, checks)
    evidence = {}
    for check in sorted(checks, key=lambda check: get_kind(check.kind).runs_learner_code):
        kind = get_kind(check.kind)
        witness = Witness(scene.session, ("answers", *kind.probes))
        evidence[check.id] = kind.look(View(check, scene, witness, held))
    return evidence


def _held(scene: Scene, checks: Sequence[Check]) -> Mapping[str, Any]:
    """What names hold, each asked for once, however many checks look at it."""
    wanted: dict[str, list[str]] = {}
    for check in checks:
        for name, columns in get_kind(check.kind).names(check).items():
            wanted.setdefault(name, []).extend(columns)
    if not wanted:
        return {}
    told = Witness(scene.session, ("answers",)).ask("answers", "collect", {"wanted": wanted})
    return told if isinstance(told, dict) else dict.fromkeys(wanted, REFUSED)
