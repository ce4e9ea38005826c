"""Match exercises: which items are paired with their answer. Each right pair earns its share. Nothing runs."""

from collections.abc import Mapping, Sequence

from courses import Exercise
from graders.checks.finding import Finding, miss
from graders.checks.kind import Form


def judge_match(exercise: Exercise, chosen: Sequence[str]) -> Finding:
    """chosen: "item=answer" for each pair; an item of several pairs has the first, unknown ones are passed over."""
    answers = {answer.id for answer in exercise.match_answers}
    paired: dict[str, str] = {}
    for pair in chosen:
        item_id, _, answer_id = pair.partition("=")
        if answer_id in answers:
            paired.setdefault(item_id, answer_id)
    right = [item.id for item in exercise.match_items if paired.get(item.id) == item.answer_id]
    wrong = [item.id for item in exercise.match_items if item.id in paired and item.id not in right]
    missing = [item.id for item in exercise.match_items if item.id not in paired]
    share = len(right) / len(exercise.match_items)
    if not right and not wrong:
        return miss("match.none")
    if wrong:
        fields = {"items": right, "wrong": wrong} if right else {"wrong": wrong}
        return Finding(False, "match.partly" if right else "match.wrong", fields, share=share)
    if missing:
        return Finding(False, "match.incomplete", {"items": right, "missing": missing}, share=share)
    return Finding(True, "match.right")


SPANISH: Mapping[str, str] = {
    "match.none": "Todavía no emparejas nada.",
    "match.wrong": "Ninguna pareja es la que va.",
    "match.partly": "Ya está bien: {items:texts}.",
    "match.incomplete": "Lo que emparejaste está bien. Falta {missing:texts}.",
    "match.right": "Así es.",
}
ENGLISH: Mapping[str, str] = {
    "match.none": "You have not paired anything yet.",
    "match.wrong": "None of the pairs goes together.",
    "match.partly": "Already right: {items:texts}.",
    "match.incomplete": "What you paired is right. Missing is {missing:texts}.",
    "match.right": "That is right.",
}

KIND = Form(
    name="match",
    about="Each item is paired with its answer; each pair earns its share. The only check of a match exercise.",
    properties={},
    spanish=SPANISH,
    english=ENGLISH,
    before_author=frozenset({"match.none", "match.incomplete"}),
)
