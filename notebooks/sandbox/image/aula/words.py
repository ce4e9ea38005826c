"""Sentences for learners in Spanish and English; the kernel's language is in AULA_LANGUAGE."""

import os

SENTENCES = {
    "es": {
        "no_dataset": "No encontramos el conjunto de datos «{name}».{near} En esta lección hay: {known}.",
        "no_data_at_all": "No encontramos el conjunto de datos «{name}»: aquí no hay ninguno.",
        "no_file": "«{dataset}» no tiene un archivo «{name}».{near} Tiene: {known}.",
        "no_table": "«{name}» no es una tabla; pide su ruta con aula.ruta(\"{dataset}\", \"{name}\").",
        "which_file": "«{dataset}» tiene varias tablas; di cuál quieres: {known}.",
        "near": " ¿Quisiste decir «{guess}»?",
        "not_text": "El nombre va entre comillas, como en aula.datos(\"{example}\").",
        "not_bars": "aula.barras espera una serie: un valor por categoría, como la que da groupby(...).sum().",
        "no_highlight": "«{name}» no está en la serie, así que no se puede destacar.",
        "empty_bars": "La serie está vacía: no hay nada que dibujar.",
    },
    "en": {
        "no_dataset": "There is no data set called “{name}”.{near} This lesson has: {known}.",
        "no_data_at_all": "There is no data set called “{name}”: there are none here.",
        "no_file": "“{dataset}” has no file called “{name}”.{near} It has: {known}.",
        "no_table": "“{name}” is not a table; ask for its path with aula.path(\"{dataset}\", \"{name}\").",
        "which_file": "“{dataset}” has several tables; say which one you want: {known}.",
        "near": " Did you mean “{guess}”?",
        "not_text": "The name goes in quotes, as in aula.data(\"{example}\").",
        "not_bars": "aula.bars expects a series: one value per category, such as groupby(...).sum() gives.",
        "no_highlight": "“{name}” is not in the series, so it cannot be highlighted.",
        "empty_bars": "The series is empty: there is nothing to draw.",
    },
}  # fmt: skip


def say(key: str, **fields: object) -> str:
    """The sentence in the learner's language."""
    language = "en" if os.environ.get("AULA_LANGUAGE") == "en" else "es"
    return SENTENCES[language][key].format(**fields)
