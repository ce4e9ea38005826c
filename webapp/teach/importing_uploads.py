"""What a trainer uploaded and has not made a lesson of yet: kept for a day, with them alone.

In files below AULA_HOME/uploads, which all web processes of a machine share. Losing one costs an upload, no work.
"""

import json
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FOLDER, DATA, ABOUT = "uploads", "data", "about.json"
LASTS = timedelta(days=1)
MOST_KEPT = 5
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}")


@dataclass(frozen=True)
class Upload:
    """name: of the file, as its owner calls it; note: what was made of it so far."""

    token: str
    name: str
    data: bytes
    kept_at: datetime
    note: Mapping[str, Any]


def keep(home: Path, person_id: int, name: str, data: bytes, *, now: datetime) -> str:
    """The token of what was kept. Of a person's uploads the last five stay; those of anybody end after a day."""
    sweep(home, now=now)
    own = _folder(home, person_id)
    for old in sorted(_folders(own), key=_kept_at)[: -MOST_KEPT + 1]:
        shutil.rmtree(old, ignore_errors=True)
    token = secrets.token_urlsafe(18)
    place = own / token
    place.mkdir(mode=0o700, parents=True)
    (place / DATA).write_bytes(data)
    _write_about(place, {"name": name, "kept_at": now.isoformat(), "note": {}})
    return token


def find(home: Path, person_id: int, token: str, *, now: datetime) -> Upload | None:
    """What a person uploaded; None where it is another's, unknown or a day old."""
    place = _folder(home, person_id) / token
    if not TOKEN.fullmatch(token) or not (place / ABOUT).is_file() or now - _kept_at(place) > LASTS:
        return None
    about = _read_about(place)
    return Upload(token, about["name"], (place / DATA).read_bytes(), _kept_at(place), about["note"])


def write_note(home: Path, person_id: int, upload: Upload, note: Mapping[str, Any]) -> None:
    """Put down what was made of an upload."""
    facts = {"name": upload.name, "kept_at": upload.kept_at.isoformat(), "note": dict(note)}
    _write_about(_folder(home, person_id) / upload.token, facts)


def drop(home: Path, person_id: int, token: str) -> None:
    if TOKEN.fullmatch(token):
        shutil.rmtree(_folder(home, person_id) / token, ignore_errors=True)


def sweep(home: Path, *, now: datetime) -> None:
    """Take away what is a day old."""
    for person in _folders(home / FOLDER):
        for place in _folders(person):
            if now - _kept_at(place) > LASTS:
                shutil.rmtree(place, ignore_errors=True)


def _folder(home: Path, person_id: int) -> Path:
    return home / FOLDER / str(person_id)


def _folders(path: Path) -> Iterator[Path]:
    return (one for one in path.iterdir() if one.is_dir()) if path.is_dir() else iter(())


def _kept_at(place: Path) -> datetime:
    """When an upload was kept; long ago for one that was not written to its end."""
    return datetime.fromisoformat(_read_about(place).get("kept_at", "2000-01-01T00:00:00+00:00"))


def _read_about(place: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((place / ABOUT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _write_about(place: Path, about: Mapping[str, Any]) -> None:
    """Whole or not at all: another request may read it now."""
    fresh = place / f"{ABOUT}.new"
    fresh.write_text(json.dumps(about, ensure_ascii=False), "utf-8")
    fresh.replace(place / ABOUT)
