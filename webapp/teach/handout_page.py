"""A lesson as a sheet of paper: what it is for, its ideas, its exercises with room to write, and its data."""

from dataclasses import dataclass

from markupsafe import Markup

from courses import Catalogue, Exercise, ExerciseBlock, Language, Lesson, list_takeaways
from webapp.teach.teaching_page import answer_html
from webapp.ui.citation import cite
from webapp.ui.highlight import highlight_python
from webapp.ui.inline import inline
from webapp.ui.question_page import QuestionView, question_view
from webapp.ui.urls import url

# A starter of more lines than this is read on the screen: the sheet is for thinking, not for copying.
LONGEST_STARTER = 12


@dataclass(frozen=True)
class SheetExercise:
    """An exercise on paper. lines: how many there are to write on; answer: empty on a learner's sheet."""

    number: int
    title: Markup
    minutes: int
    statement: Markup
    starter: Markup
    question: QuestionView | None
    lines: int
    answer: Markup


def list_exercises(lesson: Lesson, language: Language, *, with_answers: bool) -> tuple[SheetExercise, ...]:
    """The exercises in the order of the text. with_answers: on a trainer's sheet only."""
    found: list[SheetExercise] = []
    for block in lesson.blocks(language):
        exercise = lesson.find_exercise(block.exercise_id) if isinstance(block, ExerciseBlock) else None
        if exercise is not None and isinstance(block, ExerciseBlock):
            found.append(sheet_exercise(exercise, block, len(found) + 1, language, with_answers=with_answers))
    return tuple(found)


def sheet_exercise(
    exercise: Exercise, block: ExerciseBlock, number: int, language: Language, *, with_answers: bool
) -> SheetExercise:
    starter = exercise.starter.for_language(language).strip("\n")
    is_code = exercise.kind == "code"
    return SheetExercise(
        number=number,
        title=inline(exercise.title.for_language(language)),
        minutes=exercise.minutes,
        statement=Markup(block.html),  # noqa: S704 - courses cleans what it renders
        starter=highlight_python(starter) if is_code and starter.count("\n") < LONGEST_STARTER else Markup(),
        question=None if is_code else question_view(exercise, language, choice=(), source="", version=0),
        lines={"code": 3, "text": 6, "number": 1}.get(exercise.kind, 0),
        answer=answer_html(exercise, language) if with_answers else Markup(),
    )


def list_ideas(lesson: Lesson, language: Language) -> tuple[Markup, ...]:
    """Notes, warnings and the end of the text, as the lesson says them."""
    return tuple(Markup(one) for one in list_takeaways(lesson, language))  # noqa: S704 - courses cleans what it renders


def list_citations(lesson: Lesson, catalogue: Catalogue, language: Language) -> tuple[str, ...]:
    found = [catalogue.find_dataset(pin.name) for pin in lesson.datasets]
    return tuple(cite(one, language, url("learn.datasets_show", name=one.name, _external=True)) for one in found if one)
