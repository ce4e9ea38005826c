"""A trainers' notebook back to its lesson: what was changed in Jupyter becomes the same change of the lesson."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import courses
from courses import LANGUAGES, Language, LocalText
from graders.exchange.answers import read_answer, split_answer
from graders.exchange.cells import SHEET, Shown, find_plain, lay_out, plain, read_text
from graders.exchange.cells import starter_name as name_of_starter
from graders.exchange.fresh import Fresh
from graders.exchange.kept import read_kept
from graders.exchange.pairing import Paired, find_kept, is_locked, pair
from graders.exchange.sheet import Listed, arrange, list_ids
from graders.exchange.told import NotTaken, Remark
from graders.exchange.weave import Piece, follow, is_closed, list_keys, twin_of, weave, with_ends
from graders.nbgrader import read_document
from graders.nbgrader.marking import KEY
from notebooks import Cell

PLACED = ("text", "code", "statement", "answer", "question")  # cells by which a block is where it is


@dataclass(frozen=True)
class Taken:
    """The files of a lesson, the language that was edited, and what did not come along or is to be looked at.

    before: the files as they were when the notebook was made.
    """

    files: Mapping[str, bytes]
    language: Language
    remarks: tuple[Remark, ...] = ()
    before: Mapping[str, bytes] = field(default_factory=dict)


def from_notebook(data: bytes, files_before: Mapping[str, bytes] | None = None) -> Taken:
    """The lesson in an .ipynb that `to_notebook` made, with all that was changed in it since.

    files_before: the lesson as it is kept elsewhere; needed where the notebook has lost what it does not show, and
    compared where it has not. Outputs and the settings of cells are no part of a lesson.
    Raises: NotTaken where there is no lesson in it; NotebookRefused where it is no notebook.
    """
    cells = read_document(data, is_source=True).cells
    kept = find_kept(cells)
    if kept is None and files_before is None:
        raise NotTaken("no-lesson")
    remarks: list[Remark] = []
    if kept is not None:
        files, language = read_kept(kept.source)
        if files_before is not None and files_before != files:
            names = sorted({*files, *files_before})
            found = [one for one in names if files.get(one) != files_before.get(one)]
            remarks.append(Remark("changed-meanwhile", fields={"found": ", ".join(found)}))
    else:
        files = dict(files_before or {})
        language = _language_of(files, cells)
    intake = Intake(files, language, lay_out(files, language), cells)
    changed = intake.take()
    return Taken(changed, language, (*remarks, *intake.remarks), files)


def _language_of(files: Mapping[str, bytes], cells: tuple[Cell, ...]) -> Language:
    """The language in which most cells are those of the lesson."""
    sources = {cell.source for cell in cells}
    texts = [one for one in LANGUAGES if f"lesson.{one}.md" in files]
    if not texts:
        raise NotTaken("not-text", "lesson.es.md")
    return max(texts, key=lambda one: sum(shown.source in sources for shown in lay_out(files, one)))


@dataclass
class Intake:
    """Takes the cells of a notebook one by one, and then what follows from them."""

    files: Mapping[str, bytes]
    language: Language
    shown: tuple[Shown, ...]
    cells: tuple[Cell, ...]
    remarks: list[Remark] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.paired = pair(self.cells, self.shown)
        self.texts: dict[Language, str] = {
            one: read_text(self.files, f"lesson.{one}.md") for one in LANGUAGES if f"lesson.{one}.md" in self.files
        }
        self.blocks = courses.split_blocks(self.texts[self.language])
        self.contents: dict[int, str] = {}
        self.theirs: dict[int, str] = {}
        self.answers: dict[str, bytes] = {}
        self.sections: dict[str, LocalText] = {}

    def tell(self, code: str, cell: str, **fields: str) -> None:
        self.remarks.append(Remark(code, cell, fields))

    def take(self) -> dict[str, bytes]:
        """The lesson's files with all changes. Raises: NotTaken where the two languages would not fit any more."""
        for one in self.paired:
            if one.shown is not None:
                self.take_shown(one.cell, one.shown)
        self.tell_missing()
        pieces = self.list_pieces()
        texts = {self.language: weave(self.texts[self.language], pieces)}
        for other in self.texts:
            if other != self.language:
                texts[other] = weave(self.texts[other], follow(self.texts, self.language, pieces, self.theirs))
        self.check_step(texts)
        files = {**self.files, **self.answers}
        files |= {f"lesson.{one}.md": text.encode() for one, text in texts.items()}
        self.drop_exercises(files, texts[self.language])
        self.fit_sheet(files, texts[self.language])
        return files

    def take_shown(self, cell: Cell, shown: Shown) -> None:
        """What became of a cell of the lesson."""
        if cell.kind != shown.kind:
            self.tell("cell-kind", shown.id)
            return
        self.tell_unsaid(cell, shown)
        tags = self.changed_tags(cell, shown)
        if cell.source == shown.source and tags is None:
            return
        if shown.role == "answer":
            self.take_answer(cell, shown)
        elif shown.role == "text":
            self.take_text(cell, shown)
        elif shown.role in ("code", "statement"):
            self.take_directive(cell, shown, tags)
        else:
            self.tell("derived", shown.id)

    def tell_unsaid(self, cell: Cell, shown: Shown) -> None:
        """Tell of points and pictures, which a cell cannot change."""
        marks = cell.metadata.get(KEY)
        points = marks.get("points") if isinstance(marks, Mapping) else None
        if points is not None and points != shown.marks.get("points", points):
            self.tell("points", shown.id)
        if "](attachment:" in cell.source and cell.source != shown.source:
            self.tell("attachment", shown.id)

    def changed_tags(self, cell: Cell, shown: Shown) -> tuple[str, ...] | None:
        """The tags of a code cell that was locked or unlocked; None where they are as before."""
        tags = self.blocks[shown.place].tags
        if shown.role != "code" or is_locked(cell) == ("locked" in tags):
            return None
        return (*tags, "locked") if is_locked(cell) else tuple(one for one in tags if one != "locked")

    def take_text(self, cell: Cell, shown: Shown) -> None:
        block, source = self.blocks[shown.place], cell.source.strip()
        fresh = Fresh(self.ids_taken())
        content = fresh.anchor(shown.hidden + source)
        if block.is_section and list_keys(content)[:1] != [block.key]:
            self.tell("no-heading", shown.id)
            return
        if not is_closed(content):
            self.tell("cell-leaks", shown.id)
            return
        new, twin = new_blocks(content, block), self.twin(shown.place)
        if new and twin is not None:
            self.theirs[twin[0]] = "\n\n".join([twin[1].content, *new])
        elif new and len(self.texts) > 1:
            self.tell("cell-leaks", shown.id)
            return
        self.sections |= {one: LocalText(title, title) for one, title in fresh.sections.items()}
        self.contents[shown.place] = self.with_own_ends(content)
        if len(self.texts) > 1:
            self.tell("translate", shown.id, found=shown.id)

    def take_directive(self, cell: Cell, shown: Shown, tags: tuple[str, ...] | None) -> None:
        """A cell's source or an exercise's statement; a cell's source in both languages where they had the same."""
        block, source = self.blocks[shown.place], cell.source.strip("\n")
        body = source if cell.source != shown.source else None
        is_same = False
        try:
            self.contents[shown.place] = self.rewritten(block, body, tags)
            twin = self.twin(shown.place)
            if twin is None:
                return
            is_same = block.kind == "code" and plain(twin[1].body) == plain(block.body)
            if is_same or tags is not None:
                self.theirs[twin[0]] = self.rewritten(twin[1], body if is_same else None, tags)
        except courses.Refused:
            self.contents.pop(shown.place, None)
            self.tell("cell-leaks", shown.id)
            return
        if body is not None and not is_same:
            self.tell("translate", shown.id, found=f"{block.kind} {block.id}")

    def twin(self, place: int) -> "tuple[int, courses.SourceBlock] | None":
        """The like of a block in the other language, with its place there."""
        return twin_of(self.texts, self.language, place) if len(self.texts) > 1 else None

    def rewritten(self, block: "courses.SourceBlock", body: str | None, tags: tuple[str, ...] | None) -> str:
        """The block's content with other fields. Raises: courses.Refused."""
        alone = courses.split_blocks(block.content)
        changed = courses.change_block(alone, 0, body=body, tags=tags)
        return changed[0].content

    def take_answer(self, cell: Cell, shown: Shown) -> None:
        """The solution, and what the starter has in common with it."""
        exercise_id = self.blocks[shown.place].id
        starter_name = name_of_starter(self.files, exercise_id, self.language)
        solution_name = f"exercises/{exercise_id}/solution.py"
        old = split_answer(find_plain(self.files, starter_name), find_plain(self.files, solution_name))
        new = read_answer(cell.source.rstrip("\n"), old)
        if new is None:
            self.tell("no-region", shown.id)
            return
        for name, before, after in (
            (starter_name, old.starter_text, new.starter_text), (solution_name, old.solution_text, new.solution_text),
        ):  # fmt: skip
            if before != after:
                raw = self.files.get(name, b"").decode("utf-8", "replace")
                self.answers[name] = with_ends(after + "\n", "\r\n" if "\r\n" in raw else "\n").encode()

    def tell_missing(self) -> None:
        """Tell of exercises that have lost one of their two cells."""
        there = {one.shown.id for one in self.paired if one.shown is not None}
        for shown in self.shown:
            if (
                shown.role in ("statement", "answer", "question")
                and shown.id not in there
                and self.is_there(shown.place)
            ):
                self.tell("cell-missing", shown.id)

    def is_there(self, place: int) -> bool:
        return any(
            one.shown is not None and one.shown.place == place and one.shown.role in PLACED for one in self.paired
        )

    def list_pieces(self) -> list[Piece]:
        """The new text's stretches in the order of the notebook."""
        pieces = [
            Piece(block.content, place) for place, block in enumerate(self.blocks) if block.kind == "front-matter"
        ]
        fresh, seen = Fresh(self.ids_taken()), set[int]()
        for one in self.paired:
            if one.shown is None:
                pieces += self.new_piece(one, fresh)
            elif one.shown.role in PLACED and one.shown.place not in seen:
                seen.add(one.shown.place)
                place = one.shown.place
                pieces.append(Piece(self.contents.get(place, self.blocks[place].content), place))
        self.sections |= {one: LocalText(title, title) for one, title in fresh.sections.items()}
        return pieces

    def new_piece(self, one: Paired, fresh: Fresh) -> list[Piece]:
        """A cell that the lesson did not have; nothing for an empty one."""
        cell = one.cell
        if not cell.source.strip():
            return []
        content = (
            fresh.code(cell.id, cell.source, is_locked(cell))
            if cell.kind == "code"
            else fresh.anchor(cell.source.strip())
        )
        if content is None or not is_closed(content):
            self.tell("cell-leaks", cell.id)
            return []
        keys = list_keys(content)
        label = keys[0][1] if keys else cell.id
        if one.is_copy:
            self.tell("cell-copied", cell.id, found=label)
        elif KEY in cell.metadata and not is_locked(cell):
            self.tell("new-marked", cell.id)
        if cell.kind == "raw":
            self.tell("new-raw", cell.id)
        if "](attachment:" in cell.source:
            self.tell("attachment", cell.id)
        if cell.kind != "code":
            self.tell("translate", cell.id, found=label)
        return [Piece(content, in_both=bool(keys))]

    def with_own_ends(self, content: str) -> str:
        return with_ends(content, "\r\n" if "\r\n" in self.texts[self.language] else "\n")

    def ids_taken(self) -> set[str]:
        found = {block.id for text in self.texts.values() for block in courses.split_blocks(text) if block.id}
        return found | set(self.sections)

    def check_step(self, texts: Mapping[Language, str]) -> None:
        """Raises: NotTaken if languages that went together before do not any more."""
        if len(texts) < len(LANGUAGES) or list_keys(self.texts["es"]) != list_keys(self.texts["en"]):
            return
        if list_keys(texts["es"]) != list_keys(texts["en"]):
            seen = "; ".join(f"{one}: {', '.join(' '.join(key) for key in list_keys(texts[one]))}" for one in LANGUAGES)
            raise NotTaken("out-of-step", seen=seen)

    def drop_exercises(self, files: dict[str, bytes], text: str) -> None:
        """Take away the files of exercises that are not in the text any more."""
        before = {block.id for block in self.blocks if block.kind == "exercise"}
        gone = before - {name for kind, name in list_keys(text) if kind == "exercise"}
        for name in [one for one in files if any(one.startswith(f"exercises/{name}/") for name in gone if name)]:
            del files[name]

    def fit_sheet(self, files: dict[str, bytes], text: str) -> None:
        """Leave in lesson.yaml the exercises and sections that are in the text, in its order."""
        for key, kind in (("exercises", "exercise"), ("sections", "section")):
            had = [name for one, name in list_keys(self.texts[self.language]) if one == kind]
            now = [name for one, name in list_keys(text) if one == kind]
            if had != now:
                self.fit_list(files, "exercises" if key == "exercises" else "sections", had, now)

    def fit_list(self, files: dict[str, bytes], key: Listed, had: list[str], now: list[str]) -> None:
        sheet = files.get(SHEET, b"").decode("utf-8", "replace")
        known = list_ids(sheet, key) or []
        others = [one for one in known if one not in had]
        wanted = [one for one in now if one in known or one in self.sections] + others
        arranged = arrange(sheet, key, wanted, self.sections if key == "sections" else {})
        if arranged is None:
            self.tell("sheet-kept", key)
        else:
            files[SHEET] = arranged.encode()


def new_blocks(content: str, block: "courses.SourceBlock") -> list[str]:
    """What a changed text holds that both languages must: cells and exercises, and the headings of new sections."""
    found = [one for one in courses.split_blocks(content) if one.key and one.key != block.key]
    return ["\n".join(one.content.split("\n")[:2]) if one.is_section else one.content for one in found]
