"""A runner in a process of its own, to be killed: `python -m support.runner_process URL GATEWAY TOKEN ROW`."""

import sys
import tempfile
from pathlib import Path

from support.jobs import a_context
from support.practice import a_catalogue

from notebooks import GatewayAddress, KernelHost
from webapp.migrations.tables import every_table
from webapp.services.practice.records import KernelRowId
from webapp.services.practice.runner import drain
from webapp.store import make_engine, session_factory


def main(url: str, gateway: str, token: str, row_id: str) -> None:
    every_table()
    host = KernelHost([GatewayAddress(gateway, token)], kernel_name="python3")
    context = a_context(
        session_factory(make_engine(url)),
        Path(tempfile.gettempdir()),
        kernels=lambda: host,
        catalogue=a_catalogue(),
    )
    drain(context, KernelRowId(int(row_id)))


if __name__ == "__main__":
    main(*sys.argv[1:])
