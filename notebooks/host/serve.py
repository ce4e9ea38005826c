"""The kernels' own process: self-test, fork server, gateway; it watches both, starts them again, and stops
them."""

import logging
import signal
import threading
from dataclasses import dataclass, field
from pathlib import Path

from notebooks.errors import KernelUnavailable, SandboxUnavailable
from notebooks.host.address import KernelsFile
from notebooks.host.gateway import GatewayChild, GatewayConfig
from notebooks.host.offer import LOOPBACK_ONLY, Offer
from notebooks.sandbox import ForkServer, Limits, SandboxConfig, run_self_test

log = logging.getLogger(__name__)

LOOK_EACH_S = 0.5
LONGEST_WAIT_S = 30.0


@dataclass(frozen=True)
class KernelsConfig:
    """run_dir: a short path to a private folder; python: of the environment that learners import from."""

    run_dir: Path
    python: Path
    data_root: Path | None = None
    limits: Limits = field(default_factory=Limits)
    required_grade: str | None = None
    spares: int = 0
    reserve_mib: int | None = None
    idle_s: int = 20 * 60
    max_kernels: int = 300
    jupyter_path: Path | None = None
    offer: Offer = LOOPBACK_ONLY


class Kernels:
    """A fork server and a gateway that take their kernels from it. `start`, then `watch` until stopped, then
    `stop`."""

    def __init__(self, config: KernelsConfig) -> None:
        self.config = config
        self.file = config.run_dir / "kernels.json"
        self._fork_server: ForkServer | None = None
        self._gateway: GatewayChild | None = None

    def start(self) -> KernelsFile:
        """Bring everything up and say where it is in `kernels.json`.

        Raises: SandboxUnavailable where the sandbox cannot be built or does not hold, KernelUnavailable
        without a gateway.
        """
        self.config.run_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file.unlink(missing_ok=True)
        server = self._start_fork_server()
        test = run_self_test(server)
        if not test.passed:
            raise SandboxUnavailable("The sandbox does not hold, so no code will run: " + "; ".join(test.failures))
        log.info("The sandbox holds, grade %s.", test.grade)
        self._gateway = GatewayChild(
            GatewayConfig(
                run_dir=self.config.run_dir,
                idle_s=self.config.idle_s,
                max_kernels=self.config.max_kernels,
                fork_server=server.socket_path,
                jupyter_path=self.config.jupyter_path,
                offer=self.config.offer,
            )
        )
        self._gateway.start()
        return self._announce()

    def watch(self, stopped: threading.Event) -> None:
        """Until `stopped` is set, start again whatever died. One that keeps dying is waited for longer each
        time."""
        wait_s = LOOK_EACH_S
        while not stopped.wait(wait_s):
            try:
                has_revived = self._revive()
            except (KernelUnavailable, SandboxUnavailable) as reason:
                log.error("It did not come up again: %s", reason)
                has_revived = True
            wait_s = min(2 * wait_s, LONGEST_WAIT_S) if has_revived else LOOK_EACH_S

    def stop(self) -> None:
        """End the gateway and the fork server, and with them every kernel."""
        self.file.unlink(missing_ok=True)
        if self._gateway is not None:
            self._gateway.stop()
        if self._fork_server is not None:
            self._fork_server.stop()

    def _revive(self) -> bool:
        """Whether something had died and runs again. Kernels that it had are gone."""
        has_died = False
        if self._fork_server is None or not self._fork_server.is_alive():
            log.error("The fork server died; starting another. Its kernels are gone.")
            has_died = True
            self._start_fork_server()
        if self._gateway is not None and not self._gateway.is_alive():
            log.error("The gateway died; starting another. Its kernels are gone.")
            has_died = True
            self._gateway.start()
        if has_died:
            self._announce()
        return has_died

    def _start_fork_server(self) -> ForkServer:
        if self._fork_server is not None:
            self._fork_server.stop()
            self._fork_server = None
        self._fork_server = ForkServer.start(
            SandboxConfig(
                python=self.config.python,
                data_root=self.config.data_root,
                limits=self.config.limits,
                run_dir=self.config.run_dir,
                required_grade=self.config.required_grade,
                spares=self.config.spares,
                reserve_mib=self.config.reserve_mib,
            )
        )
        return self._fork_server

    def _announce(self) -> KernelsFile:
        if self._fork_server is None or self._gateway is None:
            raise KernelUnavailable("the kernels' process has not started")
        file = KernelsFile((self._gateway.address,), self._fork_server.socket_path, self._fork_server.grade)
        file.write(self.file)
        return file


def serve(config: KernelsConfig) -> None:
    """Run until SIGTERM or SIGINT. Prints READY once kernels can be had.

    Raises: SandboxUnavailable, KernelUnavailable where nothing could be started; nothing is left running
    then.
    """
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    kernels = Kernels(config)
    try:
        kernels.start()
        print("READY", flush=True)  # noqa: T201  # the line that the parent process waits for
        kernels.watch(stopped)
    finally:
        kernels.stop()
