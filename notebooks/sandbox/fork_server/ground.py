"""What sandboxes are made of: the ground is the same for all kernels of a fork server, a plot is one kernel's own."""

from dataclasses import dataclass, field
from typing import Literal

from .cgroup import Cgroup
from .limits import Limits

Grade = Literal["namespaces", "container"]
ROOTLESS_UID = 1000  # what the learner is called in a user namespace of its own


@dataclass(frozen=True)
class Ground:
    """readable: folders of the interpreter and its libraries, at their own paths; library: the folder with `aula`.

    stage: an empty folder on which a new root is built, unseen by others; homes: where homes lie in grade container.
    inherited_bytes: what the fork server itself has allocated, which each child starts with.
    """

    grade: Grade
    is_rootless: bool
    readable: tuple[str, ...]
    library: str
    data_root: str | None
    stage: str
    homes: str
    inherited_bytes: int
    program: bytes = field(repr=False)


@dataclass(frozen=True)
class Plot:
    """One kernel's: its uid, what it may see of the data (None: everything), its limits and its control group.

    has_terminal: it may open pseudo-terminals of its own, as kernels do that talk to a shell. In grade namespaces only.
    """

    name: str
    uid: int
    datasets: tuple[str, ...] | None
    limits: Limits
    cgroup: Cgroup | None
    has_terminal: bool = False


@dataclass(frozen=True)
class Paths:
    """Where learner code finds its things, seen from inside."""

    home: str
    scratch: str
    data: str
    library: str


def paths_inside(ground: Ground, plot: Plot) -> Paths:
    """In grade container there is no root of its own, so things lie where they lie."""
    if ground.grade == "namespaces":
        return Paths(home="/home/learner", scratch="/tmp", data="/data", library="/opt/aula")  # noqa: S108  # its own
    home = f"{ground.homes}/{plot.name}"
    return Paths(home=home, scratch=home, data=f"{home}-data", library=ground.library)
