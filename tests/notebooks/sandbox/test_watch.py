"""Where no control group limits, we look ourselves: who belongs to a kernel, and how full its home is."""

import os
import subprocess
from pathlib import Path

from notebooks.sandbox.fork_server.watch import ENDLESS, Process, family, folder_bytes, list_processes

MIB = 2**20


def test_a_family_is_all_that_descends_from_it() -> None:
    processes = [
        Process(1, 0, 9, 0),
        Process(2, 1, 9, 0),
        Process(3, 2, 9, 0),
        Process(4, 1, 9, 0),
        Process(5, 4, 9, 0),
    ]
    assert {one.pid for one in family(2, None, processes)} == {2, 3}


def test_a_family_has_those_of_its_uid_though_they_left_it() -> None:
    processes = [Process(2, 1, 9, 0), Process(3, 1, 9, 0), Process(4, 3, 8, 0), Process(5, 1, 7, 0)]
    assert {one.pid for one in family(2, 9, processes)} == {2, 3, 4}


def test_this_process_is_among_all_with_its_memory() -> None:
    kept = bytearray(b"x") * (32 * MIB)
    own = next(one for one in list_processes() if one.pid == os.getpid())
    assert own.bytes_at_most > len(kept)
    assert (own.parent, own.uid) == (os.getppid(), os.getuid())


def test_files_are_counted_by_what_they_take(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "full").write_bytes(b"x" * 3 * MIB)
    with (tmp_path / "hollow").open("wb") as hollow:
        hollow.truncate(100 * MIB)
    (tmp_path / "link").symlink_to("/usr")
    assert 3 * MIB <= folder_bytes(tmp_path, 100) < 4 * MIB


def test_too_many_files_are_as_good_as_endless(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / str(number)).touch()
    assert folder_bytes(tmp_path, 20) < ENDLESS
    assert folder_bytes(tmp_path, 19) == ENDLESS


def test_folders_nested_without_end_do_not_end_the_counting(tmp_path: Path) -> None:
    dig = "import os\nfor _ in range(3000):\n    os.mkdir('d')\n    os.chdir('d')"
    subprocess.run(["python3", "-c", dig], cwd=tmp_path, check=True)
    try:
        assert folder_bytes(tmp_path, 10_000) == ENDLESS
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


def test_a_folder_that_is_gone_is_empty(tmp_path: Path) -> None:
    assert folder_bytes(tmp_path / "gone", 10) == 0
