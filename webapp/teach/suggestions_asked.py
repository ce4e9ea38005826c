"""What addresses of suggestions ask for, and what their pages show of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g
from flask_babel import gettext as _

from webapp.services.manuscripts import suggestions
from webapp.services.manuscripts.suggestions import Suggestion
from webapp.services.people import service as people
from webapp.services.people.records import PersonId


@dataclass(frozen=True)
class SchoolsLessons:
    """The lessons that come with the site, which nobody owns: who administers the school answers for them."""

    owner_id: int = 0


def find_suggestion(suggestion_id: int) -> Suggestion:
    """Raises: UnknownSuggestion, which is answered with 404."""
    return suggestions.get_suggestion(g.db, suggestion_id)


def lines_of(found: Sequence[Suggestion]) -> list[Mapping[str, Any]]:
    """Suggestions as a list shows them."""
    ids = {PersonId(one.made_by) for one in found} | {PersonId(one.answered_by) for one in found if one.answered_by}
    names = people.map_people(g.db, ids)
    return [
        {
            "id": one.id,
            "lesson": f"{one.target_course_id}/{one.target_lesson_id}",
            "who": names[PersonId(one.made_by)].name,
            "at": one.made_at,
            "note": one.note,
            "state": state_words(one),
            "is_open": one.state == "open",
            "answer": one.answer,
            "answered_by": names[PersonId(one.answered_by)].name if one.answered_by else "",
        }
        for one in found
    ]


def state_words(one: Suggestion) -> tuple[str, str]:
    """How a suggestion stands, and the kind of tag that shows it."""
    return {
        "open": (_("Espera respuesta"), "tag-act"),
        "accepted": (_("Aceptada"), "tag-done"),
        "declined": (_("No aceptada"), ""),
        "withdrawn": (_("Retirada"), ""),
    }[one.state]
