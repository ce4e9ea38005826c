"""A change to one block is read back as asked, and every other block keeps its bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.content import SHIPPED

from courses.block_edits import (
    change_block,
    delete_block,
    insert_block,
    move_block,
    new_code,
    new_exercise,
    new_note,
    new_text,
)
from courses.blocks import SourceBlock, join_blocks, split_blocks
from courses.refusals import Refused

TEMPLATE = (SHIPPED / "_template/lesson.es.md").read_text("utf-8")
BLOCKS = split_blocks(TEMPLATE)
CODE, NOTE, EXERCISE = 3, 4, 5
PIECES = st.lists(
    st.sampled_from(
        ["x = 1", "\n", "```", "````", ":::", "::::", "~~~", ":label: y", ":a: b", "  ", "## T", "(a)=", "---", "\t",
         "- a", ":::{note}", "```{code-cell} python", "\r\n", "ñ", "\ufeff", "\x00", "$$", "[a]: b", "> "]
    ),
    max_size=12,
).map("".join)  # fmt: skip
BODY = PIECES | st.text(max_size=60)


def contents(blocks: tuple[SourceBlock, ...]) -> list[str]:
    return [one.content for one in blocks]


@settings(max_examples=300, deadline=None)
@given(index=st.sampled_from([CODE, NOTE, EXERCISE]), body=BODY, ends=st.sampled_from(["\n", "\r\n"]))
def test_a_body_reads_back_as_it_was_given_and_the_others_stay(index: int, body: str, ends: str) -> None:
    blocks = split_blocks(TEMPLATE.replace("\n", ends))
    wanted = body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if "\x00" in body:
        # The reader turns it into another character, so it cannot be written.
        with pytest.raises(Refused, match="read back otherwise"):
            change_block(blocks, index, body=body)
        return
    changed = change_block(blocks, index, body=body)
    assert changed[index].body == wanted
    assert contents(changed[:index]) == contents(blocks[:index])
    assert contents(changed[index + 1 :]) == contents(blocks[index + 1 :])
    assert [one.gap for one in changed] == [one.gap for one in blocks]


@settings(max_examples=200, deadline=None)
@given(index=st.integers(0, len(BLOCKS) - 1), body=BODY)
def test_a_text_in_any_place_leaves_the_others_or_is_refused(index: int, body: str) -> None:
    others = [one.content for one in BLOCKS if one.kind not in ("text", "front-matter")]
    try:
        changed = insert_block(BLOCKS, index, new_text(body))
    except Refused:
        return
    found = [one.content for one in changed if one.kind not in ("text", "front-matter")]
    assert [one for one in found if one in others] == others
    assert join_blocks(changed).startswith("---\nkernelspec:")


@settings(max_examples=200, deadline=None)
@given(
    text=st.lists(PIECES | st.sampled_from([one.raw for one in BLOCKS]), min_size=1, max_size=6).map("\n".join),
    acts=st.lists(st.tuples(st.integers(0, 3), st.integers(-1, 12), st.integers(-1, 12), BODY), max_size=5),
)
def test_whatever_is_done_to_whatever_text_is_done_or_refused(text: str, acts: list[tuple[int, int, int, str]]) -> None:
    blocks = split_blocks(text)
    for act, index, target, body in acts:
        try:
            if act == 0:
                blocks = change_block(blocks, index, body=body)
            elif act == 1:
                blocks = move_block(blocks, index, target)
            elif act == 2:
                blocks = delete_block(blocks, index)
            else:
                blocks = insert_block(blocks, index, new_code("celda", body))
        except Refused:
            continue
        assert split_blocks(join_blocks(blocks)) == blocks


@settings(max_examples=100, deadline=None)
@given(index=st.integers(1, len(BLOCKS) - 1), target=st.integers(1, len(BLOCKS) - 1))
def test_a_block_that_is_moved_back_gives_the_text_back(index: int, target: int) -> None:
    there = move_block(BLOCKS, index, target)
    moved = BLOCKS[index]
    if moved.kind == "text" or len(there) != len(BLOCKS):
        # Plain texts that met became one.
        assert sorted(join_blocks(there).split()) == sorted(TEMPLATE.split())
        return
    place = next(number for number, one in enumerate(there) if one.content == moved.content)
    assert join_blocks(move_block(there, place, index)) == TEMPLATE


def test_a_moved_block_keeps_its_bytes_and_the_file_its_end() -> None:
    moved = move_block(BLOCKS, len(BLOCKS) - 1, CODE)
    text = join_blocks(moved)
    assert text.endswith("por día?\n:::\n")
    assert text.index("que-falta") < text.index("cargar-vitales")
    assert sorted(contents(moved)) == sorted(contents(BLOCKS))


def test_options_change_alone() -> None:
    changed = change_block(BLOCKS, CODE, id="otra", tags=[])
    expected = BLOCKS[CODE].content.replace("cargar-vitales", "otra").replace(":tags: [locked]\n", "")
    assert changed[CODE].content == expected
    assert join_blocks(change_block(changed, CODE, id="cargar-vitales", tags=["locked"])) == TEMPLATE
    titled = change_block(BLOCKS, NOTE, title="Ojo con esto")
    assert titled[NOTE].content.startswith(":::{note} Ojo con esto\n")
    assert join_blocks(change_block(titled, NOTE, title="")) == TEMPLATE


def test_new_blocks_stand_between_blank_lines() -> None:
    blocks = split_blocks("Uno\n:::{note}\nDos\n:::")
    blocks = insert_block(blocks, 1, new_exercise("tarea", "Haz\n:::\nesto"))
    blocks = insert_block(blocks, 3, new_note("tip", "Fin", "Así"))
    blocks = insert_block(blocks, 0, new_code("antes", "x = 1", ["locked"]))
    assert join_blocks(blocks) == (
        "```{code-cell} python\n:label: antes\n:tags: [locked]\nx = 1\n```\n\nUno\n\n"
        "::::{exercise}\n:label: tarea\nHaz\n:::\nesto\n::::\n\n:::{note}\nDos\n:::\n\n:::{tip} Así\nFin\n:::"
    )


def test_a_text_may_become_a_section_or_vanish() -> None:
    changed = change_block(BLOCKS, 1, body="Hola\n\n(nueva)=\n## Nueva\n\nTexto")
    assert [(one.kind, one.id) for one in changed[:4]] == [
        ("front-matter", ""), ("text", ""), ("text", "nueva"), ("text", "mirar"),
    ]  # fmt: skip
    assert [one.kind for one in change_block(BLOCKS, 1, body=" \n")] == [one.kind for one in (BLOCKS[0], *BLOCKS[2:])]


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("block-leaks", lambda: change_block(BLOCKS, 1, body="```python\nsin cerrar")),
        ("block-leaks", lambda: change_block(BLOCKS, CODE, id="dos\nlíneas")),
        ("block-leaks", lambda: insert_block(BLOCKS, 3, new_code("a", "x", ["a, b"]))),
        ("block-leaks", lambda: insert_block(BLOCKS, 3, new_note("no-hay", "x"))),
        ("no-such-block", lambda: delete_block(BLOCKS, 99)),
        ("no-such-block", lambda: move_block(BLOCKS, 3, -1)),
        ("no-such-field", lambda: change_block(BLOCKS, EXERCISE, tags=["locked"])),
        ("no-such-field", lambda: change_block(BLOCKS, 0, body="a: b")),
        ("front-matter-first", lambda: delete_block(BLOCKS, 0)),
        ("front-matter-first", lambda: move_block(BLOCKS, 3, 0)),
        ("front-matter-first", lambda: insert_block(BLOCKS, 0, new_text("Hola"))),
    ],
)
def test_a_change_that_reaches_further_is_refused_with_words(code: str, act: object) -> None:
    assert callable(act)
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    assert caught.value.message.es != caught.value.message.en


def test_a_refusal_says_at_which_line() -> None:
    with pytest.raises(Refused) as caught:
        change_block(BLOCKS, EXERCISE, tags=[])
    assert caught.value.line == BLOCKS[EXERCISE].line == TEMPLATE.split("\n").index(":::{exercise}") + 1
