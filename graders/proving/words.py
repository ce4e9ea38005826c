"""The sentences of a proof, each with what happened, what we saw and what to do."""

from collections.abc import Sequence

from courses import LocalText
from graders.execute import CellRun
from graders.report import CheckResult

LONGEST = 200  # of what Python said


def cell_stopped(cell_id: str, run: CellRun, *, needs_network: bool) -> LocalText:
    """Why a lesson does not run to its end."""
    if needs_network:
        return LocalText(
            f'La celda "{cell_id}" pide algo a la red. {_said(run)} Donde corren las lecciones no hay red. Guarda '
            "los datos como conjunto de datos y léelos con aula.datos.",
            f'The cell "{cell_id}" asks for the network. {_said(run, "en")} Lessons run without. Keep the '
            "data as a dataset and read them with aula.datos.",
        )
    if run.ending == "timeout":
        return LocalText(
            f'La celda "{cell_id}" tarda demasiado. Se cortó al llegar al tiempo de una celda. Haz que trabaje menos.',
            f'The cell "{cell_id}" takes too long. It was stopped at the time that a cell may take. Let it do less.',
        )
    if run.ending == "out_of_memory":
        return LocalText(
            f'La celda "{cell_id}" pide más memoria de la que tiene quien aprende. Usa menos datos o menos copias.',
            f'The cell "{cell_id}" asks for more memory than a learner has. Use less data or fewer copies.',
        )
    if run.ending == "died":
        return LocalText(
            f'La celda "{cell_id}" termina su propio proceso. Las siguientes no corrieron. Quita lo que lo cierra.',
            f'The cell "{cell_id}" ends its own process. Those after it did not run. Take out what closes it.',
        )
    line = run.fault.line if run.fault else None
    where = (f" en su línea {line}", f" in its line {line}") if line else ("", "")
    return LocalText(
        f'La celda "{cell_id}" se detiene{where[0]}, con las anteriores ya corridas y las soluciones puestas. '
        f"{_said(run)} Corrígela.",
        f'The cell "{cell_id}" stops{where[1]}, after those above it and with the solutions in place. '
        f"{_said(run, 'en')} Mend it.",
    )


def cell_needs_later(cell_id: str, run: CellRun) -> LocalText:
    return LocalText(
        f'La celda "{cell_id}" sólo corre la segunda vez. {_said(run)} Usa algo que hace una celda posterior. Súbela '
        "o cambia el orden.",
        f'The cell "{cell_id}" runs only the second time. {_said(run, "en")} It uses what a later cell makes. Move '
        "that up or change the order.",
    )


def cell_differs(cell_id: str, other: CellRun | None) -> LocalText:
    """other: how the second run ended, where that was otherwise; None where only what it shows is other."""
    if other is not None:
        return LocalText(
            f'La celda "{cell_id}" corre una vez sí y otra no. {_said(other)} Depende del azar: fija una semilla.',
            f'The cell "{cell_id}" runs one time and not the other. {_said(other, "en")} It depends on chance: fix a '
            "seed.",
        )
    return LocalText(
        f'La celda "{cell_id}" muestra algo distinto cada vez. Depende del azar o de la hora. Fija una semilla, o dilo '
        "en el texto.",
        f'The cell "{cell_id}" shows something else each time. It depends on chance or on the time of day. Fix a seed, '
        "or say so in the text.",
    )


def right_answer_fails(what: LocalText, results: Sequence[CheckResult]) -> LocalText:
    failed = next(one for one in results if one.status != "passed")
    return LocalText(
        f'Una respuesta correcta no pasa: la solución, {what.es}. La comprobación "{failed.check_id}" dice '
        f"{failed.code}. Si el enunciado no lo pide, afloja la comprobación.",
        f'A right answer does not pass: the solution, {what.en}. The check "{failed.check_id}" says {failed.code}. '
        "If the statement does not ask for that, loosen the check.",
    )


def weak_checks(made: int, survived: int) -> LocalText:
    return LocalText(
        f"Las comprobaciones dejan pasar errores. De {made} hechos a propósito en la solución, {survived} obtienen "
        "todos los puntos. Mira cuáles y agrega lo que los distinga.",
        f"The checks let mistakes pass. Of {made} made in the solution on purpose, {survived} get full points. Look "
        "at them and add what tells them apart.",
    )


def hint_is_solution(number: int) -> LocalText:
    return LocalText(
        f"La pista {number} trae la solución completa. No quedaría nada por hacer. Deja fuera un paso.",
        f"Hint {number} has the whole solution. Nothing would be left to do. Leave a step out.",
    )


def hint_unknown_name(number: int, names: Sequence[str]) -> LocalText:
    listed = ", ".join(names)
    return LocalText(
        f"La pista {number} usa nombres que la lección no tiene: {listed}. Nadie sabría de dónde salen. Corrígelos.",
        f"Hint {number} uses names that the lesson does not have: {listed}. Nobody would know them. Mend them.",
    )


def name_not_told(check_id: str, name: str) -> LocalText:
    return LocalText(
        f'El enunciado no dice cómo llamar a la respuesta. La comprobación "{check_id}" busca {name}. Nómbralo.',
        f'The statement does not say what to call the answer. The check "{check_id}" looks for {name}. Name it.',
    )


def _said(run: CellRun, language: str = "es") -> str:
    if run.fault is None or not run.fault.name:
        return ""
    text = " ".join(f"{run.fault.name}: {run.fault.value}".split())[:LONGEST]
    return f"Python dijo: {text}." if language == "es" else f"Python said: {text}."


def words_left_over(exercise_id: str, words: str) -> LocalText:
    return LocalText(
        f"«{exercise_id}» todavía tiene palabras de ejemplo. Dice «{words}». Escribe las tuyas en su lugar.",
        f"“{exercise_id}” still has words of the example. It says “{words}” in Spanish. Write yours in their place.",
    )
