"""The answer to a gateway that started a kernel here: where its ports are, readable by that gateway only.

Source: gateway-provisioners 0.5.0, response_manager.py (`_decode_payload`, version 1).
"""

import base64
import json
import secrets
import socket
from collections.abc import Mapping
from typing import Any

from notebooks.errors import KernelUnavailable

VERSION = 1
AES_BLOCK = 16
SEND_S = 10.0


def parse_address(text: str) -> tuple[str, int]:
    """Host and port of "host:port". Raises KernelUnavailable."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        raise KernelUnavailable(f'the response address is "{text}". Use one such as 10.0.0.5:8877.')
    return host, int(port)


def seal(connection_info: Mapping[str, Any], public_key: str) -> bytes:
    """The connection's details under a fresh AES key, and that under the gateway's RSA key.

    Raises: KernelUnavailable where that is no key, or the means are missing here.
    """
    try:
        from Cryptodome.Cipher import AES, PKCS1_v1_5  # noqa: PLC0415  # only where kernels come over SSH
        from Cryptodome.PublicKey import RSA  # noqa: PLC0415  # only where kernels come over SSH
        from Cryptodome.Util.Padding import pad  # noqa: PLC0415  # only where kernels come over SSH
    except ImportError as reason:
        raise KernelUnavailable(f"{reason}. Install requirements-ssh.txt on this machine.") from reason
    aes_key = secrets.token_bytes(AES_BLOCK)
    content = AES.new(aes_key, AES.MODE_ECB).encrypt(pad(json.dumps(connection_info).encode(), AES_BLOCK))
    try:
        key = PKCS1_v1_5.new(RSA.import_key(base64.b64decode(public_key))).encrypt(aes_key)
    except ValueError as reason:
        raise KernelUnavailable(f"the gateway's public key is none: {reason}") from reason
    payload = {
        "version": VERSION,
        "key": base64.b64encode(key).decode(),
        "conn_info": base64.b64encode(content).decode(),
    }
    return base64.b64encode(json.dumps(payload).encode())


def send(sealed: bytes, address: tuple[str, int]) -> None:
    """Raises KernelUnavailable where nobody listens there."""
    try:
        with socket.create_connection(address, SEND_S) as connection:
            connection.sendall(sealed)
    except OSError as reason:
        raise KernelUnavailable(
            f"the gateway does not take an answer at {address[0]}:{address[1]}: {reason}. "
            "Give it an address that this machine reaches (--response-ip)."
        ) from reason
