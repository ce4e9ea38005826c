"""Files of the session's home and of its data sets, as their first bytes. The reader is graders/files.py."""

import base64
import os
import stat
from pathlib import Path
from typing import Any

import aula


def read(names: dict[str, Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """{"missing": true}, {"not_a_file": true} or {"bytes": size, "base64": the first `most_bytes` of them}.

    arguments: {"name": within the home, "most_bytes": …}.
    """
    return _told(Path(arguments["name"]), arguments["most_bytes"])


def read_dataset(names: dict[str, Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """As `read`, of a file of a data set. arguments: {"dataset": …, "resource": or null, "most_bytes": …}."""
    return _told(Path(aula.ruta(arguments["dataset"], arguments["resource"])), arguments["most_bytes"])


def _told(path: Path, most_bytes: int) -> dict[str, Any]:
    try:
        # A pipe in the place of a file would be waited for.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return {"missing": True}
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        return {"not_a_file": True}
    with os.fdopen(descriptor, "rb") as file:
        return {"bytes": status.st_size, "base64": base64.b64encode(file.read(most_bytes)).decode()}
