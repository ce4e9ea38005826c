"""Answer keys: what solutions and wrong answers do, kept on disk so that each is run once per version of its lesson."""

import hashlib
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graders.observe import Observation
from graders.report import CodeFault

FORMAT = 1


class AnswerKeys:
    """A folder of observations, private to the site: no sandbox sees it. Processes may share it.

    A file that is damaged, or that is about something else, is as good as none.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, name: str, fingerprint: str) -> Observation | None:
        """name: for people who look into the folder; fingerprint: of all that the observation depends on."""
        try:
            kept = json.loads(self._path(name, fingerprint).read_bytes())
            is_sound = kept["fingerprint"] == fingerprint and kept["digest"] == _digest(kept["observation"])
            return _read(kept["observation"]) if is_sound else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def save(self, name: str, fingerprint: str, observation: Observation) -> None:
        """Whole or not at all, also beside others who save the same."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        plain = {
            "ending": observation.ending,
            "fault": asdict(observation.fault) if observation.fault else None,
            "evidence": dict(observation.evidence),
        }
        kept = {"fingerprint": fingerprint, "digest": _digest(plain), "observation": plain}
        descriptor, temporary = tempfile.mkstemp(dir=self._folder, prefix=".new-")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(kept, file)
            Path(temporary).replace(self._path(name, fingerprint))
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def _path(self, name: str, fingerprint: str) -> Path:
        return self._folder / f"{name}-{fingerprint[:32]}.json"


def fingerprint_of(*parts: str) -> str:
    return hashlib.sha256(json.dumps([FORMAT, *parts]).encode()).hexdigest()


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _read(plain: Any) -> Observation:
    fault = plain["fault"]
    return Observation(
        plain["ending"],
        CodeFault(**{**fault, "traceback": tuple(fault["traceback"])}) if fault else None,
        dict(plain["evidence"]),
    )
