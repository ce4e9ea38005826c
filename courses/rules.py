"""Every complaint that content can earn: its code, and its words in Spanish and English with their {fields}.

A message has three parts: what happened, what we saw, what to do. `courses/README.md` lists the codes.
"""

from collections.abc import Mapping

from courses.advice_words import ADVICE
from courses.rule import Rule

FILES: Mapping[str, Rule] = {
    "missing-file": Rule(
        "Falta «{name}». Se buscó en esta carpeta y no está. Créalo, o quita de dónde se menciona.",
        "“{name}” is missing. It was looked for in this folder and is not there. Create it, or remove its mention.",
    ),
    "odd-file": Rule(
        "«{name}» no se leyó. Es {kind}, y aquí sólo valen archivos y carpetas normales. Pon una copia del archivo.",
        "“{name}” was not read. It is {kind}, and only plain files and folders count here. Put a copy of the file.",
    ),
    "unreadable": Rule(
        "«{name}» no se pudo leer. El sistema dijo: {reason}. Revisa sus permisos.",
        "“{name}” could not be read. The system said: {reason}. Look at its permissions.",
    ),
    "too-large": Rule(
        "«{name}» es demasiado grande. Mide {found} y el máximo es {most}. Divídelo o redúcelo.",
        "“{name}” is too large. It measures {found} and the most is {most}. Split it or make it smaller.",
    ),
    "not-utf8": Rule(
        "El texto no está en UTF-8. El byte {byte} no se entiende. Guarda el archivo con codificación UTF-8.",
        "The text is not in UTF-8. The byte {byte} makes no sense. Save the file with UTF-8 encoding.",
    ),
    "not-yaml": Rule(
        "El YAML no se pudo leer. El lector dijo: {reason}. Revisa sangrías, comillas y dos puntos de esta línea.",
        "The YAML could not be read. The reader said: {reason}. Look at the indents, quotes and colons of this line.",
    ),
    "not-json": Rule(
        "El JSON no se pudo leer. El lector dijo: {reason}. Revisa comas, comillas y llaves de esta línea.",
        "The JSON could not be read. The reader said: {reason}. Look at the commas, quotes and braces of this line.",
    ),
    "repeated-key": Rule(
        "La clave «{key}» está dos veces en el mismo lugar. Sólo una valdría. Borra la que sobra.",
        "The key “{key}” is twice in the same place. Only one would count. Delete the other.",
    ),
}

SHAPES: Mapping[str, Rule] = {
    "missing-key": Rule(
        "En {place} falta «{key}». Es obligatorio. Agrégalo.",
        "“{key}” is missing from {place}. It is required. Add it.",
    ),
    "unknown-key": Rule(
        "En {place} sobra «{key}». Aquí se conocen: {known}. Corrige el nombre o bórralo.",
        "“{key}” does not belong in {place}. Known here are: {known}. Mend the name or delete it.",
    ),
    "wrong-type": Rule(
        "{place} debe ser {expected}. Se encontró {found}. Corrígelo.",
        "{place} must be {expected}. We found {found}. Mend it.",
    ),
    "not-allowed": Rule(
        "{place} no admite {found}. Se admite: {allowed}. Elige uno.",
        "{place} does not take {found}. It takes: {allowed}. Choose one.",
    ),
    "bad-form": Rule(
        "{place} no tiene la forma esperada. Se encontró {found}. La forma es {pattern}.",
        "{place} does not have the form it should. We found {found}. The form is {pattern}.",
    ),
    "out-of-range": Rule(
        "{place} se sale de lo permitido. Se encontró {found}. El límite es {limit}.",
        "{place} is out of range. We found {found}. The limit is {limit}.",
    ),
    "too-few": Rule(
        "{place} se queda corto. Tiene {found}. El mínimo es {limit}; completa lo que falta.",
        "{place} is too short. It has {found}. The least is {limit}; add what is missing.",
    ),
    "too-many": Rule(
        "{place} se pasa. Tiene {found}. El máximo es {limit}; quita lo que sobra.",
        "{place} is too long. It has {found}. The most is {limit}; take away the rest.",
    ),
    "repeated": Rule(
        "{place} repite un elemento. Se encontró {found}. Deja cada uno una sola vez.",
        "{place} repeats an item. We found {found}. Leave each one only once.",
    ),
    "does-not-fit": Rule(
        "{place} no cumple su esquema. Se encontró {found}. Mira courses/schema/.",
        "{place} does not fit its schema. We found {found}. Look at courses/schema/.",
    ),
    "wrong-id": Rule(
        "El identificador no es el de la carpeta. Dice «{found}» y la carpeta es «{folder}». Usa el mismo nombre.",
        "The id is not that of the folder. It says “{found}” and the folder is “{folder}”. Use the same name.",
    ),
    "repeated-id": Rule(
        "El identificador «{id}» está dos veces ({what}). Cada uno debe ser único en la lección. Cambia uno.",
        "The id “{id}” is there twice ({what}). Each must be unique in the lesson. Change one.",
    ),
    "reserved-id": Rule(
        "El identificador «{id}» lo usa la página misma. Los enlaces llegarían a otro sitio. Elige otro nombre.",
        "The id “{id}” is used by the page itself. Links would lead elsewhere. Choose another name.",
    ),
}

COURSES: Mapping[str, Rule] = {
    "no-lesson": Rule(
        "El curso menciona una lección que no existe. La carpeta «{id}» no está. Créala o quítala de lessons.",
        "The course names a lesson that does not exist. The folder “{id}” is not there. Create it or unlist it.",
        is_grave=False,
    ),
    "lesson-not-listed": Rule(
        "La lección «{id}» no se ofrece. No está en lessons de course.yaml. Agrégala donde le toque.",
        "The lesson “{id}” is not offered. It is not in lessons of course.yaml. Add it where it belongs.",
        is_grave=False,
    ),
    "circular-course": Rule(
        "Los cursos se piden unos a otros en círculo: {circle}. Nadie podría empezar. Quita uno de prerequisites.",
        "The courses ask for each other in a circle: {circle}. Nobody could begin. Take one out of prerequisites.",
        is_grave=False,
    ),
    "no-course": Rule(
        "El curso pide antes «{id}». No hay un curso con ese nombre. Corrige prerequisites.",
        "The course asks for “{id}” first. There is no course of that name. Mend prerequisites.",
        is_grave=False,
    ),
}

TEXTS: Mapping[str, Rule] = {
    "heading-1": Rule(
        "Hay un título de primer nivel: «{title}». El título de la lección vive en lesson.yaml. Usa ## o ###.",
        "There is a first-level heading: “{title}”. The lesson's title lives in lesson.yaml. Use ## or ###.",
        is_grave=False,
    ),
    "no-anchor": Rule(
        "La sección «{title}» no tiene ancla. Sin ella no se puede enlazar. Escribe (nombre)= en la línea de arriba.",
        "The section “{title}” has no anchor. Without it nothing can link to it. Write (a-name)= on the line above.",
    ),
    "stray-anchor": Rule(
        "El ancla «{id}» no toca ningún título. Un ancla va justo antes de ## o ###. Muévela o bórrala.",
        "The anchor “{id}” touches no heading. An anchor goes right before ## or ###. Move it or delete it.",
        is_grave=False,
    ),
    "sections-differ": Rule(
        "Las secciones no son las de lesson.yaml. Aquí: {found}. Allá: {expected}. Deja las mismas, en el mismo orden.",
        "The sections are not those of lesson.yaml. Here: {found}. There: {expected}. Keep them the same, in order.",
    ),
    "section-title": Rule(
        "El título de «{id}» no coincide. Aquí dice «{found}» y lesson.yaml dice «{expected}». Deja uno.",
        "The title of “{id}” does not agree. It says “{found}” here and “{expected}” in lesson.yaml. Keep one.",
        is_grave=False,
    ),
    "no-label": Rule(
        "Un bloque {kind} no tiene nombre. Le falta la línea :label:. Agrégala debajo de su apertura.",
        "A {kind} block has no name. Its :label: line is missing. Add it below the opening.",
    ),
    "unknown-option": Rule(
        "Un bloque {kind} trae «{option}», que no se conoce. Se conocen: {known}. Corrige o borra la línea.",
        "A {kind} block has “{option}”, which is not known. Known are: {known}. Mend or delete the line.",
    ),
    "unknown-directive": Rule(
        "No se conoce el bloque «{name}». Se conocen: {known}. Corrige el nombre.",
        "The block “{name}” is not known. Known are: {known}. Mend the name.",
    ),
    "unclosed": Rule(
        "El bloque que empieza con «{opening}» no se cierra. Se llevó el resto del texto. Ciérralo con {markup}.",
        "The block that opens with “{opening}” is not closed. It took the rest of the text. Close it with {markup}.",
    ),
    "nested-block": Rule(
        "Un bloque {kind} está dentro de otro. Así no se ejecuta ni se califica. Sácalo al margen izquierdo.",
        "A {kind} block is inside of another. It is neither run nor graded there. Move it out to the left margin.",
    ),
    "bad-formula": Rule(
        "Una fórmula no se pudo leer: {formula}. Revisa llaves y nombres de LaTeX.",
        "A formula could not be read: {formula}. Look at its braces and LaTeX names. Mend it.",
    ),
    "bad-picture": Rule(
        "La imagen «{name}» no vale. {why} Usa un archivo de img/: PNG, JPEG, WebP, GIF o SVG de hasta {most}.",
        "The picture “{name}” will not do. {why} Use a file of img/: PNG, JPEG, WebP, GIF or SVG of up to {most}.",
    ),
    "no-alt": Rule(
        "La imagen «{name}» no tiene texto alternativo. Quien no la ve no sabe qué dice. Descríbela entre ![ y ].",
        "The picture “{name}” has no alternative text. Who cannot see it misses it. Describe it between ![ and ].",
        is_grave=False,
    ),
    "bad-link": Rule(
        "El enlace «{href}» no lleva a ningún lado. Vale https://, mailto: o #ancla de esta lección. Corrígelo.",
        "The link “{href}” leads nowhere. Allowed are https://, mailto: and #anchor of this lesson. Mend it.",
        is_grave=False,
    ),
    "blocks-differ": Rule(
        "Los dos idiomas no llevan los mismos bloques. Aquí va {found} y en español {expected}. Iguálalos.",
        "The two languages do not hold the same blocks. Here stands {found}, in Spanish {expected}. Make them equal.",
    ),
    "code-differs": Rule(
        "La celda «{id}» hace otra cosa en inglés. Sólo pueden cambiar textos y comentarios. Copia el código.",
        "The cell “{id}” does something else in English. Only texts and comments may differ. Copy the code.",
        is_grave=False,
    ),
    "quotes": Rule(
        "Comillas que no son las del idioma: {found}. En español van «así», en inglés “así”. Cámbialas.",
        "Quotes that are not the language's: {found}. Spanish takes «these», English “these”. Change them.",
        is_grave=False,
    ),
    "dashes": Rule(
        "Un guion hace de raya: {found}. Se escribe – o —, o mejor con coma o punto. Cámbialo.",
        "A hyphen stands for a dash: {found}. Write – or —, or better a comma or a full stop. Change it.",
        is_grave=False,
    ),
}

EXERCISES: Mapping[str, Rule] = {
    "exercise-not-placed": Rule(
        "El ejercicio «{id}» no aparece en {name}. Nadie podría hacerlo. Ponlo con :::{{exercise}}.",
        "The exercise “{id}” is not in {name}. Nobody could do it. Place it with :::{{exercise}}.",
    ),
    "exercise-twice": Rule(
        "El ejercicio «{id}» está dos veces en el texto. Cada uno va una vez. Quita el que sobra.",
        "The exercise “{id}” is twice in the text. Each goes once. Remove the other.",
    ),
    "exercise-unknown": Rule(
        "El texto pide el ejercicio «{id}». No está en lesson.yaml. Agrégalo ahí o corrige el nombre.",
        "The text asks for the exercise “{id}”. It is not in lesson.yaml. Add it there or mend the name.",
    ),
    "exercise-order": Rule(
        "Los ejercicios no van en el mismo orden. El texto lleva {found} y lesson.yaml {expected}. Ordénalos igual.",
        "The exercises are not in the same order. The text has {found} and lesson.yaml {expected}. Order them alike.",
        is_grave=False,
    ),
    "does-not-compile": Rule(
        "El código no compila. Python dijo: {reason}. Corrige esa línea.",
        "The code does not compile. Python said: {reason}. Mend that line.",
    ),
    "starter-is-solution": Rule(
        "El punto de partida de «{id}» ya es la solución. No quedaría nada por hacer. Deja ... donde va la respuesta.",
        "The starter of “{id}” is already the solution. Nothing would be left to do. Leave ... where the answer goes.",
    ),
    "few-wrong-answers": Rule(
        "«{id}» declara {found} respuestas equivocadas. Hacen falta al menos 2, cada una con su mensaje. Agrégalas.",
        "“{id}” declares {found} wrong answers. At least 2 are needed, each with its message. Add them.",
        is_grave=False,
    ),
    "no-such-check": Rule(
        "La respuesta equivocada «{id}» nombra la comprobación «{check}», que no existe. Las hay: {known}. Corrígela.",
        "The wrong answer “{id}” names the check “{check}”, which does not exist. There are: {known}. Mend it.",
    ),
    "no-such-hint-check": Rule(
        "Una pista de «{id}» nombra la comprobación «{check}», que no existe. Las hay: {known}. Corrígela.",
        "A hint of “{id}” names the check “{check}”, which does not exist. There are: {known}. Mend it.",
    ),
    "wrong-answer-is-right": Rule(
        "La respuesta equivocada «{id}» es igual a una solución. No se podría distinguir. Cambia una de las dos.",
        "The wrong answer “{id}” is the same as a solution. They could not be told apart. Change one of the two.",
    ),
    "same-wrong-answer": Rule(
        "Las respuestas equivocadas «{id}» y «{other}» son el mismo código. Su mensaje sería al azar. Deja una.",
        "The wrong answers “{id}” and “{other}” are the same code. Their message would be chance. Keep one.",
    ),
    "points": Rule(
        "Los puntos de «{id}» no cuadran. El ejercicio dice {found} y sus comprobaciones suman {expected}. Iguálalos.",
        "The points of “{id}” do not add up. The exercise says {found}, its checks add to {expected}. Make them equal.",
    ),
    "minutes": Rule(
        "Los ejercicios no caben en la lección. Suman {found} minutos y la lección dura {expected}. Ajusta uno u otro.",
        "The exercises do not fit in the lesson. They take {found} minutes and the lesson {expected}. Adjust either.",
        is_grave=False,
    ),
    "choice-options": Rule(
        "Las opciones de «{id}» no sirven. Hay {right} correctas y {wrong} equivocadas. {what}",
        "The options of “{id}” will not do. There are {right} right and {wrong} wrong. {what}",
    ),
    "no-message": Rule(
        "La opción equivocada «{option}» de «{id}» no dice nada a quien la elige. Falta su mensaje. Escríbelo.",
        "The wrong option “{option}” of “{id}” says nothing to who chooses it. Its message is missing. Write it.",
        is_grave=False,
    ),
    "check-kind": Rule(
        "La comprobación «{check}» es de tipo {kind}. Un ejercicio {exercise} no la admite. Usa {allowed}.",
        "The check “{check}” is of kind {kind}. A {exercise} exercise does not take it. Use {allowed}.",
    ),
    "no-order": Rule(
        "Los elementos de «{id}» no tienen orden. Todos llevan with_above. Quítalo donde el orden importe.",
        "The items of “{id}” have no order. All of them have with_above. Take it away where order matters.",
    ),
    "not-the-items": Rule(
        "La respuesta equivocada «{id}» no ordena lo mismo. Trae {found}; los elementos son {expected}. Ponlos todos.",
        "The wrong answer “{id}” does not order the same. It has {found}; the items are {expected}. Put them all.",
    ),
    "no-such-answer": Rule(
        "El elemento «{id}» va con «{answer}», que no está en answers. Las hay: {known}. Corrígelo.",
        "The item “{id}” goes with “{answer}”, which is not in answers. There are: {known}. Mend it.",
    ),
    "first-unit": Rule(
        "El número de «{id}» va en {unit}, su primera unidad. Su factor es {found}. Quita ese factor: siempre es 1.",
        "The number of “{id}” is in {unit}, its first unit. Its factor is {found}. Take it away: it is always 1.",
    ),
    "stray-rubric": Rule(
        "«{id}» tiene rúbrica y es de tipo {kind}. Sólo la llevan text y code. Quítala o cambia el tipo.",
        "“{id}” has a rubric and is of kind {kind}. Only text and code have one. Take it out or change the kind.",
    ),
    "no-rubric": Rule(
        "«{id}» pide dos docentes y no tiene rúbrica. No tendrían con qué calificar. Agrega rubric.",
        "“{id}” asks for two markers and has no rubric. They would have nothing to mark by. Add rubric.",
    ),
    "rubric-levels": Rule(
        "Los niveles de «{id}» no van de menos a más. Sus puntos son {found}. Ordénalos, sin repetir.",
        "The levels of “{id}” do not go from least to most. Their points are {found}. Sort them, without repeating.",
    ),
    "text-length": Rule(
        "El texto de «{id}» pide al menos {least} palabras y a lo más {most}. No se puede cumplir. Corrige length.",
        "The text of “{id}” asks for at least {least} words and at most {most}. Nobody can do that. Mend length.",
    ),
    "no-english-starter": Rule(
        "El punto de partida de «{id}» sólo está en español. Falta starter.en.py. Agrégalo, aunque sea igual.",
        "The starter of “{id}” is only in Spanish. starter.en.py is missing. Add it, even if it is the same.",
        is_grave=False,
    ),
    "stray-note": Rule(
        "Hay una nota para «{key}», que no está en la lección. Va section:, cell: o exercise: y su nombre. Corrígela.",
        "There is a note for “{key}”, which is not in the lesson. It takes section:, cell: or exercise: and a name. "
        "Mend it.",
        is_grave=False,
    ),
    "unused-file": Rule(
        "«{name}» no lo usa nadie. lesson.yaml no lo menciona. Menciónalo o bórralo.",
        "Nobody uses “{name}”. lesson.yaml does not mention it. Mention it or delete it.",
        is_grave=False,
    ),
}

DATASETS: Mapping[str, Rule] = {
    "no-dataset": Rule(
        "La lección usa los datos «{name}». No están, o no se pudieron leer. Corrige el nombre o repón los datos.",
        "The lesson uses the dataset “{name}”. It is not there, or cannot be read. Mend the name or restore it.",
        is_grave=False,
    ),
    "dataset-version": Rule(
        "La lección usa «{name}» en la versión {expected}. Hay la {found}. Revisa la lección y pon esa versión.",
        "The lesson uses “{name}” in version {expected}. There is {found}. Review the lesson and pin that version.",
        is_grave=False,
    ),
    "dataset-damaged": Rule(
        "Los datos «{name}» están dañados. Sus bytes no son los declarados. La lección se lee, pero no se ejecuta.",
        "The dataset “{name}” is damaged. Its bytes are not those declared. The lesson can be read, but does not run.",
        is_grave=False,
    ),
    "dataset-not-listed": Rule(
        "El código usa los datos «{name}». No están en datasets de lesson.yaml y no se montarían. Agrégalos.",
        "The code uses the dataset “{name}”. It is not in datasets of lesson.yaml and would not be there. Add it.",
    ),
    "no-resource": Rule(
        "Los datos «{name}» no tienen el archivo «{resource}». Tienen: {known}. Corrige el nombre.",
        "The dataset “{name}” has no file “{resource}”. It has: {known}. Mend the name.",
    ),
    "file-changed": Rule(
        "«{name}» no es el archivo declarado. {found}; se esperaba {expected}. Repónlo o publica otra versión.",
        "“{name}” is not the file declared. {found}; expected {expected}. Restore it or publish a new version.",
        is_grave=False,
    ),
    "bad-encoding": Rule(
        "«{name}» no está en la codificación declarada. Dice {encoding} y así no se lee. Corrige encoding.",
        "“{name}” is not in the declared encoding. It says {encoding} and cannot be read so. Mend encoding.",
    ),
    "columns-differ": Rule(
        "Las columnas de «{name}» no son las declaradas. Trae: {found}. El paquete dice: {expected}. Iguálalas.",
        "The columns of “{name}” are not those declared. It has: {found}. The package says: {expected}. Equal them.",
        is_grave=False,
    ),
}

RULES: Mapping[str, Rule] = {**FILES, **SHAPES, **COURSES, **TEXTS, **EXERCISES, **DATASETS, **ADVICE}
