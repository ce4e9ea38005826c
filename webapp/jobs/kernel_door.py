"""Where kernels are now: elsewhere by setting, or with the site's own kernels process, which may be renewed."""

import threading
from pathlib import Path

from notebooks import (
    ForkServer,
    GatewayAddress,
    KernelHost,
    KernelsFile,
    KernelUnavailable,
    SandboxUnavailable,
)
from webapp.settings import Settings


def kernels_dir(settings: Settings) -> Path:
    """The folder that the kernels process works in."""
    return settings.run_dir / "kernels"


class KernelDoor:
    """The way to kernels for one process. Reads the kernels process's file again whenever that changes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._path = kernels_dir(settings) / "kernels.json"
        self._lock = threading.Lock()
        self._read_at: tuple[int, int] | None = None
        self._file: KernelsFile | None = None
        self._host: KernelHost | None = None

    def host(self) -> KernelHost:
        """Raises: KernelUnavailable while the kernels process has not come up."""
        with self._lock:
            self._refresh()
            if self._host is None:
                raise KernelUnavailable("the kernels process has not come up yet")
            return self._host

    def fork_server(self) -> ForkServer:
        """The fork server of this machine, for grading. Raises: SandboxUnavailable while there is none."""
        with self._lock:
            self._refresh()
            if self._file is None or self._file.fork_server is None:
                raise SandboxUnavailable("no fork server runs on this machine")
            return ForkServer.attach(self._file.fork_server)

    def grade(self) -> str | None:
        """The sandbox's grade in force; None where it is not known."""
        with self._lock:
            self._refresh()
            return self._file.grade if self._file else None

    def _refresh(self) -> None:
        try:
            seen = self._path.stat()
        except FileNotFoundError:
            self._file, self._read_at = None, None
        else:
            stamp = (seen.st_mtime_ns, seen.st_ino)
            if stamp == self._read_at:
                return
            self._file, self._read_at = KernelsFile.read(self._path), stamp
        self._host = self._make_host()

    def _make_host(self) -> KernelHost | None:
        if self._settings.kernels:
            return KernelHost([GatewayAddress(url, self._settings.kernels_token) for url in self._settings.kernels])
        if self._file is None:
            return None
        if self._file.fork_server is None:
            return KernelHost(self._file.gateways)
        return KernelHost(self._file.gateways, find_death=ForkServer.attach(self._file.fork_server).autopsy)
