"""`python -m benchmarks.soak --minutes 30 --learners 60`: a real site under learners who work and look closely.

Writes docs/soak.md and ends with 1 if anything was lost, doubled, wrong or left behind.
"""

import argparse
import contextlib
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from benchmarks.__main__ import describe_machine
from benchmarks.census import KERNEL, Census, Holding, Traces, take_census
from benchmarks.learners import Learner
from benchmarks.measure import short
from benchmarks.site import ROOT, Site, site_at
from benchmarks.study import Student, Tally, start_studying, wait_for_all

SAMPLE_S = 30.0
# Short, so that kernels are put to rest and woken during the soak, and all of them rest soon after it.
IDLE_S = 60
LAST_ACT_S = 120.0
REST_S = 240.0
# Growth from the middle third of the samples to the last, of one process: more than both is not flat.
GROWTH_SHARE, GROWTH_MIB = 0.10, 8.0
ENOUGH_MINUTES = 10
# Pools of connections to the database and the broker fill up with use and have an end.
POOLED_DESCRIPTORS = 250
MOST_SHOWN = 20


@dataclass(frozen=True)
class Sample:
    """A moment of the soak. latencies_s: to the first output, of the runs since the sample before, ascending."""

    minute: float
    census: Census
    runs: int
    events: int
    lost: int
    doubled: int
    wrong: int
    latencies_s: tuple[float, ...]

    def latency_ms(self, share: float) -> str:
        place = min(len(self.latencies_s) - 1, int(share * len(self.latencies_s)))
        return short(1000 * self.latencies_s[place]) if self.latencies_s else "–"


@dataclass(frozen=True)
class Soak:
    """All that was seen. rested: after the last learner left and every kernel was put to rest; left: after the stop."""

    minutes: float
    learners: int
    seed: int
    before: Census
    samples: tuple[Sample, ...]
    rested: Census
    left: tuple[str, ...]
    tally: Tally
    stuck: int

    def complaints(self) -> list[str]:
        """Why the soak failed; empty where it passed."""
        tally = self.tally
        numbers = {"events were lost": tally.lost, "events came twice": tally.doubled, "learners are stuck": self.stuck}
        return [
            *(f"{count} {what}" for what, count in numbers.items() if count),
            *(["no run was made"] if not tally.runs else []),
            *tally.faults,
            *held_after(self.before.holding, self.rested.holding),
            *grown(self.samples),
            *(f"left behind: {one}" for one in self.left),
        ]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--learners", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "soak.md")
    chosen = parser.parse_args(arguments)
    soak = carry_out(chosen.minutes, chosen.learners, chosen.seed)
    text = write_up(soak)
    chosen.out.write_text(text)
    print(text)
    return 1 if soak.complaints() else 0


def carry_out(minutes: float, count: int, seed: int) -> Soak:
    with tempfile.TemporaryDirectory(prefix="bo") as folder:
        with site_at(Path(folder), {"AULA_IDLE_KERNEL_S": str(IDLE_S)}) as site:
            tally, stopped = Tally(), threading.Event()
            before = take_census(site)
            accounts = site.open_accounts(count)
            students = [
                Student(f"p{number}", Learner(site.address, account), tally, f"{seed}-{number}")
                for number, account in enumerate(accounts, 1)
            ]
            threads = start_studying(students, stopped)
            began_at = time.monotonic()
            samples = sample_until(site, tally, began_at, began_at + 60 * minutes)
            stopped.set()
            stuck = wait_for_all(threads, LAST_ACT_S)
            samples.append(sample(site, tally, began_at))
            rested = wait_until_rested(site)
            members = frozenset[tuple[int, float]]().union(*(one.census.members for one in samples), rested.members)
            traces = Traces.of(site, members)
        left = tuple(traces.list_left())
    return Soak(minutes, count, seed, before, tuple(samples), rested, left, tally, stuck)


def sample_until(site: Site, tally: Tally, began_at: float, end_at: float) -> list[Sample]:
    """One each half minute, told on standard error as it comes."""
    found = []
    while (left := end_at - time.monotonic()) > 0:
        time.sleep(min(SAMPLE_S, left))
        if left >= SAMPLE_S:
            found.append(sample(site, tally, began_at))
            print(sample_row(found[-1]), file=sys.stderr, flush=True)
    return found


def sample(site: Site, tally: Tally, began_at: float) -> Sample:
    minute = (time.monotonic() - began_at) / 60
    latencies = tuple(sorted(tally.take_latencies()))
    census = take_census(site)
    with tally.lock:
        return Sample(minute, census, tally.runs, tally.events, tally.lost, tally.doubled, len(tally.faults), latencies)


def wait_until_rested(site: Site) -> Census:
    """The site once no kernel is awake, or as it is when that took too long."""
    end_at = time.monotonic() + REST_S
    while site.fork_server().status().kernels and time.monotonic() < end_at:
        time.sleep(1)
    # What ends with a kernel ends a moment after it.
    time.sleep(5)
    return take_census(site)


def held_after(before: Holding, after: Holding) -> list[str]:
    """What a site at rest holds more of than it did before the first learner came."""
    room = {"descriptors": POOLED_DESCRIPTORS, "sockets": POOLED_DESCRIPTORS}
    return [
        f"{getattr(after, one.name)} {one.name} at rest afterwards, {getattr(before, one.name)} before"
        for one in fields(Holding)
        if getattr(after, one.name) > getattr(before, one.name) + room.get(one.name, 0)
    ]


def grown(samples: Sequence[Sample]) -> list[str]:
    """Processes of the site whose memory is not flat; nothing is said of a soak too short to tell."""
    if samples[-1].minute < ENOUGH_MINUTES:
        return []
    return [
        f"the memory of {role} grew from {short(middle)} to {short(last)} MiB"
        for role, (_, middle, last) in thirds(samples).items()
        if last - middle > max(GROWTH_MIB, GROWTH_SHARE * middle)
    ]


def thirds(samples: Sequence[Sample]) -> Mapping[str, tuple[float, float, float]]:
    """By role the median of resident memory in the first, middle and last third of the soak. Kernels come and go."""
    roles = sorted(role for role in samples[-1].census.resident_mib if role != KERNEL)
    third = max(1, len(samples) // 3)
    parts = (samples[:third], samples[third : 2 * third] or samples[:third], samples[-third:])
    first, middle, last = (
        {role: statistics.median(one.census.resident_mib.get(role, 0.0) for one in part) for role in roles}
        for part in parts
    )
    return {role: (first[role], middle[role], last[role]) for role in roles}


HEADER = (
    "| minute | site MiB | kernels MiB | processes | kernels | descriptors | sockets | mounts | groups | folders "
    "| event rows | runs done | events | lost | doubled | wrong | first output p50 | p99 |"
)


WHAT_IS_DONE = """\
A site as `make run` starts it, and learners over HTTP who think for 5 to 20 seconds between two acts. They print at
once, slowly and out of pandas, stop cells, restart their kernel, hand in answers, turn pages, and go away until their
kernel rests. They hear each run by event stream and long poll in turns, hang up in the middle, and read on from the
last number that they have. Afterwards every number is counted against the log, and every output against what the cell
had to print."""
HOW_TO_READ = """\
Memory here is counted with shared pages by shares. Descriptors and sockets are those of the site's own processes. Event
rows are in the database, of all runs; events are those that learners heard of runs that were over. Times are in
milliseconds from the request to the first output heard, of the runs since the row before."""


def write_up(soak: Soak) -> str:
    command = f"python -m benchmarks.soak --minutes {soak.minutes:g} --learners {soak.learners} --seed {soak.seed}"
    parts = [
        "# The soak",
        f"`{command}`, {describe_machine().partition(' Trust')[0]}",
        WHAT_IS_DONE,
        verdict(soak),
        "\n".join([HEADER, "|---" * 18 + "|", *map(sample_row, soak.samples)]),
        HOW_TO_READ,
        memory_table(soak.samples),
        rest_table(soak),
        "Acts: " + ", ".join(f"{name} {count}" for name, count in sorted(soak.tally.acts.items())) + ".",
    ]
    return "\n\n".join(parts) + "\n"


def verdict(soak: Soak) -> str:
    complaints = soak.complaints()
    if not complaints:
        flat = (
            "memory flat" if soak.samples[-1].minute >= ENOUGH_MINUTES else "too short to tell whether memory is flat"
        )
        return f"**Passed**: {soak.tally.runs} runs, no event lost, none doubled, nothing left behind, {flat}."
    shown = [f"- {one}" for one in complaints[:MOST_SHOWN]]
    more = len(complaints) - len(shown)
    return "\n".join(["**Failed**:", "", *shown, *([f"- and {more} more"] if more else [])])


def sample_row(one: Sample) -> str:
    holding = one.census.holding
    cells = [
        f"{one.minute:.1f}", short(one.census.site_mib), short(one.census.kernels_mib), holding.processes,
        holding.kernels, holding.descriptors, holding.sockets, holding.mounts, holding.groups, holding.folders,
        one.census.events, one.runs, one.events, one.lost, one.doubled, one.wrong, one.latency_ms(0.5),
        one.latency_ms(0.99),
    ]  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def memory_table(samples: Sequence[Sample]) -> str:
    rows = [f"| {role} | {' | '.join(map(short, values))} |" for role, values in thirds(samples).items()]
    return "\n".join(["| resident MiB of | first third | middle third | last third |", "|---|---|---|---|", *rows])


def rest_table(soak: Soak) -> str:
    """What the site held before the first learner, and after the last one when every kernel rested."""
    before, after = soak.before.holding, soak.rested.holding
    rows = [f"| {one.name} | {getattr(before, one.name)} | {getattr(after, one.name)} |" for one in fields(Holding)]
    stopped = f"| after the stop, of all that was the site's | | {len(soak.left)} |"
    return "\n".join(["| at rest | before | afterwards |", "|---|---|---|", *rows, stopped])


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
    sys.exit(130)
