"""Number exercises: the number that was typed, with its unit, against the one asked for. Nothing runs.

Where a sign may be of thousands or of decimals ("1.234"), the local custom counts; an answer that would only be right by
the other is not taken for wrong without a word: it is asked for without doubt.
"""

# One sentence a line, however long.
# ruff: noqa: E501

import math
from collections.abc import Mapping

from courses import NumberAnswer, Unit
from graders.checks.finding import Finding, miss
from graders.checks.kind import Form
from graders.checks.written import LONGEST, Written, find_unit, read_written

FACTORS = (10, 100, 1000, 10_000, 1_000_000, 1_000_000_000)
NEARLY = 0.01  # of the number asked for: so near that rounding may be all
TOLD = 1e-3  # within which a factor or a sign is told, rounded or not


def judge_number(asked: NumberAnswer, answer: str) -> Finding:
    """answer: what was typed, as it was."""
    written = read_written(answer)
    if written is None:
        return miss("number.unreadable" if answer.strip() else "number.none", answer=answer.strip()[:LONGEST])
    unit = _unit(asked, written)
    if isinstance(unit, Finding):
        return unit
    first, *others = (reading * unit.factor for reading in written.readings)
    if is_near(asked, first):
        return Finding(True, "number.right")
    told = {"answer": answer.strip()}
    if any(is_near(asked, other) for other in others):
        return miss("number.two_readings", **told)
    return _difference(asked, first, unit, told)


def is_same_number(asked: NumberAnswer, one: str, other: str) -> bool:
    """Whether two answers are the same number, by which a declared wrong answer is recognised."""
    amounts = []
    for answer in (one, other):
        written = read_written(answer)
        unit = _unit(asked, written) if written else None
        if written is None or not isinstance(unit, Unit):
            return False
        amounts.append(written.readings[0] * unit.factor)
    return math.isclose(*amounts, rel_tol=max(TOLD, asked.relative), abs_tol=asked.tolerance)


def is_near(asked: NumberAnswer, amount: float) -> bool:
    return math.isclose(
        amount, asked.value, rel_tol=1e-9, abs_tol=max(asked.tolerance, asked.relative * abs(asked.value))
    )


def _unit(asked: NumberAnswer, written: Written) -> Unit | Finding:
    """The unit that the number was given in."""
    if not written.unit:
        bare = Unit("", 1.0) if not asked.units else asked.units[0] if asked.is_unit_optional else None
        return bare or miss("number.no_unit", units=[unit.name for unit in asked.units])
    if not asked.units:
        return miss("number.needless_unit", unit=written.unit)
    found = find_unit(written.unit, asked.units)
    return found or miss("number.unknown_unit", unit=written.unit, units=[unit.name for unit in asked.units])


def _difference(asked: NumberAnswer, amount: float, unit: Unit, told: Mapping[str, str]) -> Finding:
    other = next(
        (one for one in asked.units if one != unit and is_near(asked, amount / unit.factor * one.factor)), None
    )
    if other is not None:
        return miss("number.other_unit", **told, unit=unit.name, fits=other.name)
    if amount and asked.value:
        for factor in FACTORS:
            if math.isclose(amount, asked.value * factor, rel_tol=TOLD):
                return miss("number.times_larger", **told, factor=factor)
            if math.isclose(amount * factor, asked.value, rel_tol=TOLD):
                return miss("number.times_smaller", **told, factor=factor)
        if math.isclose(-amount, asked.value, rel_tol=TOLD):
            return miss("number.other_sign", **told)
    if abs(amount - asked.value) <= NEARLY * abs(asked.value):
        return miss("number.nearly", **told)
    return miss("number.different", **told)


SPANISH: Mapping[str, str] = {
    "number.none": "Todavía no escribes ningún número.",
    "number.unreadable": "No pudimos leer un número en {answer}. Escribe uno solo, con cifras.",
    "number.no_unit": "Falta la unidad. Escríbela después del número: {units:any}.",
    "number.needless_unit": "Aquí se pide sólo el número. Quita {unit}.",
    "number.unknown_unit": "No conocemos la unidad {unit}. Aquí puedes usar {units:any}.",
    "number.two_readings": "{answer} se puede leer de dos maneras. Escríbelo sin separar los miles.",
    "number.other_unit": "{answer} sería correcto si la unidad fuera {fits}, y escribiste {unit}. Convierte el número o cambia la unidad.",
    "number.times_larger": "{answer} es {factor} veces lo que esperábamos. Revisa las unidades.",
    "number.times_smaller": "Lo que esperábamos es {factor} veces {answer}. Revisa las unidades.",
    "number.other_sign": "{answer} tiene el tamaño correcto y el signo al revés. Revisa el orden de la resta.",
    "number.nearly": "{answer} ya está muy cerca. Revisa si redondeaste antes de tiempo.",
    "number.different": "{answer} no es lo que esperábamos. Revisa de dónde sale cada dato de tu cuenta.",
    "number.right": "Así es.",
}
ENGLISH: Mapping[str, str] = {
    "number.none": "You have not written any number yet.",
    "number.unreadable": "We could not read a number in {answer}. Write just one, in digits.",
    "number.no_unit": "The unit is missing. Write it after the number: {units:any}.",
    "number.needless_unit": "Only the number is asked for here. Take away {unit}.",
    "number.unknown_unit": "We do not know the unit {unit}. Here you can use {units:any}.",
    "number.two_readings": "{answer} can be read in two ways. Write it without parting the thousands.",
    "number.other_unit": "{answer} would be right if the unit were {fits}, and you wrote {unit}. Convert the number or change the unit.",
    "number.times_larger": "{answer} is {factor} times what we expected. Look at the units.",
    "number.times_smaller": "What we expected is {factor} times {answer}. Look at the units.",
    "number.other_sign": "{answer} has the right size and the opposite sign. Look at the order of the subtraction.",
    "number.nearly": "{answer} is already very near. See whether you rounded too early.",
    "number.different": "{answer} is not what we expected. See where each part of your sum comes from.",
    "number.right": "That is right.",
}

KIND = Form(
    name="number",
    about="The number is right, in one of the units that the exercise knows. The only check of a number exercise.",
    properties={},
    spanish=SPANISH,
    english=ENGLISH,
    before_author=frozenset(
        f"number.{code}"
        for code in ("none", "unreadable", "no_unit", "needless_unit", "unknown_unit", "two_readings", "other_unit")
    ),
)
