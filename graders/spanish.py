"""What graders say, in Spanish: sentences by code, and the words that fill them. Holes are as in graders/english.py."""

# One sentence a line, however long.
# ruff: noqa: E501

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "cell.stopped": "No se pudo mirar, porque tu código se detuvo antes con un error.",
    "cell.too_slow": "No se pudo mirar, porque tu código tardó más de lo permitido.",
    "cell.out_of_memory": "No se pudo mirar, porque tu código pidió más memoria de la que hay.",
    "cell.died": "No se pudo mirar, porque tu código cerró el entorno antes de terminar.",
    "evidence.unreadable": "No pudimos leer tu resultado. Quita lo que cambie a Python o a pandas por dentro y vuelve a comprobar.",
    "exercise.missing": "Tu cuaderno no trae la celda de este ejercicio. Vuelve a bajar la lección y responde ahí.",
    "verdict.passed": "Todo cumple: {points} de {max_points} puntos.",
    "verdict.partial": "Cumple una parte: {points} de {max_points} puntos.",
    "verdict.failed": "Todavía no cumple. Mira qué falta y vuelve a intentar.",
    "verdict.error": "En la línea {line}, Python dice {error}. Corrige esa línea y vuelve a comprobar.",
    "verdict.error_somewhere": "Python dice {error}. Ejecuta la celda para ver en qué línea y corrígela.",
    "verdict.died": "Tu código cerró el entorno antes de terminar. Quita lo que lo cierra, como `exit()`, y vuelve a comprobar.",
    "verdict.timeout": "Tu código tardó más de lo permitido. Revisa si hay un ciclo que no termina o trabajo repetido.",
    "verdict.out_of_memory": "Tu código pidió más memoria de la que hay. Trabaja con menos filas o columnas a la vez.",
    "verdict.manual": "Tu docente revisa esta respuesta.",
    "verdict.missing": "Tu cuaderno no trae la celda de este ejercicio. Vuelve a bajar la lección y responde ahí.",
    "note.earlier_cell": "Antes se detuvo la celda {cell}; empieza por ahí.",
    "warning.cell_restored": "La celda {cell} es de la lección. Se calificó con su texto original.",
    "warning.cell_left_out": "La celda {cell} no es de la lección y no se ejecutó al calificar.",
    "warning.earlier_cell_failed": "La celda {cell} se detuvo con {name}, y se siguió con las demás.",
    "unknown": "Esta comprobación todavía no se cumple. Vuelve a leer lo que pide.",
}

TYPES: Mapping[str, str] = {
    "number": "un número", "integer": "un número entero", "text": "un texto", "boolean": "verdadero o falso",
    "list": "una lista", "tuple": "una tupla", "set": "un conjunto", "dict": "un diccionario", "date": "una fecha",
    "duration": "un lapso de tiempo", "array": "un arreglo de NumPy", "index": "un índice de pandas", "range": "un rango",
    "DataFrame": "una tabla", "Series": "una Serie", "None": "nada (`None`)", "function": "una función",
    "view": "una vista de un diccionario",
}  # fmt: skip
DTYPES: Mapping[str, str] = {
    "integer": "entero", "number": "número con decimales", "text": "texto", "datetime": "fecha", "date": "fecha suelta",
    "duration": "lapso", "boolean": "verdadero o falso", "category": "categoría", "mixed": "mezclado",
}  # fmt: skip
MARKS: Mapping[str, str] = {
    "bar": "barras verticales", "barh": "barras horizontales", "hist": "un histograma", "line": "una línea",
    "scatter": "puntos", "pie": "un pastel", "area": "un área", "image": "una imagen",
}  # fmt: skip
AXES: Mapping[str, str] = {"x": "horizontal", "y": "vertical"}
COUNTED: Mapping[str, tuple[str, str]] = {
    "row": ("fila", "filas"), "column": ("columna", "columnas"), "item": ("elemento", "elementos"),
    "value": ("valor", "valores"), "label": ("nivel de etiquetas", "niveles de etiquetas"), "point": ("dato", "datos"),
    "key": ("clave", "claves"), "line": ("línea", "líneas"), "thing": ("cosa", "cosas"),
}  # fmt: skip
QUOTED = "«{}»"
OR = " o "
