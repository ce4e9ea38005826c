"""The names of a course's levels, topics and covers, in the reader's language."""

from flask_babel import gettext as _

LEVELS = ("explora", "aplica", "guia")
COVERS = ("bars", "steps", "dots", "hexes", "waves", "grid")
TOPICS = (
    "primeros-pasos", "gasto-publico", "calidad-de-datos", "analisis", "pandas", "python", "sql", "territorio",
    "privacidad", "poblacion", "salud", "clima", "estadistica", "visualizacion",
)  # fmt: skip


def level_name(level: str) -> str:
    return str({"explora": _("Inicial"), "aplica": _("Intermedio"), "guia": _("Avanzado")}[level])


def topic_name(topic: str) -> str:
    """A topic's name for readers; a topic nobody has named yet shows its own id as words."""
    names: dict[str, str] = {
        "primeros-pasos": _("Primeros pasos"),
        "gasto-publico": _("Gasto público"),
        "calidad": _("Calidad de datos"),
        "calidad-de-datos": _("Calidad de datos"),
        "analisis": _("Análisis"),
        "pandas": "pandas",
        "python": "Python",
        "sql": "SQL",
        "territorio": _("Territorio"),
        "privacidad": _("Privacidad"),
        "poblacion": _("Población"),
        "salud": _("Salud"),
        "clima": _("Clima"),
        "estadistica": _("Estadística"),
        "visualizacion": _("Visualización"),
    }
    return names.get(topic, topic.replace("-", " ").capitalize())


def cover_name(cover: str) -> str:
    names = {
        "bars": _("Barras"), "steps": _("Escalones"), "dots": _("Puntos"), "hexes": _("Hexágonos"),
        "waves": _("Ondas"), "grid": _("Cuadrícula"),
    }  # fmt: skip
    return str(names[cover])
