"""Kernels through a gateway's API: the gateway child, the thin client, and what a run says."""

from notebooks.host.address import GatewayAddress, KernelAddress, KernelsFile
from notebooks.host.ansi import ansi_after
from notebooks.host.coalescer import Coalescer
from notebooks.host.connection import KernelConnection
from notebooks.host.events import (
    CellDone,
    CellStatus,
    Clear,
    Display,
    Fault,
    Result,
    RunEvent,
    Started,
    Stream,
    Tick,
)
from notebooks.host.kernel_host import HostHealth, KernelHost, KernelState
from notebooks.host.panel import TableColumn, TablePage, Variable

__all__ = [
    "CellDone",
    "CellStatus",
    "Clear",
    "Coalescer",
    "Display",
    "Fault",
    "GatewayAddress",
    "HostHealth",
    "KernelAddress",
    "KernelConnection",
    "KernelHost",
    "KernelState",
    "KernelsFile",
    "Result",
    "RunEvent",
    "Started",
    "Stream",
    "TableColumn",
    "TablePage",
    "Tick",
    "Variable",
    "ansi_after",
]
