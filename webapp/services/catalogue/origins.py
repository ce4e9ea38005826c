"""Origins as JSON, as the rows keep them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from courses import LocalText
from webapp.services.catalogue.records import Origin


def to_json(origin: Origin | None) -> Mapping[str, Any] | None:
    return None if origin is None else asdict(origin)


def from_json(record: Mapping[str, Any] | None) -> Origin | None:
    if record is None:
        return None
    return Origin(**{**record, "title": LocalText(**record["title"]), "authors": tuple(record["authors"])})
