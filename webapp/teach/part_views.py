"""The parts of a comparison or a merge, as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from flask import g
from flask_babel import gettext as _

from courses import Language, Merge, MergePart, PartChange
from webapp.services.manuscripts.upstream import Choices, Side
from webapp.ui.word_changes import Stretch, changes_between, without

SIDES: Mapping[str, Side] = {"ours": "ours", "theirs": "theirs"}
Shown = tuple[Stretch, ...] | None


@dataclass(frozen=True)
class PartView:
    """A part with its two texts, the words that changed marked; None for what is not there.

    id: for the page. state, choice: of a merge; choice is empty while nobody has chosen.
    """

    id: str
    key: str
    title: str
    language: str
    left: Shown
    right: Shown
    state: str = ""
    choice: str = ""


def compared(parts: Sequence[PartChange]) -> list[PartView]:
    """Each part before and after."""
    return [compared_one(one) for one in parts]


def compared_one(part: PartChange) -> PartView:
    if part.before is None or part.after is None:
        left, right = whole("del", part.before), whole("ins", part.after)
    else:
        way = changes_between(part.before, part.after)
        left, right = without("ins", way), without("del", way)
    return PartView(id_of(part.key), part.key, part.title.for_language(g.language), named(part.language), left, right)


def merged(found: Merge, choices: Choices) -> list[PartView]:
    """Each part as it is with us and with the others, with what changed since both were one; conflicts first."""
    views = [merged_one(one, choices) for one in found.parts if one.state != "same"]
    return sorted(views, key=lambda one: one.state != "conflict")


def merged_one(part: MergePart, choices: Choices) -> PartView:
    choice = choices.get(part.key) or ("" if part.state == "conflict" else part.state)
    return PartView(
        id_of(part.key), part.key, part.title.for_language(g.language), named(part.language),
        since(part.base, part.ours), since(part.base, part.theirs), part.state, choice,
    )  # fmt: skip


def since(base: str | None, side: str | None) -> Shown:
    """A side's text with what changed in it; all of it marked where it is new."""
    if side is None:
        return None
    return whole("ins", side) if base is None else changes_between(base, side)


def whole(kind: str, text: str | None) -> Shown:
    return None if text is None else (Stretch("del" if kind == "del" else "ins", text),)


def id_of(key: str) -> str:
    """A name for the page's addresses and labels: keys hold signs that those may not."""
    return f"part-{sha256(key.encode()).hexdigest()[:10]}"


def named(language: Language | None) -> str:
    return str({"es": _("Español"), "en": _("Inglés"), None: ""}[language])


def read_choices(form: Mapping[str, str], found: Merge) -> dict[str, Side]:
    """What was chosen in a form, by the parts' keys."""
    chosen: dict[str, Side] = {}
    for part in found.parts:
        side = SIDES.get(form.get(id_of(part.key), ""))
        if side is not None:
            chosen[part.key] = side
    return chosen
