"""A kernel that serves before anybody has asked for it, and becomes somebody's when the fork server says so."""

import asyncio
import json
import os
import socket

from .kernel_child import GivenKernelApp, read_key
from .learner_world import reseed

LARGEST_WORD = 4096
REHEARSAL = "exec('import numpy, pandas, matplotlib.pyplot\\npandas.Series([1]).sum()', {})"


def wait_for_owner(app: GivenKernelApp, cord: socket.socket) -> None:
    """Have a kernel, which has a key that nobody knows, take its owner's key and language once its loop runs.

    cord: says "ready", hears of its owner, says "taken", and is closed. No learner's code comes in before that.
    """
    loop = asyncio.get_event_loop()

    async def prepare() -> None:
        """Run and say what each first cell does, so that those pages of memory are its own by then. Nobody listens."""
        await app.kernel.do_execute(REHEARSAL, silent=True, store_history=False)
        app.kernel.set_parent([b""], app.session.msg("execute_request"))
        app.kernel._publish_status("busy", "shell")
        app.shell.display_formatter.format(1)
        loop.add_reader(cord, take)
        cord.send(b"ready")

    def take() -> None:
        loop.remove_reader(cord)
        with cord:
            word, descriptors, _, _ = socket.recv_fds(cord, LARGEST_WORD, 1)
            if not descriptors:  # the fork server is gone
                os._exit(0)
            app.session.key = read_key(descriptors[0])
            os.environ["AULA_LANGUAGE"] = json.loads(word)["language"]
            reseed(None)
            cord.send(b"taken")

    loop.call_soon(lambda: loop.create_task(prepare()))
