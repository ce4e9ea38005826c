"""Sandboxes for learner code: the fork server they come from, clean sessions, and kernels for any Jupyter client."""

from notebooks.sandbox.client import ForkServer, ServerStatus
from notebooks.sandbox.config import SandboxConfig
from notebooks.sandbox.fork_server.limits import Limits
from notebooks.sandbox.kernelspec import install_kernelspec
from notebooks.sandbox.replies import CellError, CellReply
from notebooks.sandbox.self_test import SelfTest, run_self_test
from notebooks.sandbox.session import Session

__all__ = [
    "CellError",
    "CellReply",
    "ForkServer",
    "Limits",
    "SandboxConfig",
    "SelfTest",
    "ServerStatus",
    "Session",
    "install_kernelspec",
    "run_self_test",
]
