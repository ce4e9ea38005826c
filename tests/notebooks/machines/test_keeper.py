"""What a keeper is asked for and by whom: ports within their range, orders from its gateway only, an answer for it
alone."""

import asyncio
import base64
import contextlib
import socket
from pathlib import Path

import pytest
from Cryptodome.PublicKey import RSA
from gateway_provisioners.response_manager import ResponseManager

from notebooks import KernelUnavailable
from notebooks.sandbox.remote.relay import listen_in_range, only_from, relay_to
from notebooks.sandbox.remote.reply import parse_address, seal, send


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1024):
        writer.write(data)
    writer.close()


async def ask(admitted: str, path: Path, words: bytes) -> bytes:
    """What comes back through a relay that lets `admitted` in, where an echo listens at its other end."""
    with listen_in_range("0..0") as listener:
        async with (
            await asyncio.start_unix_server(echo, path),
            await asyncio.start_server(only_from(admitted, relay_to(path)), sock=listener),
        ):
            reader, writer = await asyncio.open_connection("127.0.0.1", listener.getsockname()[1])
            answer = b""
            with contextlib.suppress(ConnectionError):
                writer.write(words)
                writer.write_eof()
                answer = await reader.read()
            writer.close()
            return answer


def test_bytes_go_to_the_kernel_and_back(tmp_path: Path) -> None:
    words = bytes(range(256)) * 4000
    assert asyncio.run(ask("127.0.0.1", tmp_path / "k", words)) == words


def test_nobody_but_the_gateway_is_let_in(tmp_path: Path) -> None:
    assert asyncio.run(ask("10.9.9.9", tmp_path / "k", b"hello")) == b""


def test_a_port_lies_within_the_range() -> None:
    with listen_in_range("41000..42000") as listener:
        assert 41000 <= listener.getsockname()[1] <= 42000


@pytest.mark.parametrize("text", ["", "41000", "42000..41000", "a..b", "1..99999", "-1..5"])
def test_a_range_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(KernelUnavailable, match=r"40000\.\.42000"):
        listen_in_range(text)


def test_the_gateway_can_read_the_answer() -> None:
    private = RSA.generate(1024)
    public = base64.b64encode(private.public_key().export_key("DER")).decode()
    manager = ResponseManager.__new__(ResponseManager)
    manager._private_key, manager._response_registry = private, {}
    answer = manager._decode_payload(seal({"kernel_id": "k", "key": "secret", "shell_port": 1}, public))
    assert answer == {"kernel_id": "k", "key": b"secret", "shell_port": 1}


def test_nobody_else_can_read_the_answer() -> None:
    public = base64.b64encode(RSA.generate(1024).public_key().export_key("DER")).decode()
    sealed = seal({"key": "a-secret-that-is-long-enough-to-be-seen"}, public)
    assert b"secret" not in base64.b64decode(sealed)


def test_a_key_that_is_none_is_refused() -> None:
    with pytest.raises(KernelUnavailable, match="public key"):
        seal({}, "bm9uZQ==")


@pytest.mark.parametrize("text", ["", "10.0.0.5", ":8877", "10.0.0.5:x"])
def test_an_address_without_a_port_is_refused(text: str) -> None:
    with pytest.raises(KernelUnavailable, match=r"10\.0\.0\.5:8877"):
        parse_address(text)


def test_a_gateway_that_does_not_listen_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(KernelUnavailable, match="--response-ip"):
        send(b"", ("127.0.0.1", port))
