"""Optional parts of a machine: their absence is a named skip, and in CI a failure."""

import os

import pytest


def need(is_there: bool, what: str, how: str) -> None:
    """Skip with a reason where a part is missing; where CI is "true" its absence fails the test."""
    if not is_there:
        message = f"{what} is missing on this machine. {how}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
