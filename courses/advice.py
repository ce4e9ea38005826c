"""What could be better in a lesson that keeps every rule: its length, its words, its links, its spelling."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from courses.complaints import Complaints
from courses.lessons import LessonSource
from courses.model import LANGUAGES, Catalogue, CodeBlock, Language, LocalText, Problem
from courses.pace import CELL_MINUTES, WORDS_A_MINUTE
from courses.python_code import words_in
from courses.readable import WORD, Passage, headings_of, links_of, list_passages, passages_of, pictures_of
from courses.spelling import find_misspelt, read_own_words

MOST_OVER, MOST_UNDER = 1.3, 0.5  # of the minutes that a lesson says
FEW_WORDS = 6  # of a summary
FEW_WORDS_OF_ALT = 3
UNEVEN, SHORT = 0.6, 25  # a section has less than this share of the other language's words, of which there are so many
SAYS_NOTHING = re.compile(
    r"(?:(?:haz |da )?clic(?: aquí)?|(?:click )?here|aquí|ver más|más|leer más|more|read more|enlace|link|https?://\S*)\W*",
    re.IGNORECASE,
)
NAMED: dict[Language, LocalText] = {"es": LocalText("español", "Spanish"), "en": LocalText("inglés", "English")}


def list_advice(source: LessonSource, catalogue: Catalogue, root: Path) -> tuple[Problem, ...]:
    """All advice about a lesson. root: the content folder, for its own words and its licence."""
    found = Complaints()
    passages = list(list_passages(source))
    advise_on_minutes(source, found)
    advise_on_summary(source, found)
    advise_on_licence(source, root, found)
    advise_on_names(source, catalogue, found)
    for language in LANGUAGES:
        advise_on_headings(source, language, found)
        advise_on_pictures(source, language, found)
        advise_on_links(source, language, found)
    advise_on_translation(source, found)
    advise_on_spelling(passages, {*read_own_words(root), *words_of_lesson(source, catalogue)}, found)
    return found.problems


def measured_minutes(source: LessonSource) -> float:
    """How long a newcomer takes: to read the Spanish text, to run its cells, and what its exercises say."""
    words = sum(one.words for one in passages_of(source.texts["es"], "es"))
    cells = sum(isinstance(piece.block, CodeBlock) for piece in source.texts["es"].pieces)
    exercises = sum(exercise.minutes for exercise in source.lesson.exercises)
    return words / WORDS_A_MINUTE + cells * CELL_MINUTES + exercises


def advise_on_minutes(source: LessonSource, found: Complaints) -> None:
    minutes, said = measured_minutes(source), source.lesson.minutes
    code = "minutes-short" if minutes > said * MOST_OVER else "minutes-long" if minutes < said * MOST_UNDER else ""
    if code:
        found.add(code, source.sheet.path, source.sheet.line("minutes"), found=round(minutes), expected=said)


def advise_on_summary(source: LessonSource, found: Complaints) -> None:
    for language in LANGUAGES:
        words = len(WORD.findall(source.lesson.summary.for_language(language)))
        if words < FEW_WORDS:
            found.add("poor-objective", source.sheet.path, source.sheet.line("summary", language), found=words)


def advise_on_licence(source: LessonSource, root: Path, found: Complaints) -> None:
    course = source.folder.path.parent
    if not any((folder / "LICENSE.md").is_file() for folder in (course, root)):
        found.add("no-licence", source.sheet.path)


def advise_on_names(source: LessonSource, catalogue: Catalogue, found: Complaints) -> None:
    lesson = source.lesson
    for course in catalogue.courses:
        if course.id != lesson.course_id and course.find_lesson(lesson.id) is not None:
            line = source.sheet.line("id")
            found.add("lesson-id-elsewhere", source.sheet.path, line, id=lesson.id, course=course.id)


def advise_on_headings(source: LessonSource, language: Language, found: Complaints) -> None:
    text, before = source.texts[language], 1
    for line, level, title in headings_of(text):
        if level > before + 1:
            found.add("heading-jump", text.path, line, title=title, found="#" * level, before="#" * before,
                      expected="#" * (before + 1))  # fmt: skip
        before = level


def advise_on_pictures(source: LessonSource, language: Language, found: Complaints) -> None:
    text = source.texts[language]
    for line, _, alt in pictures_of(text):
        words = len(WORD.findall(alt))
        if alt and words < FEW_WORDS_OF_ALT:
            found.add("poor-alt", text.path, line, alt=alt, found=words)


def advise_on_links(source: LessonSource, language: Language, found: Complaints) -> None:
    text = source.texts[language]
    for line, href, words in links_of(text):
        if SAYS_NOTHING.fullmatch(words):
            found.add("link-words", text.path, line, words=words)
        if href.lower().startswith("http://"):
            found.add("plain-http", text.path, line, href=href)


def advise_on_translation(source: LessonSource, found: Complaints) -> None:
    """Sections of which one language has far fewer words than the other."""
    counts = {language: _words_by_section(source, language) for language in LANGUAGES}
    for section in source.lesson.sections:
        for language, other in zip(LANGUAGES, reversed(LANGUAGES), strict=True):
            mine, theirs = counts[language].get(section.id, 0), counts[other].get(section.id, 0)
            if theirs >= SHORT and mine < theirs * UNEVEN:
                text = source.texts[language]
                line = next((one.line for one in text.headings if one.id == section.id), None)
                found.add("languages-uneven", text.path, line, id=section.id, found=mine, expected=theirs,
                          language=NAMED[language])  # fmt: skip


def advise_on_spelling(passages: Iterable[Passage], known: set[str], found: Complaints) -> None:
    for one in find_misspelt(passages, known):
        listed = ", ".join(one.suggestions)
        suggestions = LocalText(
            f"Quizá: {listed}." if listed else "No se parece a ninguna.",
            f"Perhaps: {listed}." if listed else "It is like none.",
        )
        times = LocalText(
            "Está una vez." if one.count == 1 else f"Está {one.count} veces.",
            "It is there once." if one.count == 1 else f"It is there {one.count} times.",
        )
        found.add("misspelt", one.passage.path, one.line, word=one.word, times=times, suggestions=suggestions,
                  language=one.passage.language)  # fmt: skip


def words_of_lesson(source: LessonSource, catalogue: Catalogue) -> Iterator[str]:
    """Names and words of the lesson's own code and data, which its prose may use."""
    lesson = source.lesson
    codes = [one.source for one in (*lesson.blocks_es, *lesson.blocks_en) if isinstance(one, CodeBlock)]
    for exercise in lesson.exercises:
        codes += [exercise.starter.es, exercise.starter.en, *exercise.solutions]
    for code in codes:
        yield from words_in(code)
    datasets = filter(None, (catalogue.find_dataset(pin.name) for pin in lesson.datasets))
    for resource in (one for dataset in datasets for one in dataset.resources):
        for column in resource.columns:
            yield from (column.name, *column.name.split("_"))


def _words_by_section(source: LessonSource, language: Language) -> dict[str, int]:
    text, counts = source.texts[language], dict[str, int]()
    starts = [(one.line, one.id) for one in text.headings]
    for passage in passages_of(text, language):
        section = next((id_ for line, id_ in reversed(starts) if passage.line and line <= passage.line), "")
        counts[section] = counts.get(section, 0) + passage.words
    return counts
