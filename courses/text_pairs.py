"""Changes to a lesson's two texts at once: the same cells, exercises and sections in the same order in both.

A block is pointed at in one language; its counterpart in the other follows. Raises everywhere: Refused, with neither
text changed.
"""

from collections.abc import Mapping, Sequence

from courses.block_edits import Blocks, change_block, delete_block, get_block, insert_block, move_block
from courses.blocks import SourceBlock
from courses.model import LANGUAGES, Language
from courses.refusals import Refused

Texts = Mapping[Language, Blocks]


def keys(blocks: Blocks) -> list[tuple[str, str]]:
    """The cells, exercises and sections of a text, in order."""
    return [one.key for one in blocks if one.key]


def check_step(texts: Texts) -> None:
    """Raises: Refused if the two languages do not hold the same cells, exercises and sections in the same order."""
    spanish, english = (
        ["front-matter"] * has_front(texts[one]) + list(map(" ".join, keys(texts[one]))) for one in LANGUAGES
    )
    if spanish != english:
        raise Refused("out-of-step", found=", ".join(spanish), expected=", ".join(english))


def has_front(blocks: Blocks) -> bool:
    return blocks[0].kind == "front-matter"


def find_counterpart(texts: Texts, language: Language, index: int) -> int | None:
    """Where the same block stands in the other language; None for a text that has no like there.

    Texts and notes are alike by their place, where as many of the same kinds stand between the same neighbours.
    """
    block, mine, theirs = get_block(texts[language], index), texts[language], texts[other(language)]
    if block.key:
        twins = [place for place, one in enumerate(mine) if one.key == block.key]
        found = [place for place, one in enumerate(theirs) if one.key == block.key]
        return found[twins.index(index)] if len(found) == len(twins) else None
    here, there = interval(mine, count_keys(mine, index)), interval(theirs, count_keys(mine, index))
    if [mine[one].kind for one in here] != [theirs[one].kind for one in there]:
        return None
    return there[here.index(index)]


def other(language: Language) -> Language:
    return "en" if language == "es" else "es"


def count_keys(blocks: Blocks, index: int) -> int:
    return len(keys(blocks[:index]))


def interval(blocks: Blocks, count: int) -> range:
    """The places of the texts and notes that follow as many cells, exercises and sections."""
    places = [-1, *(place for place, one in enumerate(blocks) if one.key), len(blocks)]
    if count + 1 >= len(places):
        return range(0)
    return range(places[count] + 1, places[count + 1])


def find_place(texts: Texts, language: Language, index: int) -> int:
    """The place in the other language that is like one in this: after the same neighbours, as far as there are."""
    mine, theirs = texts[language], texts[other(language)]
    count = count_keys(mine, index)
    here, there = interval(mine, count), interval(theirs, count)
    offset = index - here.start
    place = min(there.start + offset, there.stop)
    return max(place, 1) if has_front(theirs) and index > 0 else place


def change_both(
    texts: Texts, language: Language, index: int, *, body: str | None = None, id: str | None = None,
    title: str | None = None, tags: Sequence[str] | None = None,
) -> Texts:  # fmt: skip
    """The texts with other fields in a block: id and tags in both, body and title in this language.

    The source of a cell goes into both while both have the same; a translated one is the translator's.
    """
    block = get_block(texts[language], index)
    mine = change_block(texts[language], index, body=body, id=id, title=title, tags=tags)
    twin = find_counterpart(texts, language, index) if block.kind in ("code", "exercise") else None
    theirs = texts[other(language)]
    if twin is not None:
        is_same = block.kind == "code" and theirs[twin].body == block.body
        theirs = change_block(theirs, twin, body=body if is_same else None, id=id, tags=tags)
    changed: Texts = {language: mine, other(language): theirs}
    # Words may be mended in texts that were out of step before; words that take a section away are structure.
    return in_step(changed) if keys(texts["es"]) == keys(texts["en"]) else changed


def insert_both(texts: Texts, language: Language, index: int, new: Mapping[Language, SourceBlock]) -> Texts:
    """The texts with a block more, at `index` in one language and at the like place in the other."""
    check_step(texts)
    place = find_place(texts, language, index)
    return in_step({
        language: insert_block(texts[language], index, new[language]),
        other(language): insert_block(texts[other(language)], place, new[other(language)]),
    })  # fmt: skip


def delete_both(texts: Texts, language: Language, index: int) -> Texts:
    """The texts without a block and its counterpart, if it has one."""
    check_step(texts)
    twin = find_counterpart(texts, language, index)
    theirs = texts[other(language)]
    return in_step({
        language: delete_block(texts[language], index),
        other(language): theirs if twin is None else delete_block(theirs, twin),
    })  # fmt: skip


def move_both(texts: Texts, language: Language, index: int, target: int) -> Texts:
    """The texts with a block elsewhere, and its counterpart likewise. target: counted without the block."""
    check_step(texts)
    twin, mine, theirs = find_counterpart(texts, language, index), texts[language], texts[other(language)]
    moved = move_block(mine, index, target)
    if twin is None:
        return in_step({**texts, language: moved})
    rest: Texts = {
        language: (*mine[:index], *mine[index + 1 :]),
        other(language): (*theirs[:twin], *theirs[twin + 1 :]),
    }
    return in_step({language: moved, other(language): move_block(theirs, twin, find_place(rest, language, target))})


def in_step(texts: Texts) -> Texts:
    check_step(texts)
    return texts
