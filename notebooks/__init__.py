"""Notebook documents and kernels. Knows nothing of courses or people.

What speaks to gateways is loaded when a name of it is first asked for: a command that grades does without, and without
the tenth of a second that its libraries take.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from notebooks.document import (
    MOST_FILE_BYTES,
    Cell,
    Notebook,
    clean_text,
    list_raw_cells,
    merge_work,
    read_notebook,
    read_outline,
    read_work,
    write_notebook,
)
from notebooks.errors import (
    CellTimeout,
    KernelLost,
    KernelUnavailable,
    NoRoom,
    NotebookError,
    NotebookRefused,
    ProbeRefused,
    SandboxUnavailable,
)
from notebooks.sandbox import (
    CellError,
    CellReply,
    ForkServer,
    Limits,
    SandboxConfig,
    SelfTest,
    ServerStatus,
    Session,
    install_kernelspec,
    run_self_test,
)

if TYPE_CHECKING:
    from notebooks.host import (
        CellDone,
        CellStatus,
        Clear,
        Coalescer,
        Display,
        Fault,
        GatewayAddress,
        HostHealth,
        KernelAddress,
        KernelConnection,
        KernelHost,
        KernelsFile,
        KernelState,
        Result,
        RunEvent,
        Started,
        Stream,
        TableColumn,
        TablePage,
        Tick,
        Variable,
        ansi_after,
    )
else:

    def __getattr__(name: str) -> Any:
        """A name of `notebooks.host`."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module("notebooks.host"), name)


__all__ = [
    "MOST_FILE_BYTES",
    "Cell",
    "CellDone",
    "CellError",
    "CellReply",
    "CellStatus",
    "CellTimeout",
    "Clear",
    "Coalescer",
    "Display",
    "Fault",
    "ForkServer",
    "GatewayAddress",
    "HostHealth",
    "KernelAddress",
    "KernelConnection",
    "KernelHost",
    "KernelLost",
    "KernelState",
    "KernelUnavailable",
    "KernelsFile",
    "Limits",
    "NoRoom",
    "Notebook",
    "NotebookError",
    "NotebookRefused",
    "ProbeRefused",
    "Result",
    "RunEvent",
    "SandboxConfig",
    "SandboxUnavailable",
    "SelfTest",
    "ServerStatus",
    "Session",
    "Started",
    "Stream",
    "TableColumn",
    "TablePage",
    "Tick",
    "Variable",
    "ansi_after",
    "clean_text",
    "install_kernelspec",
    "merge_work",
    "list_raw_cells",
    "read_notebook",
    "read_outline",
    "read_work",
    "run_self_test",
    "write_notebook",
]
