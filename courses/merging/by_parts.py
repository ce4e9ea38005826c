"""Two versions of a lesson that came from one, merged part by part; and what differs between two versions."""

from collections.abc import Mapping

from courses.lesson_notes import NOTES
from courses.lessons import SHEET
from courses.merging.decisions import MISSING, Decisions
from courses.merging.groups import decide_groups, say_file
from courses.merging.reading import TEXTS, Indivisible, Reading, folder_of, read_three
from courses.merging.records import Choices, Merge, PartChange, PartKind, Side, Three
from courses.merging.sheets import SheetMerge
from courses.merging.texts import TextMerge
from courses.merging.titles import Titles, title_of_file
from courses.merging.wrong_answers import list_sources
from courses.model import LANGUAGES, Language, LocalText
from courses.sources import Files

IMAGES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg")


def compare(before: Files, after: Files) -> tuple[PartChange, ...]:
    """What differs between two versions, part by part, in the order of the lesson."""
    parts = merge(before, before, after).parts
    return tuple(PartChange(one.key, one.kind, one.title, one.language, one.base, one.theirs) for one in parts)


def merge(base: Files, ours: Files, theirs: Files, choices: Choices | None = None) -> Merge:
    """What both sides did to a lesson since `base`, together.

    choices: by the part's key, the side to take it from; a part that only one side changed is taken from that side
    unless chosen otherwise. A lesson whose parts cannot be told from each other is merged file by file.
    """
    three = Three(base, ours, theirs)
    try:
        return merge_parts(three, choices or {})
    except Indivisible:
        return merge_files(three, choices or {})


def merge_parts(files: Three[Files], choices: Choices) -> Merge:
    """Raises: Indivisible if the lesson cannot be taken apart, or not be put together again."""
    three = read_three(files)
    decisions, titles = Decisions(choices), Titles(three)
    groups = decide_groups(three, decisions, titles)
    texts = TextMerge(three, decisions, titles, groups).merge()
    sheets = SheetMerge(three, decisions, titles, groups, texts)
    sheet, sources = sheets.merge_lesson()
    notes = sheets.merge_notes()
    others = merge_others(three, decisions, groups)
    merged = {**others, **sources, **texts.files, SHEET: sheet, **({} if notes is None else {NOTES: notes})}
    every = dict.fromkeys(name for one in (three.ours, three.theirs, three.base) for name in one.groups)
    parts = decisions.in_order([*texts.named, *(name for name in every if name not in texts.named)])
    return Merge(parts, None if decisions.is_undecided else merged)


def merge_others(three: Three[Reading], decisions: Decisions, groups: Mapping[str, Side]) -> Files:
    """The files that are neither a text nor a sheet: those of exercises, images, and whatever else there is."""
    told = list_sources(three)
    exercises = {folder_of(name.partition(":")[2]): name for one in three.all for name in one.elsewhere}
    files, titles = Three(*(one.files for one in three.all)), Titles(three)
    found: dict[str, bytes] = {}
    for name in sorted({name for one in three.all for name in one.others} - told):
        folder = folder_of(name.split("/")[1]) if name.startswith("exercises/") else ""
        group = exercises.get(folder, "")
        side = groups.get(group) or decide_file(files, name, decisions, titles.file(name), group)
        raw = three.of(side).files.get(name)
        found |= {} if raw is None else {name: raw}
    return found


def decide_file(files: Three[Files], name: str, decisions: Decisions, title: LocalText, about: str = "") -> Side:
    values = Three(*(one.get(name, MISSING) for one in files.all))
    kind: PartKind = "image" if name.lower().endswith(IMAGES) else "file"
    return decisions.decide(f"{kind}:{name}", values, kind, title, language_of(name), say=say_file, about=about)


def language_of(name: str) -> Language | None:
    return next((one for one in LANGUAGES if name == TEXTS[one]), None)


def merge_files(files: Three[Files], choices: Choices) -> Merge:
    """The merge of whole files."""
    decisions = Decisions(choices)
    found: dict[str, bytes] = {}
    for name in sorted({name for one in files.all for name in one}):
        raw = files.of(decide_file(files, name, decisions, title_of_file(name))).get(name)
        found |= {} if raw is None else {name: raw}
    return Merge(tuple(decisions.parts), None if decisions.is_undecided else found)
