"""Changes to a lesson's files: texts that are written as a whole, and pictures."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from courses.block_edits import Blocks, new_text
from courses.blocks import BOM, join_blocks, split_blocks
from courses.change_sections import TEXTS, new_id
from courses.change_shapes import both_languages
from courses.change_sheets import files_of_wrong_answers, records
from courses.complaints import Field
from courses.directives import one_newline
from courses.files import DEEPEST, LARGEST_TEXT, size
from courses.lesson_edits import EXERCISES, read_text, read_texts, with_texts
from courses.lesson_notes import NOTES, has_values
from courses.lessons import SHEET
from courses.model import LANGUAGES, LocalText
from courses.names import find_fault, folded, is_litter
from courses.prose import LARGEST_PICTURE
from courses.refusals import Refused
from courses.sheet_edits import read_sheet_value
from courses.sources import Files
from courses.text_pairs import insert_both, keys

Change = Mapping[str, Any]

KINDS = (".py", ".md", ".yaml", ".json", ".txt", ".csv")
PICTURES = "img"
SUFFIXES = ((b"\x89PNG\r\n\x1a\n", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"GIF87a", ".gif"), (b"GIF89a", ".gif"))
DEEP = LocalText(f"Está a más de {DEEPEST} carpetas.", f"It is more than {DEEPEST} folders deep.")
HIDDEN = LocalText("Así se llaman los archivos que se pasan por alto.", "Files that are passed over are called so.")
TAKEN = LocalText("Otro archivo o carpeta ya se llama igual.", "Another file or folder is called the same.")
NO_PICTURE = LocalText("Su contenido no es el de una imagen.", "Its content is not that of a picture.")
NO_BYTES = LocalText("No llegó completa.", "It did not arrive whole.")
THE_LESSON = LocalText("La lección misma", "The lesson itself")
# What Markdown would take for its own in a picture's words.
MARKUP = re.compile(r"([\\\[\]`*_<&$~])")


def write(files: Files, asked: Change) -> Files:
    """A text file, new or anew, with the line ends that it had. An English starter that was the same stays so."""
    name, text = asked["name"], one_newline(asked["text"]).removeprefix(BOM)
    demand_name(files, name)
    if text and not text.endswith("\n"):
        text += "\n"
    old = files.get(name, b"")
    raw = (text.replace("\n", "\r\n") if b"\r\n" in old.partition(b"\n")[0] + b"\n" else text).encode()
    if len(raw) > LARGEST_TEXT:
        raise too_large(name, size(len(raw)), size(LARGEST_TEXT))
    demand_readable(files, name, text)
    written = {**files, name: raw}
    english = f"{name.removesuffix('.py')}.en.py"
    if name.endswith("/starter.py") and files.get(english, old) == old:
        written[english] = raw
    return written


def too_large(name: str, found: Field, most: Field) -> Refused:
    return Refused("lesson-full", what=LocalText(f"Peso de «{name}»", f"Weight of “{name}”"), found=found, most=most)


def demand_name(files: Files, name: str) -> None:
    """Raises: Refused for a name that no lesson's text file may have."""
    why = find_fault(name) or (DEEP if name.count("/") > DEEPEST else HIDDEN if is_litter(name) else None)
    clashing = (one for one in files if one != name and is_clash(folded(one), folded(name)))
    if why is None and next(clashing, None) is not None:
        why = TAKEN
    if why is not None:
        raise Refused("file-name", name=name, why=why)
    if not name.endswith(KINDS):
        raise Refused("file-kind", name=name, known=", ".join(KINDS))


def is_clash(one: str, other: str) -> bool:
    """Whether two names are one on some machine, or one is a folder of the other."""
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def demand_readable(files: Files, name: str, text: str) -> None:
    """Raises: Refused if lesson.yaml or notes.yaml could not be read any more, or the lesson changed its name."""
    if name == SHEET:
        new, old = read_sheet_value(text), readable_value(files)
        if not isinstance(new, dict) or (isinstance(old, dict) and new.get("id") != old.get("id")):
            raise Refused("own-place", place="id")
    elif name == NOTES and has_values(text):
        read_sheet_value(text)


def readable_value(files: Files) -> Any:
    """What lesson.yaml says; None where it cannot be read as it is, which is what its author wants to mend."""
    try:
        return read_sheet_value(read_text(files, SHEET))
    except Refused:
        return None


def remove(files: Files, asked: Change) -> Files:
    name = asked["name"]
    if name not in files:
        raise Refused("no-such-file", name=name)
    user = find_user(files, name)
    if user is not None:
        raise Refused("file-needed", name=name, user=user)
    return {one: raw for one, raw in files.items() if one != name}


def find_user(files: Files, name: str) -> LocalText | None:
    """What of the lesson cannot do without a file; None if it may go."""
    if name in (SHEET, *TEXTS):
        return THE_LESSON
    value = read_sheet_value(read_text(files, SHEET))
    coded = [one.get("id") for one in records(value, EXERCISES) if one.get("kind") == "code"]
    for id in coded:
        if name in (f"{EXERCISES}/{id}/starter.py", f"{EXERCISES}/{id}/solution.py"):
            return LocalText(f"El ejercicio «{id}»", f"The exercise “{id}”")
    if name in files_of_wrong_answers(value):
        return LocalText("Una respuesta equivocada", "A wrong answer")
    if name.startswith(f"{PICTURES}/") and any(name in read_text(files, text) for text in TEXTS):
        return LocalText("El texto", "The text")
    return None


def add_image(files: Files, asked: Change) -> Files:
    """A picture in img/, and a text that shows it in each language. Its name is made from the one that it had."""
    called = asked["name"].replace("\\", "/").rpartition("/")[2]
    raw = read_picture(called, asked["content_base64"])
    stem = new_id(PurePosixPath(called).stem, (), "imagen")
    taken = {PurePosixPath(one).stem for one in files if one.startswith(f"{PICTURES}/")}
    name = f"{PICTURES}/{new_id(stem, taken, 'imagen')}{find_suffix(raw)}"
    words = {one: escaped(text, name) for one, text in both_languages(asked["alt"]).items()}
    pair = {one: new_text(f"![{words[one]}]({name})") for one in LANGUAGES}
    texts = insert_both(read_texts(files), asked["language"], asked["index"], pair)
    return {**with_texts(files, texts), name: raw}


def read_picture(name: str, content: str) -> bytes:
    """A picture's bytes. Raises: Refused if it is none, or too large."""
    most = size(LARGEST_PICTURE)
    if len(content) > 2 * LARGEST_PICTURE:
        raise Refused("picture-size", name=name, found=size(len(content) * 3 // 4), most=most)
    try:
        raw = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused("picture-kind", name=name, why=NO_BYTES) from error
    if find_suffix(raw) is None:
        raise Refused("picture-kind", name=name, why=NO_PICTURE)
    if len(raw) > LARGEST_PICTURE:
        raise Refused("picture-size", name=name, found=size(len(raw)), most=most)
    return raw


def find_suffix(raw: bytes) -> str | None:
    """The suffix for a picture of a kind that holds no program; None for all else."""
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return ".webp"
    return next((suffix for start, suffix in SUFFIXES if raw.startswith(start)), None)


def escaped(words: str, name: str) -> str:
    """A picture's words on one line, with nothing that Markdown would take for its own."""
    line = " ".join(words.split())
    if not line:
        raise Refused("picture-words", name=name)
    return MARKUP.sub(r"\\\1", line)


def change_alt(files: Files, asked: Change) -> Files:
    """Other words for a picture, in the languages that are given, wherever the texts show it."""
    texts = dict(read_texts(files))
    picture = re.compile(rf"!\[(?:\\.|[^\[\]\\])*\](?=\(\s*{re.escape(asked['name'])}[\s)])")
    for language in LANGUAGES:
        if language in asked["alt"]:
            words = f"![{escaped(asked['alt'][language], asked['name'])}]"
            texts[language] = replaced(texts[language], picture, words, asked["name"])
    return with_texts(files, texts)


def replaced(blocks: Blocks, pattern: re.Pattern[str], words: str, name: str) -> Blocks:
    if not any(pattern.search(block.content) for block in blocks if block.kind != "code"):
        raise Refused("no-such-picture", name=name)
    new = tuple(
        block if block.kind == "code" else replace(block, content=pattern.sub(lambda _: words, block.content))
        for block in blocks
    )
    found = split_blocks(join_blocks(new))
    if keys(found) != keys(blocks):
        raise Refused("block-leaks", found=words)
    return found
