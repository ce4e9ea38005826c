"""The words of advice about a lesson that may be taught as it is; courses/advice.py finds what it is about."""

from collections.abc import Mapping
from dataclasses import replace

from courses.rule import Rule

WORDS: Mapping[str, Rule] = {
    "minutes-short": Rule(
        "La lección dice {expected} minutos. Leerla, correr sus celdas y resolverla toma {found}. Corrige minutes "
        "o acorta la lección.",
        "The lesson says {expected} minutes. Reading, running and solving it takes {found}. Mend minutes "
        "or shorten the lesson.",
    ),
    "minutes-long": Rule(
        "La lección dice {expected} minutos. Leerla, correr sus celdas y resolverla toma {found}. Baja minutes.",
        "The lesson says {expected} minutes. Reading, running and solving it takes {found}. Lower minutes.",
    ),
    "heading-jump": Rule(
        "El título «{title}» salta un nivel. Va con {found} después de {before}. Usa {expected}.",
        "The heading “{title}” skips a level. It has {found} after {before}. Use {expected}.",
    ),
    "poor-alt": Rule(
        "El texto alternativo «{alt}» no describe la imagen. Tiene {found} palabras. Di qué se ve en ella.",
        "The alternative text “{alt}” does not describe the picture. It has {found} words. Say what it shows.",
    ),
    "link-words": Rule(
        "El enlace dice «{words}». Fuera de su frase no se sabe a dónde lleva. Nombra la página a la que va.",
        "The link says “{words}”. Outside of its sentence nobody knows where it leads. Name the page it goes to.",
    ),
    "plain-http": Rule(
        "El enlace «{href}» no va cifrado. Empieza con http://. Cámbialo a https://.",
        "The link “{href}” is not encrypted. It begins with http://. Change it to https://.",
    ),
    "poor-objective": Rule(
        "El resumen no dice qué se podrá hacer al terminar. Tiene {found} palabras. Dilo en una o dos frases.",
        "The summary does not say what one can do afterwards. It has {found} words. Say so in one or two sentences.",
    ),
    "no-licence": Rule(
        "No hay licencia para este curso. Se buscó LICENSE.md en su carpeta y en la de arriba. Agrégala.",
        "There is no licence for this course. LICENSE.md was looked for in its folder and the one above. Add it.",
    ),
    "lesson-id-elsewhere": Rule(
        "Otra lección se llama igual: «{id}» está también en el curso «{course}». Se confundirían. Cambia una.",
        "Another lesson has this name: “{id}” is in the course “{course}” too. They would be confused. Change one.",
    ),
    "languages-uneven": Rule(
        "La sección «{id}» no está completa en los dos idiomas. Tiene {found} palabras en {language} y {expected} en "
        "el otro. Revisa la traducción.",
        "The section “{id}” is not whole in both languages. It has {found} words in {language} and {expected} in the "
        "other. Look over the translation.",
    ),
    "misspelt": Rule(
        "«{word}» no está en el diccionario. {times} {suggestions} Corrígela, o agrégala a _spelling/{language}.txt.",
        "“{word}” is not in the dictionary. {times} {suggestions} Mend it, or add it to _spelling/{language}.txt.",
    ),
}
ADVICE: Mapping[str, Rule] = {code: replace(rule, is_grave=False, is_advice=True) for code, rule in WORDS.items()}
