"""Kernels behind one or more gateways: start, find, attach, end."""

import logging
import random
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from notebooks.errors import KernelUnavailable, NoRoom
from notebooks.host.address import GatewayAddress, KernelAddress
from notebooks.host.channel import Channel
from notebooks.host.connection import KernelConnection
from notebooks.host.events import CellStatus
from notebooks.host.gateway_api import GatewayApi
from notebooks.host.wire import V1

log = logging.getLogger(__name__)

KernelState = Literal["starting", "idle", "busy", "lost"]
FindDeath = Callable[[str], str | None]


@dataclass(frozen=True)
class HostHealth:
    """gateways: how many answer, of how many; kernels: how many run."""

    gateways_up: int
    gateways: int
    kernels: int


def knows_nothing(kernel_id: str) -> str | None:
    """For gateways whose fork server is not at hand: why a kernel died is not known."""
    return None


class KernelHost:
    """The door to all kernels. Holds no connection and no state: every process may have its own.

    find_death: says why a kernel died ("memory", "killed", "exit:1"), as `ForkServer.autopsy` does.
    protocols: the WebSocket subprotocols to offer; none makes gateways speak plain JSON.
    code_language: what the kernels run; only Python's are asked for their variables, for those questions are Python.
    """

    def __init__(
        self,
        gateways: Sequence[GatewayAddress],
        *,
        kernel_name: str = "aula-python",
        find_death: FindDeath = knows_nothing,
        protocols: Sequence[str] = (V1,),
        code_language: str = "python",
    ) -> None:
        self._gateways = {gateway.url: gateway for gateway in gateways}
        self._kernel_name = kernel_name
        self._find_death = find_death
        self._protocols = tuple(protocols)
        self._has_panel = code_language == "python"

    def start(self, datasets: Sequence[str] = (), language: str = "es") -> KernelAddress:
        """A fresh kernel that sees `datasets` and speaks `language`.

        A gateway that does not start one in 30 s is asked once more, then the next one is.
        Raises: NoRoom where all that could have no room now; KernelUnavailable where none could.
        """
        environment = {"AULA_DATASETS": ",".join(datasets), "AULA_LANGUAGE": language}
        reason, no_room = KernelUnavailable("no gateway is configured"), None
        for gateway in random.sample(list(self._gateways.values()), len(self._gateways)):
            for _attempt in range(2):
                try:
                    return self._start_at(gateway, environment)
                except NoRoom as refusal:
                    no_room = refusal
                    break
                except KernelUnavailable as refusal:
                    log.warning("A kernel did not start: %s", refusal)
                    reason = refusal
        raise no_room or reason

    def _start_at(self, gateway: GatewayAddress, environment: Mapping[str, str]) -> KernelAddress:
        api, wanted = GatewayApi(gateway), str(uuid.uuid4())
        try:
            kernel_id = api.start(wanted, self._kernel_name, environment)
        except NoRoom:
            raise
        except KernelUnavailable:
            self._forget(api, wanted)
            raise
        return KernelAddress(gateway.url, kernel_id, uuid.uuid4().hex)

    def _forget(self, api: GatewayApi, kernel_id: str) -> None:
        """End a kernel that may have come up after we stopped waiting for it."""
        try:
            api.remove(kernel_id)
        except KernelUnavailable:
            log.info("The gateway %s is away; a half-started kernel ends with it.", api.gateway.url)

    def state(self, kernel: KernelAddress) -> KernelState:
        """What the kernel does; "lost" where it is gone or its gateway is."""
        try:
            model = self._api(kernel).find(kernel.kernel_id)
        except KernelUnavailable:
            return "lost"
        state = str(model.get("execution_state")) if model else "dead"
        match state:
            case "idle" | "busy" | "starting":
                return state
            case _:
                return "lost"

    def is_alive(self, kernel: KernelAddress) -> bool:
        return self.state(kernel) != "lost"

    def interrupt(self, kernel: KernelAddress) -> None:
        """Raises KernelUnavailable where the gateway is away."""
        self._api(kernel).interrupt(kernel.kernel_id)

    def shutdown(self, kernel: KernelAddress) -> None:
        """End the kernel; a gateway that is away took it along."""
        try:
            self._api(kernel).remove(kernel.kernel_id)
        except KernelUnavailable:
            log.info("The gateway %s is away, and its kernels with it.", kernel.gateway_url)

    @contextmanager
    def connect(self, kernel: KernelAddress) -> Iterator[KernelConnection]:
        """The attached kernel. What it said since the last attachment of this session comes first.

        Raises: KernelUnavailable where the kernel is gone or its gateway does not answer; `state` tells
        which.
        """
        api = self._api(kernel)
        channel = Channel(api.gateway, kernel, self._protocols)
        try:
            yield KernelConnection(channel, api, kernel, lambda: self._reason(kernel), has_panel=self._has_panel)
        finally:
            channel.close()

    def health(self) -> HostHealth:
        up, kernels = 0, 0
        for gateway in self._gateways.values():
            try:
                kernels += len(GatewayApi(gateway).list_kernels())
                up += 1
            except KernelUnavailable as reason:
                log.warning("%s", reason)
        return HostHealth(up, len(self._gateways), kernels)

    def _api(self, kernel: KernelAddress) -> GatewayApi:
        gateway = self._gateways.get(kernel.gateway_url)
        if gateway is None:
            raise KernelUnavailable(f"the gateway {kernel.gateway_url} is not one of ours any more")
        return GatewayApi(gateway)

    def _reason(self, kernel: KernelAddress) -> CellStatus:
        return "memory" if self._find_death(kernel.kernel_id) == "memory" else "lost"
