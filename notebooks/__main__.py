"""`python -m notebooks serve` runs the kernels' process, `ssh-gateway` one whose kernels are born on other machines,
`remote-kernel` is what it starts there; `install-kernelspec` registers aula-python."""

import argparse
import getpass
import logging
import sys
from collections.abc import Callable
from pathlib import Path

from notebooks import Limits, SandboxUnavailable, install_kernelspec
from notebooks.errors import NotebookError
from notebooks.host.offer import make_offer
from notebooks.host.serve import KernelsConfig, serve
from notebooks.host.ssh_gateway import SshGatewayConfig, SshHosts, serve_over_ssh
from notebooks.sandbox.remote import RemoteOrder, launch_keeper

ROOT = Path(__file__).parents[1]


def main() -> int:
    arguments = _parser().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    obey: Callable[[argparse.Namespace], None] = arguments.obey
    try:
        obey(arguments)
    except SandboxUnavailable as reason:
        print(f"Learner code cannot run here. {reason}", file=sys.stderr)
        return 3
    except NotebookError as reason:
        print(f"The kernels did not start. {reason}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m notebooks", description=__doc__)
    orders = parser.add_subparsers(dest="order", required=True)
    install = orders.add_parser("install-kernelspec", help="register the kernel aula-python with Jupyter")
    install.add_argument("--prefix", type=Path, default=Path(sys.prefix), help="the environment to register it in")
    install.set_defaults(obey=_install)
    run = orders.add_parser("serve", help="run the fork server and the gateway until stopped")
    run.add_argument("--memory-mib", type=int, default=Limits().memory_mib, help="memory of one kernel")
    run.add_argument("--grade", choices=("namespaces", "container"), help="refuse to run with any other")
    run.add_argument("--spares", type=int, default=2, help="kernels that wait, contained, for whoever asks next")
    run.add_argument("--reserve-mib", type=int, help="memory that kernels leave to the system; by default a tenth")
    run.set_defaults(obey=_serve)
    for order in (install, run):
        order.add_argument("--data-root", type=Path, help="the folder of the datasets")
        order.add_argument("--python", type=Path, default=ROOT / ".venv-kernel" / "bin" / "python",
                           help="the interpreter of the environment that learners import from")  # fmt: skip
    over_ssh = orders.add_parser("ssh-gateway", help="run a gateway whose kernels are born on other machines")
    _add_ssh(over_ssh)
    over_ssh.set_defaults(obey=_serve_over_ssh)
    for order in (run, over_ssh):
        _add_gateway(order)
    remote = orders.add_parser("remote-kernel", help="start one kernel for a gateway elsewhere; ssh-gateway calls it")
    _add_remote(remote)
    remote.set_defaults(obey=_launch)
    return parser


def _add_gateway(order: argparse.ArgumentParser) -> None:
    order.add_argument("--run-dir", type=Path, required=True, help="a private folder with a short path")
    order.add_argument("--idle-s", type=int, default=20 * 60, help="an idle kernel rests after so many seconds")
    order.add_argument("--max-kernels", type=int, default=300, help="how many may run at once")
    order.add_argument("--host", default="127.0.0.1", help="the address to listen on; any but this machine's own "
                       "needs a token file")  # fmt: skip
    order.add_argument("--port", type=int, default=0, help="the port to listen on; 0 takes any that is free")
    order.add_argument("--token-file", type=Path, help="holds what a site sends as AULA_KERNELS_TOKEN")


def _add_ssh(order: argparse.ArgumentParser) -> None:
    order.add_argument("--hosts", required=True, help="where kernels are born, with commas between")
    order.add_argument("--response-ip", required=True, help="this machine's address as those hosts see it")
    order.add_argument("--ssh-folder", type=Path, required=True, help="holds id_ed25519 and known_hosts")
    order.add_argument("--user", default=getpass.getuser(), help="the account on those hosts")
    order.add_argument("--ssh-port", type=int, default=22)
    order.add_argument("--port-range", default="0..0", help="of the kernels' ports there, such as 40000..42000")
    order.add_argument("--remote-python", type=Path, default=Path(sys.executable), help="the site's Python there")
    order.add_argument("--fork-server", type=Path, default=Path("/run/aula/kernels/fork-server.sock"),
                       help="the fork server's socket there")  # fmt: skip
    order.add_argument("--silence-s", type=float, default=120.0, help="how long kernels outlive a gateway that died")


def _add_remote(order: argparse.ArgumentParser) -> None:
    for name in ("--kernel-id", "--port-range", "--response-address", "--public-key"):
        order.add_argument(name, required=True)
    order.add_argument("--fork-server", type=Path, required=True)
    order.add_argument("--datasets", help="names with commas between; all where it is not said")
    order.add_argument("--language", default="es")
    order.add_argument("--silence-s", type=float, default=120.0)


def _install(arguments: argparse.Namespace) -> None:
    install_kernelspec(arguments.prefix, python=arguments.python, data_root=arguments.data_root)


def _serve(arguments: argparse.Namespace) -> None:
    config = KernelsConfig(
        run_dir=arguments.run_dir.absolute(),
        python=arguments.python.absolute(),
        data_root=arguments.data_root.absolute() if arguments.data_root else None,
        limits=Limits(memory_mib=arguments.memory_mib),
        required_grade=arguments.grade,
        spares=arguments.spares,
        reserve_mib=arguments.reserve_mib,
        idle_s=arguments.idle_s,
        max_kernels=arguments.max_kernels,
        offer=make_offer(arguments.host, arguments.port, arguments.token_file),
    )
    serve(config)


def _serve_over_ssh(arguments: argparse.Namespace) -> None:
    ssh = SshHosts(
        hosts=tuple(arguments.hosts.split(",")),
        user=arguments.user,
        ssh_folder=arguments.ssh_folder,
        response_ip=arguments.response_ip,
        python=arguments.remote_python,
        fork_server=arguments.fork_server,
        ssh_port=arguments.ssh_port,
        port_range=arguments.port_range,
        silence_s=arguments.silence_s,
    )
    config = SshGatewayConfig(
        run_dir=arguments.run_dir.absolute(),
        ssh=ssh,
        idle_s=arguments.idle_s,
        max_kernels=arguments.max_kernels,
        offer=make_offer(arguments.host, arguments.port, arguments.token_file),
    )
    serve_over_ssh(config)


def _launch(arguments: argparse.Namespace) -> None:
    names = arguments.datasets
    order = RemoteOrder(
        fork_server=arguments.fork_server,
        kernel_id=arguments.kernel_id,
        port_range=arguments.port_range,
        response_address=arguments.response_address,
        public_key=arguments.public_key,
        datasets=None if names is None else tuple(one for one in names.split(",") if one),
        language=arguments.language,
        silence_s=arguments.silence_s,
    )
    print(launch_keeper(order))


if __name__ == "__main__":
    sys.exit(main())
