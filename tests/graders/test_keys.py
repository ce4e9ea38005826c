"""Answer keys on disk: found again, private, and as good as none where they are damaged."""

import json
from pathlib import Path

import pytest

from graders.keys import AnswerKeys, fingerprint_of
from graders.observe import Observation
from graders.report import CodeFault

SEEN = Observation("done", None, {"value": {"holds": 42}})
PRINT = fingerprint_of("a")


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_what_was_saved_is_found(keys_folder: Path) -> None:
    AnswerKeys(keys_folder).save("suma", PRINT, SEEN)
    assert AnswerKeys(keys_folder).find("suma", PRINT) == SEEN


def test_a_fault_is_kept_too(keys_folder: Path) -> None:
    failed = Observation("error", CodeFault("suma", "KeyError", "'x'", 2, ("a", "b")))
    AnswerKeys(keys_folder).save("suma", PRINT, failed)
    assert AnswerKeys(keys_folder).find("suma", PRINT) == failed


def test_nothing_is_found_under_another_fingerprint(keys_folder: Path) -> None:
    AnswerKeys(keys_folder).save("suma", PRINT, SEEN)
    assert AnswerKeys(keys_folder).find("suma", fingerprint_of("b")) is None
    assert AnswerKeys(keys_folder / "nowhere").find("suma", PRINT) is None


def test_only_the_site_may_read_the_folder(keys_folder: Path) -> None:
    AnswerKeys(keys_folder).save("suma", PRINT, SEEN)
    assert keys_folder.stat().st_mode & 0o777 == 0o700
    assert only_file(keys_folder).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b'{"fingerprint": 1}', b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_file_is_as_good_as_none(keys_folder: Path, damage: bytes) -> None:
    keys = AnswerKeys(keys_folder)
    keys.save("suma", PRINT, SEEN)
    only_file(keys_folder).write_bytes(damage)
    assert keys.find("suma", PRINT) is None
    keys.save("suma", PRINT, SEEN)
    assert keys.find("suma", PRINT) == SEEN


def test_a_changed_value_shows(keys_folder: Path) -> None:
    keys = AnswerKeys(keys_folder)
    keys.save("suma", PRINT, SEEN)
    path = only_file(keys_folder)
    kept = json.loads(path.read_text())
    kept["observation"]["evidence"]["value"]["holds"] = 41
    path.write_text(json.dumps(kept))
    assert keys.find("suma", PRINT) is None


def test_a_save_that_fails_leaves_nothing_behind(keys_folder: Path) -> None:
    keys = AnswerKeys(keys_folder)
    with pytest.raises(TypeError):
        keys.save("suma", PRINT, Observation("done", None, {"value": object()}))
    assert list(keys_folder.iterdir()) == []
