"""Choice exercises: the options themselves say what is right, so nothing runs."""

# One sentence a line, however long.

from collections.abc import Mapping, Sequence

from courses import Exercise
from graders.checks.finding import Finding, miss
from graders.checks.kind import Form


def judge_choice(exercise: Exercise, chosen: Sequence[str]) -> Finding:
    """chosen: ids of the marked options; those that the exercise no longer has are passed over."""
    known = [option for option in exercise.options if option.id in chosen]
    wrong = [option.id for option in known if not option.is_correct]
    right = [option.id for option in exercise.options if option.is_correct]
    if not known:
        return miss("choice.none")
    if wrong:
        return miss("choice.wrong", options=wrong)
    if len(known) < len(right):
        return miss("choice.incomplete", options=[option.id for option in known])
    return Finding(True, "choice.right", {"options": right})


SPANISH: Mapping[str, str] = {
    "choice.none": "Todavía no marcas ninguna opción.",
    "choice.wrong": "Lo que marcaste no es la respuesta. Vuelve a leer las opciones con calma.",
    "choice.incomplete": "Lo que marcaste es correcto y falta algo más. Busca qué otra opción lo cumple.",
    "choice.right": "Así es.",
}
ENGLISH: Mapping[str, str] = {
    "choice.none": "You have not marked any option yet.",
    "choice.wrong": "What you marked is not the answer. Read the options again with calm.",
    "choice.incomplete": "What you marked is right and something is missing. Look for another option that holds.",
    "choice.right": "That is right.",
}

KIND = Form(
    name="choice",
    about="The options marked are the right ones. The only check of a choice exercise.",
    properties={},
    spanish=SPANISH,
    english=ENGLISH,
)
