"""Interleaved measuring, and the table that comes of it."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Values of one way of doing something, in the unit of its subject."""

    name: str
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def p99(self) -> float:
        """With fewer than a hundred values, the largest."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]


@dataclass(frozen=True)
class Comparison:
    """One subject: what was measured, in which unit, against which baseline. The baseline's ratio is 1."""

    subject: str
    unit: str
    baseline: Measured
    ours: tuple[Measured, ...]

    def rows(self) -> list[str]:
        """Rows of a Markdown table: subject, way, median, 99th percentile, ratio to the baseline, count."""
        return [
            f"| {self.subject} | {one.name} | {short(one.median)} {self.unit} | {short(one.p99)} {self.unit} "
            f"| {short(self.baseline.median / one.median)}× | {len(one.values)} |"
            for one in (self.baseline, *self.ours)
        ]


HEADER = (
    "| subject | way (the first of each subject is its baseline) | median | p99 or largest | times better | n |",
    "|---|---|---|---|---|---|",
)


def short(value: float) -> str:
    """Three digits that count, never as a power of ten."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(comparisons: Sequence[Comparison]) -> str:
    return "\n".join([*HEADER, *(row for one in comparisons for row in one.rows())])


def timed_ms(act: Callable[[], object]) -> float:
    began_at = time.perf_counter()
    act()
    return (time.perf_counter() - began_at) * 1000


def interleaved(ways: Mapping[str, Callable[[], float]], count: int) -> tuple[Measured, ...]:
    """Each way measured `count` times, in turns, so that a busy moment of the machine meets all of them."""
    values: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(count):
        for name, measure in ways.items():
            values[name].append(measure())
    return tuple(Measured(name, tuple(found)) for name, found in values.items())
