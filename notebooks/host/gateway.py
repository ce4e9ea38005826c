"""The stock Jupyter Kernel Gateway as a child process: own token, own folder, scrubbed environment; on the loopback
unless it is offered to other machines."""

import logging
import os
import resource
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from notebooks.errors import KernelUnavailable
from notebooks.host.address import GatewayAddress
from notebooks.host.children import die_with_parent, raise_file_limit
from notebooks.host.gateway_api import GatewayApi
from notebooks.host.offer import LOOPBACK_ONLY, Offer, free_port, reachable_here

log = logging.getLogger(__name__)

BOOT_S = 60.0
POLITE_S = 2.0
LARGEST_LOG = 64 * 2**20
PARTS = "notebooks.host.gateway_parts"


@dataclass(frozen=True)
class GatewayConfig:
    """run_dir: a private folder for the gateway's own files; idle_s: after how long an idle kernel is put to
    rest.

    jupyter_path: where kernelspecs lie besides the environment's own; fork_server: the socket that kernels
    come from; offer: who may reach it; environment: what its provisioner wants to know besides.
    """

    run_dir: Path
    kernel_name: str = "aula-python"
    idle_s: int = 20 * 60
    max_kernels: int = 300
    fork_server: Path | None = None
    jupyter_path: Path | None = None
    offer: Offer = LOOPBACK_ONLY
    environment: Mapping[str, str] = field(default_factory=dict)


class GatewayChild:
    """A running gateway. Its address stays the same when it is started again."""

    def __init__(self, config: GatewayConfig) -> None:
        self.config = config
        self._port = config.offer.port or free_port(config.offer.host)
        host, token = reachable_here(config.offer.host), config.offer.token or secrets.token_urlsafe(32)
        self.address = GatewayAddress(f"http://{host}:{self._port}", token)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the gateway and wait until it answers.

        Raises: KernelUnavailable with the end of its log, or where the kernel that it is for does not exist.
        """
        home = self.config.run_dir / "gateway"
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (home / "log").exists():
            (home / "log").replace(home / "log.before")
        with (home / "log").open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kernel_gateway", *self._flags()],
                cwd=home,
                env=self._environment(home),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                preexec_fn=partial(_prepare_child, os.getpid()),  # noqa: PLW1509  # the parent is single-threaded when it starts children
                start_new_session=True,
            )
        self._wait(home / "log")

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End the gateway: politely first, then at once. Its kernels end with it."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(POLITE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait(self, logfile: Path) -> None:
        api, end = GatewayApi(self.address), time.monotonic() + BOOT_S
        while self.is_alive() and time.monotonic() < end:
            try:
                api.list_kernels()
            except KernelUnavailable:
                time.sleep(0.05)
            else:
                self._require_kernel(api)
                return
        self.stop()
        said = logfile.read_text(errors="replace")[-1000:]
        raise KernelUnavailable(f"the gateway did not come up at {self.address.url}. Its last words: {said}")

    def _require_kernel(self, api: GatewayApi) -> None:
        """A gateway whose only kernel does not exist would come up, and refuse every learner."""
        try:
            api.require_kernel(self.config.kernel_name)
        except KernelUnavailable:
            self.stop()
            raise

    def _flags(self) -> list[str]:
        return [
            f"--KernelGatewayApp.kernel_websocket_connection_class={PARTS}.PromptConnection",
            f"--KernelGatewayApp.kernel_manager_class={PARTS}.AulaKernels",
            f"--AulaKernels.cull_idle_timeout={self.config.idle_s}",
            f"--AulaKernels.cull_interval={max(1, min(60, self.config.idle_s // 4))}",
            "--AulaKernels.kernel_info_timeout=20",
            "--KernelRestarter.restart_limit=0",
            "--KernelRestarter.time_to_dead=0.5",
            # Our own caps come first (1 MB or 5 000 lines a cell); these only guard the gateway against a
            # flood.
            "--PromptConnection.iopub_msg_rate_limit=5000",
            "--PromptConnection.iopub_data_rate_limit=4000000",
            f"--KernelSpecManager.allowed_kernelspecs={self.config.kernel_name}",
            f"--KernelSpecManager.ensure_native_kernel={self.config.kernel_name == 'python3'}",
            "--JupyterWebsocketPersonality.list_kernels=True",
            "--log-level=WARN",
        ]

    def _environment(self, home: Path) -> dict[str, str]:
        """Nothing of ours but what the gateway needs: a kernel could inherit the rest."""
        environment = {
            **self.config.environment,
            "PATH": os.defpath,
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "KG_IP": self.config.offer.host,
            "KG_PORT": str(self._port),
            "KG_PORT_RETRIES": "0",
            "KG_AUTH_TOKEN": self.address.token,
            "KG_DEFAULT_KERNEL_NAME": self.config.kernel_name,
            "KG_FORCE_KERNEL_NAME": self.config.kernel_name,
            "KG_ENV_WHITELIST": "AULA_DATASETS,AULA_LANGUAGE",
            "KG_MAX_KERNELS": str(self.config.max_kernels),
        }
        if self.config.fork_server:
            environment["AULA_FORK_SERVER"] = str(self.config.fork_server)
        if self.config.jupyter_path:
            environment["JUPYTER_PATH"] = str(self.config.jupyter_path)
        return environment


def _prepare_child(parent: int) -> None:
    die_with_parent(parent)
    raise_file_limit()
    # A kernel that talks nonsense makes the gateway complain; its log must not fill the disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_LOG, LARGEST_LOG))
