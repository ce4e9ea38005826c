"""The kernelspec of a gateway whose kernels are born on other machines: gateway-provisioners fills its braces in."""

import json
from pathlib import Path

SSH_KERNEL_NAME = "aula-ssh"
SSH_PROVISIONER = "aula-ssh-provisioner"


def write_ssh_kernelspec(
    jupyter_path: Path, *, hosts: tuple[str, ...], python: Path, fork_server: Path, silence_s: float
) -> Path:
    """Write it below a folder of JUPYTER_PATH and give its kernel.json.

    hosts: where kernels are born, in turn; python, fork_server: the site's interpreter and the fork server's socket
    there; silence_s: how long a kernel lives on when its gateway does not ask for it any more.
    """
    folder = jupyter_path / "kernels" / SSH_KERNEL_NAME
    folder.mkdir(parents=True, exist_ok=True)
    argv = [
        str(python), "-m", "notebooks", "remote-kernel", "--fork-server", str(fork_server), "--silence-s",
        f"{silence_s:g}", "--kernel-id", "{kernel_id}", "--port-range", "{port_range}", "--response-address",
        "{response_address}", "--public-key", "{public_key}",
    ]  # fmt: skip
    provisioner = {"provisioner_name": SSH_PROVISIONER, "config": {"remote_hosts": list(hosts)}}
    spec = {
        "argv": argv,
        "display_name": "Aula Abierta",
        "language": "python",
        "interrupt_mode": "signal",
        "metadata": {"debugger": False, "kernel_provisioner": provisioner},
    }
    file = folder / "kernel.json"
    file.write_text(json.dumps(spec, indent=1) + "\n")
    return file
