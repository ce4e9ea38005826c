"""The few words that outputs bring along, in both languages at once: a run may be read in either, at any time."""

# Sentences read and translate best unbroken.
# ruff: noqa: E501

from typing import Literal

Language = Literal["es", "en"]

WORDS: dict[Language, dict[str, str]] = {
    "es": {
        "table": "Tabla de resultado de {cell}",
        "table_alone": "Tabla de resultado",
        "figure": "Gráfica de {cell}",
        "figure_alone": "Gráfica",
        "figure_region": "{name}, se puede desplazar",
        "shown_rows": "{shown} de {all} filas",
        "all_rows": "{all} filas",
        "one_row": "1 fila",
        "no_rows": "La tabla no tiene filas",
        "shown_columns": "{shown} de {all} columnas",
        "explore": "Explorar la tabla",
        "index": "índice",
        "integer": "entero",
        "number": "número",
        "text": "texto",
        "datetime": "fecha",
        "boolean": "sí o no",
        "category": "categoría",
        "html": "Resultado de {cell}",
        "html_alone": "Resultado",
        "line": "línea {line}",
        "where_line": "Pasó en la línea {line}: `{code}`.",
        "where_number": "Pasó en la línea {line}.",
        "explanation": "Qué quiere decir este error",
        "warning_explanation": "Qué quiere decir este aviso",
        "traceback": "Ver el mensaje completo de Python",
        "more": "Ver las otras {count} líneas",
        "kind_table": "tabla", "kind_series": "serie", "kind_integer": "número entero", "kind_number": "número",
        "kind_text": "texto", "kind_boolean": "sí o no", "kind_list": "lista", "kind_mapping": "diccionario",
        "kind_function": "función", "kind_array": "arreglo", "kind_other": "otro objeto",
        "sum_table": "tabla de {count} filas",
        "sum_table_one": "tabla de 1 fila",
        "sum_figure": "gráfica",
        "sum_error": "error: {name}",
        "sum_text": "texto",
        "sum_text_one": "1 línea de texto",
        "sum_text_many": "{count} líneas de texto",
        "sum_nothing": "sin resultado",
        "done_ok": "lista en {seconds} s",
        "done_error": "se detuvo con un error",
        "done_error_line": "se detuvo en la línea {line}",
        "done_interrupted": "detenida",
        "done_timeout": "detenida por tiempo",
        "done_memory": "se acabó la memoria",
        "done_lost": "se perdió el entorno",
        "done_output_limit": "detenida: demasiado texto",
        "note_interrupted": "Detuviste la celda. Lo que alcanzó a mostrar queda aquí.",
        "note_timeout": "La celda tardó más de lo permitido y la detuvimos. Revisa si algún ciclo no termina, o prueba con menos filas.",
        "note_memory": "La celda pidió más memoria de la que hay y tu entorno se cerró. Tu código está guardado: trabaja con menos filas o columnas y ejecuta de nuevo las celdas de arriba.",
        "note_lost": "Se perdió la conexión con tu entorno antes de que la celda terminara. Tu código está guardado: ejecuta de nuevo las celdas de arriba.",
        "note_output_limit": "La celda mostró demasiado y cortamos aquí. Para ver menos, usa por ejemplo .head(20).",
        "note_gone": "Tu entorno se cerró: ejecuta de nuevo las celdas de arriba.",
    },
    "en": {
        "table": "Result table of {cell}",
        "table_alone": "Result table",
        "figure": "Chart of {cell}",
        "figure_alone": "Chart",
        "figure_region": "{name}, can be scrolled",
        "shown_rows": "{shown} of {all} rows",
        "all_rows": "{all} rows",
        "one_row": "1 row",
        "no_rows": "The table has no rows",
        "shown_columns": "{shown} of {all} columns",
        "explore": "Explore the table",
        "index": "index",
        "integer": "whole number",
        "number": "number",
        "text": "text",
        "datetime": "date",
        "boolean": "yes or no",
        "category": "category",
        "html": "Result of {cell}",
        "html_alone": "Result",
        "line": "line {line}",
        "where_line": "It happened on line {line}: `{code}`.",
        "where_number": "It happened on line {line}.",
        "explanation": "What this error means",
        "warning_explanation": "What this warning means",
        "traceback": "See Python's whole message",
        "more": "See the other {count} lines",
        "kind_table": "table", "kind_series": "series", "kind_integer": "whole number", "kind_number": "number",
        "kind_text": "text", "kind_boolean": "yes or no", "kind_list": "list", "kind_mapping": "dictionary",
        "kind_function": "function", "kind_array": "array", "kind_other": "another object",
        "sum_table": "table of {count} rows",
        "sum_table_one": "table of 1 row",
        "sum_figure": "chart",
        "sum_error": "error: {name}",
        "sum_text": "text",
        "sum_text_one": "1 line of text",
        "sum_text_many": "{count} lines of text",
        "sum_nothing": "no result",
        "done_ok": "done in {seconds} s",
        "done_error": "stopped with an error",
        "done_error_line": "stopped on line {line}",
        "done_interrupted": "stopped",
        "done_timeout": "stopped: out of time",
        "done_memory": "out of memory",
        "done_lost": "your session was lost",
        "done_output_limit": "stopped: too much text",
        "note_interrupted": "You stopped the cell. What it had shown so far stays here.",
        "note_timeout": "The cell took longer than allowed and we stopped it. See whether a loop never ends, or try with fewer rows.",
        "note_memory": "The cell asked for more memory than there is and your session was closed. Your code is saved: work with fewer rows or columns and run the cells above again.",
        "note_lost": "The connection to your session was lost before the cell ended. Your code is saved: run the cells above again.",
        "note_output_limit": "The cell showed too much and we cut it here. To see less, use for example .head(20).",
        "note_gone": "Your session was closed: run the cells above again.",
    },
}  # fmt: skip


def say(language: Language, word: str, **holes: object) -> str:
    """A text in the reader's language with its holes filled. The text is not HTML."""
    return WORDS[language][word].format(**holes)


def count_text(number: int) -> str:
    """A whole number as readers write it: groups of three from five digits on, apart by a thin space."""
    return group_digits(str(number)) if abs(number) >= 10_000 else str(number)


def group_digits(digits: str) -> str:
    """The digits of a whole number in groups of three, apart by a space that does not break."""
    sign, digits = ("\u2212", digits[1:]) if digits.startswith("-") else ("", digits)
    first = len(digits) % 3 or 3
    groups = [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]
    return sign + "\u202f".join(groups)
