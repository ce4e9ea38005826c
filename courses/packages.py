"""The datasets that we ship: Frictionless data packages, with the checksum of each file verified."""

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from courses.complaints import Complaints
from courses.files import MIB, Folder, read_folder
from courses.marked import Marked, read_json, with_lines
from courses.model import Column, Dataset, Licence, LocalText, Resource
from courses.schemas import fits

LARGEST_DATA = 64 * MIB
PACKAGE = "datapackage.json"


def read_dataset(path: Path, complaints: Complaints) -> Dataset | None:
    """The dataset in a folder; None, with complaints, if its package cannot be read.

    A file that is missing or not the one declared makes a complaint and a dataset that is not intact.
    """
    folder = read_folder(path, complaints, largest=LARGEST_DATA)
    text = folder.find_text(PACKAGE, complaints)
    package = read_json(text, path / PACKAGE, complaints) if text is not None else None
    if text is None or package is None:
        return None
    if not fits(package, "datapackage", Complaints()):
        fits(with_lines(package, text), "datapackage", complaints)
        return None
    record: Mapping[str, Any] = package.value
    if record["name"] != path.name:
        marked = with_lines(package, text)
        complaints.add("wrong-id", marked.path, marked.line("name"), found=record["name"], folder=path.name)
    names = [one["name"] for one in record["resources"]]
    for name in sorted({one for one in names if names.count(one) > 1}):
        complaints.add("repeated-id", package.path, id=name, what="resources")
    resources = tuple(read_resource(one, folder, package, complaints) for one in record["resources"])
    return make_dataset(record, resources, path)


def make_dataset(record: Mapping[str, Any], resources: tuple[Resource, ...], path: Path) -> Dataset:
    publisher = next(one for one in record["contributors"] if "publisher" in one["roles"])
    aula: Mapping[str, Any] = record["aula"]
    return Dataset(
        name=record["name"],
        version=record["version"],
        title=LocalText(record["title"], aula["titleEn"]),
        description=record["description"],
        publisher=publisher["title"],
        publisher_path=publisher["path"],
        licences=tuple(Licence(one["name"], one["title"], one["path"]) for one in record["licenses"]),
        sources=tuple(one["title"] for one in record["sources"]),
        keywords=tuple(record.get("keywords", ())),
        temporal=aula["temporal"],
        spatial=aula["spatial"],
        caveats=tuple(aula["caveats"]),
        created=record["created"],
        resources=resources,
        folder=path,
    )


def read_resource(record: Mapping[str, Any], folder: Folder, package: Marked, complaints: Complaints) -> Resource:
    name: str = record["path"]
    fields = record.get("schema", {}).get("fields", ())
    resource = Resource(
        name=record["name"],
        path=folder.path / name,
        title=record.get("title", ""),
        description=record.get("description", ""),
        bytes=int(record["bytes"]),
        sha256=record["hash"].removeprefix("sha256:"),
        encoding=record["encoding"],
        columns=tuple(
            Column(one["name"], one["type"], one.get("description", ""), one.get("unit", "")) for one in fields
        ),
        is_intact=is_intact(record, folder, complaints),
    )
    if resource.is_intact:
        check_text(resource, folder.contents[name], record.get("dialect", {}), complaints)
    return resource


def is_intact(record: Mapping[str, Any], folder: Folder, complaints: Complaints) -> bool:
    """Whether a file's bytes are those that its package states."""
    name: str = record["path"]
    raw = folder.contents.get(name)
    if raw is None:
        found = LocalText("No está", "It is not there")
    elif len(raw) != record["bytes"]:
        found = LocalText(f"Mide {len(raw)} bytes", f"It measures {len(raw)} bytes")
    elif hashlib.sha256(raw).hexdigest() != record["hash"].removeprefix("sha256:"):
        found = LocalText("Su suma SHA-256 es otra", "Its SHA-256 is another")
    else:
        return True
    expected = f"{record['bytes']} bytes, {record['hash']}"
    complaints.add("file-changed", folder.path / name, name=name, found=found, expected=expected)
    return False


def check_text(resource: Resource, raw: bytes, dialect: Mapping[str, Any], complaints: Complaints) -> None:
    """Complain about a file that is not in its encoding, or a CSV file with other columns than declared."""
    try:
        text = raw.decode(resource.encoding)
    except UnicodeDecodeError:
        complaints.add("bad-encoding", resource.path, name=resource.path.name, encoding=resource.encoding)
        return
    if resource.path.suffix != ".csv" or not resource.columns or not dialect.get("header", True):
        return
    try:
        header = next(csv.reader([text.partition("\n")[0]]), [])
    except csv.Error:
        header = []
    expected = [column.name for column in resource.columns]
    # The raw copies keep the blanks that their publishers left around the names; the package names them plainly.
    if [name.strip() for name in header] != [name.strip() for name in expected]:
        complaints.add(
            "columns-differ", resource.path, 1,
            name=resource.path.name, found=", ".join(header), expected=", ".join(expected),
        )  # fmt: skip
