"""The most memory that a command and all its processes hold together while it runs."""

import contextlib
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path

import psutil

LOOK_EACH_S = 0.05


class Peak:
    """Samples a tree of processes while its `with` lasts. mib: the largest sum of their proportional shares (PSS).

    Pages that processes share are counted once in all, whoever forked them; outside: processes that belong to it too.
    """

    def __init__(self, root: psutil.Process, outside: tuple[psutil.Process, ...] = ()) -> None:
        self.mib = 0.0
        self._roots = (root, *outside)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.wait(LOOK_EACH_S):
            self.mib = max(self.mib, sum(_pss_mib(one) for one in self._tree()))

    def _tree(self) -> list[psutil.Process]:
        found = []
        for root in self._roots:
            with contextlib.suppress(psutil.Error):
                found += [root, *root.children(recursive=True)]
        return found


def peak_mib(arguments: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> float:
    """The peak of a command from its start to its end."""
    with (
        subprocess.Popen(
            arguments, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process,
        Peak(psutil.Process(process.pid)) as peak,
    ):
        process.wait()
    return peak.mib


def _pss_mib(process: psutil.Process) -> float:
    try:
        share: int = process.memory_full_info().pss
    except psutil.Error:
        return 0.0
    return share / 2**20
