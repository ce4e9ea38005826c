"""The page that brings a lesson together with its original, gathered."""

from dataclasses import dataclass
from typing import Any

from flask import g, render_template
from flask_babel import gettext as _

from courses import Merge, compare, load_from_files
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts import upstream
from webapp.services.manuscripts.records import Files, Manuscript, Origin
from webapp.services.manuscripts.upstream import Choices, NoBase
from webapp.teach.forking_sources import read_shipped
from webapp.teach.part_views import compared, merged
from webapp.ui.context import current_aula


@dataclass(frozen=True)
class Original:
    """The original as it is now, with its files."""

    latest: Origin
    files: Files


def find_original(manuscript: Manuscript) -> Original | None:
    """None where the lesson was made from none, or its original is not to be had any more."""
    catalogue = current_aula().catalogue
    if manuscript.origin is None:
        return None
    latest = upstream.find_latest(g.db, catalogue, manuscript.origin)
    if latest is None:
        return None
    files = upstream.find_files(g.db, latest)
    if files is None:
        lesson = catalogue.find_lesson(latest.course_id, latest.lesson_id)
        source = read_shipped(lesson) if lesson else None
        files = source.files if source and source.origin.version == latest.version else None
    return Original(latest, files) if files is not None else None


def merge_page(
    manuscript: Manuscript, choices: Choices | None = None, *, number: int | None = None, is_asked: bool = False
) -> str:
    """number: the version that the reader chose about. is_asked: whether the result is to be shown, or what lacks."""
    original, number = find_original(manuscript), number or manuscript.head
    facts: dict[str, Any] = {"found": [], "result": [], "problems": [], "undecided": 0, "is_lost": False}
    if original is not None:
        try:
            facts = facts_of(manuscript, original, choices or {}, number=number, is_asked=is_asked)
        except NoBase:
            facts["is_lost"] = True
    return render_template(
        "teach/manuscripts/merge.html",
        manuscript=manuscript,
        number=number,
        title=manuscript.title.for_language(g.language),
        credit=credit_of(manuscript.origin) if manuscript.origin else None,
        original=original,
        is_asked=is_asked,
        **facts,
    )


def facts_of(
    manuscript: Manuscript, original: Original, choices: Choices, *, number: int, is_asked: bool
) -> dict[str, Any]:
    """Raises: NoBase."""
    merge = upstream.preview(g.db, manuscript.id, theirs=original.files, choices=choices, number=number)
    ours = manuscripts.read_files(g.db, manuscript.id, number)
    is_shown = is_asked and merge.files is not None
    return {
        "found": merged(merge, choices),
        "result": compared(compare(ours, merge.files)) if is_shown and merge.files is not None else [],
        "problems": problems_of(manuscript, merge) if is_shown else [],
        "undecided": count_undecided(merge, choices),
        "is_lost": False,
    }


def count_undecided(merge: Merge, choices: Choices) -> int:
    return sum(one.state == "conflict" and one.key not in choices for one in merge.parts)


def problems_of(manuscript: Manuscript, merge: Merge) -> list[str]:
    """What would keep the merged lesson from being read or taught."""
    datasets = manuscripts.map_datasets(current_aula().catalogue)
    _lesson, problems = load_from_files(
        merge.files or {}, manuscript.course_id, datasets, lesson_id=manuscript.lesson_id
    )
    return [one.message.for_language(g.language) for one in problems if not one.is_advice]


def credit_of(origin: Origin) -> str:
    """What a lesson was made from, and who wrote that."""
    title = origin.title.for_language(g.language)
    if not origin.authors:
        return str(_("«%(title)s»", title=title))
    return str(_("«%(title)s», de %(authors)s", title=title, authors=", ".join(origin.authors)))
