"""What was uploaded: its owner's alone, for a day, and not too much of it."""

from datetime import timedelta
from pathlib import Path

from support.jobs import NOON

from webapp.teach import importing_uploads as uploads


def test_what_was_kept_is_found_again_with_what_was_made_of_it(tmp_path: Path) -> None:
    token = uploads.keep(tmp_path, 1, "tasas.ipynb", b"{}", now=NOON)
    found = uploads.find(tmp_path, 1, token, now=NOON)
    assert found is not None
    assert (found.name, found.data, found.note) == ("tasas.ipynb", b"{}", {})
    uploads.write_note(tmp_path, 1, found, {"made": [7]})
    again = uploads.find(tmp_path, 1, token, now=NOON + timedelta(hours=23))
    assert again is not None
    assert (again.note, again.kept_at) == ({"made": [7]}, NOON)


def test_nobody_else_finds_it_and_no_name_leads_elsewhere(tmp_path: Path) -> None:
    token = uploads.keep(tmp_path, 1, "a.zip", b"x", now=NOON)
    (tmp_path / "uploads" / "1" / "about.json").write_text("{}")
    assert uploads.find(tmp_path, 2, token, now=NOON) is None
    for name in ("", "..", "../1", f"../1/{token}", "a" * 30):
        assert uploads.find(tmp_path, 1, name, now=NOON) is None
        uploads.drop(tmp_path, 1, name)
    assert uploads.find(tmp_path, 1, token, now=NOON) is not None


def test_a_day_ends_it_for_everybody(tmp_path: Path) -> None:
    token = uploads.keep(tmp_path, 1, "a.zip", b"x", now=NOON)
    later = NOON + timedelta(hours=25)
    assert uploads.find(tmp_path, 1, token, now=later) is None
    uploads.keep(tmp_path, 2, "b.zip", b"y", now=later)
    assert not (tmp_path / "uploads" / "1" / token).exists()


def test_of_many_the_last_five_stay(tmp_path: Path) -> None:
    tokens = [uploads.keep(tmp_path, 1, f"{one}.zip", b"x", now=NOON + timedelta(minutes=one)) for one in range(7)]
    now = NOON + timedelta(minutes=8)
    assert [uploads.find(tmp_path, 1, one, now=now) is not None for one in tokens] == [False] * 2 + [True] * 5


def test_one_that_was_not_written_to_its_end_goes_with_the_next(tmp_path: Path) -> None:
    torn = tmp_path / "uploads" / "1" / ("t" * 24)
    torn.mkdir(parents=True)
    (torn / "data").write_bytes(b"x")
    assert uploads.find(tmp_path, 1, torn.name, now=NOON) is None
    uploads.keep(tmp_path, 1, "a.zip", b"x", now=NOON)
    assert not torn.exists()
