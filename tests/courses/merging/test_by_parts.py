"""Two sides' changes to one lesson come together: nothing of either is lost, and what cannot be both is asked."""

from collections.abc import Callable, Sequence
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from support.content import SHIPPED

from courses import Dataset, load_catalogue, load_from_files
from courses.block_edits import change_block, new_code, new_text
from courses.blocks import join_blocks, split_blocks
from courses.lesson_edits import move_in_lesson, read_text, read_texts, remove_exercise, with_sheet
from courses.merging import MergePart, Side, compare, merge
from courses.refusals import Refused
from courses.sheet_edits import go_to, read_sheet_value, set_field
from courses.sources import Files
from courses.text_pairs import Texts, delete_both, insert_both

FOLDERS = [SHIPPED / "_template", *sorted(path.parent for path in SHIPPED.glob("*/*/lesson.yaml"))]
Change = tuple[str, int, int]


@cache
def lesson(number: int = 0) -> Files:
    folder = FOLDERS[number]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@cache
def datasets() -> dict[str, Dataset]:
    return {one.name: one for one in load_catalogue(SHIPPED).datasets}


def with_texts(files: Files, texts: Texts) -> Files:
    return {**files, **{f"lesson.{one}.md": join_blocks(blocks).encode() for one, blocks in texts.items()}}


def reword(files: Files, place: int, word: int) -> Files:
    blocks = split_blocks(read_text(files, "lesson.es.md"))
    loose = [number for number, one in enumerate(blocks) if one.kind in ("text", "note", "exercise")]
    index = loose[place % len(loose)]
    changed = change_block(blocks, index, body=f"{blocks[index].body}\n\nOtra frase, la {word}.")
    return {**files, "lesson.es.md": join_blocks(changed).encode()}


def recode(files: Files, place: int, word: int) -> Files:
    names = [name for name in sorted(files) if name.endswith(".py")]
    name = names[place % len(names)]
    return {**files, name: files[name] + f"# {word}\n".encode()}


def retitle(files: Files, place: int, word: int) -> Files:
    exercises = read_sheet_value(read_text(files, "lesson.yaml"))["exercises"]
    names = ("exercises", place % len(exercises), "title", ("es", "en")[word % 2])
    return with_sheet(files, set_field(read_text(files, "lesson.yaml"), names, f"Título {word}"))


def drop(files: Files, place: int, word: int) -> Files:
    exercises = read_sheet_value(read_text(files, "lesson.yaml"))["exercises"]
    return remove_exercise(files, exercises[place % len(exercises)]["id"])


def move(files: Files, place: int, word: int) -> Files:
    count = len(read_texts(files)["es"])
    return move_in_lesson(files, "es", place % count, word % count)


def add(files: Files, place: int, word: int) -> Files:
    texts = read_texts(files)
    new = {one: new_code(f"celda-{word}", f"x = {word}") for one in ("es", "en")}
    return with_texts(files, insert_both(texts, "es", place % (len(texts["es"]) + 1), new))


def say(files: Files, place: int, word: int) -> Files:
    texts = read_texts(files)
    new = {one: new_text(f"Párrafo {word} {one}.") for one in ("es", "en")}
    return with_texts(files, insert_both(texts, "es", place % (len(texts["es"]) + 1), new))


def cut(files: Files, place: int, word: int) -> Files:
    texts = read_texts(files)
    loose = [number for number, one in enumerate(texts["es"]) if not one.key]
    return with_texts(files, delete_both(texts, "es", loose[place % len(loose)]))


def weigh(files: Files, place: int, word: int) -> Files:
    sheet = read_text(files, "lesson.yaml")
    exercises = read_sheet_value(sheet)["exercises"]
    checks = [(one["id"], check["id"]) for one in exercises for check in one.get("checks", ())]
    exercise, check = checks[place % len(checks)]
    sheet = set_field(sheet, ("exercises", exercise, "checks", check, "points"), word + 1)
    value = read_sheet_value(sheet)
    item = go_to(value, ("exercises", exercise))
    points = sum(one["points"] for one in item["checks"]) + sum(
        one["levels"][-1]["points"] for one in item.get("rubric", ())
    )
    return with_sheet(files, set_field(sheet, ("exercises", exercise, "points"), points))


CHANGES: dict[str, Callable[[Files, int, int], Files]] = {
    one.__name__: one for one in (reword, recode, retitle, drop, move, add, say, cut, weigh)
}
ONE_CHANGE = st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 60), st.integers(0, 60))
SOME_CHANGES = st.lists(ONE_CHANGE, max_size=4)
NUMBERS = st.integers(0, len(FOLDERS) - 1)
SIDES: tuple[Side, ...] = ("ours", "theirs")


def changed(files: Files, changes: Sequence[Change]) -> Files:
    """A lesson after some changes; one that cannot be made is left out."""
    for name, place, word in changes:
        try:
            files = CHANGES[name](files, place, word)
        except Refused:
            continue
    return files


def conflicts(parts: Sequence[MergePart]) -> list[str]:
    return [one.key for one in parts if one.state == "conflict"]


def says(files: Files) -> tuple[object, ...]:
    """What a lesson says, however it is laid out."""
    texts = read_texts(files)
    blocks = [[one.content for one in texts[language] if one.content] for language in ("es", "en")]
    others = {name: raw for name, raw in files.items() if name.endswith(".py")}
    return blocks, read_sheet_value(read_text(files, "lesson.yaml")), others


@settings(max_examples=8, deadline=None)
@given(number=NUMBERS, changes=SOME_CHANGES)
def test_what_one_side_alone_changed_is_taken_as_it_is(number: int, changes: list[Change]) -> None:
    base = lesson(number)
    side = changed(base, changes)
    for found in (merge(base, base, side), merge(base, side, base), merge(base, side, side)):
        assert found.files == side
        assert not conflicts(found.parts)


@settings(max_examples=8, deadline=None)
@given(number=NUMBERS, mine=SOME_CHANGES, others=SOME_CHANGES, answer=st.sampled_from(SIDES))
def test_it_does_not_matter_which_side_is_called_ours(
    number: int, mine: list[Change], others: list[Change], answer: Side
) -> None:
    base = lesson(number)
    ours, theirs = changed(base, mine), changed(base, others)
    found, swapped = merge(base, ours, theirs), merge(base, theirs, ours)
    assert {one.key for one in found.parts} == {one.key for one in swapped.parts}
    # The order of the blocks is told by their titles, in which the sides may differ too.
    texts = {one.key: (one.ours, one.theirs) for one in found.parts if one.key != "order"}
    assert texts == {one.key: (one.theirs, one.ours) for one in swapped.parts if one.key != "order"}
    keys = conflicts(found.parts)
    assert (found.files is None) == bool(keys)
    choices: dict[str, Side] = dict.fromkeys(keys, answer)
    opposite: dict[str, Side] = dict.fromkeys(keys, "theirs" if answer == "ours" else "ours")
    first, second = merge(base, ours, theirs, choices).files, merge(base, theirs, ours, opposite).files
    assert first is not None
    assert second is not None
    assert says(first) == says(second)


@settings(max_examples=8, deadline=None)
@given(number=NUMBERS, mine=SOME_CHANGES, others=SOME_CHANGES, side=st.sampled_from(SIDES))
def test_who_takes_every_part_of_one_side_has_that_side(
    number: int, mine: list[Change], others: list[Change], side: Side
) -> None:
    base = lesson(number)
    ours, theirs = changed(base, mine), changed(base, others)
    choices: dict[str, Side] = {one.key: side for one in merge(base, ours, theirs).parts}
    found = merge(base, ours, theirs, choices).files
    assert found is not None
    assert says(found) == says(ours if side == "ours" else theirs)


@settings(max_examples=8, deadline=None)
@given(number=NUMBERS, mine=SOME_CHANGES, others=SOME_CHANGES, answers=st.lists(st.sampled_from(SIDES), min_size=9))
def test_what_is_made_of_two_good_lessons_can_be_read(
    number: int, mine: list[Change], others: list[Change], answers: list[Side]
) -> None:
    base = lesson(number)
    ours, theirs = changed(base, mine), changed(base, others)
    if not is_good(ours) or not is_good(theirs):
        return
    keys = conflicts(merge(base, ours, theirs).parts)
    choices = {key: answers[place % len(answers)] for place, key in enumerate(keys)}
    found = merge(base, ours, theirs, choices).files
    assert found is not None
    assert complaints(found) <= complaints(ours) | complaints(theirs) | {"few-wrong-answers", "same-wrong-answer"}


def is_good(files: Files) -> bool:
    return load_from_files(files, "curso", datasets(), lesson_id=id_of(files))[0] is not None


def complaints(files: Files) -> set[str]:
    return {one.code for one in load_from_files(files, "curso", datasets(), lesson_id=id_of(files))[1]}


def id_of(files: Files) -> str:
    return str(read_sheet_value(read_text(files, "lesson.yaml"))["id"])


@settings(max_examples=10, deadline=None)
@given(number=NUMBERS, changes=SOME_CHANGES)
def test_what_differs_is_told_part_by_part_and_nothing_else_is(number: int, changes: list[Change]) -> None:
    base = lesson(number)
    after = changed(base, changes)
    parts = compare(base, after)
    assert bool(parts) == (says(base) != says(after))
    assert all(one.title.es and one.title.en for one in parts)
    assert len({one.key for one in parts}) == len(parts)


def spoil(files: Files, name: str, place: int, piece: bytes) -> Files:
    """A file with a stray piece in it, wherever."""
    raw = files[name]
    at = place % (len(raw) + 1)
    return {**files, name: raw[:at] + piece + raw[at + len(piece) :]}


@settings(max_examples=25, deadline=None)
@given(
    spoiled=st.lists(
        st.tuples(
            st.sampled_from(["lesson.es.md", "lesson.en.md", "lesson.yaml"]),
            st.integers(0, 9000),
            st.sampled_from([b"```\n", b":::\n", b"\n## A\n", b"\n:::{exercise}\n:::\n", b"\xff", b"- {\n", b"\r\n"]),
        ),
        min_size=1, max_size=6,
    ),
    share=st.integers(0, 6),
)  # fmt: skip
def test_lessons_that_are_broken_are_merged_too_and_lose_nothing(
    spoiled: list[tuple[str, int, bytes]], share: int
) -> None:
    base, ours, theirs = lesson(), lesson(), lesson()
    for number, (name, place, piece) in enumerate(spoiled):
        if number < share:
            ours = spoil(ours, name, place, piece)
        else:
            theirs = spoil(theirs, name, place, piece)
    assert merge(base, ours, base).files == ours
    assert merge(base, base, theirs).files == theirs
    found = merge(base, ours, theirs)
    assert (found.files is None) == bool(conflicts(found.parts))
