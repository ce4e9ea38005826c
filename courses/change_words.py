"""What a change from the editor is refused for, in words of both languages."""

from collections.abc import Mapping

from courses.rule import Rule

CHANGES: Mapping[str, Rule] = {
    "change-shape": Rule(
        "El cambio no se entendió. {what} Vuelve a abrir la lección e inténtalo otra vez.",
        "The change was not understood. {what} Open the lesson again and try once more.",
    ),
    "stale-block": Rule(
        "El bloque {found} ya dice otra cosa. Alguien lo cambió mientras escribías. Compara los dos textos y elige.",
        "The block {found} says something else by now. Somebody changed it while you wrote. Compare both and choose.",
    ),
    "empty-text": Rule(
        "El texto quedaría vacío. Un bloque sin palabras no se guarda. Escribe algo, o bórralo.",
        "The text would be empty. A block without words is not saved. Write something, or delete it.",
    ),
    "text-with-blocks": Rule(
        "El texto trae una celda o un ejercicio escritos dentro. Cada uno es un bloque aparte. Insértalo como bloque.",
        "The text has a cell or an exercise written into it. Each is a block of its own. Insert it as a block.",
    ),
    "section-alone": Rule(
        "El texto agrega, quita o mueve una sección (##) sólo en un idioma. Los dos llevan las mismas. "
        "Usa «Sección» para agregarla, o bórrala como bloque.",
        "The text adds, drops or moves a section (##) in one language only. Both hold the same ones. "
        "Use “Section” to add it, or delete it as a block.",
    ),
    "last-section": Rule(
        "Es la única sección de la lección. Sin ella no quedaría dónde leer. Agrega otra antes de borrarla.",
        "It is the only section of the lesson. Without it nothing would be left to read. Add another before.",
    ),
    "last-exercise": Rule(
        "Es el único ejercicio de la lección. Una lección lleva al menos uno. Agrega otro antes de borrarlo.",
        "It is the only exercise of the lesson. A lesson has at least one. Add another before deleting it.",
    ),
    "most-exercises": Rule(
        "La lección ya tiene {found} ejercicios. Caben {most}. Borra uno, o haz otra lección.",
        "The lesson has {found} exercises already. There is room for {most}. Delete one, or write another lesson.",
    ),
    "own-sections": Rule(
        "Las secciones salen del texto. Su lista no se cambia aparte. Cambia el título en el texto.",
        "The sections come from the text. Their list is not changed by itself. Change the title in the text.",
    ),
    "own-place": Rule(
        "{place} sigue a otra cosa. No se cambia por sí solo. Usa el bloque o el cambio de nombre.",
        "{place} follows something else. It is not changed by itself. Use the block or the renaming.",
    ),
    "file-name": Rule(
        "«{name}» no vale como archivo de la lección. {why} Elige otro nombre.",
        "“{name}” will not do as a file of the lesson. {why} Choose another name.",
    ),
    "file-kind": Rule(
        "«{name}» no se escribe como texto. Se pueden: {known}. Las imágenes se agregan como imagen.",
        "“{name}” is not written as text. These can be: {known}. Pictures are added as pictures.",
    ),
    "file-needed": Rule(
        "«{name}» hace falta. Lo usa {user}. Quita primero eso.",
        "“{name}” is needed. {user} uses it. Take that away first.",
    ),
    "lesson-full": Rule(
        "El cambio no cabe. {what}: {found}, y el máximo es {most}. Acorta o divide la lección.",
        "The change does not fit. {what}: {found}, and the most is {most}. Shorten or split the lesson.",
    ),
    "odd-letters": Rule(
        "El texto trae signos que no se pueden guardar. El primero es {found}. Bórralo y guarda otra vez.",
        "The text has signs that cannot be kept. The first is {found}. Delete it and save again.",
    ),
    "picture-kind": Rule(
        "«{name}» no se agregó. {why} Usa una imagen PNG, JPEG, WebP o GIF.",
        "“{name}” was not added. {why} Use a PNG, JPEG, WebP or GIF picture.",
    ),
    "picture-size": Rule(
        "«{name}» pesa demasiado. Son {found} y caben {most}. Hazla más chica o guárdala con menos calidad.",
        "“{name}” weighs too much. It is {found} and {most} fit. Make it smaller or save it with less quality.",
    ),
    "picture-words": Rule(
        "La imagen «{name}» no dice qué muestra. Quien no la ve se la pierde. Descríbela en una frase, sin corchetes.",
        "The picture “{name}” does not say what it shows. Who cannot see it misses it. "
        "Describe it in a sentence, without brackets.",
    ),
    "no-such-picture": Rule(
        "El texto no lleva la imagen «{name}». Se buscó y no está. Vuelve a abrir la lección.",
        "The text does not hold the picture “{name}”. It was looked for and is not there. Open the lesson again.",
    ),
    "unknown-data": Rule(
        "No hay datos «{name}». Se buscaron en el catálogo y no están. Elige otros.",
        "There is no dataset “{name}”. It was looked for in the catalogue and is not there. Choose another.",
    ),
    "data-unused": Rule(
        "La lección no usa los datos «{name}». Usa: {known}. Elige cuáles cambiar.",
        "The lesson does not use the dataset “{name}”. It uses: {known}. Choose which to swap.",
    ),
}
