"""The REST side of a gateway's API: start, look at, interrupt and remove kernels.

A session per call, because callers are threads; proxies of the environment are not asked, because gateways
are ours.
"""

import contextlib
from collections.abc import Mapping
from typing import Any

import requests

from notebooks.errors import KernelUnavailable, NoRoom
from notebooks.host.address import GatewayAddress

CONNECT_S = 5.0
ANSWER_S = 30.0
# How the fork server refuses, in the traceback that a gateway sends; and how a gateway does at its own limit.
NO_ROOM, AT_LIMIT = "no room: ", "Resource Limit"


class GatewayApi:
    """One gateway. Every method raises KernelUnavailable where the gateway does not answer or answers
    nonsense."""

    def __init__(self, gateway: GatewayAddress) -> None:
        self.gateway = gateway

    def start(self, kernel_id: str, kernel_name: str, environment: Mapping[str, str]) -> str:
        """The id of a kernel that was just started; ours where the gateway takes it.

        The environment is always sent, even empty: a start without one has been seen to get another
        learner's.
        Raises: NoRoom where there is no memory for one more, or as many run as may.
        """
        body = {"name": kernel_name, "kernel_id": kernel_id, "env": dict(environment)}
        answer = self._call("POST", "", body)
        if answer.status_code != 201:
            said = f"the gateway {self.gateway.url} started no kernel: {_reason(answer)}"
            if _has_no_room(answer):
                raise NoRoom(said)
            # Only where the gateway does not say what it was: one that knows a single kernel takes any name for it.
            if not _explains(answer) or "such kernel" in said:
                self.require_kernel(kernel_name)
            raise KernelUnavailable(said)
        return str(_json(answer)["id"])

    def find(self, kernel_id: str) -> Mapping[str, Any] | None:
        """What the gateway says of the kernel; None where it knows none of that id."""
        answer = self._call("GET", f"/{kernel_id}")
        if answer.status_code == 404:
            return None
        if answer.status_code != 200:
            raise KernelUnavailable(f"the gateway {self.gateway.url} does not tell of a kernel: {_reason(answer)}")
        return _json(answer)

    def list_kernels(self) -> tuple[Mapping[str, Any], ...]:
        answer = self._call("GET", "")
        if answer.status_code != 200:
            raise KernelUnavailable(f"the gateway {self.gateway.url} lists no kernels: {_reason(answer)}")
        return tuple(answer.json())

    def require_kernel(self, kernel_name: str) -> None:
        """Raises KernelUnavailable where the gateway has no kernelspec of that name."""
        answer = self._call("GET", "", collection="kernelspecs")
        offered = sorted(_json(answer).get("kernelspecs", {})) if answer.status_code == 200 else [kernel_name]
        if kernel_name not in offered:
            found = ", ".join(offered) or "none"
            raise KernelUnavailable(
                f'the gateway {self.gateway.url} has no kernel "{kernel_name}"; it offers {found}. '
                "Register it where the gateway runs: python -m notebooks install-kernelspec makes aula-python, and "
                "`jupyter kernelspec list` shows what there is."
            )

    def interrupt(self, kernel_id: str) -> None:
        """Interrupt what the kernel runs; nothing happens where the kernel is gone."""
        self._call("POST", f"/{kernel_id}/interrupt")

    def remove(self, kernel_id: str) -> None:
        """End the kernel and forget it; nothing happens where it is gone."""
        self._call("DELETE", f"/{kernel_id}")

    def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, collection: str = "kernels"
    ) -> requests.Response:
        try:
            with requests.Session() as session:
                session.trust_env = False
                return session.request(
                    method,
                    f"{self.gateway.url}/api/{collection}{path}",
                    json=body,
                    headers={"Authorization": f"token {self.gateway.token}"},
                    timeout=(CONNECT_S, ANSWER_S),
                )
        except requests.RequestException as reason:
            raise KernelUnavailable(f"the gateway {self.gateway.url} does not answer: {reason}") from reason


def _json(answer: requests.Response) -> Mapping[str, Any]:
    try:
        data = answer.json()
    except ValueError as reason:
        raise KernelUnavailable("the gateway's answer is not JSON") from reason
    if not isinstance(data, dict):
        raise KernelUnavailable("the gateway's answer is not an object")
    return data


def _has_no_room(answer: requests.Response) -> bool:
    if answer.status_code == 403:
        return AT_LIMIT in answer.text
    return answer.status_code == 500 and NO_ROOM in answer.text


def _explains(answer: requests.Response) -> bool:
    """Whether there is a traceback."""
    try:
        return bool(answer.json()["traceback"])
    except (ValueError, LookupError, TypeError):
        return False


def _reason(answer: requests.Response) -> str:
    """What the gateway says; of a traceback its last line, which names the error."""
    text = answer.text
    with contextlib.suppress(ValueError, LookupError, TypeError, AttributeError):
        text = answer.json()["traceback"].strip().splitlines()[-1]
    return f"{answer.status_code} {answer.reason}: {text[:300]}"
