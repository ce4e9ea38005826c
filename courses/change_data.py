"""Changes to the data that a lesson reads: a dataset put into it with its citation, and one in the place of another."""

import keyword
import re
from collections.abc import Mapping
from typing import Any

from courses.block_edits import Blocks, change_block, new_code, new_text
from courses.change_exercises import spanish_place
from courses.change_files import MARKUP
from courses.change_ids import list_ids
from courses.change_sections import new_id
from courses.change_sheets import records
from courses.directives import one_newline
from courses.files import LARGEST_FILE
from courses.lesson_edits import EXERCISES, get_list, read_text, read_texts, with_sheet, with_texts
from courses.lessons import SHEET
from courses.model import LANGUAGES, Dataset, Language, Resource
from courses.new_exercises import free_name
from courses.prose import LINK
from courses.python_code import words_in
from courses.refusals import Refused
from courses.sheet_edits import insert_item, read_sheet_value, rewrite_sheet
from courses.sources import Files
from courses.swapped_code import find_resource, read_datasets, swap_code
from courses.text_pairs import insert_both

Change = Mapping[str, Any]
Datasets = Mapping[str, Dataset]
PINS = "datasets"


def insert_dataset(files: Files, asked: Change, datasets: Datasets) -> Files:
    """The lesson with a dataset: pinned, cited in both languages, and opened in a cell after the citation."""
    dataset = get_dataset(datasets, asked.get("name", ""))
    place = spanish_place(read_texts(files), asked["language"], asked["index"])
    name = table_name(dataset, read_texts(files)["es"])
    id = new_id(f"abrir {name.replace('_', ' ')}", list_ids(files), "celda")
    cell = new_code(id, opening(dataset, name), ("locked",))
    texts = insert_both(read_texts(files), "es", place, dict.fromkeys(LANGUAGES, cell))
    texts = insert_both(texts, "es", place, {one: new_text(cite(dataset, one)) for one in LANGUAGES})
    return pinned(with_texts(files, texts), dataset)


def get_dataset(datasets: Datasets, name: str) -> Dataset:
    if name not in datasets:
        raise Refused("unknown-data", name=name or "–")
    return datasets[name]


def pinned(files: Files, dataset: Dataset) -> Files:
    """The lesson with a dataset in its list, in the version that is there; as it is, if it has it."""
    text = read_text(files, SHEET)
    pins = records(read_sheet_value(text), PINS)
    if any(one.get("name") == dataset.name for one in pins):
        return files
    pin = {"name": dataset.name, "version": dataset.version}
    return with_sheet(files, insert_item(text, (PINS,), len(pins), pin))


def table_name(dataset: Dataset, blocks: Blocks) -> str:
    """A name for the table that the lesson's code does not have: mx-sismos-cdmx is sismos."""
    words = [one for one in dataset.name.split("-") if len(one) > 2 and one.isidentifier()]
    name = next((one for one in words if not keyword.iskeyword(one)), "tabla")
    return free_name(name, {word for block in blocks if block.kind == "code" for word in words_in(block.body)})


def opening(dataset: Dataset, name: str) -> str:
    """A cell that opens the first table of a dataset and shows how it begins; without a table, its first file."""
    table = find_resource(dataset, "")
    if table is None:
        return f'import aula\n\n{name} = aula.ruta("{dataset.name}", "{dataset.resources[0].name}")\n{name}'
    which = f', "{table.name}"' if needs_name(dataset) else ""
    return f'import aula\n\n{name} = aula.datos("{dataset.name}"{which})\n{name}.head()'


def needs_name(dataset: Dataset) -> bool:
    """Whether code must say which of the tables it means: there are several, and none bears the dataset's name."""
    return len([one for one in dataset.resources if is_table(one)]) > 1 and all(
        one.name != dataset.name for one in dataset.resources
    )


def is_table(resource: Resource) -> bool:
    return resource.path.suffix.lower() == ".csv"


def cite(dataset: Dataset, language: Language) -> str:
    """Who made a dataset, which version it is, and on which terms."""
    title = MARKUP.sub(r"\\\1", dataset.title.for_language(language))
    publisher = link(dataset.publisher, dataset.publisher_path)
    terms = [link(one.title, one.path) for one in dataset.licences]
    if language == "en":
        return f"Data: “{title}”, version {dataset.version}. Published by {publisher}. Licence: {'; '.join(terms)}."
    return f"Datos: «{title}», versión {dataset.version}. Los publica {publisher}. Licencia: {'; '.join(terms)}."


def link(words: str, href: str) -> str:
    text = MARKUP.sub(r"\\\1", words)
    return f"[{text}](<{href}>)" if LINK.fullmatch(href) and not re.search(r"[<>\\]", href) else text


def swap(files: Files, asked: Change, datasets: Datasets) -> Files:
    """The lesson with other data in its cells, its exercises' code, its checks, its citation and its list."""
    old, new = asked["from"], get_dataset(datasets, asked["to"])
    known = read_datasets(files)
    if old not in known:
        raise Refused("data-unused", name=old, known=", ".join(sorted(known)) or "–")
    if old == new.name:
        return files
    texts = read_texts(files)
    cited = datasets.get(old)
    swapped = {one: swap_blocks(texts[one], old, new, cited, one) for one in LANGUAGES}
    changed = {**with_texts(files, swapped), **swap_sources(files, old, new)}
    text = read_text(changed, SHEET)
    return with_sheet(changed, rewrite_sheet(text, swap_sheet(read_sheet_value(text), old, new)))


def swap_blocks(blocks: Blocks, old: str, new: Dataset, cited: Dataset | None, language: Language) -> Blocks:
    for index, block in enumerate(blocks):
        body = block.body
        if block.kind == "code":
            body = swap_code(body, old, new)
        elif block.kind == "text" and cited is not None:
            body = one_newline(body).replace(cite(cited, language), cite(new, language))
        if body != block.body and body != one_newline(block.body):
            blocks = change_block(blocks, index, body=body)
    return blocks


def swap_sources(files: Files, old: str, new: Dataset) -> Files:
    """The files of exercises' code that change."""
    changed = {}
    for name, raw in files.items():
        if name.startswith(f"{EXERCISES}/") and name.endswith(".py") and len(raw) <= LARGEST_FILE:
            source = raw.decode("utf-8", "surrogateescape")
            swapped = swap_code(source, old, new)
            if swapped != source:
                changed[name] = swapped.encode("utf-8", "surrogateescape")
    return changed


def swap_sheet(value: Any, old: str, new: Dataset) -> Any:
    """What lesson.yaml says, with the new dataset in its list and in what its checks name."""
    pins = [one for one in records(value, PINS) if one.get("name") not in (old, new.name)]
    places = [place for place, one in enumerate(records(value, PINS)) if one.get("name") == old]
    pins.insert(places[0] if places else len(pins), {"name": new.name, "version": new.version})
    value[PINS] = pins
    for exercise in get_list(value):
        for check in records(exercise, "checks"):
            check.update({key: swap_params(inside, old, new) for key, inside in check.items()})
    return value


def swap_params(value: Any, old: str, new: Dataset) -> Any:
    """A check's parameter with the new dataset: where it is named, and in an author's own Python."""
    if isinstance(value, list):
        return [swap_params(one, old, new) for one in value]
    if isinstance(value, str):
        return swap_code(value, old, new)
    if not isinstance(value, dict):
        return value
    swapped = {key: swap_params(inside, old, new) for key, inside in value.items()}
    if value.get("dataset") == old:
        swapped["dataset"] = new.name
        found = find_resource(new, str(value.get("resource", "")), old)
        if "resource" in value and found is not None:
            swapped["resource"] = found.name
    return swapped
