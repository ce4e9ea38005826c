"""Cells that a lesson did not have yet, as blocks of its text: with labels and anchors that nothing else has."""

import re
import unicodedata

import courses

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_ID = 60
HEADING = re.compile(r"## +(.*?)[ \t]*#*\s*")


def slug_of(words: str) -> str:
    """Words as an id: small letters without accents, digits and hyphens; empty where none are left."""
    letters = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    parts = re.findall("[a-z0-9]+", letters)
    while parts and not parts[0][0].isalpha():
        parts = [parts[0].lstrip("0123456789"), *parts[1:]] if parts[0].lstrip("0123456789") else parts[1:]
    return "-".join(parts)[:40].strip("-")


class Fresh:
    """Gives ids that are not taken. sections: titles of the new sections by id, in order."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = set(taken)
        self.sections: dict[str, str] = {}

    def give(self, wanted: str, otherwise: str) -> str:
        """An id like the wanted one that nothing else has."""
        stem = wanted if ID.fullmatch(wanted) and len(wanted) <= LONGEST_ID else slug_of(wanted) or otherwise
        name, again = stem, 2
        while name in self._taken:
            name, again = f"{stem}-{again}", again + 1
        self._taken.add(name)
        return name

    def code(self, cell_id: str, source: str, is_locked: bool) -> str | None:
        """A code cell as a block; None where its text would not be read as one."""
        body = source.strip("\n")
        name = self.give(cell_id, "celda")
        content = courses.new_code(name, body, ("locked",) if is_locked else ()).content
        blocks = courses.split_blocks(content)
        return content if len(blocks) == 1 and (blocks[0].kind, blocks[0].body) == ("code", body) else None

    def anchor(self, markdown: str) -> str:
        """A text with an anchor above each section that has none."""
        anchored = ""
        for block in courses.split_blocks(markdown):
            found = HEADING.fullmatch(block.content.split("\n")[0]) if block.is_section and not block.id else None
            if found is not None:
                name = self.give(slug_of(found[1]), "seccion")
                self.sections[name] = found[1]
                anchored += f"({name})=\n"
            anchored += block.raw
        return anchored
