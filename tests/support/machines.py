"""A second machine that is none: a network namespace with an address, an sshd and a kernels' process of its own."""

import contextlib
import importlib.util
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psutil
from support.gateways import eventually
from support.needs import need
from support.sandbox import DATASETS, ROOT

from notebooks import ForkServer, GatewayAddress
from notebooks.host.gateway import GatewayChild
from notebooks.host.offer import free_port
from notebooks.host.ssh_gateway import SshGatewayConfig, SshHosts, make_ssh_gateway

COUNT = itertools.count()
SSHD = "/usr/sbin/sshd"
SSH_PORT = 2222
TOKEN = "a token that is long enough, but for spaces".replace(" ", "-")


@dataclass(frozen=True)
class SecondMachine:
    """link, far_link: our end of the cable and its own; our_address, address: likewise."""

    folder: Path
    namespace: str
    link: str
    far_link: str
    address: str
    our_address: str

    @property
    def ssh_folder(self) -> Path:
        """What a gateway needs to get in: the key, and the host's own."""
        return self.folder / "ssh"

    @property
    def fork_server(self) -> ForkServer:
        return ForkServer.attach(self.folder / "k" / "fork-server.sock")

    def keepers(self) -> list[psutil.Process]:
        """The processes that keep this machine's kernels for gateways elsewhere."""
        mine = f"{self.folder}/k/"
        return [one for one in psutil.process_iter() if "remote-kernel" in (words := _words(one)) and mine in words]

    @contextmanager
    def unplugged(self) -> Iterator[None]:
        """Its cable is out: whatever is sent either way vanishes."""
        _order("ip", "-n", self.namespace, "link", "set", self.far_link, "down")
        try:
            yield
        finally:
            _order("ip", "-n", self.namespace, "link", "set", self.far_link, "up")


@contextmanager
def second_machine() -> Iterator[SecondMachine]:
    """Up with its sshd and kernels' process. Skips where this machine cannot have one."""
    need_network_namespaces()
    with tempfile.TemporaryDirectory(prefix="m") as folder, ExitStack() as stack:
        machine = _cable(Path(folder), stack)
        _make_keys(machine)
        inside = ["nsenter", f"--net=/run/netns/{machine.namespace}", "--"]
        stack.enter_context(_running_sshd(machine, inside))
        stack.enter_context(running_serve(machine.folder / "k", inside=inside))
        yield machine


@contextmanager
def running_serve(run_dir: Path, *flags: str, inside: list[str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """`python -m notebooks serve`, ready. inside: what puts it elsewhere."""
    run_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (run_dir / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [*(inside or []), sys.executable, "-m", "notebooks", "serve", "--run-dir", str(run_dir),
             "--data-root", str(DATASETS), *flags],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "READY\n", (run_dir / "serve.log").read_text()
            yield process
        finally:
            process.terminate()
            process.wait(20)
            if process.stdout is not None:
                process.stdout.close()


@contextmanager
def running_ssh_gateway(machine: SecondMachine, **changes: Any) -> Iterator[GatewayChild]:
    """A gateway here whose kernels are born on the other machine. changes: of SshHosts."""
    with tempfile.TemporaryDirectory(prefix="sg") as folder:
        ssh = SshHosts(
            hosts=(machine.address,), user="root", ssh_folder=machine.ssh_folder,
            response_ip=machine.our_address, python=Path(sys.executable),
            fork_server=machine.fork_server.socket_path, ssh_port=SSH_PORT,
        )  # fmt: skip
        gateway = make_ssh_gateway(SshGatewayConfig(Path(folder), replace(ssh, **changes)))
        gateway.start()
        try:
            yield gateway
        finally:
            gateway.stop()


@contextmanager
def offered_gateway(host: str = "127.0.0.1") -> Iterator[GatewayAddress]:
    """The gateway of a kernels' process that is offered to other machines under TOKEN."""
    with tempfile.TemporaryDirectory(prefix="og") as folder:
        token_file = Path(folder) / "token"
        token_file.write_text(TOKEN + "\n")
        run_dir, port = Path(folder) / "k", free_port(host)
        with running_serve(run_dir, "--host", host, "--port", str(port), "--token-file", str(token_file)):
            yield GatewayAddress(f"http://{host}:{port}", TOKEN)


def need_network_namespaces() -> None:
    """Skip where no second machine can be had."""
    need(os.geteuid() == 0, "The right to make network namespaces", "Run the tests as root.")
    for program in ("ip", "nsenter", "ssh-keygen", SSHD):
        need(shutil.which(program) is not None, program, "Install iproute2 and openssh-server.")
    for package in ("gateway_provisioners", "Cryptodome"):
        need(importlib.util.find_spec(package) is not None, package, "Install requirements-dev.txt.")
    name = f"aula-trial-{os.getpid()}"
    is_allowed = subprocess.run(["ip", "netns", "add", name], capture_output=True).returncode == 0
    if is_allowed:
        _order("ip", "netns", "delete", name)
    need(is_allowed, "The right to make network namespaces", "Allow CAP_SYS_ADMIN and CAP_NET_ADMIN.")


def _cable(folder: Path, stack: ExitStack) -> SecondMachine:
    count = next(COUNT)
    which, number = f"{os.getpid()}-{count}", (os.getpid() * 8 + count) % 16_384
    network = f"10.{211 + number // 64 // 256}.{number // 64 % 256}"
    ours, theirs = f"{network}.{number % 64 * 4 + 1}", f"{network}.{number % 64 * 4 + 2}"
    link, far = f"av{which}", f"aw{which}"
    machine = SecondMachine(folder, f"aula-{which}", link, far, theirs, ours)
    _order("ip", "netns", "add", machine.namespace)
    stack.callback(_order, "ip", "netns", "delete", machine.namespace)
    _order("ip", "link", "add", machine.link, "type", "veth", "peer", "name", far, "netns", machine.namespace)
    stack.callback(subprocess.run, ["ip", "link", "delete", machine.link], capture_output=True)
    _order("ip", "address", "add", f"{ours}/30", "dev", machine.link)
    _order("ip", "link", "set", machine.link, "up")
    for order in (
        ["address", "add", f"{theirs}/30", "dev", far],
        ["link", "set", far, "up"],
        ["link", "set", "lo", "up"],
    ):
        _order("ip", "-n", machine.namespace, *order)
    return machine


def _make_keys(machine: SecondMachine) -> None:
    machine.ssh_folder.mkdir(mode=0o700)
    for path in (machine.ssh_folder / "id_ed25519", machine.folder / "host-key"):
        _order("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path))
    kind, key, *_ = (machine.folder / "host-key.pub").read_text().split()
    (machine.ssh_folder / "known_hosts").write_text(f"[{machine.address}]:{SSH_PORT} {kind} {key}\n")
    (machine.folder / "authorized").write_text((machine.ssh_folder / "id_ed25519.pub").read_text())


@contextmanager
def _running_sshd(machine: SecondMachine, inside: list[str]) -> Iterator[None]:
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd insists on it
    config = machine.folder / "sshd_config"
    config.write_text(
        f"ListenAddress {machine.address}:{SSH_PORT}\nHostKey {machine.folder}/host-key\nPidFile none\nUsePAM no\n"
        f"AuthorizedKeysFile {machine.folder}/authorized\nStrictModes no\nPermitRootLogin prohibit-password\n"
        "PasswordAuthentication no\n"
    )
    with (machine.folder / "sshd.log").open("w") as log:
        process = subprocess.Popen([*inside, SSHD, "-D", "-e", "-f", str(config)], stderr=log, stdin=subprocess.DEVNULL)
    try:
        eventually(lambda: "listening" in (machine.folder / "sshd.log").read_text())
        yield
    finally:
        process.terminate()
        process.wait(20)


def _order(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stderr}"


def _words(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""
