"""What the preview says besides the lesson itself, in both languages."""

from collections.abc import Mapping

from courses.model import ExerciseKind, LocalText

WORDS: Mapping[str, LocalText] = {
    "preview": LocalText("Vista previa", "Preview"),
    "skip": LocalText("Saltar al contenido", "Skip to content"),
    "lessons": LocalText("Lecciones", "Lessons"),
    "languages": LocalText("Idiomas", "Languages"),
    "no_lessons": LocalText(
        "Aquí no hay lecciones. Una lección es una carpeta con lesson.yaml.",
        "There are no lessons here. A lesson is a folder with lesson.yaml.",
    ),
    "complaints": LocalText("Por corregir", "To mend"),
    "no_complaints": LocalText("Sin quejas: la forma está en orden.", "No complaints: the form is in order."),
    "no_lesson": LocalText(
        "La lección no se puede mostrar mientras falte corregir lo de arriba.",
        "The lesson cannot be shown until what is listed above is mended.",
    ),
    "minutes": LocalText("{count} min", "{count} min"),
    "points": LocalText("{count} puntos", "{count} points"),
    "cell": LocalText("Celda {id}", "Cell {id}"),
    "locked": LocalText("con candado", "locked"),
    "exercise": LocalText("Ejercicio", "Exercise"),
    "starter": LocalText("Punto de partida", "Starter"),
    "solution": LocalText("Solución", "Solution"),
    "checks": LocalText("Comprobaciones", "Checks"),
    "wrong_answers": LocalText("Respuestas equivocadas", "Wrong answers"),
    "hints": LocalText("Pistas", "Hints"),
    "answer": LocalText("Respuesta", "Answer"),
    "rubric": LocalText("Rúbrica", "Rubric"),
    "data": LocalText("Datos", "Data"),
    "next": LocalText(
        "Aquí no se ejecuta código. Para saber si todo funciona, corre:",
        "No code runs here. To know whether it all works, run:",
    ),
    "not_found": LocalText("Esa página no existe.", "There is no such page."),
}
KINDS: Mapping[ExerciseKind, LocalText] = {
    "code": LocalText("código", "code"),
    "choice": LocalText("opciones", "options"),
    "order": LocalText("orden", "order"),
    "match": LocalText("pares", "pairs"),
    "number": LocalText("número", "number"),
    "text": LocalText("respuesta abierta", "open answer"),
}
