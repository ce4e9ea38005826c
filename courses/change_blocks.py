"""Changes to the blocks of a lesson's texts: texts, sections, cells and notes, in both languages at once."""

import ast
from collections.abc import Mapping
from typing import Any

from courses import prose
from courses.block_edits import get_block, new_code, new_note, new_text
from courses.blocks import BLANK, SourceBlock, split_blocks
from courses.change_exercises import copy_exercise, delete_exercise, give_name, insert_exercise
from courses.change_ids import demand_new, drop_note, list_ids, move_note
from courses.change_sections import new_id, tidy, titled, with_anchors
from courses.change_shapes import both_languages
from courses.directives import one_newline
from courses.lesson_edits import move_in_lesson, read_texts, with_texts
from courses.lesson_text import TARGET
from courses.model import LANGUAGES, Language, LocalText
from courses.python_code import NOT_PYTHON
from courses.refusals import Refused
from courses.sources import Files
from courses.text_pairs import change_both, delete_both, find_counterpart, insert_both, other

Change = Mapping[str, Any]
Pair = Mapping[Language, SourceBlock]

UNKNOWN_NOTE = LocalText(
    f"Los recuadros son {', '.join(prose.ADMONITIONS)}.", f"The boxes are {', '.join(prose.ADMONITIONS)}."
)
NOTHING_TO_INSERT = LocalText("Falta qué insertar.", "What to insert is missing.")


def change(files: Files, asked: Change) -> Files:
    """Another body, title, id or tags in one block."""
    language, index = asked["language"], asked["index"]
    texts = read_texts(files)
    block = get_block(texts[language], index)
    if "expect" in asked and one_newline(asked["expect"]).strip(BLANK) != one_newline(block.body).strip(BLANK):
        raise Refused("stale-block", block.line, found=index)
    fields = {name: asked[name] for name in ("body", "title", "tags") if name in asked}
    if "title" in fields:
        fields["title"] = tidy(fields["title"])
    if block.kind in ("text", "directive") and "body" in fields:
        if not fields["body"].strip():
            raise Refused("empty-text", block.line)
        if block.kind == "text":
            fields["body"] = with_same_section(files, block, fields["body"])
    if fields:
        files = with_texts(files, change_both(texts, language, index, **fields))
    return rename(files, block, language, index, asked["id"]) if asked.get("id", block.id) != block.id else files


def with_same_section(files: Files, block: SourceBlock, body: str) -> str:
    """A text's new body with the anchor that it had. Raises: Refused if it begins other sections than before."""
    anchors = [block.id] if block.is_section else []
    anchored_body, found = with_anchors(body, anchors, list_ids(files) - {block.id})
    if len(found) != len(anchors) or (block.id and found and found[0] != block.id):
        raise Refused("section-alone", block.line)
    return anchored_body


def rename(files: Files, block: SourceBlock, language: Language, index: int, id: str) -> Files:
    """Another id for a cell or an exercise, in both languages and wherever it is named."""
    if block.kind == "exercise":
        return give_name(files, block.id, id)
    demand_new(files, id)
    renamed = with_texts(files, change_both(read_texts(files), language, index, id=id))
    return move_note(renamed, f"cell:{block.id}", f"cell:{id}")


def insert(files: Files, asked: Change) -> Files:
    """A block more at a place of one language, and at the like place of the other."""
    language, index, kind = asked["language"], asked["index"], asked["kind"]
    if kind == "exercise":
        return insert_exercise(files, language, index, asked)
    makers = {"text": make_text, "section": make_section, "code": make_code, "note": make_note}
    pair = makers[kind](files, asked)
    return with_texts(files, insert_both(read_texts(files), language, index, pair))


def make_text(files: Files, asked: Change) -> Pair:
    return anchored(files, both_languages(asked))


def make_section(files: Files, asked: Change) -> Pair:
    """A heading with what follows it."""
    if "title" not in asked:
        raise Refused("change-shape", what=NOTHING_TO_INSERT)
    titles = both_languages(asked["title"])
    if "id" in asked:
        demand_new(files, asked["id"])
    bodies = {one: str(asked.get(one) or asked.get("es") or "") for one in LANGUAGES}
    markdown: dict[Language, str] = {one: f"## {tidy(titles[one])}\n\n{bodies[one]}".rstrip() for one in LANGUAGES}
    return anchored(files, markdown, asked.get("id", ""))


def anchored(files: Files, markdown: Mapping[Language, str], id: str = "") -> Pair:
    """Texts whose sections have an anchor, the same in both languages. id: of the first, if it is settled."""
    if any(
        block.kind in ("code", "exercise", "front-matter") for one in LANGUAGES for block in split_blocks(markdown[one])
    ):
        raise Refused("text-with-blocks")
    spanish, names = with_anchors(markdown["es"], [id] if id else [], list_ids(files))
    english, others = with_anchors(markdown["en"], names, ())
    if names != others:
        raise Refused("section-alone")
    return {"es": new_text(spanish), "en": new_text(english)}


def make_code(files: Files, asked: Change) -> Pair:
    """A cell; without an id it is called after the first name that it gives a value to."""
    source = str(asked.get("source", ""))
    taken = list_ids(files)
    if "id" in asked:
        demand_new(files, asked["id"])
    id = asked.get("id") or new_id(first_name(source).replace("_", " "), taken, "celda")
    block = new_code(id, source, tuple(asked.get("tags", ())))
    return dict.fromkeys(LANGUAGES, block)


def first_name(source: str) -> str:
    """The first name that a source gives a value to; empty if it gives none."""
    try:
        tree = ast.parse(source)
    except NOT_PYTHON:
        return ""
    targets = (target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets)
    return next((target.id for target in targets if isinstance(target, ast.Name)), "")


def make_note(files: Files, asked: Change) -> Pair:
    name = asked.get("name", "note")
    if name not in prose.ADMONITIONS:
        raise Refused("change-shape", what=UNKNOWN_NOTE)
    bodies = both_languages(asked)
    titles = {one: tidy(str(asked.get("title", {}).get(one, ""))) for one in LANGUAGES}
    return {one: new_note(name, bodies[one], titles[one] or titles["es"]) for one in LANGUAGES}


def move(files: Files, asked: Change) -> Files:
    return move_in_lesson(files, asked["language"], asked["index"], asked["to"])


def delete(files: Files, asked: Change) -> Files:
    """A block less in both languages, with its note; an exercise with all that is its own."""
    language, index = asked["language"], asked["index"]
    texts = read_texts(files)
    block = get_block(texts[language], index)
    if block.kind == "exercise":
        return delete_exercise(files, block.id)
    if block.is_section and len(titled(texts[language])) == 1:
        raise Refused("last-section", block.line)
    left = with_texts(files, delete_both(texts, language, index))
    if block.key:
        left = drop_note(left, f"{'cell' if block.kind == 'code' else block.key[0]}:{block.id}")
    return left


def copy(files: Files, asked: Change) -> Files:
    """A block twice, the second right after the first and with ids of its own."""
    language, index = asked["language"], asked["index"]
    texts = read_texts(files)
    block = get_block(texts[language], index)
    if block.kind == "front-matter":
        raise Refused("front-matter-first", block.line)
    if block.kind == "exercise":
        return copy_exercise(files, language, index)
    twin = find_counterpart(texts, language, index)
    pair = {language: block, other(language): block if twin is None else texts[other(language)][twin]}
    return with_texts(files, insert_both(texts, language, index + 1, copied(files, pair)))


def copied(files: Files, pair: Pair) -> Pair:
    """The blocks with what must not be there twice called otherwise."""
    if pair["es"].kind == "text":
        return anchored(files, {one: TARGET.sub("", one_newline(pair[one].body)) for one in LANGUAGES})
    if pair["es"].kind == "code":
        id = new_id(pair["es"].id, list_ids(files), "celda")
        return {one: new_code(id, pair[one].body, pair[one].tags) for one in LANGUAGES}
    return pair
