"""`python -m notebooks serve` runs the kernels' process; `python -m notebooks install-kernelspec` registers
aula-python."""

import argparse
import logging
import sys
from pathlib import Path

from notebooks import Limits, SandboxUnavailable, install_kernelspec
from notebooks.errors import NotebookError
from notebooks.host.serve import KernelsConfig, serve

ROOT = Path(__file__).parents[1]


def main() -> int:
    arguments = _parser().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    try:
        if arguments.order == "install-kernelspec":
            install_kernelspec(arguments.prefix, python=arguments.python, data_root=arguments.data_root)
        else:
            serve(_to_config(arguments))
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
    run = orders.add_parser("serve", help="run the fork server and the gateway until stopped")
    run.add_argument("--run-dir", type=Path, required=True, help="a private folder with a short path")
    for order in (install, run):
        order.add_argument("--data-root", type=Path, help="the folder of the datasets")
        order.add_argument("--python", type=Path, default=ROOT / ".venv-kernel" / "bin" / "python",
                           help="the interpreter of the environment that learners import from")  # fmt: skip
    run.add_argument("--memory-mib", type=int, default=Limits().memory_mib, help="memory of one kernel")
    run.add_argument("--grade", choices=("namespaces", "container"), help="refuse to run with any other")
    run.add_argument("--idle-s", type=int, default=20 * 60, help="an idle kernel rests after so many seconds")
    run.add_argument("--max-kernels", type=int, default=300, help="how many may run at once")
    return parser


def _to_config(arguments: argparse.Namespace) -> KernelsConfig:
    return KernelsConfig(
        run_dir=arguments.run_dir.absolute(),
        python=arguments.python.absolute(),
        data_root=arguments.data_root.absolute() if arguments.data_root else None,
        limits=Limits(memory_mib=arguments.memory_mib),
        required_grade=arguments.grade,
        idle_s=arguments.idle_s,
        max_kernels=arguments.max_kernels,
    )


if __name__ == "__main__":
    sys.exit(main())
