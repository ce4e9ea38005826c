"""Output folds as a terminal and a notebook would show it."""

from typing import Any

import pytest

from webapp.services.practice.fold import MOST_REPLACED_BYTES, CellFold, overwrite


def printed(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"kind": "stream", "name": name, "text": text, "ansi_before": ""}


def shown(display_id: str, text: str, *, is_update: bool = False) -> dict[str, Any]:
    return {
        "kind": "display", "data": {"text/plain": text}, "metadata": {}, "display_id": display_id,
        "is_update": is_update,
    }  # fmt: skip


def test_plain_output_is_appended() -> None:
    fold = CellFold()
    assert fold.add(printed("a\n")) == printed("a\n")
    assert fold.add(printed("b\r\n")) == printed("b\r\n")
    assert [one["text"] for one in fold.shown] == ["a\nb\r\n"]


def test_a_bar_of_progress_replaces_itself() -> None:
    fold = CellFold()
    for text in ("start\n", "10%\r", "20%\r", "100%\n", "end"):
        body = fold.add(printed(text))
    assert body == printed("end")
    assert [one["text"] for one in fold.shown] == ["start\n100%\nend"]


def test_text_that_goes_on_in_a_line_replaces_that_lines_block() -> None:
    fold = CellFold()
    assert fold.add(printed("a")) == printed("a")
    assert fold.add(printed("b\n")) == {"kind": "replace", "events": [printed("ab\n")]}
    assert fold.add(printed("c")) == printed("c")


def test_standard_error_between_does_not_mix() -> None:
    fold = CellFold()
    for one in (printed("a"), printed("oops", "stderr"), printed("b")):
        fold.add(one)
    assert [(one["name"], one["text"]) for one in fold.shown] == [
        ("stdout", "a"),
        ("stderr", "oops"),
        ("stdout", "b"),
    ]


def test_an_update_replaces_what_its_id_showed() -> None:
    fold = CellFold()
    fold.add(shown("d", "one"))
    fold.add(printed("text"))
    body = fold.add(shown("d", "two", is_update=True))
    assert body is not None
    assert body["kind"] == "replace"
    assert body["events"][0]["data"] == {"text/plain": "two"}


def test_an_update_of_another_cells_display_shows_nothing_new() -> None:
    fold = CellFold()
    assert fold.add(shown("elsewhere", "two", is_update=True)) is None
    assert fold.shown == ()


@pytest.mark.parametrize("wait", [True, False])
def test_clearing_removes_what_was_shown(wait: bool) -> None:
    fold = CellFold()
    fold.add(printed("old"))
    first = fold.add({"kind": "clear", "wait": wait})
    assert (first is None) is wait
    body = fold.add(printed("new"))
    assert [one["text"] for one in fold.shown] == ["new"]
    assert body == ({"kind": "replace", "events": [printed("new")]} if wait else printed("new"))


def test_a_log_read_again_gives_the_same() -> None:
    fold, again = CellFold(), CellFold()
    for one in (
        printed("a\n"),
        printed("1\r"),
        printed("2\r"),
        shown("d", "x"),
        {"kind": "clear", "wait": True},
        printed("z"),
    ):
        body = fold.add(one)
        if body is not None:
            again.apply({**body, "cell": "primera"})
    assert again.shown == fold.shown


def test_output_that_rewrites_itself_without_end_is_told_once_more_at_the_end() -> None:
    fold = CellFold()
    fold.add(printed("x" * 500_000))
    told = [body for number in range(100) if (body := fold.add(printed(f"\r{number}")))]
    assert sum(len(str(body)) for body in told) < 2 * MOST_REPLACED_BYTES
    last = fold.finish()
    assert last is not None
    assert last["events"][0]["text"].startswith("99")


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("", "abc\rx", "xbc"),
        ("abc", "\b\bX", "aXc"),
        ("abc", "\r\x1b[Kz", "z"),
        ("one\ntwo\n", "\x1b[2AONE", "ONE\ntwo\n"),
        ("", "\b\b\x1b[9Ax", "x"),
    ],
)
def test_the_place_of_writing_moves_as_on_a_terminal(before: str, text: str, after: str) -> None:
    assert overwrite(before, text)[0] == after
