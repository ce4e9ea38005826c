"""Quotes and dashes as each language wants them, lightly: what stands in code, formulas or listings is left alone."""

import re
from collections.abc import Iterator
from typing import Any

from courses.complaints import Complaints
from courses.lessons import LessonSource
from courses.marked import Place
from courses.model import LANGUAGES, Language

CODE = re.compile(r"(`+).+?\1|\$[^$]+\$")
FENCE = re.compile(r"\s*(```+|~~~+)")
# A quote that opens a word, but not in code that stands without backticks: keep="last", ["a", "b"].
STRAIGHT = re.compile(r'(?:^|(?<=[^\s,\[(=:]\s)|(?<=[¿¡]))"\w[^"]*"?')
FOREIGN = {"es": re.compile(r"“[^”]*”?"), "en": re.compile(r"«[^»]*»?")}
DASH = re.compile(r"[^\W\d_]+ --? [^\W\d_]+|\w+--\w+")


def check_typography(source: LessonSource, complaints: Complaints) -> None:
    for language in LANGUAGES:
        text = source.texts[language]
        for number, line in enumerate(prose_lines(text.source), 1):
            look(line, language, complaints, text.path, number)
        for sheet in filter(None, (source.sheet, source.notes)):
            for place, words in texts_of(sheet.value, language):
                look(words, language, complaints, sheet.path, sheet.line(*place))


def look(text: str, language: Language, complaints: Complaints, path: Any, line: int | None) -> None:
    words = CODE.sub("`", text)
    quotes = STRAIGHT.search(words) or FOREIGN[language].search(words)
    if quotes:
        complaints.add("quotes", path, line, found=quotes[0])
    if dash := DASH.search(words):
        complaints.add("dashes", path, line, found=dash[0])


def prose_lines(source: str) -> Iterator[str]:
    """The lines of a text, those of front matter and listings left empty."""
    lines = source.split("\n")
    fence = "---" if lines and lines[0].strip() == "---" else ""
    for number, line in enumerate(lines):
        opening = FENCE.match(line)
        if fence:
            if number > 0 and line.strip() == fence:
                fence = ""
            yield ""
        elif opening:
            fence = opening[1]
            yield ""
        else:
            yield line


def texts_of(value: Any, language: Language, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text of lesson.yaml in a language, with its place: what stands under a key named es or en."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inside in items:
        if key == language and isinstance(inside, str):
            yield (*place, key), inside
        else:
            yield from texts_of(inside, language, (*place, key))
