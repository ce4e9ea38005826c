"""A plain notebook cell by cell: what each is to be, as it is proposed, as its trainer says, and what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from flask import g
from flask_babel import gettext as _

from graders import Guess, Suggestion, make_guess, say_check
from notebooks import Cell
from webapp.ui.highlight import highlight_python

Role = Literal["text", "statement", "code", "answer", "solution", "tests", "leave"]
TEXT_ROLES: tuple[Role, ...] = ("text", "statement", "leave")
CODE_ROLES: tuple[Role, ...] = ("code", "answer", "solution", "tests", "leave")
# More would be several lessons; and a form has an end.
MOST_CELLS = 300
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Decisions:
    """What a trainer says of each cell, by its place. titles: of exercises; dropped: ids of their unwanted checks."""

    roles: tuple[Role, ...]
    titles: Mapping[int, str]
    dropped: Mapping[int, frozenset[str]]


def proposed(cells: Sequence[Cell], suggestion: Suggestion) -> Decisions:
    """The decisions that the notebook itself suggests."""
    roles: list[Role] = ["code" if cell.kind == "code" else "text" for cell in cells]
    for one in suggestion.exercises:
        roles[one.answer] = "answer"
        if one.statement is not None:
            roles[one.statement] = "statement"
        if one.solution_at is not None:
            roles[one.solution_at] = "solution"
        for place in one.tests:
            roles[place] = "tests"
    return Decisions(tuple(roles), {one.answer: one.title for one in suggestion.exercises}, {})


def as_sent(cells: Sequence[Cell], form: Mapping[str, str]) -> Decisions:
    """The decisions in a form. What a cell cannot be, it is not."""
    roles: list[Role] = []
    titles: dict[int, str] = {}
    dropped: dict[int, frozenset[str]] = {}
    for place, cell in enumerate(cells):
        known = CODE_ROLES if cell.kind == "code" else TEXT_ROLES
        wanted = form.get(f"role-{place}", "")
        roles.append(next((one for one in known if one == wanted), known[0]))
        title = " ".join(form.get(f"title-{place}", "").split())[:LONGEST_TITLE]
        if title:
            titles[place] = title
        # Boxes are sent only where they are ticked; each check of a page says that it was on it.
        shown = [name for name in form if name.startswith(f"shown-{place}-")]
        ids = [name.removeprefix(f"shown-{place}-") for name in shown]
        dropped[place] = frozenset(one for one in ids if f"check-{place}-{one}" not in form)
    return Decisions(tuple(roles), titles, dropped)


def list_guesses(cells: Sequence[Cell], decisions: Decisions) -> tuple[Guess, ...]:
    """The exercises that the decisions make, with all checks that could be found."""
    answers = [place for place, role in enumerate(decisions.roles) if role == "answer"]
    found = []
    for index, place in enumerate(answers):
        own = range(place + 1, answers[index + 1] if index + 1 < len(answers) else len(cells))
        statement = place - 1 if place and decisions.roles[place - 1] == "statement" else None
        guess = make_guess(
            cells,
            place,
            statement=statement,
            solution_at=next((one for one in own if decisions.roles[one] == "solution"), None),
            tests=tuple(one for one in own if decisions.roles[one] == "tests"),
        )
        found.append(replace(guess, title=decisions.titles.get(place, guess.title)))
    return tuple(found)


def chosen(guesses: Sequence[Guess], decisions: Decisions) -> tuple[Guess, ...]:
    """The exercises with those checks alone that are wanted."""
    return tuple(
        replace(
            one, checks=tuple(check for check in one.checks if check["id"] not in decisions.dropped.get(one.answer, ()))
        )
        for one in guesses
    )


def left_out(decisions: Decisions) -> frozenset[int]:
    return frozenset(place for place, role in enumerate(decisions.roles) if role == "leave")


def find_faults(decisions: Decisions, guesses: Sequence[Guess]) -> dict[int, str]:
    """What keeps each cell from being what it is to be, in words; empty where nothing does."""
    words = fault_words()
    part_of = {place for one in guesses for place in one.places}
    faults: dict[int, str] = {}
    for place, role in enumerate(decisions.roles):
        if role in words and place not in part_of:
            faults[place] = words[role]
    return {**faults, **{one.answer: words["answer"] for one in guesses if not one.checks}}


def fault_words() -> Mapping[str, str]:
    """What is wrong with a cell that has a role and no exercise to be part of, or with an answer without checks."""
    alone = _(
        "Esta celda necesita una respuesta arriba, y una sola solución por ejercicio. "
        "Marca la respuesta, o deja esta como código."
    )
    return {
        "statement": _(
            "El enunciado va justo arriba de la respuesta de su ejercicio. "
            "Marca como respuesta la celda de abajo, o deja esta como texto."
        ),
        "solution": alone,
        "tests": alone,
        "answer": _(
            "Este ejercicio se queda sin comprobaciones. Guarda el resultado en una variable, "
            "agrega una celda de pruebas con assert, o deja la celda como código."
        ),
    }


def show_cells(
    cells: Sequence[Cell], decisions: Decisions, suggestion: Suggestion, faults: Mapping[int, str]
) -> list[Mapping[str, Any]]:
    """The cells for the page, each with its role and, where it is an answer, with its exercise."""
    guesses = {one.answer: one for one in list_guesses(cells, decisions)}
    reasons = {one.answer: one.reasons for one in suggestion.exercises}
    return [
        {
            "place": place,
            "number": place + 1,
            "is_code": cell.kind == "code",
            "html": highlight_python(cell.source) if cell.kind == "code" else None,
            "text": cell.source,
            "role": decisions.roles[place],
            "roles": role_words(CODE_ROLES if cell.kind == "code" else TEXT_ROLES),
            "fault": faults.get(place, ""),
            "reasons": [reason_words()[one] for one in reasons.get(place, ())],
            "exercise": show_exercise(guesses[place], decisions) if place in guesses else None,
        }
        for place, cell in enumerate(cells)
    ]


def show_exercise(guess: Guess, decisions: Decisions) -> Mapping[str, Any]:
    dropped = decisions.dropped.get(guess.answer, frozenset())
    return {
        "title": guess.title,
        "has_solution": bool(guess.solution.strip()),
        "checks": [
            {
                "id": one["id"],
                "text": say_check(one["kind"], params_of(one), g.language),
                "is_on": one["id"] not in dropped,
            }
            for one in guess.checks
        ],
    }


def params_of(check: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in check.items() if name not in ("id", "kind", "points", "title", "message")}


def role_words(roles: Sequence[Role]) -> list[tuple[Role, str]]:
    words: Mapping[Role, str] = {
        "text": _("Texto de la lección"),
        "statement": _("Enunciado del ejercicio de abajo"),
        "code": _("Código que se ejecuta"),
        "answer": _("Respuesta de un ejercicio"),
        "solution": _("Solución del ejercicio de arriba"),
        "tests": _("Pruebas del ejercicio de arriba"),
        "leave": _("Dejarla fuera"),
    }
    return [(one, words[one]) for one in roles]


def reason_words() -> Mapping[str, str]:
    return {
        "heading": _("el texto de arriba lo dice"),
        "placeholder": _("espera que alguien la complete"),
        "todo": _("un comentario pide completarla"),
        "tests": _("abajo hay pruebas"),
    }
