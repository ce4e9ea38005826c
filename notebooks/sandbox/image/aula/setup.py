"""What the kernel does once with `aula`, before the first cell."""

from typing import Any

from aula import style, table


def set_up_shell(shell: Any) -> None:
    """Give a new shell our table format and the look of our charts."""
    table.register(shell)
    style.use()
