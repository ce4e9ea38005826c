"""gateway-provisioners over SSH, for kernels that are born from another machine's fork server.

Runs in the gateway's process only. The stock provisioner passes none of a start's environment on, puts what it passes
into a shell's line unquoted, blocks its gateway while SSH answers, and takes an unanswered question for a death.
"""

import asyncio
import re
import shlex
import signal
import time
from socket import gethostbyname
from typing import Any

from gateway_provisioners.distributed import DistributedProvisioner
from jupyter_client.connect import KernelConnectionInfo

from notebooks.errors import KernelUnavailable

ANSWER_S = 2.0
AWAY_S = 30.0  # a host that does not answer for so long took its kernels along
PLAIN_ID = re.compile(r"[0-9A-Za-z-]{1,64}")


class AulaSshProvisioner(DistributedProvisioner):  # type: ignore[misc]  # gateway_provisioners has no types
    """A kernel on one of `remote_hosts`, started by `python -m notebooks remote-kernel` there."""

    _away_since: float | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """The order for the other machine, with what the kernel may see and its language."""
        if not PLAIN_ID.fullmatch(self.kernel_id):
            raise ValueError(f"{self.kernel_id!r} is no kernel's id. Use letters, digits and hyphens.")
        prepared: dict[str, Any] = await super().pre_launch(**kwargs)
        environment = prepared["env"]
        if "AULA_DATASETS" in environment:
            prepared["cmd"] += ["--datasets", environment["AULA_DATASETS"]]
        prepared["cmd"] += ["--language", environment.get("AULA_LANGUAGE", "es")]
        return prepared

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """As the stock one, in a thread. Raises KernelUnavailable with what the other machine said."""
        self.assigned_host = self._determine_next_host(kwargs.get("env", {}))
        loop = asyncio.get_running_loop()
        self.ip = self.assigned_ip = await loop.run_in_executor(None, gethostbyname, self.assigned_host)
        try:
            said = await loop.run_in_executor(None, self._rsh, self.ip, shlex.join(cmd))
        except RuntimeError as reason:  # the stock message leaves out what went wrong
            raise KernelUnavailable(
                f"SSH does not lead to {self.assigned_host}: {reason.__context__ or reason}. "
                "Look at the key and the known_hosts of --ssh-folder, and at --user and --ssh-port."
            ) from reason
        last_words = said[-1].strip() if said else "nothing"
        if not last_words.isdecimal():
            raise KernelUnavailable(f"the host {self.assigned_host} started no kernel; it said: {last_words}")
        self.pid = int(last_words)
        await self.confirm_remote_startup()
        info: KernelConnectionInfo = self.connection_info
        return info

    async def poll(self) -> int | None:
        """None while the kernel's keeper answers, or has not answered for a moment only; else 0."""
        if self.comm_port <= 0 or not await self._tell(0):
            return 0
        return None

    async def send_signal(self, signum: int) -> None:
        """Interrupts come this way; nothing happens where the kernel or its machine is gone."""
        await self._tell(signum)

    async def kill(self, restart: bool = False) -> None:
        await self._tell(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        """As kill: the first process of a pid namespace does not hear a SIGTERM."""
        await self._tell(signal.SIGKILL)

    async def _tell(self, number: int) -> bool:
        """Whether the keeper is there to hear a signal; a network that is cut for a moment does not deny it."""
        try:
            await asyncio.wait_for(self._send_listener_request({"signum": number}), ANSWER_S)
        except ConnectionRefusedError:
            return False
        except OSError:
            self._away_since = self._away_since or time.monotonic()
            return time.monotonic() - self._away_since < AWAY_S
        self._away_since = None
        return True
