"""What swapping a dataset cannot do by itself: columns, files and words that belong to the old data."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from courses.blocks import SourceBlock
from courses.change_data import cite
from courses.change_sheets import records
from courses.lesson_edits import get_list, read_text, read_texts
from courses.lessons import SHEET
from courses.model import Dataset, LocalText
from courses.python_code import NOT_PYTHON
from courses.sheet_edits import read_sheet_value
from courses.sources import Files
from courses.swapped_code import calls_of, find_resource, is_source

Datasets = Mapping[str, Dataset]
Place = tuple[LocalText, tuple[str, ...]]

MOST_SHOWN = 12
# What takes a text that names columns.
ASKING = frozenset({"query", "eval"})


def swap_warnings(files: Files, old: str, new: str, datasets: Datasets) -> tuple[LocalText, ...]:
    """What is left to be mended by hand when a lesson reads `new` in the place of `old`, in the order of the lesson.

    files: before the swap or after it. Empty, too, if one of the two is not in the catalogue.
    Raises: Refused if the lesson cannot be read.
    """
    if old not in datasets or new not in datasets or old == new:
        return ()
    gone = columns_of(datasets[old]) - columns_of(datasets[new])
    found = [warning for place in places(files) for warning in warn_of_code(place, gone, datasets[old], datasets[new])]
    found += warn_of_checks(files, gone, datasets[new])
    return tuple(dict.fromkeys([*found, *warn_of_words(files, datasets[old])]))


def columns_of(dataset: Dataset) -> frozenset[str]:
    return frozenset(column.name for resource in dataset.resources for column in resource.columns)


def places(files: Files) -> Iterator[Place]:
    """The cells and the exercises in the order of the text, each with its sources and what an author calls it.

    Of cells the Spanish ones: the others do the same.
    """
    for block in read_texts(files)["es"]:
        if block.kind == "code":
            yield LocalText(f"La celda «{block.id}»", f"The cell “{block.id}”"), (block.body,)
        elif block.kind == "exercise":
            own = [raw for name, raw in files.items() if is_source(name) and name.split("/")[1] == block.id]
            words = LocalText(f"El ejercicio «{block.id}»", f"The exercise “{block.id}”")
            yield words, tuple(raw.decode("utf-8", "replace") for raw in own)


def warn_of_code(place: Place, gone: frozenset[str], old: Dataset, new: Dataset) -> Iterator[LocalText]:
    """The columns that a source names and the new data do not have, and the files that have no like there."""
    who, sources = place
    named = sorted(gone.intersection(name for source in sources for name in names_in(source)))
    if named:
        yield missing(who, named, new)
    for call in (call for source in sources for name in (old.name, new.name) for call in calls_of(source, name)):
        for given in call.args[1:2]:
            wanted = given.value if isinstance(given, ast.Constant) else None
            if isinstance(wanted, str) and find_resource(new, wanted, old.name) is None:
                known = ", ".join(one.name for one in new.resources)
                yield LocalText(
                    f"{who.es} abre «{wanted}», y «{new.name}» no lo tiene. Tiene: {known}. Elige uno.",
                    f"{who.en} opens “{wanted}”, which “{new.name}” does not have. It has: {known}. Choose one.",
                )


def missing(who: LocalText, named: list[str], new: Dataset) -> LocalText:
    columns, known = ", ".join(named), shown(sorted(columns_of(new)))
    return LocalText(
        f"{who.es} usa columnas que «{new.name}» no tiene: {columns}. Tiene: {known}. Cámbialas ahí.",
        f"{who.en} uses columns that “{new.name}” does not have: {columns}. It has: {known}. Change them there.",
    )


def shown(names: list[str]) -> str:
    return ", ".join([*names[:MOST_SHOWN], *(["…"] if len(names) > MOST_SHOWN else [])]) or "–"


def names_in(source: str) -> Iterator[str]:
    """What may be a column in a source: texts, attributes, and the words of a query."""
    try:
        tree = ast.parse(source)
    except NOT_PYTHON:
        yield from re.findall(r"\w+", source)
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING:
            for one in node.args[:1]:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield from re.findall(r"\w+", one.value)


def warn_of_checks(files: Files, gone: frozenset[str], new: Dataset) -> Iterator[LocalText]:
    """The columns that checks name and the new data do not have."""
    for exercise in get_list(read_sheet_value(read_text(files, SHEET))):
        for check in records(exercise, "checks"):
            named = sorted(gone.intersection(words_of(check)))
            if named:
                id, of = check.get("id"), exercise.get("id")
                yield missing(LocalText(f"La comprobación «{id}» de «{of}»", f"The check “{id}” of “{of}”"), named, new)


def words_of(value: Any, key: str = "") -> Iterator[str]:
    """What may be a column in a check: keys, texts, and the words of queries and of Python."""
    if isinstance(value, str):
        yield from names_in(value) if key in ("source", "query") else (value,)
    elif isinstance(value, list):
        for one in value:
            yield from words_of(one, key)
    elif isinstance(value, dict):
        for name, inside in value.items():
            # What is said to people is looked over by people.
            if name not in ("title", "message", "label", "id"):
                yield name
                yield from words_of(inside, name)


def warn_of_words(files: Files, old: Dataset) -> Iterator[LocalText]:
    """Words that speak of the old data: its name, its title, and numbers, which were its own."""
    prose = [block for block in read_texts(files)["es"] if block.kind in ("text", "note", "exercise")]
    bodies = [without_citation(block, old) for block in prose]
    if any(old.name in body or old.title.es in body for body in bodies):
        yield LocalText(
            f"El texto todavía menciona los datos «{old.name}». Cámbialo donde los nombra o los describe.",
            f"The text still speaks of the dataset “{old.name}”. Change it where it names or describes it.",
        )
    if any(re.search(r"\d{2}", body) for body in bodies):
        yield LocalText(
            "El texto dice números que salieron de los datos anteriores. Léelo otra vez y corrígelos.",
            "The text tells numbers that came out of the data before. Read it again and mend them.",
        )


def without_citation(block: SourceBlock, dataset: Dataset) -> str:
    return block.body.replace(cite(dataset, "es"), "")
