"""The round trip of a trivial cell: by the gateway as the site uses it, and by ZeroMQ directly, in the same kernels."""

import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.kernels import answer, fork_server, kernel, write_specifications
from benchmarks.measure import Comparison, interleaved, timed_ms
from notebooks import CellDone, ForkServer, KernelConnection, KernelHost, Limits
from notebooks.host.gateway import GatewayChild, GatewayConfig

TRIPS, WARM_UP = 200, 10
CELL = "1"


def compare() -> list[Comparison]:
    with (
        tempfile.TemporaryDirectory(prefix="bg") as folder,
        fork_server(Path(folder) / "s") as server,
        gateway_connection(Path(folder) / "g", server) as connection,
    ):
        specifications = write_specifications(Path(folder) / "k")
        with kernel(specifications, "aula-python") as (_, client):
            ways = {
                "ZeroMQ directly": lambda: timed_ms(lambda: answer(client, CELL)),
                "the gateway, on an open channel": lambda: trip_ms(connection, CELL),
            }
            interleaved(ways, WARM_UP)
            measured = interleaved(ways, TRIPS)
    return [Comparison("gateway: round trip of a trivial cell", "ms", measured[0], measured[1:])]


@contextmanager
def gateway_connection(folder: Path, server: ForkServer) -> Iterator[KernelConnection]:
    """An attached kernel of this fork server behind a gateway of its own."""
    child = GatewayChild(GatewayConfig(folder, fork_server=server.socket_path))
    child.start()
    host = KernelHost([child.address])
    try:
        with host.connect(host.start()) as connection:
            yield connection
    finally:
        child.stop()


def trip_ms(connection: KernelConnection, code: str) -> float:
    """A cell from its sending to its end, which the client knows once it has read all that the kernel said."""
    began_at = time.perf_counter()
    *_, end = connection.execute(code, uuid.uuid4().hex, limits=Limits())
    took_ms = (time.perf_counter() - began_at) * 1000
    assert isinstance(end, CellDone)
    if end.status != "ok":
        raise RuntimeError(f"A cell that was measured ended as {end.status}.")
    return took_ms
