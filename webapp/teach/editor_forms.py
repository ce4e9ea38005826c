"""What a form of the editor asks for, as changes of courses.apply_change: mostly one, more where they hang together."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from courses import Refused, Texts, find_place, read_texts
from graders import Field, SentenceRefused, list_sentences, read, tell
from webapp.services.manuscripts.records import Files
from webapp.teach.editor_exercise import items
from webapp.teach.editor_page import BlockForm, pair_up, parse_sheet
from webapp.teach.editor_values import FormRefused, read_path, read_record, read_whole

Fields = Mapping[str, str]
Change = Mapping[str, Any]
Changes = tuple[Change, ...]
Path = list[str | int]

SENTENCE = "f:"
LEVELS = ("1", "2", "3")
CHECK_FACTS = ("id", "kind", "points", "title", "message")
# What a new block begins with, to be written over.
NEW: Mapping[str, Mapping[str, Any]] = {
    "text": {"es": "Escribe aquí.", "en": "Write here."},
    "section": {"title": {"es": "Sección nueva", "en": "New section"}},
    "code": {"source": "..."},
    "exercise": {"title": {"es": "Ejercicio nuevo", "en": "New exercise"}},
    "note": {"name": "note", "es": "Escribe aquí la nota.", "en": "Write the note here."},
}  # fmt: skip


def read_changes(fields: Fields, files: Files) -> Changes:
    """Raises: FormRefused for what no field of ours can hold."""
    reader = READERS.get(fields.get("do", ""))
    if reader is None:
        raise FormRefused("do", _l("La página está incompleta. Recárgala e inténtalo de nuevo."))
    return reader(fields, files)


def change_block(fields: Fields, files: Files) -> Changes:
    change: dict[str, Any] = {"do": "block.change", **place_of(fields, files)}
    for name in ("body", "title", "id"):
        if name in fields:
            change[name] = plain(fields[name])
    if "tags" in fields:
        change["tags"] = ["locked"] if fields.get("locked") else []
    return (change,)


def place_of(fields: Fields, files: Files, name: str = "block") -> dict[str, Any]:
    """Where a block stands that a form names by its key. Raises: FormRefused where it is no more."""
    block = find_form(files, fields.get(name, ""))
    wanted = fields.get("language", block.language)
    side = next((one for one in block.sides if one.language == wanted), None)
    if side is None:
        raise gone()
    return {"language": side.language, "index": side.place}


def find_form(files: Files, key: str) -> BlockForm:
    found = next((one for one in pair_up(read_texts(files)) if one.key == key), None)
    if found is None:
        raise gone()
    return found


def gone() -> FormRefused:
    return FormRefused(
        "block", _l("Ese bloque ya no está en la lección. Recarga la página; lo escrito sigue en este equipo.")
    )


def plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def move_block(fields: Fields, files: Files) -> Changes:
    """`step` moves it up or down by one; `before` names the block that it is to stand before, or "end"."""
    place = place_of(fields, files)
    index = int(place["index"])
    if "before" not in fields:
        return ({"do": "block.move", **place, "to": index + (1 if fields.get("step") == "1" else -1)},)
    mates = [one for one in pair_up(read_texts(files)) if any(side.language == place["language"] for side in one.sides)]
    ends = {one.key: side.place for one in mates for side in one.sides if side.language == place["language"]}
    target = ends.get(fields["before"], max(ends.values()) + 1)
    return ({"do": "block.move", **place, "to": target - (target > index)},)


def at_place(do: str) -> Callable[[Fields, Files], Changes]:
    return lambda fields, files: ({"do": do, **place_of(fields, files)},)


def place_after(key: str, texts: Texts) -> dict[str, Any]:
    """Where a new block goes: after the one of that key, at the end where there is none."""
    forms = tuple(pair_up(texts))
    if not forms:
        return {"language": "es", "index": len(texts["es"])}
    block = next((one for one in forms if one.key == key), forms[-1])
    return {"language": block.language, "index": block.place + 1}


def insert_block(fields: Fields, files: Files) -> Changes:
    """kind: what is inserted; of an exercise with its own kind behind a colon."""
    kind, _colon, exercise_kind = fields.get("kind", "text").partition(":")
    place = place_after(fields.get("after", ""), read_texts(files))
    change: dict[str, Any] = {"do": "block.insert", **place, "kind": kind, **NEW.get(kind, {})}
    if kind == "exercise":
        change["exercise_kind"] = exercise_kind or "code"
    if kind == "dataset":
        change["name"] = fields.get("name", "")
    return (change,)


def set_record(fields: Fields, files: Files) -> Changes:
    """A mapping of lesson.yaml with the form's fields in it."""
    path = read_path(fields)
    return ({"do": "sheet.set", "path": path, "value": read_record(fields, find(files, path))},)


def set_fields(fields: Fields, files: Files) -> Changes:
    """Several fields of one mapping, each as a change of its own, so that two people may write in it at once."""
    path = read_path(fields)
    old = find(files, path)
    new = read_record(fields, old)
    changed = [
        {"do": "sheet.set", "path": [*path, name], "value": value}
        for name, value in new.items()
        if name not in old or old[name] != value
    ]
    return (*changed, *({"do": "sheet.remove", "path": [*path, name]} for name in old if name not in new))


def find(files: Files, path: Path) -> Mapping[str, Any]:
    """The mapping at a place of lesson.yaml; empty where there is none yet."""
    value = parse_sheet(files)
    value = value.value if value else {}
    try:
        for step in find_place(value, *path):
            value = value[step]
    except (Refused, KeyError, IndexError, TypeError):
        return {}
    return value if isinstance(value, dict) else {}


def insert_item(fields: Fields, files: Files) -> Changes:
    """An item more in a list of lesson.yaml, made of the form's fields. `named`: it gets an id that is free."""
    path = read_path(fields)
    value: Any = read_record(fields, {})
    if "named" in fields:
        value = {"id": free_id(files, path, fields["named"]), **value}
    return (
        {"do": "sheet.insert", "path": path, "value": value},
        *reorder(files, path, lambda ids: [*ids, value["id"]]),
    )


def reorder(files: Files, path: Path, change: Callable[[list[str]], list[str]]) -> Changes:
    """Wrong answers of an order exercise name all of its items, so they follow where one comes or goes."""
    if len(path) != 3 or path[2] != "items":
        return ()
    exercise = find(files, path[:2])
    found = exercise.get("wrong_answers") if exercise.get("kind") == "order" else None
    return tuple(
        {"do": "sheet.set", "path": [*path[:2], "wrong_answers", place, "answer"], "value": change(one["answer"])}
        for place, one in enumerate(found if isinstance(found, list) else ())
        if isinstance(one, dict) and isinstance(one.get("answer"), list)
    )


def free_id(files: Files, path: Path, stem: str) -> str:
    above, name = find(files, path[:-1]), path[-1]
    found = above.get(str(name))
    ids = {one.get("id") for one in found if isinstance(one, dict)} if isinstance(found, list) else set()
    plain_stem = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "uno"
    return next(one for one in [plain_stem, *(f"{plain_stem}-{n}" for n in range(2, 99))] if one not in ids)


def remove_item(fields: Fields, files: Files) -> Changes:
    path = read_path(fields)
    id = find(files, path).get("id")
    rest = reorder(files, path[:-1], lambda ids: [one for one in ids if one != id])
    return ({"do": "sheet.remove", "path": path}, *rest)


def move_item(fields: Fields, files: Files) -> Changes:
    return ({"do": "sheet.move", "path": read_path(fields), "to": read_whole(fields, "to")},)


def write_file(fields: Fields, files: Files) -> Changes:
    text = plain(fields.get("text", ""))
    ended = text if not text or text.endswith("\n") else f"{text}\n"
    return ({"do": "file.write", "name": fields.get("name", ""), "text": ended},)


def remove_file(fields: Fields, files: Files) -> Changes:
    return ({"do": "file.remove", "name": fields.get("name", "")},)


def set_competencies(fields: Fields, files: Files) -> Changes:
    """`k:K4` holds the level of K4, or nothing. Those that were there keep their order."""
    path = read_path(fields)
    old = [one.get("id") for one in items(find(files, path), "competencies")]
    levels = {name[2:]: int(level) for name, level in fields.items() if name.startswith("k:") and level in LEVELS}
    ordered = sorted(levels, key=lambda id: (old.index(id) if id in old else len(old), id))
    value = [{"id": id, "level": levels[id]} for id in ordered]
    return ({"do": "sheet.set", "path": [*path, "competencies"], "value": value},)


def set_check(fields: Fields, files: Files) -> Changes:
    """A check out of its sentence."""
    exercise, old_id, kind = fields.get("exercise", ""), fields.get("check", ""), fields.get("kind", "")
    path: Path = ["exercises", exercise, "checks", old_id]
    old = find(files, path)
    facts = read_record(fields, {key: value for key, value in old.items() if key in CHECK_FACTS})
    values = {name.removeprefix(SENTENCE): plain(raw) for name, raw in fields.items() if name.startswith(SENTENCE)}
    if kind != old.get("kind"):
        values = {**first_values(kind), **values}
    ordered = {name: facts[name] for name in CHECK_FACTS if name in facts}
    value = {**ordered, "kind": kind, **read_params(kind, values)}
    return ({"do": "sheet.set", "path": path, "value": value},)


def read_params(kind: str, values: Mapping[str, str]) -> Mapping[str, Any]:
    try:
        return read(kind, values)
    except SentenceRefused as refused:
        raise FormRefused(f"{SENTENCE}{refused.field}", refused.message) from refused


def first_values(kind: str) -> Mapping[str, str]:
    """Values to begin a sentence with: examples, to be written over. Where nothing is due, the first that will do."""
    sentence = next((one for one in list_sentences() if one.kind == kind), None)
    fields = sentence.fields if sentence else ()
    due = {field.name: example_of(field) for field in fields if field.is_required}
    tries = [due, *(due | {field.name: example_of(field)} for field in fields if example_of(field))]
    return next((one for one in tries if is_readable(kind, one)), due)


def example_of(field: Field) -> str:
    first = next((key for key, _words in field.options if key), "yes" if field.type == "yes" else "")
    return field.value or field.example or first


def is_readable(kind: str, values: Mapping[str, str]) -> bool:
    try:
        return bool(read(kind, values))
    except SentenceRefused:
        return False


def add_check(fields: Fields, files: Files) -> Changes:
    """A check more, with a sentence that has examples where words are due."""
    exercise, kind = fields.get("exercise", ""), fields.get("kind", "")
    path: Path = ["exercises", exercise, "checks"]
    params = read_params(kind, first_values(kind))
    title = tell(kind, params).title
    value = {
        "id": free_id(files, path, kind), "kind": kind, "points": 1,
        "title": {"es": title.es, "en": title.en or title.es}, **params,
    }  # fmt: skip
    return ({"do": "sheet.insert", "path": path, "value": value},)


def add_wrong(fields: Fields, files: Files) -> Changes:
    """A wrong answer more: its file, which begins as the code that learners find, and its record."""
    exercise = fields.get("exercise", "")
    path: Path = ["exercises", exercise, "wrong_answers"]
    record = find(files, ["exercises", exercise])
    id = free_id(files, path, fields.get("named", "error"))
    message = {"es": "Di aquí qué conviene revisar.", "en": "Say here what to look at again."}
    if record.get("kind") != "code":
        answer = [one.get("id") for one in record.get("items", ())][::-1] if record.get("kind") == "order" else "0"
        return ({"do": "sheet.insert", "path": path, "value": {"id": id, "answer": answer, "message": message}},)
    checks = record.get("checks")
    check = checks[0].get("id", "") if isinstance(checks, list) and checks and isinstance(checks[0], dict) else ""
    starter = files.get(f"exercises/{exercise}/starter.py", b"...\n").decode(errors="replace")
    name = f"wrong/{id}.py"
    return (
        {"do": "file.write", "name": f"exercises/{exercise}/{name}", "text": starter},
        {"do": "sheet.insert", "path": path, "value": {"id": id, "file": name, "check": check, "message": message}},
    )


def rename_exercise(fields: Fields, files: Files) -> Changes:
    return ({"do": "exercise.rename", "id": fields.get("exercise", ""), "to": fields.get("id", "").strip()},)


def swap_data(fields: Fields, files: Files) -> Changes:
    return ({"do": "dataset.swap", "from": fields.get("from", ""), "to": fields.get("to", "")},)


def keep_translation(fields: Fields, files: Files) -> Changes:
    return ({"do": "translation.done", "key": fields.get("key", "")},)


def set_note(fields: Fields, files: Files) -> Changes:
    texts = {language: plain(fields.get(language, "")).strip() for language in ("es", "en")}
    return ({"do": "note.set", "key": fields.get("key", ""), **texts},)


READERS: Mapping[str, Callable[[Fields, Files], Changes]] = {
    "block.change": change_block,
    "block.insert": insert_block,
    "block.move": move_block,
    "block.copy": at_place("block.copy"),
    "block.delete": at_place("block.delete"),
    "record.set": set_record,
    "fields.set": set_fields,
    "item.insert": insert_item,
    "item.remove": remove_item,
    "item.move": move_item,
    "file.write": write_file,
    "file.remove": remove_file,
    "competencies.set": set_competencies,
    "check.set": set_check,
    "check.add": add_check,
    "wrong.add": add_wrong,
    "exercise.rename": rename_exercise,
    "note.set": set_note,
    "dataset.swap": swap_data,
    "translation.done": keep_translation,
}
