"""The preview as HTML: a lesson in one language with what is wrong with it on top, and a list of lessons."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from courses.loader import load_part
from courses.model import LANGUAGES, Block, CodeBlock, ExerciseBlock, Language, Lesson, Problem
from courses.preview.exercise import code, render_exercise, word
from courses.preview.words import WORDS

NAMES = {"es": "Español", "en": "English"}
CURRENT, NOTHING = ' aria-current="page"', ""


@dataclass(frozen=True)
class Around:
    """What a page needs besides its lesson. folders: all lessons there are; state: of the files when it was made."""

    folders: Sequence[Path]
    state: str
    language: Language

    def say(self, name: str) -> str:
        return word(name, self.language)


def render_lesson(folder: Path, around: Around) -> str:
    """The page of the lesson in a folder, or of what keeps it from being shown."""
    found = load_part(folder)
    lesson = next((lesson for course in found.courses for lesson in course.lessons), None)
    title = lesson.title.for_language(around.language) if lesson else folder.name
    command = f'<pre tabindex="0"><code>{escape(command_for(folder))}</code></pre>'
    parts = (
        f"<h1>{escape(title)}</h1>",
        render_problems(found.problems, folder, around),
        render_body(lesson, around) if lesson else f"<p>{around.say('no_lesson')}</p>",
        f"<footer><p>{around.say('next')}</p>{command}</footer>",
    )
    return frame(title, "".join(parts), around, folder)


def render_index(around: Around) -> str:
    """The page that lists lessons, where there is more or less than one."""
    items = "".join(
        f'<li><a href="{address(one, around.language)}">{escape(f"{one.parent.name}/{one.name}")}</a></li>'
        for one in around.folders
    )
    inside = f"<ul>{items}</ul>" if items else f"<p>{around.say('no_lessons')}</p>"
    return frame(WORDS["lessons"].for_language(around.language), f"<h1>{around.say('lessons')}</h1>{inside}", around)


def render_missing(around: Around) -> str:
    text = around.say("not_found")
    return frame(WORDS["not_found"].for_language(around.language), f"<h1>{text}</h1>", around)


def render_problems(problems: Sequence[Problem], folder: Path, around: Around) -> str:
    if not problems:
        return f'<p class="fine" role="status">{around.say("no_complaints")}</p>'
    items = "".join(
        f"<li><code>{escape(place_in(one, folder))}</code> {escape(one.message.for_language(around.language))} "
        f'<span class="mark">{escape(one.code)}</span></li>'
        for one in problems
    )
    return (
        f'<section class="complaints" aria-labelledby="to-mend"><h2 id="to-mend">{around.say("complaints")} '
        f"({len(problems)})</h2><ul>{items}</ul></section>"
    )


def place_in(problem: Problem, folder: Path) -> str:
    """File and line, from the course's folder where the file is below it."""
    here = folder.parent
    path = problem.path.relative_to(here) if problem.path.is_relative_to(here) else problem.path
    return f"{path}:{problem.line}" if problem.line else str(path)


def render_body(lesson: Lesson, around: Around) -> str:
    language = around.language
    data = ", ".join(f"{pin.name} {pin.version}" for pin in lesson.datasets)
    facts = [WORDS["minutes"].for_language(language).format(count=lesson.minutes)]
    facts += [f"{WORDS['data'].for_language(language)}: {data}"] if data else []
    blocks = "".join(render_block(one, lesson, language) for one in lesson.blocks(language))
    return (
        f'<p class="kind">{escape(" · ".join(facts))}</p><p>{escape(lesson.summary.for_language(language))}</p>{blocks}'
    )


def render_block(block: Block, lesson: Lesson, language: Language) -> str:
    if isinstance(block, CodeBlock):
        name = WORDS["cell"].for_language(language).format(id=block.cell_id)
        locked = f" · {WORDS['locked'].for_language(language)}" if block.is_locked else ""
        return f'<div class="cell"><p class="kind">{escape(name + locked)}</p>{code(block.source)}</div>'
    if isinstance(block, ExerciseBlock):
        exercise = lesson.find_exercise(block.exercise_id)
        return render_exercise(exercise, block.html, language) if exercise else ""
    return f'<div class="prose">{block.html}</div>'


def command_for(folder: Path) -> str:
    """What to run next, as it can be pasted into a shell from where the author stands."""
    here = Path.cwd()
    path = folder.relative_to(here) if folder.is_relative_to(here) else folder
    return f"python -m courses check {shlex.quote(str(path))} --prove"


def address(folder: Path, language: Language) -> str:
    return escape(f"/{language}/{folder.parent.name}/{folder.name}")


def frame(title: str, main: str, around: Around, folder: Path | None = None) -> str:
    """A whole page. folder: of the lesson that it shows, None for others."""
    links = "".join(
        f'<a href="{address(folder, one) if folder else f"/{one}/"}" lang="{one}" hreflang="{one}"'
        f"{CURRENT if one == around.language else NOTHING}>{NAMES[one]}</a>"
        for one in LANGUAGES
    )
    others = f'<a href="/{around.language}/">{around.say("lessons")}</a>' if len(around.folders) > 1 else ""
    return f"""<!doctype html>
<html lang="{around.language}" data-state="{around.state}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} · {around.say("preview")}</title>
<link rel="stylesheet" href="/preview.css"><script src="/preview.js" defer></script></head>
<body><a class="skip" href="#content">{around.say("skip")}</a>
<header><strong>{around.say("preview")}</strong>{others}
<nav aria-label="{around.say("languages")}">{links}</nav></header>
<main id="content" tabindex="-1">{main}</main></body></html>
"""
