"""The figures that a cell drew. They are closed at its end, as in any notebook; a probe finds them open again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib._pylab_helpers import Gcf


class DrawnFigures:
    """Remembers the figures of the latest cell that drew any."""

    def __init__(self) -> None:
        self._new: list[Any] = []
        self._last: list[Any] = []
        make_active = Gcf._set_new_active_manager

        def remember(manager: Any) -> None:
            self._new.append(manager)
            make_active(manager)

        Gcf._set_new_active_manager = remember

    def end_cell(self) -> None:
        """Called after each cell: what it drew replaces what was drawn before."""
        if self._new:
            self._last, self._new = self._new, []

    @contextmanager
    def reopened(self) -> Iterator[None]:
        """Within it pyplot knows the figures of the latest drawing cell, as they were made, the last being active."""
        open_now = dict(Gcf.figs)
        known = [manager for manager in self._last if manager not in open_now.values()]
        Gcf.figs.clear()
        Gcf.figs.update(enumerate([*open_now.values(), *known], 1))
        try:
            yield
        finally:
            Gcf.figs.clear()
            Gcf.figs.update(open_now)
            self._new.clear()
