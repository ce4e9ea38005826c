"""The kernel "aula-python" as any Jupyter client finds it."""

import json
from pathlib import Path
from typing import Any

from notebooks.sandbox.config import SITE

KERNEL_NAME = "aula-python"
PROVISIONER = "aula-provisioner"


def install_kernelspec(prefix: Path, *, python: Path | None = None, data_root: Path | None = None) -> Path:
    """Register the kernel in an environment and give its kernel.json.

    python, data_root: what a client gets that runs without the site; the site's own kernels do not look at them.
    """
    folder = prefix.absolute() / "share" / "jupyter" / "kernels" / KERNEL_NAME
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "kernel.json"
    file.write_text(json.dumps(_spec(python, data_root), indent=1) + "\n")
    return file


def _spec(python: Path | None, data_root: Path | None) -> dict[str, Any]:
    config = {"python": str((python or SITE / ".venv-kernel" / "bin" / "python").absolute())}
    if data_root is not None:
        config["data_root"] = str(data_root.absolute())
    return {
        "argv": [KERNEL_NAME],  # nothing is executed: the provisioner asks the fork server
        "display_name": "Aula Abierta",
        "language": "python",
        "interrupt_mode": "signal",
        "metadata": {
            "debugger": False,
            "kernel_provisioner": {"provisioner_name": PROVISIONER, "config": config},
        },
    }
