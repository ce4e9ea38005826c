"""What the starter of the fork server asks for."""

import json
from dataclasses import dataclass

from .limits import Limits


@dataclass(frozen=True)
class Settings:
    """socket: where to listen; stage, homes: empty folders; library: the folder that holds `aula`.

    hidden: the site's own folders, which no kernel may see; required_grade: None takes the best that can be had.
    """

    socket: str
    stage: str
    homes: str
    library: str
    data_root: str | None
    required_grade: str | None
    limits: Limits
    hidden: tuple[str, ...]

    @staticmethod
    def parse(text: str) -> "Settings":
        raw = json.loads(text)
        return Settings(**{**raw, "limits": Limits(**raw["limits"]), "hidden": tuple(raw["hidden"])})
