"""A small exercise of each kind to begin with: it can be tried at once, and all of it is to be replaced."""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from courses.model import Language
from courses.python_code import NOT_PYTHON, is_helper, words_in

Texts = Mapping[Language, str]


@dataclass(frozen=True)
class Draft:
    """An exercise that is not in a lesson yet. record: its part of lesson.yaml without an id; sources: its files."""

    record: Mapping[str, Any]
    statements: Texts
    sources: Mapping[str, bytes]


def draft_exercise(kind: str, cells: Sequence[str], titles: Texts | None) -> Draft:
    """A working exercise of a kind. cells: the code above it, whose table it asks about; titles: what to call it."""
    draft = draft_code(cells) if kind == "code" else QUESTIONS[kind]()
    title = {"title": dict(titles)} if titles else {}
    return Draft({**draft.record, **title}, draft.statements, draft.sources)


def draft_code(cells: Sequence[str]) -> Draft:
    """How many rows the last table has that was opened above; without a table, a sum of hours."""
    used = {word for cell in cells for word in words_in(cell)}
    table = next((name for cell in reversed(cells) for name in reversed(list(tables_of(cell)))), "")
    return rows_of(table, free_name("filas", used)) if table else hours_of(free_name("horas", used))


def tables_of(source: str) -> Iterator[str]:
    """The names under which a source keeps tables that it opens."""
    try:
        tree = ast.parse(source)
    except NOT_PYTHON:
        return
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and is_helper(node.value.func):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))


def free_name(name: str, used: set[str]) -> str:
    names = (name if number == 1 else f"{name}_{number}" for number in count(1))
    return next(one for one in names if one not in used)


def rows_of(table: str, name: str) -> Draft:
    return code_draft(
        name,
        title=text("¿Cuántas filas hay?", "How many rows are there?"),
        statements={
            "es": f"Guarda en `{name}` cuántas filas tiene `{table}`.",
            "en": f"Store in `{name}` how many rows `{table}` has.",
        },
        holds=text(f"`{name}` es el número de filas de `{table}`", f"`{name}` is the number of rows of `{table}`"),
        hint=text("`len(...)` dice cuántas filas tiene una tabla.", "`len(...)` tells how many rows a table has."),
        comments=("Cuántas filas hay.", "How many rows there are."),
        solution=f"len({table})",
        wrong={
            "columnas": (
                f"len({table}.columns)",
                text("Contaste las columnas. Pedimos las filas.", "You counted the columns. We ask for the rows."),
            ),
            "valores": (
                f"{table}.size",
                text(
                    "Contaste todos los valores, fila por columna. Pedimos sólo las filas.",
                    "You counted all values, row by column. We ask for the rows only.",
                ),
            ),
        },
    )


def hours_of(name: str) -> Draft:
    return code_draft(
        name,
        title=text("¿Cuántas horas tiene una semana?", "How many hours are in a week?"),
        statements={
            "es": f"Guarda en `{name}` cuántas horas tiene una semana.",
            "en": f"Store in `{name}` how many hours there are in a week.",
        },
        holds=text(f"`{name}` son las horas de una semana", f"`{name}` is the number of hours in a week"),
        hint=text("Cada día tiene las mismas horas. Multiplica.", "Every day has the same hours. Multiply."),
        comments=("Las horas de una semana.", "The hours in a week."),
        solution="24 * 7",
        wrong={
            "suma": (
                "24 + 7",
                text("Sumaste los días a las horas. Multiplica.", "You added the days to the hours. Multiply."),
            ),
            "cinco-dias": (
                "24 * 5",
                text("Contaste cinco días. La semana tiene siete.", "You counted five days. A week has seven."),
            ),
        },
    )


def code_draft(
    name: str, *, title: dict[str, str], statements: Texts, holds: dict[str, str], hint: dict[str, str],
    comments: tuple[str, str], solution: str, wrong: Mapping[str, tuple[str, dict[str, str]]],
) -> Draft:  # fmt: skip
    """An exercise that asks for one number under a name."""
    spanish, english = comments
    record = {
        **facts(title, "code", competency="K4"),
        "hints": [hint],
        "checks": [{**check("valor", "value", holds), "name": name, "type": "integer"}],
        "wrong_answers": [
            {"id": id, "file": f"wrong/{id}.py", "check": "valor", "message": message}
            for id, (_, message) in wrong.items()
        ],
    }
    lines = {
        "starter.py": f"# {spanish}\n{name} = ...\n{name}\n",
        "starter.en.py": f"# {english}\n{name} = ...\n{name}\n",
        "solution.py": f"{name} = {solution}\n{name}\n",
        **{f"wrong/{id}.py": f"{name} = {code}\n{name}\n" for id, (code, _) in wrong.items()},
    }
    return Draft(record, statements, {one: source.encode() for one, source in lines.items()})


def text(es: str, en: str) -> dict[str, str]:
    return {"es": es, "en": en}


def facts(title: dict[str, str], kind: str, *, competency: str) -> dict[str, Any]:
    return {"title": title, "kind": kind, "points": 1, "minutes": 1, "competencies": [{"id": competency, "level": 1}]}


def check(id: str, kind: str, title: dict[str, str]) -> dict[str, Any]:
    return {"id": id, "kind": kind, "points": 1, "title": title}


def draft_choice() -> Draft:
    options = [
        {
            "id": "correcta", "correct": True,
            "text": text("Aquí va la opción correcta", "The right option goes here"),
            "message": text("Aquí va por qué es correcta.", "Why it is right goes here."),
        },
        {
            "id": "equivocada", "correct": False,
            "text": text("Aquí va una opción equivocada", "A wrong option goes here"),
            "message": text("Aquí va por qué no lo es.", "Why it is not right goes here."),
        },
    ]  # fmt: skip
    record = {
        **facts(text("¿Cuál es cierta?", "Which one is true?"), "choice", competency="K1"),
        "multiple": False,
        "options": options,
        "checks": [check("eleccion", "choice", text("Elegiste la opción correcta", "You chose the right option"))],
    }
    return Draft(record, {"es": "¿Cuál de estas frases es cierta?", "en": "Which of these sentences is true?"}, {})


def draft_order() -> Draft:
    items = [
        {"id": f"paso-{one}", "text": text(f"Aquí va el {es} paso", f"The {en} step goes here")}
        for one, es, en in (("a", "primer", "first"), ("b", "segundo", "second"), ("c", "tercer", "third"))
    ]
    record = {
        **facts(text("¿En qué orden?", "In which order?"), "order", competency="K1"),
        "items": items,
        "checks": [check("orden", "order", text("El orden funciona", "The order works"))],
    }
    return Draft(record, {"es": "Pon los pasos en orden.", "en": "Put the steps in order."}, {})


def draft_match() -> Draft:
    names = (("a", "primer", "first"), ("b", "segundo", "second"))
    record = {
        **facts(text("¿Cuál va con cuál?", "Which goes with which?"), "match", competency="K1"),
        "items": [
            {
                "id": f"elemento-{one}", "answer": f"pareja-{one}",
                "text": text(f"Aquí va el {es} elemento", f"The {en} item goes here"),
                "message": text("Aquí va en qué fijarse.", "What to look at goes here."),
            }
            for one, es, en in names
        ],
        "answers": [
            {
                "id": f"pareja-{one}",
                "text": text(f"Aquí va la pareja del {es} elemento", f"What goes with the {en} item goes here"),
            }
            for one, es, en in names
        ],
        "checks": [check("parejas", "match", text("Cada elemento va con su pareja", "Each item is with its own"))],
    }  # fmt: skip
    return Draft(record, {"es": "Une cada elemento con su pareja.", "en": "Pair each item with its own."}, {})


def draft_number() -> Draft:
    hours = {"name": "horas", "aliases": ["hours", "h"]}
    record = {
        **facts(text("¿Cuántas horas?", "How many hours?"), "number", competency="K1"),
        "number": {"value": 168, "unit_optional": True, "units": [hours]},
        "checks": [check("cuanto", "number", text("Son las horas de una semana", "It is the hours in a week"))],
        "wrong_answers": [
            {
                "id": "suma", "answer": "31",
                "message": text("Sumaste días y horas. Multiplica.", "You added days and hours. Multiply."),
            }
        ],
    }  # fmt: skip
    return Draft(record, {"es": "¿Cuántas horas tiene una semana?", "en": "How many hours are in a week?"}, {})


def draft_text() -> Draft:
    levels = [
        {"points": 0, "text": text("Aquí va qué muestra quien no llega.", "What a poor answer shows goes here.")},
        {"points": 1, "text": text("Aquí va qué muestra quien llega.", "What a good answer shows goes here.")},
    ]
    record = {
        **facts(text("En tus palabras", "In your own words"), "text", competency="K8"),
        "length": {"least": 15, "most": 80},
        "rubric": [
            {"id": "idea", "title": text("Aquí va qué se mira", "What is looked at goes here"), "levels": levels}
        ],
    }
    return Draft(record, {"es": "Explica con tus palabras.", "en": "Explain in your own words."}, {})


QUESTIONS: Mapping[str, Callable[[], Draft]] = {
    "choice": draft_choice, "order": draft_order, "match": draft_match, "number": draft_number, "text": draft_text,
}  # fmt: skip
