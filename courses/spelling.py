"""Words that no dictionary has: of the language, of the field, or of the lesson's own code and data."""

import functools
import re
import threading
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hunspell import Hunspell

from courses.model import LANGUAGES, Language
from courses.readable import WORD, Passage

FOLDER = Path(__file__).parent / "dictionaries"
NAMES: Mapping[Language, str] = {"es": "es_MX", "en": "en_GB"}
OWN = "_spelling"  # in a content folder: its own words, es.txt and en.txt
NOT_WORDS = re.compile(r"\w+://\S+|\S+@\S+|\S*[/\\]\S+|\S+\.\w{2,4}\b|\w*[\d_]\w*")
ENDS = re.compile(r"(?:^|[.!?:…¡¿«“\"(\n-])\W*$")
QUOTED = re.compile(r"«[^»]*»|“[^”]*”")
ENCLITIC = re.compile(r"(?:me|te|se|nos|l[aeo]s?)$")
MOST_SUGGESTED = 20  # of a lesson: each costs a quarter of a second
SUGGESTIONS = 3
# The library's handles are not made for several threads at once.
ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Misspelt:
    """A word that is unknown: where it stands first, how often, and what it may have been meant to be."""

    word: str
    passage: Passage
    line: int | None
    count: int
    suggestions: tuple[str, ...]


def find_misspelt(passages: Iterable[Passage], known: Collection[str]) -> tuple[Misspelt, ...]:
    """The unknown words of passages, each once per language and in the order in which they come.

    known: words that are right here, in any case of letters.
    """
    own = frozenset(one.casefold() for one in known)
    first: dict[tuple[Language, str], tuple[Passage, int | None]] = {}
    counts: dict[tuple[Language, str], int] = {}
    for passage in passages:
        for one in words_to_know(passage):
            languages = LANGUAGES if one.may_be_foreign else (passage.language,)
            if not any(is_word(one.word, language, own) for language in languages):
                key = (passage.language, one.word)
                first.setdefault(key, (passage, one.line))
                counts[key] = counts.get(key, 0) + 1
    return tuple(
        Misspelt(word, *first[language, word], counts[language, word], suggestions)
        for (language, word), suggestions in _with_suggestions(first)
    )


@dataclass(frozen=True)
class Candidate:
    """A word with its line. may_be_foreign: it is quoted, or perhaps a name, so that the other language will do."""

    word: str
    line: int | None
    may_be_foreign: bool


def words_to_know(passage: Passage) -> Iterator[Candidate]:
    """The words that a dictionary should have: no names, addresses, abbreviations or file names."""
    text = NOT_WORDS.sub(lambda found: "¤" * len(found[0]), passage.text)
    quoted = [match.span() for match in QUOTED.finditer(text)]
    for match in WORD.finditer(text):
        word, at = match[0], match.start()
        is_name = word[0].isupper() and not ENDS.search(text[:at])
        if len(word) > 1 and word[1:].islower() and not is_name:
            line = None if passage.line is None else passage.line + text.count("\n", 0, at)
            is_quoted = any(start <= at < end for start, end in quoted)
            yield Candidate(word, line, is_quoted or word[0].isupper())


def is_word(word: str, language: Language, own: Collection[str] = ()) -> bool:
    """Whether a dictionary has the word; in Spanish also with pronouns at its end: córrela is corre with la."""
    plain = word.replace("’", "'")
    if language == "en":
        plain = plain.removesuffix("'s")
    if plain.casefold() in own or _spells(plain, language):
        return True
    if language == "es":
        for _ in range(2):
            verb = ENCLITIC.sub("", plain)
            if len(verb) > 1 and verb != plain and any(_spells(one, language) for one in (verb, _unaccented(verb))):
                return True
            plain = verb
    return False


def read_own_words(folder: Path) -> frozenset[str]:
    """The words that a content folder has of its own, in both languages; none where there is no list."""
    found: set[str] = set()
    for language in NAMES:
        path = folder / OWN / f"{language}.txt"
        if path.is_file():
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            found |= {one.strip() for one in lines if one.strip() and not one.startswith("#")}
    return frozenset(found)


def _with_suggestions(
    found: Iterable[tuple[Language, str]],
) -> Iterator[tuple[tuple[Language, str], tuple[str, ...]]]:
    for number, (language, word) in enumerate(found):
        suggestions: tuple[str, ...] = ()
        if number < MOST_SUGGESTED:
            with ONE_AT_A_TIME:
                suggestions = tuple(_dictionary(language).suggest(word))[:SUGGESTIONS]
        yield (language, word), suggestions


def _spells(word: str, language: Language) -> bool:
    with ONE_AT_A_TIME:
        return bool(_dictionary(language).spell(word))


def _unaccented(word: str) -> str:
    """The word without the accents of stress; ñ and ü are letters."""
    return "".join(
        one if one in "ñüÑÜ" else unicodedata.normalize("NFD", one)[0] for one in unicodedata.normalize("NFC", word)
    )


@functools.cache
def _dictionary(language: Language) -> Hunspell:
    return Hunspell(NAMES[language], hunspell_data_dir=f"{FOLDER}/")
