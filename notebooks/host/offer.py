"""Who may reach a gateway: this machine with a token of its own, or other machines with a token that they know too."""

import ipaddress
import socket
from dataclasses import dataclass, field
from pathlib import Path

from notebooks.errors import KernelUnavailable

SHORTEST_TOKEN = 32


@dataclass(frozen=True)
class Offer:
    """Where a gateway listens. port: 0 for any that is free; token: empty for a random one."""

    host: str = "127.0.0.1"
    port: int = 0
    token: str = field(repr=False, default="")


LOOPBACK_ONLY = Offer()


def make_offer(host: str, port: int, token_file: Path | None) -> Offer:
    """The offer that an operator asks for. Raises KernelUnavailable where anybody, or nobody, could use it."""
    if token_file is None:
        if not _is_loopback(host):
            raise KernelUnavailable(
                f"--host is {host}, which other machines reach, and no --token-file says who may. "
                f"Write at least {SHORTEST_TOKEN} random characters into a file, name it with --token-file, "
                "and give the site the same as AULA_KERNELS_TOKEN."
            )
        return Offer(host, port)
    try:
        token = token_file.read_text().strip()
    except (OSError, UnicodeDecodeError) as reason:
        raise KernelUnavailable(f"The token file {token_file} cannot be read: {reason}. Name one that can.") from reason
    if len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        raise KernelUnavailable(
            f"The token in {token_file} has {len(token)} characters that can be sent, or some that cannot. "
            f"Use at least {SHORTEST_TOKEN} letters and digits, for example from `openssl rand -hex 32`."
        )
    return Offer(host, port, token)


def free_port(host: str) -> int:
    """A port of that address which nobody uses now. Raises KernelUnavailable where the address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        try:
            probe.bind((host, 0))
        except OSError as reason:
            raise KernelUnavailable(
                f"--host is {host}, and nothing can listen there: {reason}. Use an address of this machine, or 0.0.0.0."
            ) from reason
        return int(probe.getsockname()[1])


def reachable_here(host: str) -> str:
    """The host as it stands in an address that this machine itself can use."""
    if host in ("0.0.0.0", "::"):  # noqa: S104  # compared with, not listened on
        return "127.0.0.1" if host == "0.0.0.0" else "[::1]"  # noqa: S104  # likewise
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
