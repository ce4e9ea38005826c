"""What reports on instructors' notebooks say, in Spanish and English: sentences by code."""

# One sentence a line, however long.
# ruff: noqa: E501

from collections.abc import Mapping

from courses import Language
from graders.nbgrader.marks import Mark
from graders.report import Warning

SPANISH: Mapping[str, str] = {
    "passed": "Tu respuesta pasó esta prueba.",
    "partial": "Tu respuesta cumple una parte de lo que se pide.",
    "failed": "Tu respuesta no pasó esta prueba. Vuelve a leer lo que pide y pruébala con otros valores.",
    "error": "Tu celda se detuvo con un error y esta prueba no pasó. Corre tu celda y lee la última línea del error.",
    "timeout": "Tu código tardó más de lo permitido. Busca un ciclo que no termina.",
    "out_of_memory": "Tu código pidió más memoria de la que hay. Trabaja con menos datos a la vez.",
    "died": "Tu código terminó su propio proceso mientras se probaba. Quita lo que lo cierra, por ejemplo `exit()`.",
    "uncheckable": "Esta prueba pide un valor que no se puede revisar fuera de tu código. Avisa a tu docente. Detalle: {why}",
    "no_response": "Sin respuesta: la celda está como se entregó. Escribe tu respuesta ahí.",
    "manual": "Tu docente revisa esta respuesta.",
    "missing": "Tu cuaderno no trae la celda {cell}. Vuelve a bajar la tarea y responde ahí.",
    "cell_restored": "La celda {cell} no se puede cambiar. Se calificó con su texto original.",
    "cell_type_restored": "La celda {cell} llegó como {have} y es {wanted}. Se calificó como es.",
    "points_restored": "Los puntos de la celda {cell} los decide la tarea. Se usaron los suyos.",
    "cell_put_back": "Faltaba la celda {cell}, que no se puede borrar. Se puso otra vez en su lugar.",
    "cell_missing": "Falta la celda {cell}. Vuelve a bajar la tarea y responde ahí.",
    "cell_repeated": "La celda {cell} está más de una vez. Cuenta la última; las otras se ejecutaron como celdas comunes.",
    "cell_unknown": "La tarea no tiene una celda {cell}. Se ejecutó como celda común.",
    "cells_reordered": "Las celdas están en otro orden desde {cell}. Se ejecutaron como las entregaste.",
    "kernelspec_restored": "El cuaderno dice que es de {have}. Se calificó en {wanted}, como la tarea.",
    "value_no_points": "La prueba {cell} termina con {value}, que no son puntos. Se dieron todos; avisa a tu docente.",
    "value_above_points": "La prueba {cell} termina con {value}, más puntos de los que vale. Se dieron todos; avisa a tu docente.",
    "ran_in_kernel": "La prueba {cell} se ejecutó junto al código de la entrega, como permite su autor. Su resultado es menos seguro.",
}
ENGLISH: Mapping[str, str] = {
    "passed": "Your answer passed this test.",
    "partial": "Your answer does part of what is asked.",
    "failed": "Your answer did not pass this test. Read again what it asks for and try other values.",
    "error": "Your cell stopped with an error and this test did not pass. Run your cell and read the error's last line.",
    "timeout": "Your code took longer than allowed. Look for a loop that never ends.",
    "out_of_memory": "Your code asked for more memory than there is. Work with less data at a time.",
    "died": "Your code ended its own process while it was tested. Take out what closes it, for instance `exit()`.",
    "uncheckable": "This test needs a value that cannot be checked outside of your code. Tell your trainer. Detail: {why}",
    "no_response": "No response: the cell is as it was handed out. Write your answer there.",
    "manual": "Your trainer looks at this answer.",
    "missing": "Your notebook does not have the cell {cell}. Download the assignment again and answer there.",
    "cell_restored": "The cell {cell} cannot be changed. It was graded with its original text.",
    "cell_type_restored": "The cell {cell} came as {have} and is {wanted}. It was graded as it is.",
    "points_restored": "The points of the cell {cell} are the assignment's to say. Its own were used.",
    "cell_put_back": "The cell {cell} was missing and cannot be deleted. It was put back in its place.",
    "cell_missing": "The cell {cell} is missing. Download the assignment again and answer there.",
    "cell_repeated": "The cell {cell} is there more than once. The last one counts; the others ran as plain cells.",
    "cell_unknown": "The assignment has no cell {cell}. It ran as a plain cell.",
    "cells_reordered": "The cells are in another order from {cell} on. They ran as you sent them.",
    "kernelspec_restored": "The notebook says that it is {have}. It was graded in {wanted}, as the assignment.",
    "value_no_points": "The test {cell} ends with {value}, which is no number of points. All were given; tell your trainer.",
    "value_above_points": "The test {cell} ends with {value}, more points than it is worth. All were given; tell your trainer.",
    "ran_in_kernel": "The test {cell} ran beside the submitted code, as its author allows. Its result is less certain.",
}


def say(told: Mark | Warning, language: Language) -> str:
    """A mark or a warning as a sentence."""
    cell = told.grade_id if isinstance(told, Mark) else told.cell_id
    sentences = SPANISH if language == "es" else ENGLISH
    return sentences[told.code].format(cell=cell, **told.fields)
