"""A stock IPython kernel on sockets that it was given: no connection file, no path, no network.

The overridden parts are ipykernel 7's own steps of a start; where one is left out, the reason stands beside it.
Its shell was made before the fork: see shells.py.
"""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import ipykernel.ipkernel
import zmq
from ipykernel.control import ControlThread
from ipykernel.heartbeat import Heartbeat
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from traitlets.config import Config

from . import lasting_streams
from .shells import shell_config, take_shell

PORTS = ("shell_port", "stdin_port", "iopub_port", "control_port", "hb_port")


class GivenHeartbeat(Heartbeat):  # type: ignore[misc]  # ipykernel has no types
    """A heartbeat on a listener that is there already."""

    given = -1

    def _bind_socket(self) -> None:
        self.socket.setsockopt(zmq.USE_FD, self.given)
        self.socket.bind("ipc:///heartbeat")


class NoShellThread:
    """Stands where ipykernel 7 keeps a thread that sorts requests among subshells, of which we offer none."""

    def __init__(self) -> None:
        self.parent_thread = threading.current_thread()

    def __bool__(self) -> bool:
        return False


class PatientKernel(IPythonKernel):  # type: ignore[misc]  # ipykernel has no types
    """A kernel that an interrupt does not end, whenever it comes: only a running cell hears it.

    The stock one listens during every request, and leaves its loop when the signal finds it between two steps.
    """

    _supports_kernel_subshells = False
    streams: dict[str, Any] = {}

    def pre_handler_hook(self) -> None:
        """Interrupts stay ignored."""

    def post_handler_hook(self) -> None:
        """They were all along."""

    async def do_execute(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            reply: dict[str, Any] = await super().do_execute(*args, **kwargs)
        except KeyboardInterrupt:  # it came just before the code began, or just after it ended
            reply = {
                "status": "error", "ename": "KeyboardInterrupt", "evalue": "", "traceback": [],
                "execution_count": self.shell.execution_count - 1, "user_expressions": {}, "payload": [],
            }  # fmt: skip
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            lasting_streams.mend(self.streams)
        return reply

    @contextmanager
    def _cancel_on_sigint(self, future: asyncio.Future[Any]) -> Iterator[None]:
        """The stock one tells its loop in a way that does not wake it, so an awaiting cell would sleep on."""
        loop = asyncio.get_running_loop()
        before = signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(future.cancel))
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)


class GivenKernelApp(IPKernelApp):  # type: ignore[misc]  # ipykernel has no types
    """IPKernelApp on inherited listeners. given: the descriptor of each port, ports being 1 to 5 as in PORTS."""

    given: dict[int, int] = {}
    control_port: int
    iopub_port: int

    def initialize(self, argv: Any = None) -> None:
        """The stock steps without command line, profile, configuration files, crash reports and start-up scripts.

        None of these exists in here, and looking for them takes 15 ms.
        """
        self.init_sockets()
        self.init_heartbeat()
        self.init_io()
        self.init_signal()
        self.init_kernel()
        self.init_shell()

    def _bind_socket(self, s: Any, port: int) -> int:
        s.setsockopt(zmq.USE_FD, self.given[port])
        s.bind(f"ipc:///port-{port}")
        return port

    def init_control(self, context: Any) -> None:
        """As the stock one, but the debugger's socket stays unconnected: its path does not exist in here."""
        self.control_socket = context.socket(zmq.ROUTER)
        self.control_socket.linger = 1000
        self.control_port = self._bind_socket(self.control_socket, self.control_port)
        self.debugpy_socket = context.socket(zmq.STREAM)
        self.debug_shell_socket = context.socket(zmq.DEALER)
        self.control_socket.router_handover = 1
        self.control_thread = ControlThread(daemon=True)
        # None would do, had IPythonKernel not one place that asks for the thread's parent all the same.
        self.shell_channel_thread = NoShellThread() if issubclass(self.kernel_class, IPythonKernel) else None

    def init_iopub(self, context: Any) -> None:
        """As the stock one without its pipe for child processes: that binds TCP, and libzmq aborts where it may not."""
        self.iopub_socket = context.socket(zmq.XPUB)
        self.iopub_socket.linger = 1000
        self.iopub_port = self._bind_socket(self.iopub_socket, self.iopub_port)
        self.iopub_thread = IOPubThread(self.iopub_socket, pipe=False, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_io(self) -> None:
        """As the stock one, with streams of our own kind."""
        self.outstream_class = None
        sys.stdout = lasting_streams.LastingStream(self.session, self.iopub_thread, "stdout")
        sys.stderr = lasting_streams.LastingStream(self.session, self.iopub_thread, "stderr")
        super().init_io()

    def init_heartbeat(self) -> None:
        # The stock one has a context of its own, with two threads. Our clients judge a kernel's life by its lease.
        self.heartbeat = GivenHeartbeat(self.context, ("ipc", "/heartbeat", self.hb_port))
        self.heartbeat.given = self.given[self.hb_port]
        self.heartbeat.start()

    def close(self) -> None:
        """The process ends without unwinding."""


class NoModules(ModuleType):
    """Stands in for `sys` while a kernel lists every loaded module for its debugger: the walk would copy each page."""

    modules: dict[str, ModuleType] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


def make_python_kernel(listeners: list[int], key: bytes, home: str) -> GivenKernelApp:
    """The kernel of nearly everybody, on the shell that was made before the fork. See `make_kernel`."""
    shell = take_shell("kernel", home)
    app = make_kernel(listeners, key, PatientKernel)
    shell.parent = shell.kernel = app.kernel
    app.kernel.streams = {"stdout": sys.stdout, "stderr": sys.stderr}
    return app


def make_kernel(listeners: list[int], key: bytes, kind: type[Kernel]) -> GivenKernelApp:
    """A Jupyter kernel that serves once its loop runs: `app.start()`. The process is confined and has one thread."""
    GivenKernelApp.kernel_class = kind
    app: GivenKernelApp = GivenKernelApp.instance(config=_config(), transport="ipc", ip="/port")
    app.given = dict(enumerate(listeners, 1))
    for number, port in enumerate(PORTS, 1):
        setattr(app, port, number)
    app.session.key = key
    app.session.pack = lasting_streams.pack
    ipykernel.ipkernel.sys = NoModules("sys")
    app.initialize([])
    ipykernel.ipkernel.sys = sys
    return app


def read_key(descriptor: int) -> bytes:
    """The session's key, from a pipe that only this child reads: the fork server's memory is in every kernel."""
    with os.fdopen(descriptor, "rb") as pipe:
        return pipe.read(4096)


def _config() -> Config:
    config = shell_config()
    config.IPKernelApp.log_level = 50
    return config
