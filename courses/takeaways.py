"""What one takes home from a lesson: its notes and warnings, and what it says at its end."""

from collections.abc import Iterator

from courses import prose
from courses.model import Language, Lesson, ProseBlock


def list_takeaways(lesson: Lesson, language: Language) -> tuple[str, ...]:
    """Safe HTML of each note, tip and warning of a lesson in order, and last the text of its end.

    The end is the prose of the last section, where that has neither cells nor exercises. Pictures stay behind.
    """
    last = tuple(ending(lesson, language))
    end = lesson.sections[-1].id if last else ""
    found = [one for one in lesson.blocks(language) if isinstance(one, ProseBlock) and one.section_id != end]
    return (*(html for block in found for html in boxes(block, language)), *last)


def boxes(block: ProseBlock, language: Language) -> Iterator[str]:
    """The notes, tips and warnings of a stretch of prose that the reader of lessons has checked."""
    around = prose.Surroundings(language, {}, frozenset(), lambda *_, **__: None)
    for token in prose.parse(block.markdown):
        directive = prose.DIRECTIVE.fullmatch(token.info) if token.type in ("fence", "colon_fence") else None
        if directive is not None and directive[1] in prose.ADMONITIONS:
            prose.prepare([token], around)
            yield prose.to_html([token], language)


def ending(lesson: Lesson, language: Language) -> Iterator[str]:
    last = lesson.sections[-1].id if lesson.sections else ""
    blocks = [one for one in lesson.blocks(language) if one.section_id == last]
    texts = [one for one in blocks if isinstance(one, ProseBlock)]
    if texts == blocks:
        around = prose.Surroundings(language, {}, frozenset(), lambda *_, **__: None)
        for block in texts:
            tokens = [one for one in prose.parse(block.markdown) if one.type != "front_matter"]
            if tokens and tokens[0].type == "heading_open":
                tokens = tokens[3:]
            prose.prepare(tokens, around)
            yield prose.to_html(tokens, language)
