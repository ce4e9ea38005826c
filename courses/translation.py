"""How old each text of a lesson is in each language, so that a page can mark what is older than its translation."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from courses.blocks import SourceBlock
from courses.lesson_edits import EXERCISES, get_list, read_text, read_texts
from courses.lesson_notes import NOTES, has_values
from courses.lessons import SHEET
from courses.model import LANGUAGES, Language
from courses.refusals import Refused
from courses.sheet_edits import read_sheet_value
from courses.sources import Files
from courses.text_pairs import Texts, find_counterpart

Ages = Mapping[str, Mapping[str, int]]
Pair = Mapping[Language, str]

NEVER = 0  # the age of what was never written, or is still the other language's
FEW_WORDS = 4  # may be the same in both languages: a name, a number
WORD = re.compile(r"[^\W\d_]{2,}")
NOT_WORDS = re.compile(r"`[^`]*`|\$[^$]*\$|\]\([^)]*\)")


def translation_ages(before: Files | None, after: Files, ages: Ages, number: int) -> Ages:
    """For each text that is there in two languages, the version in which each language was last written.

    Keys: "section:ID", "exercise:ID" (its statement) and "code:ID" for blocks; "text-ABOVE-N" and "note-ABOVE-N" for
    blocks without an id, the N-th of their kind below "section-ID", "code-ID", "exercise-ID" or "top";
    "exercise:ID:PATH" for texts of lesson.yaml ("exercise:suma:checks.total.title") and "exercise:ID:starter";
    "sheet:title" and "sheet:summary"; "note:KEY" for notes to trainers.
    before: the version that `ages` tells of; number: that of `after`. A text that is moved keeps its ages; one that
    has the same words in both languages was not translated yet, unless somebody confirmed it.
    """
    old = bilingual_texts(before) if before is not None else {}
    new = bilingual_texts(after)
    sources = {key: find_source(key, pair, old, new) for key, pair in new.items()}
    return {key: ages_of(pair, sources[key], old, ages, number) for key, pair in new.items()}


def stale_keys(ages: Ages) -> tuple[str, ...]:
    """The texts of which one language is older than the other, in the order of the lesson."""
    return tuple(key for key, one in ages.items() if len({one.get(language, NEVER) for language in LANGUAGES}) > 1)


def ages_of(pair: Pair, source: str | None, old: Mapping[str, Pair], ages: Ages, number: int) -> dict[str, int]:
    """The ages of a text. source: the key that it had before; None if it is new."""
    was = old[source] if source is not None else {}
    known = ages.get(source, {}) if source is not None else {}
    changed = {one for one in LANGUAGES if not is_alike(was.get(one), pair[one])}
    found: dict[str, int] = {one: number if one in changed else known.get(one, number) for one in LANGUAGES}
    if changed and is_untranslated(pair):
        return {**found, "en": NEVER}
    # Words that say the same to everyone, such as code, are as new in one language as in the other.
    if pair["es"] == pair["en"] and changed:
        return dict.fromkeys(found, number)
    return {one: found[one] if pair[one].strip() else NEVER for one in LANGUAGES}


def is_alike(one: str | None, other: str) -> bool:
    """Whether two texts have the same words; how they are broken into lines says nothing."""
    return one is not None and one.split() == other.split()


def is_untranslated(pair: Pair) -> bool:
    """Whether the English text is the Spanish one, and long enough to need a translation."""
    words = WORD.findall(NOT_WORDS.sub(" ", pair["es"]))
    return pair["es"].split() == pair["en"].split() and len(words) >= FEW_WORDS and not is_code(pair["es"])


def is_code(text: str) -> bool:
    return text.startswith(CODE)


# A mark before the sources of cells and starters, which no text begins with.
CODE = "\0"


def find_source(key: str, pair: Pair, old: Mapping[str, Pair], new: Mapping[str, Pair]) -> str | None:
    """What a text was called before: the same; or of one that is gone by now, with the words of either language."""
    if key in old and any(is_alike(old[key][one], pair[one]) for one in LANGUAGES):
        return key
    for other, was in old.items():
        is_free = other not in new or not any(is_alike(was[one], new[other][one]) for one in LANGUAGES)
        if is_free and any(is_alike(was[one], pair[one]) and pair[one].strip() for one in LANGUAGES):
            return other
    return key if key in old else None


def bilingual_texts(files: Files) -> Mapping[str, Pair]:
    """Every text of a lesson that people read, by its key, in the order of the lesson. Empty where it cannot be read.

    Sources of code begin with a mark, for they need no translation where they are the same.
    """
    found: dict[str, Pair] = {}
    for gather in (texts_of_sheet, texts_of_blocks, texts_of_exercises, texts_of_notes):
        try:
            found.update(gather(files))
        except Refused:
            continue
    return found


def texts_of_sheet(files: Files) -> Iterator[tuple[str, Pair]]:
    value = read_sheet_value(read_text(files, SHEET))
    for name in ("title", "summary"):
        if isinstance(value, dict) and is_bilingual(value.get(name)):
            yield f"sheet:{name}", as_pair(value[name])


def is_bilingual(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(one), str) for one in LANGUAGES)


def as_pair(value: Any) -> Pair:
    return {one: str(value[one]) for one in LANGUAGES}


def texts_of_blocks(files: Files) -> Iterator[tuple[str, Pair]]:
    texts = read_texts(files)
    counts: dict[str, int] = {}
    above = "top"
    for spanish, english in pair_up(texts):
        block = spanish or english
        if block is None or block.kind == "front-matter" or not block.content:
            continue
        if block.key:
            key, above = ":".join(block.key), "-".join(block.key)
        else:
            name = f"{block.kind}-{above}"
            counts[name] = counts.get(name, 0) + 1
            key = f"{name}-{counts[name]}"
        yield key, {"es": words_of(spanish), "en": words_of(english)}


def pair_up(texts: Texts) -> Iterator[tuple[SourceBlock | None, SourceBlock | None]]:
    """The blocks that are one in both languages; what only the English text has follows what it follows there."""
    twins = {place: find_counterpart(texts, "es", place) for place in range(len(texts["es"]))}
    taken = {twin for twin in twins.values() if twin is not None}
    alone = [place for place in range(len(texts["en"])) if place not in taken]
    for place, block in enumerate(texts["es"]):
        twin = twins[place]
        while twin is not None and alone and alone[0] < twin:
            yield None, texts["en"][alone.pop(0)]
        yield block, None if twin is None else texts["en"][twin]
    for one in alone:
        yield None, texts["en"][one]


def words_of(block: SourceBlock | None) -> str:
    if block is None:
        return ""
    return f"{CODE}{block.body}" if block.kind == "code" else f"{block.title}\n{block.body}".strip()


def texts_of_exercises(files: Files) -> Iterator[tuple[str, Pair]]:
    for exercise in get_list(read_sheet_value(read_text(files, SHEET))):
        if isinstance(exercise, dict) and isinstance(exercise.get("id"), str):
            key = f"exercise:{exercise['id']}:"
            for path, pair in texts_in(exercise, ()):
                yield key + ".".join(path), pair
            folder = f"{EXERCISES}/{exercise['id']}"
            names = {"es": f"{folder}/starter.py", "en": f"{folder}/starter.en.py"}
            if all(name in files for name in names.values()):
                starters = {one: CODE + files[names[one]].decode("utf-8", "replace") for one in LANGUAGES}
                yield f"{key}starter", starters


def texts_in(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Pair]]:
    """The bilingual texts inside of a record, by the way to them: keys, ids, and places in lists without ids."""
    if is_bilingual(value):
        yield path, as_pair(value)
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from texts_in(inside, (*path, str(key)))
    elif isinstance(value, list):
        for place, inside in enumerate(value):
            id = inside.get("id") if isinstance(inside, dict) else None
            yield from texts_in(inside, (*path, str(place if id is None else id)))


def texts_of_notes(files: Files) -> Iterator[tuple[str, Pair]]:
    text = read_text(files, NOTES) if NOTES in files else ""
    notes = read_sheet_value(text) if has_values(text) else {}
    for key, value in notes.items() if isinstance(notes, dict) else ():
        if is_bilingual(value):
            yield f"note:{key}", as_pair(value)
