"""Where gateways and kernels are, and the file in which the kernels' own process says so."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class GatewayAddress:
    """A Jupyter gateway: `url` without a path at its end, such as http://127.0.0.1:41234."""

    url: str
    token: str = field(repr=False, default="")


@dataclass(frozen=True)
class KernelAddress:
    """A kernel and the session under which its gateway keeps what nobody has read yet. Store all three."""

    gateway_url: str
    kernel_id: str
    session_id: str


@dataclass(frozen=True)
class KernelsFile:
    """What a running `python -m notebooks serve` offers: its gateways, its fork server and the sandbox's
    grade."""

    gateways: tuple[GatewayAddress, ...]
    fork_server: Path | None
    grade: str | None

    @classmethod
    def read(cls, path: Path) -> "KernelsFile":
        """Raises FileNotFoundError while the kernels' process has not come up."""
        data: Mapping[str, Any] = json.loads(path.read_text())
        return cls(
            gateways=tuple(GatewayAddress(one["url"], one["token"]) for one in data["gateways"]),
            fork_server=Path(data["fork_server"]) if data["fork_server"] else None,
            grade=data["grade"],
        )

    def write(self, path: Path) -> None:
        """Replace the file at once; only its owner may read it, for it holds the gateways' tokens."""
        data = {
            "gateways": [asdict(one) for one in self.gateways],
            "fork_server": str(self.fork_server) if self.fork_server else None,
            "grade": self.grade,
        }
        fresh = path.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(data, file)
        fresh.replace(path)
