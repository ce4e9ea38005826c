"""A kernel for another language in the same sandbox, through the same provisioner and the same gateway."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.gateways import ending, printed, run, running_gateway
from support.sandbox import PYTHON, running_fork_server

from notebooks import KernelAddress, KernelHost, Stream

SECOND = PYTHON.parents[1] / "second"
CLASS = "bash_kernel.kernel.BashKernel"


@pytest.fixture(scope="module")
def python() -> Iterator[Path]:
    """The kernels' Python with the package of the other kernel beside its own."""
    with tempfile.TemporaryDirectory(prefix="py") as folder:
        path = Path(folder) / "python"
        path.write_text(f'#!/bin/sh\nPYTHONPATH="$PYTHONPATH:{SECOND}" exec {PYTHON} "$@"\n')
        path.chmod(0o755)
        yield path


@pytest.fixture(scope="module")
def host(python: Path) -> Iterator[KernelHost]:
    """A gateway that knows the kernelspec `aula-bash`, and nothing else of bash."""
    with tempfile.TemporaryDirectory(prefix="sp") as folder, running_fork_server(python=python) as server:
        spec = Path(folder) / "kernels" / "aula-bash"
        spec.mkdir(parents=True)
        provisioner = {"provisioner_name": "aula-provisioner", "config": {"kernel_class": CLASS}}
        (spec / "kernel.json").write_text(
            json.dumps({"argv": ["aula-bash"], "display_name": "bash", "language": "bash",
                        "metadata": {"kernel_provisioner": provisioner}})
        )  # fmt: skip
        with running_gateway("aula-bash", fork_server=server.socket_path, jupyter_path=Path(folder)) as gateway:
            yield KernelHost([gateway.address], kernel_name="aula-bash", code_language="bash")


@pytest.fixture
def kernel(host: KernelHost) -> Iterator[KernelAddress]:
    address = host.start(["mx-entidades"])
    yield address
    host.shutdown(address)


def test_its_cells_run_and_their_memory_lasts(host: KernelHost, kernel: KernelAddress) -> None:
    run(host, kernel, "nombre=mundo")
    assert printed(run(host, kernel, 'echo "hola, $nombre"')) == "hola, mundo\n"


def test_it_lives_in_the_sandbox(host: KernelHost, kernel: KernelAddress) -> None:
    looks = "id -un; cat /etc/shadow; ls /data; echo $$ > /usr/escaped; ls /proc | grep -c '^[0-9]'"
    said = printed(run(host, kernel, looks))
    assert "learner" in said
    assert "mx-entidades" in said
    assert "root:" not in said
    assert "/usr/escaped: " in said
    assert int(said.split()[-1]) < 10
    assert "Permission denied" in printed(run(host, kernel, "exec 3<>/dev/tcp/127.0.0.1/80"))


def test_it_is_interrupted_as_any(host: KernelHost, kernel: KernelAddress) -> None:
    events = run(host, kernel, "echo empieza; sleep 600", should_stop=lambda: True)
    assert ending(events).status == "interrupted"
    assert Stream("stdout", "sigue\n") in run(host, kernel, "echo sigue")


def test_the_panel_of_variables_asks_it_nothing_in_python(host: KernelHost, kernel: KernelAddress) -> None:
    with host.connect(kernel) as connection:
        assert connection.variables() == ()
        assert connection.table_page("nombre") is None
