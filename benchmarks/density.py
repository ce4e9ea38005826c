"""How many kernels fit: memory of idle ones, a page beside hundreds of them, and a hundred starts at once."""

import contextlib
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil
from jupyter_client.kernelspec import KernelSpecManager

from benchmarks.kernels import answer, kernel, unique_mib, write_specifications
from benchmarks.learners import Learner
from benchmarks.measure import Comparison, Measured, short, timed_ms
from benchmarks.site import Site, running_site
from notebooks import CellDone, KernelAddress, KernelHost, KernelUnavailable, Limits, Stream

LIBRARIES = "import numpy, pandas, matplotlib.pyplot"
# Tells which processes are the kernel: those of its process namespace. In grade container it has none of its own.
WHOSE = "import os\nprint(os.readlink('/proc/self/ns/pid'), os.getpid())"
AT_A_TIME = 4
PATIENCE_S = 120.0
SETTLE_S = 3.0
ENOUGH = 20
LAST_WORDS = 2_000


@dataclass(frozen=True)
class Sizes:
    """kernels: how many of ours are weighed at each stage, rising; the last stage is the one beside which pages are
    asked. stock: how many stock kernels stand beside each other; starts: how many kernels are asked for at once."""

    kernels: tuple[int, ...] = (1, 20, 100, 300)
    stock: int = 8
    starts: int = 100
    pages: int = 200
    alone: int = 10


SMALL = Sizes(kernels=(1, 5, 20), stock=2, starts=20, pages=40, alone=3)


@dataclass(frozen=True)
class Weighed:
    """Kernels that are idle: the memory that each has for itself, and what all of them took from the machine."""

    name: str
    unique_mib: tuple[float, ...]
    taken_mib: float

    @property
    def unique(self) -> Measured:
        return Measured(self.name, self.unique_mib)

    @property
    def taken_each(self) -> Measured:
        return Measured(self.name, (self.taken_mib / len(self.unique_mib),))


@dataclass(frozen=True)
class Start:
    """One of many starts at once. asked: its place in the order of asking; failure: empty where it came."""

    asked: int
    took_ms: float
    served_at: float
    failure: str


def compare(sizes: Sizes | None = None) -> list[Comparison | str]:
    sizes = sizes or Sizes()
    stock = weigh_stock(sizes.stock)
    with running_site() as site:
        crowd = Crowd(site)
        reader = Learner(site.address, site.open_accounts(1)[0])
        reader.sign_in()
        before = page_times(reader, sizes.pages // 2)
        gateway_mib = crowd.gateway_mib()
        ours = tuple(crowd.grow_to(count) for count in sizes.kernels)
        beside = Measured(f"beside {len(crowd.kernels)} idle kernels", page_times(reader, sizes.pages))
        each_mib = (crowd.gateway_mib() - gateway_mib) / len(crowd.kernels)
        crowd.shrink()
        without = Measured(
            "beside no kernel, half before and half after", before + page_times(reader, sizes.pages // 2)
        )
        alone = Measured("one start alone", tuple(crowd.start_ms() for _ in range(sizes.alone)))
        starts = start_at_once(crowd.host, sizes.starts)
        reader.close()
    return [
        Comparison("density: memory of its own of an idle kernel", "MiB", stock[0].unique, uniques(stock, ours)),
        Comparison("density: the machine's memory for each", "MiB", stock[-1].taken_each, tuple(takens(ours))),
        Comparison("density: a lesson page", "ms", without, (beside,)),
        Comparison(f"density: {sizes.starts} starts at once", "ms", alone, (waits(starts),)),
        describe_gateway(each_mib),
        describe_order(starts),
    ]


def uniques(stock: Sequence[Weighed], ours: Sequence[Weighed]) -> tuple[Measured, ...]:
    return tuple(one.unique for one in (*stock[1:], *ours))


def takens(ours: Sequence[Weighed]) -> Iterator[Measured]:
    """Of a few kernels nothing can be said: the machine's memory moves by more than they take."""
    return (one.taken_each for one in ours if len(one.unique_mib) >= ENOUGH)


class Crowd:
    """Idle kernels of a site's own gateway, each with the libraries imported by a cell of its own."""

    def __init__(self, site: Site) -> None:
        self._site, self._fork_server = site, site.fork_server()
        self._available_mib = available_mib()
        self.host = site.kernel_host()
        self.kernels: list[KernelAddress] = []
        self._marks: list[tuple[str, int]] = []

    def grow_to(self, count: int) -> Weighed:
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            for address, mark in pool.map(lambda _number: self._add(), range(count - len(self.kernels))):
                self.kernels.append(address)
                self._marks.append(mark)
        time.sleep(SETTLE_S)
        taken_mib = self._available_mib - available_mib()
        return Weighed(f"aula-python, sandboxed, {count} of them", self._weigh(), taken_mib)

    def shrink(self) -> None:
        """End all of them, and wait until they are gone."""
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            list(pool.map(self.host.shutdown, self.kernels))
        self.kernels, self._marks = [], []
        wait_until(lambda: self._fork_server.status().kernels == 0, "All kernels were ended, and some still live")

    def start_ms(self) -> float:
        began_at = time.perf_counter()
        address = self.host.start()
        took_ms = (time.perf_counter() - began_at) * 1000
        self.host.shutdown(address)
        return took_ms

    def gateway_mib(self) -> float:
        """The memory of the gateway's own process."""
        children = psutil.Process(self._site.process.pid).children(recursive=True)
        return sum(unique_mib(one.pid) for one in children if "kernel_gateway" in " ".join(one.cmdline()))

    def _add(self) -> tuple[KernelAddress, tuple[str, int]]:
        try:
            address = self.host.start()
        except KernelUnavailable as reason:
            log = (self._site.kernels_dir / "gateway" / "log").read_text(errors="replace")[-LAST_WORDS:]
            sys.exit(f"Kernel {len(self.kernels) + 1} or one of the next did not start: {reason}\nThe gateway: {log}")
        namespace, pid = run(self.host, address, f"{LIBRARIES}\n{WHOSE}").split()
        return address, (namespace, int(pid))

    def _weigh(self) -> tuple[float, ...]:
        """Of each kernel, with whatever it started."""
        outside = namespace_of(psutil.Process().pid)
        by_namespace: dict[str, float] = {}
        for process in psutil.Process(self._fork_server.status().pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess, FileNotFoundError):
                space = namespace_of(process.pid)
                key = f"pid {process.pid}" if space == outside else space
                by_namespace[key] = by_namespace.get(key, 0.0) + unique_mib(process.pid)
        return tuple(
            by_namespace[f"pid {pid}" if namespace == outside else namespace] for namespace, pid in self._marks
        )


def namespace_of(pid: int) -> str:
    return str(Path(f"/proc/{pid}/ns/pid").readlink())


def run(host: KernelHost, address: KernelAddress, code: str) -> str:
    """What a cell prints. Raises: RuntimeError where it does not end well."""
    with host.connect(address) as connection:
        events = list(connection.execute(code, uuid.uuid4().hex, limits=Limits()))
    end = events[-1]
    if not isinstance(end, CellDone) or end.status != "ok":
        raise RuntimeError(f"A cell that was to be measured ended badly: {end}. See the site's logs.")
    return "".join(event.text for event in events if isinstance(event, Stream))


def weigh_stock(count: int) -> tuple[Weighed, Weighed]:
    """A stock kernel alone, and so many beside each other: what they share counts for none of them."""
    with tempfile.TemporaryDirectory(prefix="bd") as folder, ExitStack() as stack:
        specifications = write_specifications(Path(folder))
        before_mib = available_mib()
        pids = [stack.enter_context(stock_kernel(specifications))]
        alone = Weighed("stock ipykernel, alone", (unique_mib(pids[0]),), before_mib - available_mib())
        pids += [stack.enter_context(stock_kernel(specifications)) for _ in range(count - 1)]
        time.sleep(SETTLE_S)
        each = tuple(unique_mib(pid) for pid in pids)
        return alone, Weighed(f"stock ipykernel, {count} of them", each, before_mib - available_mib())


@contextmanager
def stock_kernel(specifications: KernelSpecManager) -> Iterator[int]:
    """The process number of one with the libraries imported."""
    with kernel(specifications, "stock") as (manager, client):
        answer(client, LIBRARIES)
        yield int(manager.provisioner.pid)


def available_mib() -> float:
    return float(psutil.virtual_memory().available) / 2**20


def page_times(reader: Learner, count: int) -> tuple[float, ...]:
    reader.open_lesson()
    return tuple(timed_ms(reader.open_lesson) for _ in range(count))


def start_at_once(host: KernelHost, count: int) -> tuple[Start, ...]:
    """Every start, in the order of asking; the kernels are ended afterwards."""
    gate, lock, asked = threading.Barrier(count), threading.Lock(), iter(range(count))

    def start(_number: int) -> tuple[Start, KernelAddress | None]:
        gate.wait()
        with lock:
            place, began_at = next(asked), time.perf_counter()
        address, failure = None, ""
        try:
            address = host.start()
        except KernelUnavailable as reason:
            failure = str(reason)
        now = time.perf_counter()
        return Start(place, (now - began_at) * 1000, now, failure), address

    with ThreadPoolExecutor(count) as pool:
        found = list(pool.map(start, range(count)))
        list(pool.map(host.shutdown, [address for _, address in found if address is not None]))
    return tuple(sorted((one for one, _ in found), key=lambda one: one.asked))


def waits(starts: Sequence[Start]) -> Measured:
    return Measured("each of them, from asking to having it", tuple(one.took_ms for one in starts))


def describe_gateway(each_mib: float) -> str:
    return (
        f"A kernel took {short(each_mib)} MiB of its gateway's own memory. The machine's memory is MemAvailable, which "
        "every program of the machine moves."
    )


def describe_order(starts: Sequence[Start]) -> str:
    """When the first, the middle and the last came, how many did not, and how far they came from their turn."""
    failures = [one.failure for one in starts if one.failure]
    served = sorted((one for one in starts if not one.failure), key=lambda one: one.served_at)
    turns = [abs(place - one.asked) for place, one in enumerate(served)]
    took = [one.took_ms for one in served]
    return (
        f"Of {len(starts)} starts at once {len(served)} came and {len(failures)} failed"
        f"{' (' + failures[0] + ')' if failures else ''}: the first after {short(took[0])} ms, the middle one after "
        f"{short(statistics.median(took))} ms, the last after {short(took[-1])} ms. From its turn in the order of "
        f"asking a start came {short(statistics.median(turns))} places away (median), at most {max(turns)}."
    )


def wait_until(holds: Callable[[], bool], complaint: str) -> None:
    """Wait until something holds. Raises: TimeoutError with the complaint where it never does."""
    end_at = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end_at:
            raise TimeoutError(f"{complaint} after {PATIENCE_S:g} s. See the site's logs.")
        time.sleep(0.1)


compare_small = partial(compare, SMALL)
