"""A lesson as whoever teaches it needs it: slides, planned minutes, notes and answers. No request, no database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from courses import CodeBlock, Exercise, ExerciseBlock, Language, Lesson, plan_minutes
from webapp.ui.exercises import render_solution, short_number
from webapp.ui.highlight import highlight_python
from webapp.ui.inline import inline, paragraphs
from webapp.ui.lesson_page import LessonWork, SectionView, cell_names, section_views


@dataclass(frozen=True)
class Slide:
    """A section as it is projected. minutes: planned for it."""

    section: SectionView
    minutes: int


@dataclass(frozen=True)
class BlockNote:
    """What to say, ask or look out for at a cell or an exercise. code_html: of a cell; answer: of an exercise."""

    name: str
    title: Markup
    note: Markup
    minutes: int = 0
    code_html: Markup = Markup()
    answer: Markup = Markup()


@dataclass(frozen=True)
class SectionNotes:
    """The notes of a section and of what is in it. from_minute, to_minute: when it is planned, from the beginning."""

    id: str
    title: str
    from_minute: int
    to_minute: int
    note: Markup
    blocks: tuple[BlockNote, ...]

    @property
    def minutes(self) -> int:
        return self.to_minute - self.from_minute


def list_slides(lesson: Lesson, language: Language) -> tuple[Slide, ...]:
    planned = plan_minutes(lesson)
    return tuple(Slide(one, planned[one.id]) for one in section_views(lesson, language, LessonWork()))


def list_notes(lesson: Lesson, language: Language) -> tuple[SectionNotes, ...]:
    """Every section in order, also those without notes, for their minutes count."""
    planned, begin = plan_minutes(lesson), 0
    found = []
    for section in lesson.sections:
        end = begin + planned[section.id]
        found.append(
            SectionNotes(
                id=section.id,
                title=section.title.for_language(language),
                from_minute=begin,
                to_minute=end,
                note=note_html(lesson, f"section:{section.id}", language),
                blocks=tuple(block_notes(lesson, section.id, language)),
            )
        )
        begin = end
    return tuple(found)


def block_notes(lesson: Lesson, section_id: str, language: Language) -> Iterator[BlockNote]:
    """The exercises of a section, and those of its cells that have a note."""
    names: Mapping[str, str] = cell_names(lesson, language)
    for block in lesson.blocks(language):
        if block.section_id != section_id:
            continue
        if isinstance(block, CodeBlock):
            note = note_html(lesson, f"cell:{block.cell_id}", language)
            if note:
                yield BlockNote(names[block.cell_id], Markup(), note, code_html=highlight_python(block.source))
        elif isinstance(block, ExerciseBlock):
            exercise = lesson.find_exercise(block.exercise_id)
            if exercise is not None:
                note = note_html(lesson, f"exercise:{exercise.id}", language)
                title = inline(exercise.title.for_language(language))
                answer = answer_html(exercise, language)
                yield BlockNote(names[exercise.id], title, note, exercise.minutes, answer=answer)


def note_html(lesson: Lesson, key: str, language: Language) -> Markup:
    """A note for whoever teaches; empty where nobody wrote one."""
    found = lesson.notes.get(key)
    return paragraphs(found.for_language(language)) if found else Markup()


def answer_html(exercise: Exercise, language: Language) -> Markup:
    """What a right answer is, for trainers only."""
    if exercise.kind == "code":
        return render_solution(exercise, language)
    lines = [inline(one) for one in answer_lines(exercise, language)]
    note = exercise.solution_note.for_language(language) if exercise.solution_note else ""
    items = Markup("").join(Markup("<li>{}</li>").format(one) for one in lines)
    return Markup("<ul>{}</ul>{}").format(items, paragraphs(note))


def answer_lines(exercise: Exercise, language: Language) -> Iterator[str]:
    """The right answer of a question: a line for each option, item, pair or criterion; Markdown."""
    if exercise.kind == "choice":
        yield from (one.text.for_language(language) for one in exercise.options if one.is_correct)
    elif exercise.kind == "order":
        yield from (one.text.for_language(language) for one in sorted(exercise.order_items, key=lambda one: one.place))
    elif exercise.kind == "match":
        answers = {one.id: one.text.for_language(language) for one in exercise.match_answers}
        yield from (f"{one.text.for_language(language)} → {answers[one.answer_id]}" for one in exercise.match_items)
    elif exercise.number is not None:
        unit = exercise.number.units[0].name if exercise.number.units else ""
        yield f"{short_number(exercise.number.value)} {unit}".strip()
    else:
        for criterion in exercise.rubric:
            best = criterion.levels[-1].text.for_language(language)
            yield str(_("%(criterion)s: %(best)s", criterion=criterion.title.for_language(language), best=best))
