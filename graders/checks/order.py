"""Order exercises: how much of the order is right. Nothing runs.

What counts is the longest run of items, not necessarily neighbours, that are in the right order among themselves: the
items that can stay where they are. One misplaced item of five thus costs a quarter, wherever it stands, and the order
turned round earns nothing: points = (longest − 1) / (items − 1).
"""

# One sentence a line, however long.
# ruff: noqa: E501

from collections.abc import Mapping, Sequence

from courses import Exercise
from graders.checks.finding import Finding, miss
from graders.checks.kind import Form


def judge_order(exercise: Exercise, chosen: Sequence[str]) -> Finding:
    """chosen: ids of the items in their order; those that the exercise no longer has are passed over.

    An item that is missing stands nowhere, and one that is there twice stands where it is first.
    """
    places = {item.id: item.place for item in exercise.order_items}
    known = [item_id for item_id in dict.fromkeys(chosen) if item_id in places]
    if not known:
        return miss("order.none")
    kept = longest_in_order(known, places)
    if len(kept) == len(places):
        return Finding(True, "order.right")
    if len(kept) < 2:
        return miss("order.wrong")
    share = (len(kept) - 1) / (len(places) - 1)
    return Finding(False, "order.partly", {"items": kept}, share=share)


def longest_in_order(ids: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """The longest run of items, not necessarily neighbours, whose places never go back; the first where there are two."""
    best: list[list[str]] = []
    for number, item_id in enumerate(ids):
        before = [best[at] for at in range(number) if places[ids[at]] <= places[item_id]]
        best.append([*max(before, key=len, default=[]), item_id])
    return max(best, key=len, default=[])


SPANISH: Mapping[str, str] = {
    "order.none": "Todavía no ordenas nada.",
    "order.wrong": "Así no es el orden. Piensa primero qué hace falta antes que todo lo demás.",
    "order.partly": "Entre sí, ya van en orden: {items:texts}. Mueve los demás.",
    "order.right": "Así es.",
}
ENGLISH: Mapping[str, str] = {
    "order.none": "You have not put anything in order yet.",
    "order.wrong": "That is not the order. Think first of what has to come before all the rest.",
    "order.partly": "In order among themselves are already: {items:texts}. Move the others.",
    "order.right": "That is right.",
}

KIND = Form(
    name="order",
    about="The items are in the right order; part of the points for part of it. The only check of an order exercise.",
    properties={},
    spanish=SPANISH,
    english=ENGLISH,
    before_author=frozenset({"order.none"}),
)
