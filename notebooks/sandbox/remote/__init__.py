"""Kernels that a gateway on another machine starts here over SSH, with gateway-provisioners; see docs/machines.md."""

from notebooks.sandbox.remote.keeper import RemoteOrder, launch_keeper
from notebooks.sandbox.remote.kernelspec import SSH_KERNEL_NAME, write_ssh_kernelspec

__all__ = ["SSH_KERNEL_NAME", "RemoteOrder", "launch_keeper", "write_ssh_kernelspec"]
