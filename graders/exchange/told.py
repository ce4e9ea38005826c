"""What is told of a notebook that became a lesson, or could not: sentences in both languages, by code, with the cell."""

# One sentence a line, however long.
# ruff: noqa: E501

from collections.abc import Mapping
from dataclasses import dataclass, field

from courses import LocalText

SPANISH: Mapping[str, str] = {
    "no-lesson": "El cuaderno no trae la lección de la que salió. Falta la celda «aula-lesson», que las copias para participantes no llevan. Abre el cuaderno de docentes, o conviértelo como cuaderno nuevo.",
    "not-text": "No se puede leer {cell}. No es texto en UTF-8. Guárdalo así y vuelve a intentarlo.",
    "damaged": "La celda {cell} está dañada. Guarda lo que la lección no muestra, y no se puede leer. Recupera esa celda de una copia.",
    "out-of-step": "Los cambios no dejan la misma lección en los dos idiomas. Queda: {seen}. Mueve o borra celdas enteras y vuelve a intentarlo.",
    "cell-leaks": "La celda {cell} no se tomó y quedó como estaba. Deja abierto un bloque o cambia el que sigue. Cierra sus marcas de bloque.",
    "no-heading": "La celda {cell} no se tomó y quedó como estaba. Empieza una sección y ya no tiene su título «##». Para quitar la sección borra la celda.",
    "no-region": "La respuesta {cell} no se tomó y quedó como estaba. Le falta «### BEGIN SOLUTION» o «### END SOLUTION», o los tiene dos veces. Ponlos alrededor de la solución.",
    "derived": "El cambio en {cell} no se tomó. Esa celda sólo muestra lo que dice lesson.yaml. Cámbialo ahí o en el editor.",
    "points": "Los puntos de {cell} no cambiaron. Son la suma de sus comprobaciones. Cámbialos en lesson.yaml o en el editor.",
    "cell-missing": "Falta la celda {cell} y su ejercicio sigue ahí. Se conservó como estaba. Para quitar el ejercicio borra también las otras.",
    "cell-kind": "La celda {cell} cambió de tipo. Se conservó como estaba. Devuélvele su tipo o borra la celda y escribe otra.",
    "cell-copied": "La celda {cell} es copia de otra. Se tomó como celda nueva, {found}. Revisa que la quieras dos veces.",
    "new-marked": "La celda {cell} trae marcas de nbgrader de un ejercicio que la lección no tiene. Se tomó sin ellas. Agrega el ejercicio en el editor.",
    "new-raw": "La celda {cell} es de tipo «raw», que una lección no tiene. Se tomó como texto. Revisa cómo se ve.",
    "attachment": "La celda {cell} trae una imagen pegada. Una lección guarda sus imágenes en img/, y no se tomó. Guárdala ahí y enlázala.",
    "translate": "La celda {cell} cambió y su texto en el otro idioma no. Son: {found}. Revisa la traducción.",
    "sheet-kept": "lesson.yaml no se ajustó a los cambios de {cell}. No se pudo reescribir sin tocar lo demás. Ajústalo como texto.",
    "changed-meanwhile": "La lección cambió después de hacer este cuaderno. Difieren: {found}. Junta las dos versiones antes de guardar.",
    "test-outside": "La prueba {cell} no sigue a una respuesta. No se tomó. Ponla después de la celda de la respuesta que revisa.",
    "no-cell": "La lección {cell} nombra celdas que el cuaderno no tiene. Se contaron desde 0. Elige otra vez los ejercicios.",
    "no-tests": "La respuesta {cell} no tiene pruebas. Quedó como celda de código que se puede ejecutar. Si debe ser ejercicio, agrégale una comprobación en el editor.",
    "text-left": "La celda {cell} no se tomó. Deja abierto un bloque o no se lee como celda. Cierra sus marcas y vuelve a intentarlo.",
    "no-points": "La prueba {cell} vale 0 puntos y aquí cada comprobación vale algo. No se tomó. Dale puntos en nbgrader.",
    "points-rounded": "Los puntos de {cell} eran {found}. Aquí van de medio en medio, de 0.5 a 100, y se redondearon. Revísalos.",
    "no-solution": "La respuesta {cell} no trae solución. El ejercicio quedó con «...». Escríbela, y luego prueba la lección.",
    "wrong-answers": "La lección {cell} todavía no declara respuestas equivocadas. Cada ejercicio con código necesita dos. Escribe las que hayas visto en clase.",
    "untranslated": "La lección {cell} está en un solo idioma. El otro lleva el mismo texto. Tradúcelo en el editor.",
    "source-refused": "{cell} no se pudo tomar. {found} Corrígelo en nbgrader.",
    "no-exercise": "{cell} no tiene ningún ejercicio. Una lección necesita uno. Marca una respuesta, o elige una celda como ejercicio.",
    "empty-course": "En {cell} no hay cuadernos que tomar. Se buscó source/<tarea>/<cuaderno>.ipynb. Da la carpeta del curso de nbgrader.",
    "too-much": "{cell} no cabe en una lección: {found}. Divídelo en varias.",
    "file-left": "El archivo {cell} no se tomó. Una lección lee sus datos del catálogo. Agrégalo como conjunto de datos.",
}
ENGLISH: Mapping[str, str] = {
    "no-lesson": "The notebook does not hold the lesson that it came from. The cell “aula-lesson” is missing, which learners' copies do not have. Open the trainers' notebook, or convert this one as a new notebook.",
    "not-text": "{cell} cannot be read. It is not text in UTF-8. Save it so and try again.",
    "damaged": "The cell {cell} is damaged. It keeps what the lesson does not show, and cannot be read. Take that cell from a copy.",
    "out-of-step": "The changes do not leave the same lesson in both languages. Left is: {seen}. Move or delete whole cells and try again.",
    "cell-leaks": "The cell {cell} was not taken and stayed as it was. It leaves a block open or changes the next one. Close its block marks.",
    "no-heading": "The cell {cell} was not taken and stayed as it was. It begins a section and has lost its “##” heading. Delete the cell to take the section away.",
    "no-region": "The answer {cell} was not taken and stayed as it was. It has no “### BEGIN SOLUTION” or “### END SOLUTION”, or has them twice. Put them around the solution.",
    "derived": "The change in {cell} was not taken. That cell only shows what lesson.yaml says. Change it there or in the editor.",
    "points": "The points of {cell} did not change. They are the sum of its checks. Change them in lesson.yaml or in the editor.",
    "cell-missing": "The cell {cell} is missing and its exercise is still there. It was kept as it was. Delete the others too to take the exercise away.",
    "cell-kind": "The cell {cell} changed its type. It was kept as it was. Give it its type back, or delete it and write another.",
    "cell-copied": "The cell {cell} is a copy of another. It was taken as a new cell, {found}. Check that you want it twice.",
    "new-marked": "The cell {cell} has nbgrader's marks of an exercise that the lesson does not have. It was taken without them. Add the exercise in the editor.",
    "new-raw": "The cell {cell} is of the type “raw”, which a lesson does not have. It was taken as text. Check how it looks.",
    "attachment": "The cell {cell} has a pasted picture. A lesson keeps its pictures in img/, and it was not taken. Save it there and link it.",
    "translate": "The cell {cell} changed and its text in the other language did not. It is: {found}. Look at the translation.",
    "sheet-kept": "lesson.yaml was not fitted to the changes of {cell}. It could not be rewritten without touching the rest. Fit it as text.",
    "changed-meanwhile": "The lesson changed after this notebook was made. Different are: {found}. Bring the two versions together before you save.",
    "test-outside": "The test {cell} follows no answer. It was not taken. Put it behind the cell of the answer that it looks at.",
    "no-cell": "The lesson {cell} names cells that the notebook does not have. They count from 0. Choose the exercises again.",
    "no-tests": "The answer {cell} has no tests. It became a code cell that can be run. If it is to be an exercise, add a check in the editor.",
    "text-left": "The cell {cell} was not taken. It leaves a block open or does not read as a cell. Close its marks and try again.",
    "no-points": "The test {cell} is worth 0 points, and here each check is worth something. It was not taken. Give it points in nbgrader.",
    "points-rounded": "The points of {cell} were {found}. Here they go by halves, from 0.5 to 100, and were rounded. Look at them.",
    "no-solution": "The answer {cell} has no solution. The exercise was left with “...”. Write it, and then prove the lesson.",
    "wrong-answers": "The lesson {cell} declares no wrong answers yet. Each exercise with code takes two. Write those that you have seen in class.",
    "untranslated": "The lesson {cell} is in one language only. The other has the same text. Translate it in the editor.",
    "source-refused": "{cell} could not be taken. {found} Mend it in nbgrader.",
    "no-exercise": "{cell} has no exercise. A lesson needs one. Mark an answer, or choose a cell as an exercise.",
    "empty-course": "There are no notebooks to take in {cell}. Looked for was source/<assignment>/<notebook>.ipynb. Give the folder of the nbgrader course.",
    "too-much": "{cell} does not fit into a lesson: {found}. Make several of it.",
    "file-left": "The file {cell} was not taken. A lesson reads its data from the catalogue. Add it as a dataset.",
}


@dataclass(frozen=True)
class Remark:
    """Something that could not come along, or that its author should look at. cell: its id, "" where none is meant."""

    code: str
    cell: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> LocalText:
        facts = {"cell": self.cell, **self.fields}
        return LocalText(SPANISH[self.code].format(**facts), ENGLISH[self.code].format(**facts))


class NotTaken(Exception):
    """Nothing of a notebook or course could be taken; `remark` says why."""

    def __init__(self, code: str, cell: str = "", **fields: str) -> None:
        self.remark = Remark(code, cell, fields)
        super().__init__(self.remark.message.en)
