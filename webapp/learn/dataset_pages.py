"""A dataset as its page shows it: plain facts, first rows, citation, and records for other machines."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from courses import Column, Dataset, Language, Licence, Resource

PREVIEW_ROWS = 8
LONGEST_CELL = 60
NUMBER_TYPES = ("number", "integer", "year")


@dataclass(frozen=True)
class LicenceLine:
    """A licence with what it lets one do, in one sentence."""

    title: str
    href: str
    plain: str


@dataclass(frozen=True)
class Preview:
    """The first rows of a file: (name, kind) of each column, and the cells as they are written in it."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class FilePage:
    title: str
    description: str
    filename: str
    href: str
    size: str
    encoding: str
    is_intact: bool
    columns: tuple[Column, ...]
    preview: Preview | None


def licence_line(licence: Licence) -> LicenceLine:
    return LicenceLine(licence.title, licence.path, plain_licence(licence.name))


def plain_licence(name: str) -> str:
    """What a licence lets one do; for one that nobody has put in plain words, where to read it."""
    if name == "other-pd" or name.startswith("CC0"):
        return str(_("Puedes usarlos, cambiarlos y compartirlos sin condiciones."))
    if name.startswith(("CC-BY", "ODC-By", "other-at", "other-open")):
        return str(_("Puedes usarlos, cambiarlos y compartirlos, también con fines comerciales, si citas la fuente."))
    return str(_("Lee las condiciones antes de usarlos:"))


def size_text(count: int) -> str:
    """Bytes in the unit that reads best: "840 B", "132 KB", "1.1 MB"."""
    if count < 1000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{count / 1000:.0f} KB"
    return f"{count / 1_000_000:.1f} MB"


def column_type(kind: str) -> str:
    names: dict[str, str] = {
        "string": _("texto"),
        "integer": _("número entero"),
        "number": _("número"),
        "date": _("fecha"),
        "datetime": _("fecha y hora"),
        "time": _("hora"),
        "year": _("año"),
        "boolean": _("sí o no"),
    }
    return names.get(kind, kind)


def worded(column: Column) -> Column:
    return Column(column.name, column_type(column.type), column.description, column.unit)


def file_page(resource: Resource, href: str) -> FilePage:
    return FilePage(
        title=resource.title or resource.name,
        description=resource.description,
        filename=resource.path.name,
        href=href,
        size=size_text(resource.bytes),
        encoding=resource.encoding,
        is_intact=resource.is_intact,
        columns=tuple(worded(column) for column in resource.columns),
        preview=read_preview(resource) if resource.is_intact else None,
    )


def read_preview(resource: Resource) -> Preview | None:
    """The first rows of a CSV file; None for other files and for an empty one."""
    if resource.path.suffix != ".csv":
        return None
    rows = read_rows(resource.path, resource.encoding, resource.sha256)
    if len(rows) < 2:
        return None
    types = {column.name: column.type for column in resource.columns}
    columns = tuple((name, "number" if types.get(name) in NUMBER_TYPES else "") for name in rows[0])
    width = len(columns)
    return Preview(columns, tuple((*row[:width], *[""] * (width - len(row))) for row in rows[1:]))


@lru_cache(maxsize=256)
def read_rows(path: Path, encoding: str, sha256: str) -> tuple[tuple[str, ...], ...]:
    """Heading and first rows of a file. `sha256` only keeps the cache honest when a file is replaced."""
    with path.open(encoding=encoding, newline="") as file:
        return tuple(tuple(shorten(cell) for cell in row) for row in islice(csv.reader(file), PREVIEW_ROWS + 1))


def shorten(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def schema_org(
    dataset: Dataset, language: Language, *, address: str, files: Sequence[tuple[Resource, str]]
) -> Mapping[str, Any]:
    """The dataset as schema.org/Dataset, for search engines. files: resources with absolute addresses."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": dataset.title.for_language(language),
        "description": dataset.description,
        "url": address,
        "identifier": dataset.name,
        "version": dataset.version,
        "inLanguage": "es",
        "isAccessibleForFree": True,
        "license": [licence.path for licence in dataset.licences],
        "creator": {"@type": "Organization", "name": dataset.publisher, "url": dataset.publisher_path},
        "publisher": {"@type": "Organization", "name": dataset.publisher, "url": dataset.publisher_path},
        "keywords": list(dataset.keywords),
        "temporalCoverage": dataset.temporal,
        "spatialCoverage": dataset.spatial,
        "dateCreated": dataset.created,
        "distribution": [
            {
                "@type": "DataDownload", "name": resource.name, "contentUrl": href, "sha256": resource.sha256,
                "contentSize": f"{resource.bytes} B", "encodingFormat": media_type(resource),
            }
            for resource, href in files
        ],
    }  # fmt: skip


def dcat(
    dataset: Dataset, language: Language, *, address: str, files: Sequence[tuple[Resource, str]]
) -> Mapping[str, Any]:
    """The dataset as a DCAT 3 record in JSON-LD, for open-data catalogues.

    Source: https://www.w3.org/TR/vocab-dcat-3/.
    """
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:title": {"@value": dataset.title.for_language(language), "@language": language},
        "dct:description": {"@value": dataset.description, "@language": "es"},
        "dct:identifier": dataset.name,
        "dcat:version": dataset.version,
        "dct:issued": dataset.created,
        "dcat:keyword": list(dataset.keywords),
        "dct:publisher": {
            "@type": "foaf:Organization", "foaf:name": dataset.publisher,
            "foaf:homepage": dataset.publisher_path,
        },
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution", "dct:title": resource.name, "dcat:downloadURL": {"@id": href},
                "dcat:mediaType": media_type(resource), "dcat:byteSize": resource.bytes,
                "dct:license": [{"@id": licence.path} for licence in dataset.licences],
            }
            for resource, href in files
        ],
    }  # fmt: skip


def media_type(resource: Resource) -> str:
    return {".csv": "text/csv", ".json": "application/json", ".geojson": "application/geo+json"}.get(
        resource.path.suffix, "application/octet-stream"
    )
