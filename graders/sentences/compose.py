"""Checks told as sentences, and sentences read as checks. Pure; the words are in graders/sentences/words.py."""

import functools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from courses import Language, LocalText
from graders.checks import Form, Kind, forms
from graders.schema import to_schema
from graders.sentences.records import Field, Sentence, SentenceRefused
from graders.sentences.slots import Slot, slots_of
from graders.sentences.typed import from_text, to_text
from graders.sentences.words import EXAMPLES, LABELS, LAST, OPTIONS, ORDER, PHRASES, Phrase

PIECE = re.compile(r"\{(\w+)\}|\[([^\]]*)\]|([^{\[]+)")
EMPTY = LocalText("…", "…")
ANSWERS: Mapping[str, LocalText] = {"yes": LocalText("sí", "yes"), "no": LocalText("no", "no")}
LONGEST_SHOWN = 80
# What the rest of a whole check is while its own keys are looked at.
FACTS: Mapping[str, Any] = {"id": "x", "points": 1, "title": {"es": "x", "en": "x"}}


def list_sentences() -> tuple[Sentence, ...]:
    """An empty sentence for every kind of check that an exercise of code may have, the usual ones first."""
    names = [name for name, form in forms().items() if isinstance(form, Kind)]
    ranks = {name: rank for rank, name in enumerate(ORDER)} | {LAST: len(names) + len(ORDER)}
    ordered = sorted(names, key=lambda name: (ranks.get(name, len(ORDER)), name))
    return tuple(tell(name, {}) for name in ordered)


def tell(kind: str, params: Mapping[str, Any]) -> Sentence:
    """The sentence of a check. params: its own keys, as they stand in lesson.yaml or in Check.params.

    Raises: SentenceRefused for a kind that is none.
    """
    form = _get_form(kind)
    fields = {slot.name: _make_field(form, slot, params) for slot in slots_of(form)}
    phrase = _phrase_of(form)
    parts = tuple(_parts(phrase.template, fields))
    used = {one.name for one in parts if isinstance(one, Field)}
    more = tuple(field for name, field in fields.items() if name not in used)
    return Sentence(kind, phrase.title, parts, more)


def read(kind: str, values: Mapping[str, str]) -> Mapping[str, Any]:
    """The check's own keys from what was filled in. values: by slot; a slot that is not there is empty.

    Raises: SentenceRefused, naming the slot, for what the kind does not take.
    """
    form = _get_form(kind)
    params: dict[str, Any] = {}
    for slot in slots_of(form):
        found = from_text(slot, values.get(slot.name, ""))
        if slot.is_presence:
            if found:
                params.setdefault(slot.path[0], {})
        elif found is not None:
            _put(params, slot.path, found)
        elif slot.is_required:
            raise SentenceRefused(slot.name, _missing(_label(form, slot)))
    _demand_form(form, params)
    return params


def say_check(kind: str, params: Mapping[str, Any], language: Language) -> str:
    """A check's sentence as plain text, with what is filled in beside it; for lists and comparisons."""
    form = _get_form(kind)
    sentence = tell(kind, params)
    words = {
        field.name: _outline(params.get(field.name), language) if field.type == "yaml" else _shown(field, language)
        for field in sentence.fields
    }
    filled = {field.name for field in sentence.fields if field.value}
    said = "".join(_said(_phrase_of(form).template.for_language(language), words, filled)).strip()
    more = [f"{one.label.for_language(language)}: {words[one.name]}" for one in sentence.more if one.name in filled]
    return "; ".join([said, *more])


def _get_form(kind: str) -> Form:
    form = forms().get(kind)
    if form is None:
        known = ", ".join(forms())
        raise SentenceRefused(
            "kind",
            LocalText(
                f"No hay comprobaciones de tipo «{kind}». Las hay de: {known}. Elige una.",
                f"There are no checks of the kind “{kind}”. There are: {known}. Choose one.",
            ),
        )
    return form


def _phrase_of(form: Form) -> Phrase:
    """The words of a kind; of one that has none, what it says about itself and the slots that must be filled."""
    if form.name in PHRASES:
        return PHRASES[form.name]
    about = form.about.partition(". ")[0].rstrip(".")
    needed = "".join(f", {key}: {{{key}}}" for key in form.required)
    return Phrase(LocalText(form.name, form.name), LocalText(f"{about}{needed}", f"{about}{needed}"))


def _look_up(words: Mapping[str, Any], form: Form, slot: Slot) -> Any:
    """The words for a slot of this kind, or of every kind."""
    return words.get(f"{form.name}.{slot.name}", words.get(slot.name))


def _label(form: Form, slot: Slot) -> LocalText:
    found = _look_up(LABELS, form, slot)
    said = str(slot.schema.get("description", slot.name)).partition(". ")[0].rstrip(".")
    return found if isinstance(found, LocalText) else LocalText(f"{slot.name}: {said}", f"{slot.name}: {said}")


def _make_field(form: Form, slot: Slot, params: Mapping[str, Any]) -> Field:
    value: Any = params
    for key in slot.path:
        value = value.get(key) if isinstance(value, Mapping) else None
    if slot.is_presence:
        value = True if isinstance(value, Mapping) else None
    text = to_text(slot, _plain(value))
    words: Mapping[str, LocalText] = _look_up(OPTIONS, form, slot) or {}
    is_chosen = slot.type == "choice" or (slot.type == "yes" and bool(words))
    return Field(
        name=slot.name,
        type="choice" if is_chosen else slot.type,
        label=_label(form, slot),
        value=text,
        options=_options(slot, words, text) if is_chosen or slot.type == "names" else (),
        is_required=slot.is_required,
        example=str(_look_up(EXAMPLES, form, slot) or ""),
    )


def _plain(value: Any) -> Any:
    """A value as it stands in lesson.yaml: without the content that the reader put beside a file's name."""
    if isinstance(value, Mapping):
        is_read = set(value) == {"json", "content"}
        return {key: _plain(one) for key, one in value.items() if not (is_read and key == "content")}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _options(slot: Slot, words: Mapping[str, LocalText], chosen: str) -> tuple[tuple[str, LocalText], ...]:
    """What can be chosen. What is said already stays to be seen, even where it goes without saying."""
    if slot.type == "names":
        keys: Sequence[str] = slot.schema.get("items", {}).get("enum", ())
    elif slot.type == "yes":
        keys = list(words)
    else:
        keys = [*([] if slot.is_required else [""]), *slot.schema["enum"]]
    if slot.type != "names" and chosen and chosen not in keys:
        keys = [*keys, chosen]
    usual = words.get("", EMPTY)
    return tuple((key, words.get(key, usual if key in ("", "no") else LocalText(key, key))) for key in keys)


def _parts(template: LocalText, fields: Mapping[str, Field]) -> Iterator[LocalText | Field]:
    """Words and slots in their order. Both languages have the same slots in the same order."""
    spanish, english = (list(_pieces(one)) for one in (template.es, template.en))
    for (name, es), (_, en) in zip(spanish, english, strict=True):
        if name:
            yield fields[name]
        elif es.strip() or en.strip():
            yield LocalText(es.strip(), en.strip())


def _pieces(template: str) -> Iterator[tuple[str, str]]:
    """The slots of a template by name, and the words between, each with nothing for the other."""
    for name, optional, words in PIECE.findall(template):
        if optional:
            yield from _pieces(optional)
        else:
            yield name, words


def _said(template: str, words: Mapping[str, str], filled: Collection[str]) -> Iterator[str]:
    for name, optional, between in PIECE.findall(template):
        if not optional:
            yield words[name] if name else between
        elif any(one in filled for one, _ in _pieces(optional)):
            yield from _said(optional, words, filled)


def _outline(value: Any, language: Language) -> str:
    """What a list or a mapping is about: the labels of cases, the names of tables."""
    if isinstance(value, Mapping):
        return ", ".join(map(str, value)) or EMPTY.es
    labels = [one.get("label") for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
    if not labels or not all(isinstance(one, Mapping) for one in labels):
        return f"({len(value)})" if isinstance(value, list) else EMPTY.es
    return ", ".join(str(one.get(language)) for one in labels if isinstance(one, Mapping))


def _shown(field: Field, language: Language) -> str:
    """What a slot holds, in words and on one line."""
    if not field.value and field.type != "choice":
        return EMPTY.es
    if field.type == "yes" and field.value in ANSWERS:
        return ANSWERS[field.value].for_language(language)
    words = {key: text.for_language(language) for key, text in field.options}
    if field.type == "choice":
        return words.get(field.value) or EMPTY.es
    if field.type == "names" and words:
        return ", ".join(words.get(one, one) for one in field.value.split(", "))
    line = " ".join(field.value.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"


def _put(params: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for key in path[:-1]:
        params = params.setdefault(key, {})
    params[path[-1]] = value


def _missing(label: LocalText) -> LocalText:
    return LocalText(
        f"Falta llenar «{label.es}». Sin eso no hay qué comprobar. Escríbelo.",
        f"“{label.en}” is empty. Without it there is nothing to check. Fill it in.",
    )


@functools.cache
def _validator(kind: str) -> Draft202012Validator:
    schema = to_schema()
    return Draft202012Validator({"$ref": f"#/$defs/{kind}_check", "$defs": schema["$defs"]})


def _demand_form(form: Form, params: Mapping[str, Any]) -> None:
    """Raises: SentenceRefused, with the slot, for the first thing that the kind's schema does not take."""
    errors = sorted(_validator(form.name).iter_errors({**FACTS, "kind": form.name, **params}), key=_depth)
    if errors:
        slot = _slot_at(form, [str(one) for one in errors[0].absolute_path])
        raise SentenceRefused(slot.name if slot else "", _why(errors[0], _label(form, slot) if slot else None))


def _depth(error: ValidationError) -> int:
    """Errors within a slot come before those of the whole."""
    return -len(error.absolute_path)


def _slot_at(form: Form, path: Sequence[str]) -> Slot | None:
    found = [slot for slot in slots_of(form) if path and list(slot.path) == path[: len(slot.path)]]
    return max(found, key=lambda slot: len(slot.path), default=None)


def _why(error: ValidationError, label: LocalText | None) -> LocalText:
    limit = str(error.validator_value)
    if label is None:
        return LocalText(
            "Falta decir qué se comprueba, o se dijo de dos maneras que no van juntas. Llena sólo lo que haga falta.",
            "What is checked is not told, or in two ways that do not go together. Fill in only what is needed.",
        )
    short = limit if len(limit) <= LONGEST_SHOWN else f"{limit[: LONGEST_SHOWN - 1]}…"
    es, en = LIMITS.get(str(error.validator), ("La forma es otra", "The form is another"))
    return LocalText(
        f"Lo que dice «{label.es}» no vale aquí. {es.format(short)}. Corrígelo.",
        f"What “{label.en}” says will not do here. {en.format(short)}. Mend it.",
    )


LIMITS: Mapping[str, tuple[str, str]] = {
    "enum": ("Se puede elegir: {}", "One can choose: {}"),
    "pattern": ("La forma es {}", "The form is {}"),
    "minimum": ("Lo menos es {}", "The least is {}"),
    "maximum": ("Lo más es {}", "The most is {}"),
    "exclusiveMinimum": ("Debe pasar de {}", "It must be more than {}"),
    "maxLength": ("Caben {} caracteres", "{} characters fit"),
    "maxItems": ("Caben {}", "{} fit"),
    "minItems": ("Hacen falta {}", "{} are needed"),
    "minProperties": ("Hacen falta {}", "{} are needed"),
    "uniqueItems": ("Cada uno va una sola vez", "Each goes once only"),
    "type": ("Se esperaba otra clase de valor", "Another sort of value was expected"),
    "required": ("Falta una parte", "A part is missing"),
    "additionalProperties": ("Sobra una parte", "A part does not belong"),
}
