"""A kernel that somebody is attached to: run cells on it, and ask what it holds."""

import time
import uuid
from collections.abc import Callable, Iterator

from notebooks.errors import KernelUnavailable
from notebooks.host.address import KernelAddress
from notebooks.host.channel import Channel, ChannelClosed
from notebooks.host.events import CellStatus, RunEvent
from notebooks.host.gateway_api import GatewayApi
from notebooks.host.panel import (
    MEDIA_TYPE,
    TablePage,
    Variable,
    table_code,
    to_table_page,
    to_variables,
    variables_code,
)
from notebooks.host.run import CellLimits, Order, Run
from notebooks.host.wire import Message

QUESTION_S = 5.0


def never() -> bool:
    return False


class KernelConnection:
    """One attached kernel. One caller at a time; a second attachment of the same session closes the first.

    has_panel: whether it can be asked for its variables.
    """

    def __init__(
        self,
        channel: Channel,
        api: GatewayApi,
        kernel: KernelAddress,
        find_reason: Callable[[], CellStatus],
        *,
        has_panel: bool = True,
    ) -> None:
        self._channel = channel
        self._api = api
        self._kernel = kernel
        self._find_reason = find_reason
        self._has_panel = has_panel

    def execute(
        self,
        code: str,
        run_id: str,
        *,
        limits: CellLimits,
        should_stop: Callable[[], bool] = never,
        resume: bool = False,
        has_started: bool | None = None,
    ) -> Iterator[RunEvent]:
        """Run a cell and give its events as they come, at least one each second, a CellDone last.

        resume: another runner began this run and died; what it had not read comes now and the code is not
        sent again, unless the kernel never took it up. has_started: whether that runner wrote a Started;
        taken as true with `resume` where it is not said. should_stop is asked twice a second.
        Raises: KernelUnavailable where another runner took the kernel over; the run goes on there.
        """
        order = Order(self._kernel.kernel_id, run_id, code, limits)
        run = Run(self._channel, self._api, order, should_stop=should_stop, find_reason=self._find_reason)
        return run.follow(is_sent=resume, has_started=resume if has_started is None else has_started)

    def variables(self) -> tuple[Variable, ...]:
        """The learner's variables in the order of the panel; empty where the kernel does not answer in
        time."""
        return to_variables(self._ask(variables_code()))

    def table_page(
        self, name: str, page: int = 1, sort: str | None = None, descending: bool = False, contains: str = ""
    ) -> TablePage | None:
        """One page of a table in the kernel; None where there is no such table or no answer in time."""
        return to_table_page(self._ask(table_code(name, page, sort, descending, contains)))

    def _ask(self, code: str) -> str | None:
        """The JSON text that a fixed probe displays, run silently between cells; None where it cannot be asked."""
        if not self._has_panel:
            return None
        request_id, end = uuid.uuid4().hex, time.monotonic() + QUESTION_S
        content = {
            "code": code,
            "silent": True,
            "store_history": False,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        answer: str | None = None
        try:
            self._channel.send("shell", "execute_request", request_id, content)
            while (left := end - time.monotonic()) > 0:
                message = self._channel.receive(left)
                if message is None or message.parent_id != request_id:
                    continue
                answer = answer or _answer(message)
                if message.kind == "status" and message.content.get("execution_state") == "idle":
                    return answer
            self._api.interrupt(self._kernel.kernel_id)
        except (ChannelClosed, KernelUnavailable):
            return None
        return answer


def _answer(message: Message) -> str | None:
    data = message.content.get("data")
    text = data.get(MEDIA_TYPE) if message.kind == "display_data" and isinstance(data, dict) else None
    return text if isinstance(text, str) else None
