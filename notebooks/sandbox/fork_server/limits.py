"""What one kernel and one cell may take."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """memory_mib: what a process may allocate of its own; the kernel with its children may take a quarter more.

    processes counts threads too; an idle kernel has eight. file_mib: of one file; home_mib: of all files at home.
    """

    memory_mib: int = 1024
    cell_timeout_s: float = 30.0
    processes: int = 64
    file_mib: int = 32
    home_mib: int = 64
    output_bytes: int = 1_000_000
    output_lines: int = 5_000

    @property
    def group_bytes(self) -> int:
        """Memory of all processes of a kernel together, with what it keeps in its memory-backed folders."""
        return (self.memory_mib * 5 // 4 + 2 * self.home_mib) * 2**20
