"""Learners and lessons for the tests of practice."""

import itertools

from sqlalchemy import insert
from support.jobs import NOON

from courses import (
    Catalogue,
    Check,
    ChoiceOption,
    CodeBlock,
    Course,
    Exercise,
    ExerciseBlock,
    Hint,
    LocalText,
    ProseBlock,
    Section,
)
from courses import Lesson as LessonModel
from webapp.services.practice.records import LessonKey
from webapp.store import Base, Sessions

NUMBERS = itertools.count(1)
LESSON = LessonKey("curso", "leccion")


def a_learner(sessions: Sessions) -> int:
    """A new person's number. Nobody signs in with it, so no password is worked out."""
    people = Base.metadata.tables["people"]
    number = next(NUMBERS)
    facts = {
        "email": f"ana{number}@example.org", "name": f"Ana {number}", "search_text": f"ana {number}",
        "password_hash": "!", "role": "learner", "language": "es", "is_active": True, "created_at": NOON,
    }  # fmt: skip
    with sessions.write() as session:
        return int(session.execute(insert(people).values(facts).returning(people.c.id)).scalar_one())


def an_exercise(exercise_id: str = "suma", points: float = 2.0, **fields: object) -> Exercise:
    check = Check(f"{exercise_id}-check", "value", points, LocalText("El total"), {"name": "total"})
    given = {
        "kind": "code", "starter": LocalText("total = ..."), "solutions": ("total = 3",), "competencies": (),
        "hints": (Hint("Suma."), Hint("Usa +.")), "minutes": 5, "checks": (check,), **fields,
    }  # fmt: skip
    return Exercise(id=exercise_id, title=LocalText("Suma"), points=points, **given)  # type: ignore[arg-type]  # tests give what they need


def a_choice() -> Exercise:
    options = tuple(
        ChoiceOption(name, LocalText(f"Opción {name}"), name == "a", LocalText("Porque sí.")) for name in ("a", "b")
    )
    return an_exercise("elige", 1.0, kind="choice", options=options, starter=LocalText(""), solutions=(), hints=())


def a_lesson() -> LessonModel:
    """Prose, an open cell, a locked one, a code exercise, one more cell, and a choice."""
    blocks = (
        ProseBlock("uno", '<h2 id="uno">Uno</h2>\n<p>Hola</p>', "## Uno\n\nHola"),
        CodeBlock("uno", "primera", "x = 1"),
        CodeBlock("uno", "cerrada", "y = 2", is_locked=True),
        ExerciseBlock("uno", "suma", "<p>Suma x.</p>", "Suma x."),
        ProseBlock("dos", '<h2 id="dos">Dos</h2>', "## Dos"),
        CodeBlock("dos", "segunda", "print(x)"),
        ExerciseBlock("dos", "elige", "<p>Elige.</p>", "Elige."),
    )
    return LessonModel(
        id=LESSON.lesson_id, course_id=LESSON.course_id, title=LocalText("Lección"), summary=LocalText(""), minutes=10,
        datasets=(), sections=(Section("uno", LocalText("Uno")), Section("dos", LocalText("Dos"))),
        exercises=(an_exercise(), a_choice()), blocks_es=blocks, blocks_en=blocks, version="v1",
    )  # type: ignore[arg-type]  # plain texts stand for the named ids  # fmt: skip


def a_course() -> Course:
    return Course(
        id=LESSON.course_id, title=LocalText("Curso"), summary=LocalText(""), level="explora", topics=(),
        cover="bars", lessons=(a_lesson(),), pass_share=0.7,
    )  # type: ignore[arg-type]  # plain texts stand for the named ids  # fmt: skip


def a_catalogue() -> Catalogue:
    return Catalogue((a_course(),), (), ())
