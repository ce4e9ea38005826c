"""The check `text`: a text is the solution's, or has the form and the words that were asked for."""

# One sentence a line, however long.
# ruff: noqa: E501

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from courses import Check
from graders.checks.alike import shown
from graders.checks.finding import RIGHT, Finding, miss
from graders.checks.kind import NAME, Kind, look_at_name, own_name
from graders.checks.value import type_word
from graders.evidence import Absent, Unreadable, Value, read_holding
from graders.patterns import matches

LONGEST_SIMILAR = 4000  # characters: comparing takes their square
FEWEST_IN_COMMON = 4  # characters at the start, for the place of a difference to mean anything
AROUND = 10  # characters shown before the place of a difference


def judge(check: Check, have: Value | Absent, want: Value | Absent) -> Finding:
    """Says first what keeps the text from being read, then what its form lacks, then where it differs."""
    name, params = check.params["name"], check.params
    if isinstance(have, Absent):
        return miss("text.missing_name", name=name)
    if isinstance(have, Unreadable) and have.reason != "other":
        return miss("text.placeholder" if have.reason == "placeholder" else "text.too_large", name=name)
    if not isinstance(have, str):
        return miss("text.wrong_type", name=name, type=type_word(have))
    if not have.strip():
        return miss("text.empty", name=name)
    finding = _form_miss(params, have) or _difference(params, have, want if isinstance(want, str) else "")
    return RIGHT if finding is None else replace(finding, fields={"name": name, "value": shown(have), **finding.fields})


def is_same(check: Check, one: Value | Absent, other: Value | Absent) -> bool:
    """Whether both are texts that the check holds for the same."""
    return isinstance(one, str) and isinstance(other, str) and _plain(check.params, one) == _plain(check.params, other)


def _plain(params: Mapping[str, Any], text: str) -> str:
    """The text without what makes no difference: always blanks at its ends and the ways to end a line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    for name, drop in DROPS.items():
        text = drop(text) if params.get(name) is True else text
    return text


def _without_accents(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))


def _with_single_blanks(text: str) -> str:
    return " ".join(text.split())


DROPS: Mapping[str, Callable[[str], str]] = {
    "ignore_case": str.casefold,
    "ignore_accents": _without_accents,
    "ignore_spaces": _with_single_blanks,
}
ONLY = {"ignore_case": "text.only_case", "ignore_accents": "text.only_accents", "ignore_spaces": "text.only_spaces"}
ALL: Mapping[str, Any] = dict.fromkeys(DROPS, True)


def _form_miss(params: Mapping[str, Any], have: str) -> Finding | None:
    """What the text lacks of the form and of the words that are asked for, if any are."""
    # Capitals are left to the pattern's own matching: in it \S is not \s.
    text = _plain({**params, "ignore_case": False}, have)
    if "pattern" in params and not matches(params["pattern"], text, ignore_case=params.get("ignore_case") is True):
        return miss("text.pattern")
    words = params.get("contains", ())
    missing = [word for word in words if _plain(params, word) not in _plain(params, have)]
    return miss("text.lacks", have=len(words) - len(missing), wanted=len(words)) if missing else None


def _difference(params: Mapping[str, Any], have: str, want: str) -> Finding | None:
    """How the text differs from the solution's; where only form or words are asked for, it may."""
    if "similar" in params:
        return _similarity_miss(params, have, want)
    if "pattern" in params or "contains" in params:
        return None
    one, other = _plain(params, have), _plain(params, want)
    if one == other:
        return None
    return _near_miss(params, have, want) or _place_miss(one, other)


def _similarity_miss(params: Mapping[str, Any], have: str, want: str) -> Finding | None:
    one, other = _plain(params, have), _plain(params, want)
    if len(one) > LONGEST_SIMILAR:
        return miss("text.too_large")
    share = 1.0 if one == other else SequenceMatcher(None, one, other[:LONGEST_SIMILAR], autojunk=False).ratio()
    if share >= params["similar"]:
        return None
    return miss("text.unlike", share=int(100 * share), wanted=round(100 * params["similar"]))


def _near_miss(params: Mapping[str, Any], have: str, want: str) -> Finding | None:
    """Whether no more than capitals, accents or blanks keep the text from being right, and which of them."""
    for name, code in ONLY.items():
        if _plain({**params, name: True}, have) == _plain({**params, name: True}, want):
            return miss(code)
    return miss("text.nearly") if _plain(ALL, have) == _plain(ALL, want) else None


def _place_miss(have: str, want: str) -> Finding:
    """Where the text ceases to be the other, and what it says there."""
    pairs = enumerate(zip(have, want, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(have), len(want)))
    if at < FEWEST_IN_COMMON:
        return miss("text.different")
    if at == len(have):
        return miss("text.cut_short", have=len(have))
    around = shown(have[max(0, at - AROUND) : at + AROUND])
    return miss("text.goes_on" if at == len(want) else "text.place", place=at + 1, around=around)


SPANISH: Mapping[str, str] = {
    "text.missing_name": "No encontramos {name}. Guarda tu texto con ese nombre exacto.",
    "text.placeholder": "{name} todavía vale `...`. Cambia los tres puntos por tu texto.",
    "text.too_large": "{name} es demasiado largo para revisarlo. Deja ahí sólo el texto que se pide.",
    "text.wrong_type": "{name} es {type:type} y esperábamos un texto. Revisa qué guardaste ahí.",
    "text.empty": "{name} es un texto vacío. Escribe en él lo que se pide.",
    "text.pattern": "{name} dice {value} y no tiene la forma que se pide. Compara con el ejemplo del enunciado.",
    "text.lacks": "{name} dice {have} de las {wanted} cosas que debe decir. Vuelve al enunciado y busca cuál falta.",
    "text.unlike": "{name} se parece en {share} % al texto esperado y hace falta {wanted} %. Revisa qué parte dice otra cosa.",
    "text.only_case": "{name} dice {value}. Sólo cambian las mayúsculas; escríbelo como se pide.",
    "text.only_accents": "{name} dice {value}. Sólo cambian los acentos; escríbelo como se pide.",
    "text.only_spaces": "{name} dice {value}. Sólo cambian los espacios o los saltos de línea; déjalos como se pide.",
    "text.nearly": "{name} dice {value}. Sólo cambian mayúsculas, acentos o espacios; escríbelo como se pide.",
    "text.cut_short": "{name} va bien y termina antes, a los {have} caracteres. Revisa qué falta al final.",
    "text.goes_on": "{name} dice lo correcto y luego sigue: {around}. Quita lo que sobra al final.",
    "text.place": "{name} empieza bien y cambia en el carácter {place}: {around}. Revisa desde ahí.",
    "text.different": "{name} dice {value} y esperábamos otro texto. Vuelve a leer qué debe decir.",
}
ENGLISH: Mapping[str, str] = {
    "text.missing_name": "We did not find {name}. Keep your text under exactly that name.",
    "text.placeholder": "{name} is still `...`. Put your own text in place of the three dots.",
    "text.too_large": "{name} is too long to look at. Leave only the text that is asked for.",
    "text.wrong_type": "{name} is {type:type} and we expected a text. Check what you put there.",
    "text.empty": "{name} is an empty text. Write in it what is asked for.",
    "text.pattern": "{name} says {value} and has not the form that is asked for. Compare it with the example in the text.",
    "text.lacks": "{name} says {have} of the {wanted} things that it must say. Go back to the text and look for what is missing.",
    "text.unlike": "{name} is {share} % like the text that we expected, and it takes {wanted} %. Check which part says something else.",
    "text.only_case": "{name} says {value}. Only capitals differ; write it as asked.",
    "text.only_accents": "{name} says {value}. Only accents differ; write it as asked.",
    "text.only_spaces": "{name} says {value}. Only spaces or line breaks differ; leave them as asked.",
    "text.nearly": "{name} says {value}. Only capitals, accents or spaces differ; write it as asked.",
    "text.cut_short": "{name} goes well and ends early, after {have} characters. Check what is missing at the end.",
    "text.goes_on": "{name} says the right thing and then goes on: {around}. Take out what is too much at the end.",
    "text.place": "{name} begins well and changes at character {place}: {around}. Check from there.",
    "text.different": "{name} says {value} and we expected another text. Read again what it must say.",
}

KIND = Kind(
    name="text",
    about="A text in a variable, compared with the solution's; or, with pattern or contains, held to a form and to words alone. Blanks at its ends make no difference.",
    properties={
        "name": NAME,
        "ignore_case": {"type": "boolean", "description": "true: capital letters make no difference."},
        "ignore_accents": {"type": "boolean", "description": "true: accents and tildes make no difference; ñ is n."},
        "ignore_spaces": {
            "type": "boolean",
            "description": "true: any run of blanks and line breaks counts as one blank.",
        },
        "pattern": {
            "type": "string",
            "minLength": 1,
            "maxLength": 500,
            "description": "A regular expression (RE2) to be found in the text; '^…$' for all of it: '^[A-Z]{4}[0-9]{6}$'.",
        },
        "contains": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "uniqueItems": True,
            "items": {"type": "string", "minLength": 1, "maxLength": 200},
            "description": "All of these must be in the text, in any order.",
        },
        "similar": {
            "type": "number",
            "exclusiveMinimum": 0,
            "maximum": 1,
            "description": "How like the solution's text it must be, as a share: 0.9.",
        },
    },
    required=("name",),
    spanish=SPANISH,
    english=ENGLISH,
    before_author=frozenset(
        {"text.missing_name", "text.placeholder", "text.too_large", "text.wrong_type", "text.empty"}
    ),
    look=look_at_name,
    read=read_holding,
    judge=judge,
    is_same=is_same,
    names=own_name,
)
