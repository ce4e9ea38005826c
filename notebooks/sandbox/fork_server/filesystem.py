"""The file system that learner code sees: system, interpreter and data to read, small folders in memory to write."""

import os
from pathlib import Path

from . import linux
from .ground import ROOTLESS_UID, Ground, Plot, paths_inside

SYSTEM = ("/usr", "/etc/fonts", "/etc/alternatives", "/etc/ld.so.cache", "/etc/mime.types")
LINKS = ("/bin", "/sbin", "/lib", "/lib64")
DEVICES = ("null", "zero", "full", "random", "urandom")
CLOSED = linux.RDONLY | linux.NOSUID | linux.NODEV
INODES = 2048
MOST_TERMINALS = 8
ROOMS = ("/home/learner", "/tmp", "/dev/shm")  # noqa: S108  # its own


def build_root(ground: Ground, plot: Plot) -> None:
    """Change to a root of our own making. The process is alone in its mount namespace, and first in its pid namespace.

    Raises OSError where a step is not permitted.
    """
    root = ground.stage
    linux.mount(None, "/", None, linux.MS_REC | linux.MS_PRIVATE)
    _mount_memory(root, "size=1m,nr_inodes=1k,mode=755")
    # Before what is shown: the site itself may lie below /tmp, and must not be covered up.
    _give_room(root, plot)
    shelters = _build_shelters(root, ground)
    _show_system(root, ground)
    _show_data(root, ground, plot)
    _show_devices(root)
    if plot.has_terminal:
        _show_terminals(root)
    _write_names(root, plot.uid)
    (Path(root) / "proc").mkdir()
    linux.mount("proc", f"{root}/proc", "proc", linux.NOSUID | linux.NODEV | linux.NOEXEC)
    for place in (root, *shelters):
        linux.restrict_mount(place, CLOSED)
    linux.pivot_root(root)


def make_rooms(ground: Ground, plot: Plot) -> None:
    """For grade container, which has no root of its own: a home, and a folder with links to the data sets asked for."""
    paths = paths_inside(ground, plot)
    home, data = Path(paths.home), Path(paths.data)
    home.mkdir(mode=0o700)
    os.chown(home, plot.uid, plot.uid)
    data.mkdir(mode=0o755)
    link_data(ground, plot, plot.datasets)


def link_data(ground: Ground, plot: Plot, datasets: tuple[str, ...] | None) -> None:
    """In grade container: put links to data sets where the kernel looks for them."""
    data = Path(paths_inside(ground, plot).data)
    for place in data_folders(ground, datasets):
        (data / place.name).symlink_to(place)


def remove_rooms(ground: Ground, plot: Plot) -> None:
    """Begin to take away what `make_rooms` made; nobody waits for the end, for learners nest folders deep and many."""
    paths = paths_inside(ground, plot)
    os.posix_spawn("/bin/rm", ["rm", "-rf", "--", paths.home, paths.data], {})


def data_folders(ground: Ground, datasets: tuple[str, ...] | None) -> tuple[Path, ...]:
    """Where data sets lie, None for all of them."""
    if ground.data_root is None:
        return ()
    root = Path(ground.data_root)
    if datasets is None:
        return tuple(sorted(place for place in root.iterdir() if place.is_dir()))
    return tuple(root / name for name in datasets)


def is_covered(path: str, by: tuple[str, ...]) -> bool:
    """Whether `path` lies in one of the folders."""
    return any(path == one or path.startswith(one.rstrip("/") + "/") for one in by)


def _build_shelters(root: str, ground: Ground) -> tuple[str, ...]:
    """Where an interpreter lies below a room to write in, the folders on the way to it; closed once all is shown."""
    found = []
    for path in dict.fromkeys(place for one in ground.readable for place in (one, str(Path(one).resolve()))):
        room = next((one for one in ROOMS if is_covered(path, (one,))), None)
        if room is None:
            continue
        top = f"{room}/{path[len(room) + 1 :].partition('/')[0]}"
        if top != path and root + top not in found:
            _mount_memory(_folder(root, top[1:]), "size=64k,nr_inodes=64,mode=755")
            found.append(root + top)
    return tuple(found)


def _show_system(root: str, ground: Ground) -> None:
    shown: tuple[str, ...] = ()
    for path in (*SYSTEM, *ground.readable):
        for place in dict.fromkeys((path, str(Path(path).resolve()))):
            if Path(place).exists() and not is_covered(place, shown):
                _show(root, place, place)
                shown = (*shown, place)
    for link in map(Path, LINKS):
        if link.is_symlink():
            Path(root + str(link)).symlink_to(link.readlink())
        elif link.is_dir():
            _show(root, str(link), str(link))
    _show(root, f"{ground.library}/aula", "/opt/aula/aula")


def _show_data(root: str, ground: Ground, plot: Plot) -> None:
    """The data sets asked for, each at /data/<name>; /data is there and empty where there are none."""
    (Path(root) / "data").mkdir()
    if ground.data_root is None:
        return
    if plot.datasets is None:
        _show(root, ground.data_root, "/data")
        return
    for name in plot.datasets:
        _show(root, f"{ground.data_root}/{name}", f"/data/{name}")


def _show_devices(root: str) -> None:
    (Path(root) / "dev").mkdir(exist_ok=True)
    for name in DEVICES:
        place = Path(root) / "dev" / name
        place.touch()
        linux.bind(f"/dev/{name}", str(place), linux.NOSUID)
    (Path(root) / "dev" / "fd").symlink_to("/proc/self/fd")


def _show_terminals(root: str) -> None:
    """An instance of its own: terminals of others are not in it."""
    place = _folder(root, "dev/pts")
    options = f"newinstance,ptmxmode=0666,mode=620,max={MOST_TERMINALS}"
    linux.mount("devpts", place, "devpts", linux.NOSUID | linux.NOEXEC, options)
    (Path(root) / "dev" / "ptmx").symlink_to("pts/ptmx")


def _write_names(root: str, uid: int) -> None:
    etc = Path(root) / "etc"
    etc.mkdir(exist_ok=True)
    (etc / "passwd").write_text(f"learner:x:{uid}:{uid}::/home/learner:/bin/sh\n")
    (etc / "group").write_text(f"learner:x:{uid}:\n")
    (etc / "hosts").write_text("127.0.0.1 localhost\n")
    (etc / "nsswitch.conf").write_text("passwd: files\ngroup: files\nhosts: files\n")


def _give_room(root: str, plot: Plot) -> None:
    """The only places to write, bounded in bytes and in files. Rootless, the learner is whoever mounts them."""
    mib = plot.limits.home_mib
    owner = f"uid={plot.uid},gid={plot.uid}," if plot.uid != ROOTLESS_UID else ""
    _mount_memory(_folder(root, "home/learner"), f"size={mib}m,nr_inodes={INODES},{owner}mode=700")
    _mount_memory(_folder(root, "tmp"), f"size={mib // 2}m,nr_inodes={INODES},mode=1777")
    _mount_memory(_folder(root, "dev/shm"), f"size={mib // 2}m,nr_inodes={INODES},mode=1777")


def _mount_memory(place: str, options: str) -> None:
    linux.mount("tmpfs", place, "tmpfs", linux.NOSUID | linux.NODEV, options)


def _folder(root: str, path: str) -> str:
    place = Path(root) / path
    place.mkdir(parents=True, exist_ok=True)
    return str(place)


def _show(root: str, source: str, path: str) -> None:
    target = Path(root + path)
    if Path(source).is_dir():
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    linux.bind(source, str(target), CLOSED)
