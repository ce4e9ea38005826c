"""What an exercise asks and what is right, in words, for the cells of a notebook that show lesson.yaml."""

from collections.abc import Mapping, Sequence
from typing import Any

from courses import Language
from graders.exchange.answers import BEGIN, END

POINTS: Mapping[Language, str] = {"es": "{points} puntos", "en": "{points} points"}
NONE_YET: Mapping[Language, str] = {"es": "Escribe aquí tu respuesta.", "en": "Write your answer here."}


def asked_in_words(record: Mapping[str, Any], language: Language) -> str:
    """The title with its points, what can be chosen, and what is checked or judged."""
    lines = [f"**{_say(record.get('title'), language)}** · {_points(record.get('points'), language)}", ""]
    kind = record.get("kind")
    if kind in ("choice", "order", "match"):
        parts = _records(record.get("options") or record.get("items"))
        shown = sorted(parts, key=lambda one: str(one.get("id"))) if kind == "order" else parts
        lines += [*(f"- {_say(one.get('text'), language)}" for one in shown), ""]
        lines += [f"    - {_say(one.get('text'), language)}" for one in _records(record.get("answers"))]
    for one in [*_records(record.get("checks")), *_records(record.get("rubric"))]:
        points = one.get("points", _most(one))
        lines.append(f"- [ ] {_say(one.get('title'), language)} ({_points(points, language)})")
    return "\n".join(lines).rstrip()


def answer_in_words(record: Mapping[str, Any], language: Language) -> str:
    """The answer of an exercise without code, between the marks that nbgrader takes out with what they hold."""
    return "\n".join([BEGIN, *(_right(record, language) or [NONE_YET[language]]), END])


def _right(record: Mapping[str, Any], language: Language) -> list[str]:
    kind, items = record.get("kind"), _records(record.get("items"))
    if kind == "choice":
        return [f"- {_say(one.get('text'), language)}" for one in _records(record.get("options")) if one.get("correct")]
    if kind == "order":
        return [f"{place}. {_say(one.get('text'), language)}" for place, one in enumerate(items, 1)]
    if kind == "match":
        texts = {one.get("id"): _say(one.get("text"), language) for one in _records(record.get("answers"))}
        return [f"- {_say(one.get('text'), language)} → {texts.get(one.get('answer'), '')}" for one in items]
    number = record.get("number")
    if kind == "number" and isinstance(number, Mapping):
        units = _records(number.get("units"))
        return [f"{number.get('value')} {units[0].get('name') if units else ''}".strip()]
    best = [_records(one.get("levels"))[-1:] for one in _records(record.get("rubric"))]
    return [f"- {_say(level.get('text'), language)}" for levels in best for level in levels]


def _most(criterion: Mapping[str, Any]) -> Any:
    levels = _records(criterion.get("levels"))
    return levels[-1].get("points") if levels else None


def _points(points: Any, language: Language) -> str:
    number = f"{points:g}" if isinstance(points, int | float) else "?"
    return POINTS[language].format(points=number) if number != "1" else {"es": "1 punto", "en": "1 point"}[language]


def _records(value: Any) -> Sequence[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _say(value: Any, language: Language) -> str:
    """A text of lesson.yaml in the language, empty where its author has not written it yet."""
    text = value.get(language) if isinstance(value, Mapping) else None
    return " ".join(text.split()) if isinstance(text, str) else ""
