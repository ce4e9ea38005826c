"""An exercise without code as values for its form: what can be marked, ordered, paired or written. No request."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from courses import Exercise, ExerciseKind, Language, LocalText, OrderItem
from webapp.ui.inline import inline


@dataclass(frozen=True)
class OptionView:
    """What can be chosen. text: without marks, for where no markup may stand."""

    id: str
    html: Markup
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class ItemView:
    """What is put in order, or paired: then options are the answers, of which one may be chosen."""

    id: str
    html: Markup
    text: str
    options: tuple[OptionView, ...] = ()


@dataclass(frozen=True)
class QuestionView:
    """A question with what its reader answered last. version: of the saved text, 0 where there is none.

    needs_unit: None where a bare number is asked for. least, most: words of an open answer.
    """

    kind: ExerciseKind
    options: tuple[OptionView, ...]
    is_multiple: bool
    items: tuple[ItemView, ...]
    source: str
    version: int
    needs_unit: bool | None
    least: int
    most: int

    @property
    def words(self) -> int:
        return len(self.source.split())


def question_view(
    exercise: Exercise, language: Language, *, choice: Sequence[str], source: str, version: int
) -> QuestionView:
    """choice: as it was last handed in; source: the text as it is saved."""
    number, length = exercise.number, exercise.length
    return QuestionView(
        kind=exercise.kind,
        options=tuple(option_view(one.id, one.text, language, choice) for one in exercise.options),
        is_multiple=exercise.is_multiple,
        items=item_views(exercise, language, choice),
        source=source,
        version=version,
        needs_unit=not number.is_unit_optional if number and number.units else None,
        least=length.least if length else 0,
        most=length.most if length else 0,
    )


def item_views(exercise: Exercise, language: Language, choice: Sequence[str]) -> tuple[ItemView, ...]:
    if exercise.kind == "order":
        return tuple(item_view(one.id, one.text, language) for one in shown_order(exercise, choice))
    answers = sorted(exercise.match_answers, key=lambda one: mixed(exercise, one.id))
    views = []
    for item in exercise.match_items:
        pairs = [pair.partition("=")[2] for pair in choice if pair.startswith(f"{item.id}=")]
        options = tuple(option_view(one.id, one.text, language, pairs) for one in answers)
        views.append(item_view(item.id, item.text, language, options))
    return tuple(views)


def option_view(id_: str, text: LocalText, language: Language, chosen: Sequence[str]) -> OptionView:
    html = inline(text.for_language(language))
    return OptionView(id_, html, html.striptags(), id_ in chosen)


def item_view(id_: str, text: LocalText, language: Language, options: tuple[OptionView, ...] = ()) -> ItemView:
    html = inline(text.for_language(language))
    return ItemView(id_, html, html.striptags(), options)


def shown_order(exercise: Exercise, choice: Sequence[str]) -> tuple[OrderItem, ...]:
    """The items as they were last ordered; before that mixed, always in the same way, and never in the right order."""
    items = exercise.order_items
    if sorted(choice) == sorted(item.id for item in items):
        return tuple(sorted(items, key=lambda item: choice.index(item.id)))
    shown = sorted(items, key=lambda item: mixed(exercise, item.id))
    places = [item.place for item in shown]
    return tuple(shown) if places != sorted(places) else (*shown[1:], shown[0])


def mixed(exercise: Exercise, id_: str) -> str:
    """A key to sort by that says nothing of where the author put something."""
    return hashlib.sha256(f"{exercise.id}\0{id_}".encode()).hexdigest()
