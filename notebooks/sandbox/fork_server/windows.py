"""Shows data sets to a kernel that is confined already, from outside: it has no means to show itself anything."""

import os
from pathlib import Path

from . import linux
from .filesystem import CLOSED
from .ground import Ground


class Windows:
    """Opens a kernel's /data. The calling process enters the kernel's mount namespace for a moment, and comes back."""

    def __init__(self, ground: Ground) -> None:
        self._data_root = ground.data_root
        self._own_mounts = os.open("/proc/self/ns/mnt", os.O_RDONLY | os.O_CLOEXEC)
        self._own_root = os.open("/", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)

    def open_data(self, pid: int, datasets: tuple[str, ...] | None) -> None:
        """Show the data sets to the kernel with this pid, None for all, as they would have been at its birth.

        Raises: OSError.
        """
        if self._data_root is None or datasets == ():
            return
        names = sorted(os.listdir(self._data_root)) if datasets is None else datasets  # noqa: PTH208  # names are wanted
        trees = {name: linux.open_tree(f"{self._data_root}/{name}") for name in names}
        try:
            self._show(pid, trees)
        finally:
            for tree in trees.values():
                os.close(tree)

    def _show(self, pid: int, trees: dict[str, int]) -> None:
        mounts = os.open(f"/proc/{pid}/ns/mnt", os.O_RDONLY | os.O_CLOEXEC)
        try:
            linux.setns(mounts, linux.CLONE_NEWNS)
            try:
                _furnish(trees)
            finally:
                linux.setns(self._own_mounts, linux.CLONE_NEWNS)
                os.fchdir(self._own_root)
                os.chroot(".")
        finally:
            os.close(mounts)


def _furnish(trees: dict[str, int]) -> None:
    linux.mount("tmpfs", "/data", "tmpfs", linux.NOSUID | linux.NODEV, "size=64k,mode=755")
    for name, tree in trees.items():
        place = Path("/data") / name
        place.mkdir()
        linux.restrict_tree(tree, CLOSED)
        linux.move_tree(tree, str(place))
    linux.restrict_mount("/data", CLOSED)
