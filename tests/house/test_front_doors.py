"""The rooms' front doors: every name is there, and what few need is loaded for them alone."""

import subprocess
import sys
from pathlib import Path

import pytest

import courses
import graders
import notebooks

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("room", [courses, notebooks, graders], ids=lambda room: room.__name__)
def test_every_name_that_a_room_offers_is_there(room: object) -> None:
    assert [name for name in room.__all__ if not hasattr(room, name)] == []  # type: ignore[attr-defined]  # a module
    with pytest.raises(AttributeError, match="nowhere"):
        room.nowhere  # type: ignore[attr-defined]  # noqa: B018  # asked for, because it is not there


def test_the_command_that_grades_waits_for_no_gateway_and_no_lesson() -> None:
    unwanted = ("requests", "markdown_it", "courses.loader")
    ask = f"import sys, graders.__main__; print([one for one in {unwanted} if one in sys.modules])"
    told = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
