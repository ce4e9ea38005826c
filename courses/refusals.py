"""What a lesson's sources are refused for while they are written, packed or taken in, in words of both languages.

What is wrong with a lesson that was read is a complaint, of courses/rules.py; these are of an act that was not done.
"""

from collections.abc import Mapping
from pathlib import Path

from courses.change_words import CHANGES
from courses.complaints import Field, in_words, printable
from courses.model import LocalText, Problem
from courses.rule import Rule

ARCHIVES: Mapping[str, Rule] = {
    "no-zip": Rule(
        "El archivo no es un ZIP que se pueda leer. El lector dijo: {reason}. Comprime la carpeta otra vez.",
        "The file is no ZIP that can be read. The reader said: {reason}. Compress the folder again.",
    ),
    "zip-too-large": Rule(
        "El ZIP no cabe. {what}: {found}, y el máximo es {most}. Quita archivos o divídelo.",
        "The ZIP does not fit. {what}: {found}, and the most is {most}. Take files out or split it.",
    ),
    "zip-bomb": Rule(
        "«{name}» crece demasiado al abrirse. Ocupa {found} y sale de {packed}. Ponlo sin comprimir o quítalo.",
        "“{name}” grows too much when opened. It takes {found} and comes out of {packed}. Store it or take it out.",
    ),
    "zip-name": Rule(
        "«{name}» no vale como nombre en un ZIP. {why} Cámbialo y comprime otra vez.",
        "“{name}” will not do as a name in a ZIP. {why} Change it and compress again.",
    ),
    "zip-twice": Rule(
        "«{name}» choca con «{other}». Serían el mismo archivo en algunos equipos. Deja uno o cámbiale el nombre.",
        "“{name}” clashes with “{other}”. They would be one file on some machines. Keep one or rename it.",
    ),
    "zip-odd": Rule(
        "«{name}» no es un archivo normal. Es {kind}. Pon una copia del archivo.",
        "“{name}” is no plain file. It is {kind}. Put a copy of the file.",
    ),
    "zip-encrypted": Rule(
        "«{name}» está cifrado. Sin contraseña no se puede leer. Comprime sin contraseña.",
        "“{name}” is encrypted. It cannot be read without a password. Compress without a password.",
    ),
    "zip-method": Rule(
        "«{name}» está comprimido con un método que no se lee aquí. Es el {found}. Usa el ZIP normal (deflate).",
        "“{name}” is compressed with a method that is not read here. It is {found}. Use the usual ZIP (deflate).",
    ),
    "zip-damaged": Rule(
        "«{name}» está dañado. El lector dijo: {reason}. Comprime la carpeta otra vez.",
        "“{name}” is damaged. The reader said: {reason}. Compress the folder again.",
    ),
    "zip-content": Rule(
        "El ZIP no trae un curso ni una lección. Trae: {found}. Pon una carpeta con course.yaml o lesson.yaml.",
        "The ZIP holds no course and no lesson. It holds: {found}. Put in a folder with course.yaml or lesson.yaml.",
    ),
}

EDITS: Mapping[str, Rule] = {
    "no-such-block": Rule(
        "No hay bloque en el lugar {found}. El texto tiene {count}. Vuelve a abrir la lección.",
        "There is no block at place {found}. The text has {count}. Open the lesson again.",
    ),
    "block-leaks": Rule(
        "El cambio alteraría otros bloques o no se leería igual. Algo queda sin cerrar o se une: {found}. Corrígelo.",
        "The change would alter other blocks or read back otherwise. Something is unclosed or joins: {found}. Mend it.",
    ),
    "no-such-field": Rule(
        "Un bloque de tipo {kind} no tiene «{field}». Tiene: {known}. Cambia otro campo.",
        "A block of kind {kind} has no “{field}”. It has: {known}. Change another field.",
    ),
    "front-matter-first": Rule(
        "El encabezado YAML va al principio del texto. Nada puede ir antes, ni moverlo. Elige otro lugar.",
        "The YAML header goes at the beginning of the text. Nothing may precede or move it. Choose another place.",
    ),
    "out-of-step": Rule(
        "Los dos idiomas no llevan los mismos bloques. En español: {found}; en inglés: {expected}. Iguálalos antes.",
        "The two languages do not hold the same blocks. Spanish: {found}; English: {expected}. Make them equal first.",
    ),
    "no-such-file": Rule(
        "La lección no tiene «{name}» en UTF-8. Sin él no se puede cambiar. Créalo o guárdalo en UTF-8.",
        "The lesson has no “{name}” in UTF-8. It cannot be changed without it. Create it or save it as UTF-8.",
    ),
    "no-such-place": Rule(
        "En el YAML no hay {place}. Se buscó y no está. Vuelve a abrir la lección.",
        "There is no {place} in the YAML. It was looked for and is not there. Open the lesson again.",
    ),
    "sheet-value": Rule(
        "Ese cambio no se puede escribir en el YAML sin tocar lo demás. Está en {place}. Cámbialo como texto.",
        "That change cannot be written into the YAML without touching the rest. It is in {place}. Change it as text.",
    ),
    "note-key": Rule(
        "No hay notas para «{key}». Van por section:, cell: o exercise: y su nombre. Corrígelo.",
        "There are no notes for “{key}”. They go by section:, cell: or exercise: and its name. Mend it.",
    ),
    "note-length": Rule(
        "La nota «{key}» no se guardó. Tiene {found} caracteres y caben de 1 a {most}. Escríbela en los dos idiomas.",
        "The note “{key}” was not saved. It has {found} characters; from 1 to {most} fit. Write it in both languages.",
    ),
}

NEW: Mapping[str, Rule] = {
    "new-name": Rule(
        "«{name}» no vale como nombre. La forma es {pattern}. Usa minúsculas sin acento, cifras y guiones.",
        "“{name}” will not do as a name. The form is {pattern}. Use small letters without accents, digits and hyphens.",
    ),
    "new-course": Rule(
        "«{name}» no queda en un curso. En «{folder}» no hay course.yaml. Da CURSO/LECCIÓN de un curso que exista.",
        "“{name}” is not in a course. There is no course.yaml in “{folder}”. Give COURSE/LESSON of one that exists.",
    ),
    "new-exists": Rule(
        "«{name}» ya existe. No se tocó nada. Elige otro nombre o borra esa carpeta.",
        "“{name}” is there already. Nothing was touched. Choose another name or delete that folder.",
    ),
    "new-template": Rule(
        "«{name}» no sirve de plantilla. No tiene una lección que se pueda leer. Da la carpeta de una lección.",
        "“{name}” will not do as a template. It holds no lesson that can be read. Give the folder of a lesson.",
    ),
    "new-unwritten": Rule(
        "No se pudo escribir «{name}». El sistema dijo: {reason}. Revisa permisos y espacio.",
        "“{name}” could not be written. The system said: {reason}. Look at permissions and space.",
    ),
}

REFUSALS: Mapping[str, Rule] = {**ARCHIVES, **EDITS, **NEW, **CHANGES}


class Refused(ValueError):
    """A change or a file that was not taken; nothing was touched. line: where in the text it would have been."""

    def __init__(self, code: str, line: int | None = None, **fields: Field) -> None:
        self.code, self.line, self.message = code, line, words(code, **fields)
        super().__init__(self.message.en)

    def as_problem(self, path: Path) -> Problem:
        return Problem(printable(path), self.line, self.code, self.message)


class Unreadable(Refused):
    """What was to be changed cannot be read: the refusal has the code, the line and the words of that complaint."""

    def __init__(self, problem: Problem) -> None:
        self.code, self.line, self.message = problem.code, problem.line, problem.message
        ValueError.__init__(self, self.message.en)


def words(code: str, **fields: Field) -> LocalText:
    """A refusal's sentence. Raises: KeyError for a code or a field that is not known."""
    rule = REFUSALS[code]
    return LocalText(
        rule.es.format(**{name: in_words(value, "es") for name, value in fields.items()}),
        rule.en.format(**{name: in_words(value, "en") for name, value in fields.items()}),
    )
