"""What the starter of the fork server asks for."""

import json
from dataclasses import dataclass

from .limits import Limits


@dataclass(frozen=True)
class Settings:
    """socket: where to listen; stage, homes: empty folders; library: the folder that holds `aula`.

    hidden: the site's own folders, which no kernel may see; required_grade: None takes the best that can be had.
    preload: modules to import before any kernel is forked, besides our own list.
    nests: a folder for kernels' sockets; spares: how many kernels to keep ready; group: name of the control group.
    reserve_mib: memory that kernels leave to the system, None takes a part of what there is.
    """

    socket: str
    stage: str
    homes: str
    library: str
    data_root: str | None
    required_grade: str | None
    limits: Limits
    hidden: tuple[str, ...]
    nests: str
    group: str
    preload: tuple[str, ...]
    spares: int
    reserve_mib: int | None

    @staticmethod
    def parse(text: str) -> "Settings":
        raw = json.loads(text)
        lists = {name: tuple(raw[name]) for name in ("hidden", "preload")}
        return Settings(**{**raw, **lists, "limits": Limits(**raw["limits"])})
