"""Changes to lesson.yaml and course.yaml that keep their comments, their order and every line that says nothing new.

A change is made to the plain value, and the text is then brought to say that value. Raises everywhere: Refused; the
text is then as it was. Whether what it says is a good lesson is what check_sheet and the loader tell: a lesson that is
being written may lack this or that.
"""

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from courses.blocks import BOM
from courses.complaints import Complaints
from courses.directives import one_newline
from courses.files import LARGEST_TEXT, size
from courses.lessons import SHEET
from courses.marked import DEEPEST, Place, read_events, read_yaml
from courses.model import Problem
from courses.refusals import Refused, Unreadable
from courses.schemas import SchemaName, fits
from courses.yaml_edits import Rewriter, is_same
from courses.yaml_nodes import Node, make_nodes

PATH = Path(SHEET)


def rewrite_sheet(text: str, value: Any) -> str:
    """The text changed to say `value`, with the fewest changes. Line ends become those of its first line."""
    plain = one_newline(text.removeprefix(BOM))
    root, old = read_root(plain)
    if is_plain(value) and is_same(old, value):
        return text
    if root.kind != "mapping" or root.is_inline or not isinstance(value, dict) or not is_plain(value) or not value:
        raise Refused("sheet-value", 1, place=SHEET)
    changed = Rewriter(plain).rewrite(root, value)
    found = read_yaml(changed, PATH, Complaints())
    if found is None or not is_same(found.value, value):
        raise Refused("sheet-value", place=differing(old, value))
    ends = "\r\n" if "\r\n" in text.partition("\n")[0] + "\n" else "\n"
    return (BOM if text.startswith(BOM) else "") + changed.replace("\n", ends)


def read_root(plain: str) -> tuple[Node, Any]:
    """The root of a YAML text, and its value. Raises: Refused if it cannot be read."""
    complaints = Complaints()
    if len(plain) > LARGEST_TEXT:
        complaints.add("too-large", PATH, name=SHEET, found=size(len(plain)), most=size(LARGEST_TEXT))
    found = None if complaints.problems else read_events(plain, PATH, complaints)
    if found is None:
        raise Unreadable(complaints.problems[0])
    if found[0].value is None:
        raise Refused("sheet-value", 1, place=SHEET)
    return make_nodes(found[1]), found[0].value


def is_plain(value: Any, depth: int = 0) -> bool:
    """Whether a value is made of texts, numbers, lists and mappings alone, no deeper than the reader allows."""
    if isinstance(value, dict):
        inside = list(value.values())
        return (
            depth < DEEPEST
            and all(isinstance(key, str) for key in value)
            and all(is_plain(one, depth + 1) for one in inside)
        )
    if isinstance(value, list):
        return depth < DEEPEST and all(is_plain(one, depth + 1) for one in value)
    return value is None or isinstance(value, str | int | float)


def differing(old: Any, new: Any) -> str:
    """The first keys under which two values differ, as an author knows them."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in (*old, *new):
            if key not in old or key not in new or not is_same(old[key], new[key]):
                inside = differing(old.get(key), new.get(key))
                return f"{key} › {inside}" if inside else str(key)
    return ""


def check_sheet(text: str, path: Path = PATH, schema: SchemaName = "lesson") -> tuple[Problem, ...]:
    """What is wrong with the form of a lesson.yaml or course.yaml; empty if it has its shape."""
    complaints = Complaints()
    sheet = read_yaml(one_newline(text.removeprefix(BOM)), path, complaints)
    if sheet is not None:
        fits(sheet, schema, complaints)
    return complaints.problems


def find_place(value: Any, *names: str | int) -> Place:
    """The place of something by names, where an item of a list goes by its id or its number.

    ("exercises", "suma", "checks", "total") is ("exercises", 2, "checks", 0). Raises: Refused if it is not there.
    """
    place: list[str | int] = []
    for name in names:
        key: str | int | None = name
        if isinstance(value, list) and isinstance(name, str):
            ids = [one.get("id") if isinstance(one, dict) else None for one in value]
            key = ids.index(name) if name in ids else None
        if key is None or not has(value, key):
            raise Refused("no-such-place", place=" › ".join(map(str, names)))
        place.append(key)
        value = value[key]
    return tuple(place)


def has(value: Any, key: str | int) -> bool:
    if isinstance(value, dict):
        return key in value
    return isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value)


def set_field(text: str, names: Sequence[str | int], value: Any) -> str:
    """The text with another value at a place, which may be a key that was not there."""
    sheet = read_sheet_value(text)
    above, key = split(names)
    around = go_to(sheet, above)
    if isinstance(around, dict) and isinstance(key, str):
        around[key] = value
    else:
        around[find_place(around, key)[0]] = value
    return rewrite_sheet(text, sheet)


def remove_field(text: str, names: Sequence[str | int]) -> str:
    """The text without a key or an item: an exercise, a check, a hint, a wrong answer. An empty list leaves its key."""
    sheet = read_sheet_value(text)
    above, last = split(find_place(sheet, *names))
    around = go_to(sheet, above)
    del around[last]
    if isinstance(around, list) and not around and above:
        del go_to(sheet, above[:-1])[above[-1]]
    return rewrite_sheet(text, sheet)


def insert_item(text: str, names: Sequence[str | int], index: int, record: Any) -> str:
    """The text with an item more in a list, at `index`; the list is made if it was not there."""
    sheet = read_sheet_value(text)
    above, key = split(names)
    around = go_to(sheet, above)
    items = around.setdefault(key, []) if isinstance(around, dict) else go_to(sheet, names)
    if not isinstance(items, list) or not 0 <= index <= len(items):
        raise Refused("no-such-place", place=" › ".join(map(str, [*names, index])))
    items.insert(index, record)
    return rewrite_sheet(text, sheet)


def move_item(text: str, names: Sequence[str | int], target: int) -> str:
    """The text with an item elsewhere in its list: at `target`, counted without it."""
    sheet = read_sheet_value(text)
    above, last = split(find_place(sheet, *names))
    items = go_to(sheet, above)
    if not isinstance(items, list) or not 0 <= target < len(items):
        raise Refused("no-such-place", place=" › ".join(map(str, [*names[:-1], target])))
    items.insert(target, items.pop(int(last)))
    return rewrite_sheet(text, sheet)


def read_sheet_value(text: str) -> Any:
    """What the text of a lesson.yaml or course.yaml says, to be changed. Raises: Refused if it cannot be read."""
    return copy.deepcopy(read_root(one_newline(text.removeprefix(BOM)))[1])


def split(names: Sequence[str | int]) -> tuple[Sequence[str | int], str | int]:
    """Where something is, and what it is called there. Raises: Refused for the whole, which is nowhere."""
    if not names:
        raise Refused("no-such-place", place="–")
    return names[:-1], names[-1]


def go_to(value: Any, names: Sequence[str | int]) -> Any:
    for key in find_place(value, *names):
        value = value[key]
    return value
