"""What a kind of check is. One module of this package holds all of one, as its `KIND`, and is found by that."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses import Check
from graders.checks.finding import Finding
from graders.view import View, probe_source

Schema = Mapping[str, Any]

# Keys that several kinds have in common.
NAME: Schema = {
    "type": "string",
    "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,59}$",
    "description": "The variable that the learner must leave, as in the statement.",
}
TOLERANCE: Schema = {
    "type": "number",
    "minimum": 0,
    "description": "How far a number may be from the solution's, in its own unit.",
}
RELATIVE: Schema = {
    "type": "number",
    "minimum": 0,
    "maximum": 1,
    "description": "How far a number may be from the solution's, as a share of it: 1e-6.",
}


@dataclass(frozen=True, kw_only=True)
class Form:
    """How checks of a kind are written in lesson.yaml, and what they say. A question is no more: nothing of it runs.

    about: what it asks, in a sentence or two; properties: the JSON Schema of its own keys, each with a description;
    defs: schemas that these refer to as `#/$defs/…`; needs_any: at least one of its own keys must be there;
    rules: what else its JSON Schema says, of keys that go or do not go together.
    spanish, english: the sentence of each code, with the holes of graders/feedback.py; all codes begin with the name.
    before_author: codes that say why there was nothing to judge, which the author's own message cannot know.
    """

    name: str
    about: str
    properties: Mapping[str, Schema]
    required: tuple[str, ...] = ()
    needs_any: bool = False
    rules: Schema = field(default_factory=dict)
    defs: Mapping[str, Schema] = field(default_factory=dict)
    spanish: Mapping[str, str]
    english: Mapping[str, str]
    before_author: frozenset[str] = frozenset()


def no_names(check: Check) -> Mapping[str, Sequence[str]]:
    """For kinds that look at no name."""
    return {}


def own_name(check: Check) -> Mapping[str, Sequence[str]]:
    """For kinds that look at all of what the name in `name` holds."""
    return {check.params["name"]: ()}


@dataclass(frozen=True, kw_only=True)
class Kind(Form):
    """A kind of check of what code did.

    names: the names whose values it looks at, each with the columns that matter where a table is too large for all.
    probes: those that `look` asks, besides the one that tells what names hold; runs_learner_code: whether they do so
    again, for then they go last.
    look: raw evidence, as strict JSON, out of a session that nobody trusts; read: that as values, EvidenceRefused where
    it is none. judge: a learner's against the solution's. is_same: whether the check sees the same in two answers, by
    which a declared wrong answer is recognised. Those three are pure.
    version: to be raised whenever `look` may give other evidence than before for the same answer.
    """

    look: Callable[[View], Any]
    read: Callable[[Any], Any]
    judge: Callable[[Check, Any, Any], Finding]
    is_same: Callable[[Check, Any, Any], bool]
    names: Callable[[Check], Mapping[str, Sequence[str]]] = no_names
    probes: tuple[str, ...] = ()
    runs_learner_code: bool = False
    version: int = 1

    @property
    def evidence_version(self) -> str:
        """Changes whenever the evidence of this kind may come out otherwise."""
        texts = [probe_source(name) for name in ("answers", *self.probes)]
        return hashlib.sha256("\0".join([self.name, str(self.version), *texts]).encode()).hexdigest()[:16]


def look_at_name(view: View) -> Any:
    """The `look` of kinds that judge what the name in `name` holds."""
    return view.hold(view.check.params["name"])
