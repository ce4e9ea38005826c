"""Kernels of the fork server for stock Jupyter clients. Named by the kernelspec "aula-python"; see kernelspec.py.

jupyter_client's KernelManager calls the methods; the order is told in its provisioning/provisioner_base.py.
"""

import asyncio
import os
import shutil
import signal
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Unicode

from notebooks.sandbox.client import ForkServer
from notebooks.sandbox.config import SITE, make_kernel_folder
from notebooks.sandbox.lease import Lease
from notebooks.sandbox.listeners import PORTS, key_pipe
from notebooks.sandbox.private import private_fork_server

LOOK_EACH_S = 0.005
SHUTDOWN_S = 1.0
DIED_WITH_SERVER = -int(signal.SIGKILL)


class AulaProvisioner(KernelProvisionerBase):
    """A kernel's life is a lease of the fork server: AULA_FORK_SERVER names one, else this process has its own.

    The kernel's environment is made inside; of the client's only AULA_DATASETS (names between commas; all where it is
    not set) and AULA_LANGUAGE are read.
    """

    python = Unicode(str(SITE / ".venv-kernel" / "bin" / "python"), config=True)
    data_root = Unicode("", config=True)
    kernel_class = Unicode("", config=True, help="module and class of a kernel for another language; empty is Python")

    _lease: Lease | None = None
    _server: ForkServer | None = None
    _folder: Path | None = None

    @property
    def has_process(self) -> bool:
        return self._lease is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose where the sockets lie, in a folder that only we may enter, and write that into the connection file."""
        server = await asyncio.get_running_loop().run_in_executor(None, self._find_server)
        if self._folder is None or not self._folder.is_dir():
            self._folder = make_kernel_folder(server.socket_path)
        self._server = server
        manager = self._manager
        manager.transport, manager.ip = "ipc", str(self._folder / "k")
        for number, port in enumerate(PORTS, 1):
            setattr(manager, port, number)
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        kwargs.pop("extra_arguments", None)
        prepared: dict[str, Any] = await super().pre_launch(cmd=["aula-python"], **kwargs)
        return prepared

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Have the kernel born, or take one that waits. Clients may connect from now on: its sockets are there already.

        Raises: KernelUnavailable, SandboxUnavailable. No file is left then, though no client takes any away.
        """
        environment = kwargs.get("env", {})
        try:
            self._lease = await asyncio.get_running_loop().run_in_executor(None, self._bear, environment)
        except BaseException:
            await self.cleanup()
            self._manager.cleanup_connection_file()
            raise
        return self.connection_info

    async def poll(self) -> int | None:
        """None while the kernel lives, else its exit code; 0 where there is none."""
        if self._lease is None:
            return 0
        return _exit_code(self._lease) if self._lease.is_over else None

    async def wait(self) -> int | None:
        """The exit code, once the kernel has ended."""
        while (code := await self.poll()) is None:
            await asyncio.sleep(LOOK_EACH_S)
        self._let_go()
        return code

    async def send_signal(self, signum: int) -> None:
        """Interrupts come this way. The kernel hears them only while a cell runs."""
        if self._lease is not None and signum:
            self._lease.send_signal(signum)

    async def kill(self, restart: bool = False) -> None:
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        """As kill: the first process of a pid namespace does not hear a SIGTERM."""
        await self.send_signal(signal.SIGKILL)

    async def cleanup(self, restart: bool = False) -> None:
        """A restart keeps its sockets' names."""
        if restart:
            return
        self._let_go()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def get_shutdown_wait_time(self, recommended: float = 5.0) -> float:
        return SHUTDOWN_S

    def _bear(self, environment: dict[str, str]) -> Lease:
        assert self._server is not None  # found by pre_launch
        names = environment.get("AULA_DATASETS")
        with key_pipe(self._manager.session.key) as key:
            lease = self._server.start_kernel(
                self.kernel_id,
                [key],
                datasets=None if names is None else [one for one in names.split(",") if one],
                language=environment.get("AULA_LANGUAGE", "es"),
                kernel_class=self.kernel_class or None,
            )
        _move_sockets(lease, str(self._manager.ip))
        return lease

    @property
    def _manager(self) -> KernelManager:
        assert isinstance(self.parent, KernelManager)
        return self.parent

    def _find_server(self) -> ForkServer:
        running = os.environ.get("AULA_FORK_SERVER")
        if running:
            return ForkServer.attach(Path(running))
        return private_fork_server(Path(self.python), Path(self.data_root) if self.data_root else None)

    def _let_go(self) -> None:
        if self._lease is not None:
            self._lease.close()
            self._lease = None


def _exit_code(lease: Lease) -> int:
    return DIED_WITH_SERVER if lease.exit_code is None else lease.exit_code


def _move_sockets(lease: Lease, prefix: str) -> None:
    """Give a kernel's sockets the names that its clients know: `prefix-1` and so on. Those of one before it go."""
    assert lease.nest is not None  # it was given no listeners
    for number in range(1, len(PORTS) + 1):
        (lease.nest / str(number)).replace(f"{prefix}-{number}")
    lease.nest.rmdir()
