"""What a learner of the soak does, seeded: runs, stops, restarts, checks, and looks at all that comes back."""

import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import requests

from benchmarks.learners import Event, Learner, Reading, Refused, other_lesson

CELL, EXERCISE = "primera-cuenta", "cambia-y-corre"
RIGHT = "habitantes = 5_783_286\nmunicipios = 51\npor_municipio = habitantes / municipios"
WRONG = RIGHT.replace("51", "570")
LESSONS = ("primer-cuaderno", "filtrar", "agrupar", "unir", "forma", "indicadores")
THINK_S = (5.0, 20.0)
AWAY_S = (90.0, 120.0)
SLOW_CELL_S = 25


@dataclass
class Tally:
    """What all learners together met. Threads add to it; `first_outputs_s` is taken away by whoever reports."""

    runs: int = 0
    events: int = 0
    lost: int = 0
    doubled: int = 0
    faults: list[str] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)
    first_outputs_s: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def complain(self, who: str, text: str) -> None:
        with self.lock:
            self.faults.append(f"{who}: {text}")

    def take_latencies(self) -> list[float]:
        """Seconds to the first output of the runs since the last call."""
        with self.lock:
            found, self.first_outputs_s = self.first_outputs_s, []
        return found


class Student:
    """One learner of the soak; `work` until told to stop."""

    def __init__(self, name: str, learner: Learner, tally: Tally, seed: str) -> None:
        self._name, self._learner, self._tally = name, learner, tally
        self._chance = random.Random(seed)
        self._numbers = itertools.count(1)
        self._acts: tuple[tuple[int, Callable[[], None]], ...] = (
            (40, self.print_lines),
            (14, self.print_slowly),
            (12, self.compute),
            (8, self.stop_a_cell),
            (6, self.restart),
            (8, self.check),
            (10, self.turn_pages),
        )

    def work(self, stopped: threading.Event) -> None:
        """Think and act by turns. What the site does wrong is told to the tally and ends nothing."""
        try:
            # Not everybody comes at the same moment.
            stopped.wait(self._chance.uniform(0, THINK_S[1]))
            self._learner.sign_in()
            self._learner.open_lesson()
        except (Refused, requests.RequestException) as reason:
            self._tally.complain(self._name, f"could not come in: {reason}")
            return
        while not stopped.wait(self._pause_s()):
            weights, acts = zip(*self._acts, strict=True)
            act = self._chance.choices(acts, weights)[0]
            try:
                act()
            except (Refused, requests.RequestException) as reason:
                self._tally.complain(self._name, f"{act.__name__}: {reason}")
            with self._tally.lock:
                self._tally.acts[act.__name__] += 1
        self._learner.close()

    def print_lines(self) -> None:
        token, count = self._token(), self._chance.randint(1, 40)
        lines = [f"{token} {number}" for number in range(count)]
        self._run(f"for n in range({count}):\n    print({token!r}, n)", lines)

    def print_slowly(self) -> None:
        """Output that comes in pieces, read with a connection that is cut now and then."""
        token, count = self._token(), self._chance.randint(3, 12)
        code = f"import time\nfor n in range({count}):\n    print({token!r}, n, flush=True)\n    time.sleep(0.15)"
        each = self._chance.randint(1, 3)
        heard = itertools.count(1)
        self._run(code, [f"{token} {number}" for number in range(count)], lambda _event: next(heard) % each == 0)

    def compute(self) -> None:
        token, count = self._token(), self._chance.randint(1_000, 50_000)
        code = f"import pandas as pd\nt = pd.DataFrame({{'n': range({count})}})\nprint({token!r}, t['n'].sum())"
        self._run(code, [f"{token} {count * (count - 1) // 2}"])

    def stop_a_cell(self) -> None:
        token = self._token()
        code = f"import time\nprint({token!r}, flush=True)\ntime.sleep({SLOW_CELL_S})"
        wished: list[bool] = []

        def stop_once(event: Event) -> bool:
            if event["op"] == "out" and not wished:
                wished.append(True)
                self._learner.interrupt(reading)
            return False

        reading = self._learner.run(CELL, code)
        self._learner.follow(reading, self._ways(), stop_once)
        self._look_at(reading, "interrupted")
        self._expect_first_line(reading, token)

    def restart(self) -> None:
        """A name is there before, and not in the fresh kernel."""
        token = self._token()
        self._run(f"antes = {token!r}\nprint(antes)", [token])
        self._learner.restart()
        self._run(f"print({token!r}, 'antes' in globals())", [f"{token} False"])

    def check(self) -> None:
        is_right = self._chance.random() < 0.5
        reading = self._learner.check(EXERCISE, RIGHT if is_right else WRONG)
        self._learner.follow(reading, self._ways())
        end = self._look_at(reading)
        has_report = any(event["op"] == "report" for event in reading.heard)
        if not has_report or (end["status"] == "ok") != is_right:
            self._tally.complain(self._name, f"an answer that is {is_right} was graded {end['status']}, {has_report=}")

    def turn_pages(self) -> None:
        self._learner.open_lesson(other_lesson(self._chance.choice(LESSONS)))

    def _pause_s(self) -> float:
        """Now and then somebody goes away for so long that their kernel is put to rest."""
        return self._chance.uniform(*(AWAY_S if self._chance.random() < 0.02 else THINK_S))

    def _token(self) -> str:
        return f"{self._name}-{next(self._numbers)}-{self._chance.randrange(10**9)}"

    def _ways(self) -> Iterator[str]:
        while True:
            yield self._chance.choice(("stream", "stream", "poll"))

    def _run(self, code: str, lines: list[str], hangs_up: Callable[[Event], bool] = lambda _event: False) -> None:
        reading = self._learner.run(CELL, code)
        self._learner.follow(reading, self._ways(), hangs_up)
        self._look_at(reading, "ok")
        shown = reading.output().splitlines()
        if shown != lines:
            self._tally.complain(self._name, f"a cell was to show {lines[:3]}… and showed {shown[:3]}… ({len(shown)})")

    def _expect_first_line(self, reading: Reading, line: str) -> None:
        if reading.output().splitlines()[:1] != [line]:
            self._tally.complain(self._name, f"a stopped cell was to show {line!r} and showed {reading.output()!r}")

    def _look_at(self, reading: Reading, status: str = "") -> Event:
        """Count what was heard against the log as it stands; the run's end."""
        end = reading.end
        assert end is not None
        if status and end["status"] != status:
            self._tally.complain(self._name, f"a run was to end as {status} and ended as {end}")
        numbers = [int(event["seq"]) for event in reading.heard]
        kept = [int(event["seq"]) for event in self._learner.read_again(reading)]
        lost, doubled = count_faults(numbers, kept)
        with self._tally.lock:
            self._tally.runs += 1
            self._tally.events += len(numbers)
            self._tally.lost += lost
            self._tally.doubled += doubled
            if reading.first_output_at is not None:
                self._tally.first_outputs_s.append(reading.first_output_at - reading.asked_at)
        if not lost and not doubled and numbers != sorted(numbers):
            self._tally.complain(self._name, f"events came out of order: {numbers}")
        return end


def count_faults(heard: list[int], kept: list[int]) -> tuple[int, int]:
    """How many numbers were missed and how many came again: of what was heard while it happened, and of the log.

    The log's own numbers go from 1 to the last one without a gap.
    """
    whole = set(range(1, max(*heard, *kept, 0) + 1))
    lost = len(whole - set(heard)) + len(whole - set(kept))
    doubled = len(heard) - len(set(heard)) + len(kept) - len(set(kept))
    return lost, doubled


def start_studying(students: list[Student], stopped: threading.Event) -> list[threading.Thread]:
    threads = [threading.Thread(target=one.work, args=(stopped,), daemon=True) for one in students]
    for thread in threads:
        thread.start()
    return threads


def wait_for_all(threads: list[threading.Thread], patience_s: float) -> int:
    """How many are still at work after so long."""
    end_at = time.monotonic() + patience_s
    for thread in threads:
        thread.join(max(0.0, end_at - time.monotonic()))
    return sum(thread.is_alive() for thread in threads)
