"""The explanation of an error in three short sentences: what, where, what to try. No rule, no explanation."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notebooks import Fault
from webapp.ui.outputs.errors import english, spanish
from webapp.ui.outputs.errors.case import Case
from webapp.ui.outputs.errors.rules import find_rule
from webapp.ui.outputs.words import Language, say

TEXTS: Mapping[Language, Mapping[str, tuple[str, str]]] = {"es": spanish.TEXTS, "en": english.TEXTS}
LONGEST_HOLE = 80


@dataclass(frozen=True)
class Explanation:
    """Three sentences of plain text; what stands between backticks is code. `where` is empty where it is not
    known."""

    rule: str
    what: str
    where: str
    advice: str

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(one for one in (self.what, self.where, self.advice) if one)


def explain(
    fault: Fault,
    source: str,
    names_in_scope: Sequence[str] = (),
    language: Language = "es",
    *,
    columns: Sequence[str] = (),
) -> Explanation | None:
    """What the error means to its author; None where no rule knows it.

    source: the cell's code; columns: names of the columns of the learner's tables, as the variables panel has
    them.
    """
    case = Case(fault.name, fault.value, source, fault.line, tuple(names_in_scope), tuple(columns))
    found = find_rule(case)
    if found is None:
        return None
    rule, holes = found
    what, advice = TEXTS[language][rule]
    filled = {name: _tamed(text) for name, text in holes.items()}
    return Explanation(rule, what.format(**filled), _where(case, language), advice.format(**filled))


def explain_warning(text: str, language: Language) -> Explanation | None:
    """What a warning on standard error means; today only that a change was made on a copy."""
    if "ChainedAssignmentError" not in text and "SettingWithCopyWarning" not in text:
        return None
    what, advice = TEXTS[language]["chained"]
    return Explanation("chained", what, "", advice)


def _where(case: Case, language: Language) -> str:
    if case.line is None:
        return ""
    code = _tamed(case.code).replace("`", "")
    return (
        say(language, "where_line", line=case.line, code=code)
        if code
        else say(language, "where_number", line=case.line)
    )


def _tamed(text: str) -> str:
    """A hole's text on one line and not too long. Lists of names keep their backticks."""
    text = re.sub(r"\s+", " ", text)
    is_list = text.startswith("`") and text.endswith("`")
    text = text if is_list else text.replace("`", "'")
    limit = 6 * LONGEST_HOLE if is_list else LONGEST_HOLE
    return text if len(text) <= limit else text[: limit - 1] + "…"
