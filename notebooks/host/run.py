"""One run of a cell on a kernel: sent once, followed to its end, held to its limits, and ended whatever
happens.

The rules were found by killing runners, gateways and kernels in the middle of cells; each has its test.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from notebooks.errors import KernelUnavailable
from notebooks.host.budget import Budget
from notebooks.host.channel import Channel, ChannelClosed
from notebooks.host.events import CellDone, CellStatus, Fault, RunEvent, Started, Tick
from notebooks.host.gateway_api import GatewayApi
from notebooks.host.translate import Translator, has_asked_to_exit
from notebooks.host.wire import Message

LISTEN_S = 0.5  # also how soon a press of Stop is seen
BURST_S = 0.05
TICK_S = 0.9
SILENCE_S = 3.0
START_S = 30.0
INTERRUPT_EACH_S = 1.0
GRACE_S = 5.0
LAST_WORDS_S = 2.0
WAYS_TO_STOP = ("KeyboardInterrupt", "CancelledError")  # the latter where a cell awaits
FLOOD_WORDS = ("IOPub data rate exceeded", "IOPub message rate exceeded")


class CellLimits(Protocol):
    """What a cell may take; `notebooks.Limits` is one."""

    @property
    def cell_timeout_s(self) -> float: ...
    @property
    def output_bytes(self) -> int: ...
    @property
    def output_lines(self) -> int: ...


@dataclass(frozen=True)
class Order:
    """What is to be run where, and within which limits. run_id: unique for ever; answers name it as their parent."""

    kernel_id: str
    run_id: str
    code: str
    limits: CellLimits


class Run:
    """The state of one run while somebody follows it. Used once: `Run(…).follow()`."""

    def __init__(
        self,
        channel: Channel,
        api: GatewayApi,
        order: Order,
        *,
        should_stop: Callable[[], bool],
        find_reason: Callable[[], CellStatus],
    ) -> None:
        self._channel = channel
        self._api = api
        self._order = order
        self._should_stop = should_stop
        self._find_reason = find_reason
        self._budget = Budget(order.limits.output_bytes, order.limits.output_lines)
        self._translator = Translator()
        self._began_at = self._heard_at = self._asked_at = time.monotonic()
        self._started_at: float | None = None
        self._forced: CellStatus | None = None
        self._forced_at = self._interrupted_at = 0.0
        self._has_failed = False
        self._has_reply = self._is_idle = self._was_silent = False
        self._has_quit = False
        self._end: CellDone | None = None

    def follow(self, *, is_sent: bool, has_started: bool) -> Iterator[RunEvent]:
        """Every event until the CellDone, at least one a second.

        is_sent: the request was made by somebody else before; has_started: and the kernel is known to have
        taken it up.
        Raises: KernelUnavailable where the channel was closed though the kernel lives, as when another runner
        took it.
        """
        if has_started:
            self._started_at = self._began_at
        if not is_sent:
            self._send()
        last_at, was_busy = time.monotonic(), False
        while self._end is None:
            message = self._receive(BURST_S if was_busy else LISTEN_S)
            events = self._hear(message) if message else ()
            self._watch()
            now = time.monotonic()
            yield from events
            if events:
                last_at = now
            elif (was_busy and message is None) or now - last_at > TICK_S:
                yield Tick()
                last_at = now
            was_busy = message is not None
        yield self._end

    def _send(self) -> None:
        content = {
            "code": self._order.code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        try:
            self._channel.send("shell", "execute_request", self._order.run_id, content)
        except ChannelClosed as reason:
            self._closed(reason)

    def _receive(self, timeout_s: float) -> Message | None:
        try:
            return self._channel.receive(timeout_s)
        except ChannelClosed as reason:
            self._closed(reason)
            return None

    def _closed(self, reason: Exception) -> None:
        """A closed channel with a living kernel belongs to another runner now; without one, the run is
        over."""
        if self._kernel_state() is not None:
            raise KernelUnavailable(f"the kernel's channel was closed: {reason}") from reason
        self._lose()

    def _hear(self, message: Message) -> tuple[RunEvent, ...]:
        state = message.content.get("execution_state")
        if message.kind == "status" and state in ("restarting", "dead"):
            self._lose()
            return ()
        if message.parent_id != self._order.run_id:
            return ()
        self._heard_at, self._was_silent = time.monotonic(), False
        started = self._start() if message.channel == "iopub" else ()
        if message.kind == "execute_reply":
            self._has_reply = True
            self._translator.count(message.content)
            self._has_failed = self._has_failed or message.content.get("status") != "ok"
            self._has_quit = has_asked_to_exit(message.content)
        elif message.kind == "status" and state == "idle":
            self._is_idle = True
        if self._has_reply and self._is_idle:
            self._finish()
        return (*started, *self._shown(message))

    def _start(self) -> tuple[RunEvent, ...]:
        if self._started_at is not None:
            return ()
        self._started_at = time.monotonic()
        return (Started(),)

    def _shown(self, message: Message) -> tuple[RunEvent, ...]:
        """What a reader sees of a message, within the budget."""
        text = message.content.get("text")
        if message.kind == "stream" and isinstance(text, str) and text.startswith(FLOOD_WORDS):
            self._force("output_limit")
            return ()
        event = self._translator.translate(message)
        if event is None:
            return ()
        if isinstance(event, Fault):
            self._has_failed = True
            if self._forced and event.name in WAYS_TO_STOP:
                return ()
        kept = self._budget.take(event, message.size)
        if self._budget.is_spent:
            self._force("output_limit")
        return (kept,) if kept else ()

    def _watch(self) -> None:
        """What time alone brings about: limits, the wish to stop, silence."""
        now = time.monotonic()
        if self._end is not None:
            return
        if self._has_reply and now - self._heard_at > LAST_WORDS_S:
            # A message beyond the gateway's size limit left it deaf to this kernel, to the cell's end too.
            self._forced = self._forced or "output_limit"
            self._kill()
        elif self._forced is not None:
            if now - self._forced_at > GRACE_S:
                self._kill()
            elif now - self._interrupted_at > INTERRUPT_EACH_S:
                self._interrupt()
        else:
            self._watch_limits(now)

    def _watch_limits(self, now: float) -> None:
        if self._started_at is None:
            if now - self._began_at > START_S:
                self._force("lost")
        elif now - self._started_at > self._order.limits.cell_timeout_s:
            self._force("timeout")
        if now - self._asked_at >= LISTEN_S:
            self._asked_at = now
            if self._should_stop():
                self._force("interrupted")
        if now - self._heard_at > SILENCE_S:
            self._heard_at = now
            self._break_silence()

    def _break_silence(self) -> None:
        """Nothing was heard for a while: is the kernel really working on this run?"""
        state = self._kernel_state()
        if state is None:
            self._lose()
        elif state == "idle" and self._started_at is None:
            self._send()  # the request died with a runner or a socket before the kernel got it
        elif state == "idle" and self._was_silent:
            self._done("error" if self._has_failed else "lost")
        else:
            self._was_silent = state == "idle"

    def _kernel_state(self) -> str | None:
        """What the kernel does as its gateway sees it; None where it is dead or its gateway is away."""
        try:
            model = self._api.find(self._order.kernel_id)
        except KernelUnavailable:
            return None
        state = str(model.get("execution_state")) if model else "dead"
        return None if state in ("dead", "restarting") else state

    def _force(self, status: CellStatus) -> None:
        """Interrupt the cell; if it does not end by itself soon, the kernel ends."""
        if self._forced is None and self._end is None:
            self._forced, self._forced_at = status, time.monotonic()
            self._interrupt()

    def _interrupt(self) -> None:
        """Once may not do: Python drops an exception that finds it clearing away an object."""
        self._interrupted_at = time.monotonic()
        try:
            self._api.interrupt(self._order.kernel_id)
        except KernelUnavailable:
            self._lose()

    def _kill(self, otherwise: CellStatus = "lost") -> None:
        """otherwise: the status of a cell that nothing of ours made end."""
        try:
            self._api.remove(self._order.kernel_id)
        except KernelUnavailable:
            otherwise = "lost"
        self._done(self._forced or otherwise, is_kernel_gone=True)

    def _lose(self) -> None:
        status = self._find_reason()
        self._done(status if status == "memory" else self._forced or status, is_kernel_gone=True)

    def _finish(self) -> None:
        status: CellStatus = "error" if self._has_failed else "ok"
        if self._has_quit:
            self._kill(status)  # it would end by itself in a moment, when nobody is listening any more
        else:
            self._done(self._forced or status)

    def _done(self, status: CellStatus, *, is_kernel_gone: bool = False) -> None:
        if self._end is None:
            seconds = time.monotonic() - (self._started_at or self._began_at)
            self._end = CellDone(status, round(seconds, 3), self._translator.execution_count, is_kernel_gone)
