"""What the parts of a lesson are called in words of both languages."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from courses.merging.reading import Reading
from courses.merging.records import Three
from courses.model import LocalText

Words = tuple[str, str]

FIELDS: Mapping[str, Words] = {
    "aliases": ("otras formas", "other forms"),
    "answer": ("respuesta", "answer"),
    "answers": ("respuesta", "answer"),
    "check": ("comprobación", "check"),
    "checks": ("comprobación", "check"),
    "competencies": ("competencia", "competency"),
    "correct": ("si es correcta", "whether it is right"),
    "datasets": ("conjunto de datos", "dataset"),
    "file": ("archivo", "file"),
    "hints": ("pista", "hint"),
    "id": ("nombre", "name"),
    "items": ("elemento", "item"),
    "kind": ("tipo", "kind"),
    "length": ("extensión", "length"),
    "level": ("nivel", "level"),
    "levels": ("nivel", "level"),
    "message": ("mensaje", "message"),
    "minutes": ("minutos", "minutes"),
    "multiple": ("si se marcan varias", "whether several are marked"),
    "needs_second_marker": ("segunda calificación", "second marker"),
    "number": ("número", "number"),
    "options": ("opción", "option"),
    "points": ("puntos", "points"),
    "rubric": ("criterio", "criterion"),
    "sections": ("sección", "section"),
    "solution_note": ("nota sobre la solución", "note about the solution"),
    "source": ("código", "code"),
    "summary": ("resumen", "summary"),
    "text": ("texto", "text"),
    "title": ("título", "title"),
    "units": ("unidad", "unit"),
    "value": ("valor", "value"),
    "version": ("versión", "version"),
    "wrong_answers": ("respuesta equivocada", "wrong answer"),
    "es": ("texto en español", "text in Spanish"),
    "en": ("texto en inglés", "text in English"),
    "exercises": ("ejercicios", "exercises"),
    "*": ("orden", "order"),
}
# Lists whose items are told by the next step of a path.
LISTS = ("answers", "checks", "competencies", "datasets", "hints", "items", "levels", "options", "rubric", "sections",
         "units", "wrong_answers")  # fmt: skip
FILES: Mapping[str, Words] = {
    "starter.py": ("punto de partida", "starter"),
    "starter.en.py": ("punto de partida en inglés", "English starter"),
    "solution.py": ("solución", "solution"),
}
LONGEST = 60
# What follows the name of the block before in the name of a text.
BEFORE = re.compile(r"[+~#]")


@dataclass(frozen=True)
class Titles:
    """Names things as their authors know them: an exercise by its title, a section by its heading."""

    three: Three[Reading]

    def block(self, name: str) -> LocalText:
        """A block by its name among the blocks."""
        kind, colon, id = name.partition(":")
        if kind == "exercise":
            return joined(self.exercise(id), LocalText("enunciado", "statement"))
        return self.name(name)

    def name(self, name: str) -> LocalText:
        kind, _, id = name.partition(":")
        if "@" in kind or "@" in name:
            return self.loose(name)
        if kind == "exercise":
            return self.exercise(id)
        if kind == "section":
            return self.section(id)
        if kind == "code":
            return LocalText(f"Celda «{id}»", f"Cell “{id}”")
        return LocalText("Encabezado del texto", "Header of the text")

    def loose(self, name: str) -> LocalText:
        """A text or note by the block before it."""
        kind, _, before = name.partition("@")
        before = BEFORE.split(before)[0]
        es, en = {"note": ("Recuadro", "Note"), "text": ("Texto", "Text")}.get(kind, ("Bloque", "Block"))
        if before in ("", "front-matter"):
            return LocalText(f"{es} al principio", f"{en} at the beginning")
        place = self.name(before)
        return LocalText(f"{es} después de: {lower(place.es)}", f"{en} after: {lower(place.en)}")

    def exercise(self, id: str) -> LocalText:
        title = self.title_in("exercises", id)
        return LocalText(f"Ejercicio «{title.es}»", f"Exercise “{title.en}”")

    def section(self, id: str) -> LocalText:
        title = self.title_in("sections", id)
        return LocalText(f"Sección «{title.es}»", f"Section “{title.en}”")

    def title_in(self, part: str, id: str) -> LocalText:
        """The title of an exercise or section in the first version that has one; its id where none has."""
        for reading in (self.three.ours, self.three.theirs, self.three.base):
            item = reading.item(part, id)
            title = item.get("title") if item else None
            if isinstance(title, dict) and title.get("es"):
                return LocalText(shorten(str(title["es"])), shorten(str(title.get("en") or title["es"])))
        return LocalText(id, id)

    def sheet(self, path: tuple[str, ...]) -> LocalText:
        """A place of lesson.yaml."""
        return place_in_words(path, self.exercise, self.section)

    def note(self, path: tuple[str, ...]) -> LocalText:
        """A note for whoever teaches."""
        about = self.name(path[0].replace("cell:", "code:", 1)) if path else LocalText("Notas", "Notes")
        return joined(about, LocalText("nota para quien enseña", "note for the trainer"))

    def file(self, name: str) -> LocalText:
        """A file of an exercise, or another."""
        return file_in_words(name, self.exercise)


def name_place(path: Sequence[str | int]) -> LocalText:
    """A place of a lesson.yaml that is not at hand: exercises and sections by their ids, items by id or number."""
    steps = tuple(str(one + 1) if isinstance(one, int) else one for one in path)
    return place_in_words(steps, exercise_by_id, section_by_id)


def name_file(name: str) -> LocalText:
    """A file of a lesson that is not at hand."""
    return file_in_words(name, exercise_by_id)


def exercise_by_id(id: str) -> LocalText:
    return LocalText(f"Ejercicio «{id}»", f"Exercise “{id}”")


def section_by_id(id: str) -> LocalText:
    return LocalText(f"Sección «{id}»", f"Section “{id}”")


def place_in_words(
    path: tuple[str, ...], exercise: Callable[[str], LocalText], section: Callable[[str], LocalText]
) -> LocalText:
    if len(path) > 1 and path[0] in ("exercises", "sections") and path[1] != "*":
        about = exercise(path[1]) if path[0] == "exercises" else section(path[1])
        return joined(about, words_of(path[2:])) if path[2:] else about
    return joined(LocalText("Lección", "Lesson"), words_of(path))


def file_in_words(name: str, exercise: Callable[[str], LocalText]) -> LocalText:
    folder, _, inside = name.partition("/")
    id, _, own = inside.partition("/")
    if folder != "exercises" or not own:
        return title_of_file(name)
    if own.startswith("wrong/"):
        wrong = own.removeprefix("wrong/").removesuffix(".py")
        return joined(exercise(id), LocalText(f"respuesta equivocada «{wrong}»", f"wrong answer “{wrong}”"))
    known = FILES.get(own)
    return joined(exercise(id), LocalText(*known) if known else LocalText(f"«{own}»", f"“{own}”"))


def title_of_file(name: str) -> LocalText:
    """A file of the lesson's own."""
    folder, _, inside = name.partition("/")
    if folder == "img":
        return LocalText(f"Imagen «{inside}»", f"Image “{inside}”")
    return LocalText(f"Archivo «{name}»", f"File “{name}”")


def joined(about: LocalText, what: LocalText) -> LocalText:
    return LocalText(f"{about.es}: {what.es}", f"{about.en}: {what.en}")


def words_of(path: tuple[str, ...]) -> LocalText:
    """The steps of a path in words, an item with its name; the language at its end is left out."""
    steps = path[:-1] if len(path) > 1 and path[-1] in ("es", "en") else path
    es, en = list[str](), list[str]()
    is_item = False
    for step in steps:
        if is_item and step != "*":
            es[-1], en[-1] = f"{es[-1]} «{step}»", f"{en[-1]} “{step}”"
            is_item = False
            continue
        spanish, english = FIELDS.get(step, (f"«{step}»", f"“{step}”"))
        es.append(spanish)
        en.append(english)
        is_item = step in LISTS
    return LocalText(", ".join(es), ", ".join(en))


def lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
