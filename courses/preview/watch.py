"""Whether anything in a folder was saved: names, times and sizes of its files, and waiting for them to change."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from courses.files import DEEPEST
from courses.names import is_litter

LOOK_EVERY_S = 0.25


def state_of(folder: Path) -> str:
    """Sixteen characters that change when a file below a folder is written, added, renamed or taken away."""
    return hashlib.sha256("\n".join(_facts(folder, DEEPEST)).encode()).hexdigest()[:16]


def wait_for_change(folder: Path, since: str, *, stopped: Event, most_s: float) -> str:
    """The state as soon as it is another than `since`, or when the time is up or the preview ends."""
    looks = max(1, round(most_s / LOOK_EVERY_S))
    for _ in range(looks):
        state = state_of(folder)
        if state != since or stopped.wait(LOOK_EVERY_S):
            return state
    return state_of(folder)


def _facts(folder: Path, depth: int) -> Iterator[str]:
    """One line for each entry. What vanishes while it is looked at is not there; links are not followed."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield f"{folder!s:.200} {error.errno}"
        return
    for entry in found:
        if is_litter(entry.name):
            continue
        try:
            facts = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        yield f"{entry.path!a} {facts.st_mtime_ns} {facts.st_size} {facts.st_mode}"
        if depth and entry.is_dir(follow_symlinks=False):
            yield from _facts(Path(entry.path), depth - 1)
