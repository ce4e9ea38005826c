"""A gateway whose kernels are born on other machines, over SSH with gateway-provisioners: `python -m notebooks
ssh-gateway`."""

import importlib.util
import logging
import signal
import threading
from dataclasses import dataclass
from pathlib import Path

from notebooks.errors import KernelUnavailable
from notebooks.host.address import KernelsFile
from notebooks.host.gateway import GatewayChild, GatewayConfig
from notebooks.host.offer import LOOPBACK_ONLY, Offer
from notebooks.sandbox.remote import SSH_KERNEL_NAME, write_ssh_kernelspec

log = logging.getLogger(__name__)

LOOK_EACH_S = 0.5
LONGEST_WAIT_S = 30.0


@dataclass(frozen=True)
class SshHosts:
    """The machines where kernels are born: each runs `python -m notebooks serve`, whose fork server they come from.

    ssh_folder: holds the private key (id_ed25519) and the known_hosts of the gateway; a host that is not in there is
    refused. response_ip: this machine's address as the hosts reach it, and as they see it.
    """

    hosts: tuple[str, ...]
    user: str
    ssh_folder: Path
    response_ip: str
    python: Path
    fork_server: Path
    ssh_port: int = 22
    port_range: str = "0..0"
    silence_s: float = 120.0


@dataclass(frozen=True)
class SshGatewayConfig:
    """run_dir: a private folder for the gateway's own files."""

    run_dir: Path
    ssh: SshHosts
    idle_s: int = 20 * 60
    max_kernels: int = 300
    offer: Offer = LOOPBACK_ONLY


def make_ssh_gateway(config: SshGatewayConfig) -> GatewayChild:
    """The gateway, not yet started, with its kernelspec and its way to the key laid out in `run_dir`.

    Raises: KernelUnavailable where gateway-provisioners or the key is missing.
    """
    if importlib.util.find_spec("gateway_provisioners") is None:
        raise KernelUnavailable(
            "gateway-provisioners is not installed here, and kernels over SSH need it. Run "
            "`.venv/bin/pip install --no-deps --require-hashes -r requirements-ssh.txt`."
        )
    ssh = config.ssh
    if not (ssh.ssh_folder / "known_hosts").is_file():
        raise KernelUnavailable(
            f"{ssh.ssh_folder}/known_hosts is not there, so no host could be told from an impostor. "
            "Put the key id_ed25519 and the known_hosts of your hosts into that folder."
        )
    home = config.run_dir / "gateway"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / ".ssh").unlink(missing_ok=True)
    (home / ".ssh").symlink_to(ssh.ssh_folder.absolute())
    specs = config.run_dir / "jupyter"
    write_ssh_kernelspec(
        specs, hosts=ssh.hosts, python=ssh.python, fork_server=ssh.fork_server, silence_s=ssh.silence_s
    )  # fmt: skip
    return GatewayChild(
        GatewayConfig(
            run_dir=config.run_dir,
            kernel_name=SSH_KERNEL_NAME,
            idle_s=config.idle_s,
            max_kernels=config.max_kernels,
            jupyter_path=specs,
            offer=config.offer,
            environment=_environment(ssh),
        )
    )


def serve_over_ssh(config: SshGatewayConfig) -> None:
    """Run until SIGTERM or SIGINT; a gateway that dies is started again. Prints READY once kernels can be asked for.

    Raises: KernelUnavailable where it could not be started.
    """
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    gateway = make_ssh_gateway(config)
    file = config.run_dir / "kernels.json"
    try:
        gateway.start()
        KernelsFile((gateway.address,), None, None).write(file)
        print("READY", flush=True)  # noqa: T201  # the line that a parent process waits for
        _watch(gateway, stopped)
    finally:
        file.unlink(missing_ok=True)
        gateway.stop()


def _watch(gateway: GatewayChild, stopped: threading.Event) -> None:
    wait_s = LOOK_EACH_S
    while not stopped.wait(wait_s):
        if gateway.is_alive():
            wait_s = LOOK_EACH_S
            continue
        log.error("The gateway died; starting another. Its kernels end when they are not asked for any more.")
        wait_s = min(2 * wait_s, LONGEST_WAIT_S)
        try:
            gateway.start()
        except KernelUnavailable as reason:
            log.error("It did not come up again: %s", reason)


def _environment(ssh: SshHosts) -> dict[str, str]:
    """What gateway-provisioners reads. Its list of forbidden users is emptied: the gateway's token says who may."""
    return {
        "GP_REMOTE_USER": ssh.user,
        "GP_SSH_PORT": str(ssh.ssh_port),
        "GP_RESPONSE_IP": ssh.response_ip,
        "GP_PORT_RANGE": ssh.port_range,
        "GP_UNAUTHORIZED_USERS": "",
        "GP_POLL_INTERVAL": "0.05",
        # Shorter than the site waits for a gateway's answer.
        "GP_LAUNCH_TIMEOUT": "20",
        # None at all: with the stock 10 ms the gateway stands still most of the time, waiting for answers.
        "GP_SOCKET_TIMEOUT": "0",
    }
