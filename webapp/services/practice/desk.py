"""What the buttons of a lesson do: save a cell, run it, check an answer. Each is done once, however often it comes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from courses import Catalogue, Exercise, Language, Lesson
from webapp.services.practice.answers import check_answer
from webapp.services.practice.drafts import list_drafts, save_cell
from webapp.services.practice.records import Draft, LessonKey, RunCell, RunRecord
from webapp.services.practice.refusals import (
    CellLocked,
    DatasetChanged,
    KeyMissing,
    UnknownCell,
    UnusableText,
)
from webapp.services.practice.rules import (
    cell_ids,
    cells_to_run,
    check_source,
    locked_source,
    request_digest,
    written_ids,
)
from webapp.services.practice.runs import find_repeated, start_check, start_run

LONGEST_KEY = 80
# What a whole number may be in PostgreSQL.
LARGEST_VERSION = 2**31 - 1


@dataclass(frozen=True)
class Writing:
    """The text of a cell as it came from a browser: of any type, until it is checked."""

    cell_id: str
    source: object
    base_version: object

    @property
    def text(self) -> str:
        return self.source if isinstance(self.source, str) else ""


@dataclass(frozen=True)
class Wish:
    """Who asks, in which lesson and language, with which idempotency key, and when."""

    actor: int
    lesson: Lesson
    language: Language
    now: datetime
    key: str = ""

    @property
    def lesson_key(self) -> LessonKey:
        return LessonKey(self.lesson.course_id, self.lesson.id)

    def digest(self, *parts: str) -> str:
        return request_digest(self.lesson.course_id, self.lesson.id, *parts)


def save_writing(session: Session, wish: Wish, writing: Writing, *, most_bytes: int) -> Draft:
    """The saved draft. Raises: UnknownCell, CellLocked, UnusableText, StaleDraft; nothing is written then."""
    if writing.cell_id not in (*cell_ids(wish.lesson), *written_ids(wish.lesson)):
        raise UnknownCell(cell_id=writing.cell_id)
    if locked_source(wish.lesson, writing.cell_id) is not None:
        raise CellLocked(cell_id=writing.cell_id)
    code = check_source(writing.source, most_bytes=most_bytes)
    if code is not None:
        raise UnusableText(code)
    base = writing.base_version
    if not isinstance(base, int) or isinstance(base, bool) or not 0 <= base <= LARGEST_VERSION:
        raise UnusableText("bad_text")
    return save_cell(
        session, actor=wish.actor, lesson=wish.lesson_key, cell_id=writing.cell_id, source=writing.text,
        base_version=base, now=wish.now,
    )  # fmt: skip


def press_run(
    session: Session, wish: Wish, writing: Writing, *, with_above: bool | None, most_bytes: int
) -> tuple[RunRecord, int]:
    """The run that a press of Run begins, and the saved version of its cell (0 for a locked one).

    with_above: what stands above the cell runs first; None leaves that to whether its memory has been lost.
    Raises what `save_writing` does (a locked cell is run as the lesson has it), KeyMissing and KeyReused.
    """
    check_key(wish.key)
    if writing.cell_id in written_ids(wish.lesson):
        raise UnknownCell(cell_id=writing.cell_id)
    digest = wish.digest("run", writing.cell_id, str(with_above), writing.text)
    repeated = find_repeated(session, actor=wish.actor, key=wish.key, digest=digest)
    if repeated is not None:
        return repeated, version_of(session, wish, writing.cell_id)
    locked = locked_source(wish.lesson, writing.cell_id)
    draft = None if locked is not None else save_writing(session, wish, writing, most_bytes=most_bytes)
    drafts = list_drafts(session, actor=wish.actor, lesson=wish.lesson_key)
    cell = RunCell(
        writing.cell_id, locked if locked is not None else writing.text, needs_above=with_above is None
    )  # fmt: skip
    run = start_run(
        session, actor=wish.actor, lesson=wish.lesson_key, language=wish.language, key=wish.key, digest=digest,
        cells=cells_to_run(wish.lesson, wish.language, drafts, cell, with_above=bool(with_above)), now=wish.now,
    )  # fmt: skip
    return run, draft.version if draft else 0


def press_check(
    session: Session, wish: Wish, exercise: Exercise, writing: Writing, choice: object, *, most_bytes: int
) -> tuple[RunRecord, int, tuple[str, ...]]:
    """The run that tells of the grading, the saved version of the answer, and what was marked, ordered or paired.

    The answer itself is for `submissions.hand_in`, with this run. Raises as `press_run`, and BadChoice.
    """
    check_key(wish.key)
    marked = check_answer(exercise, writing.source, choice)
    digest = wish.digest("check", exercise.id, writing.text, *marked)
    repeated = find_repeated(session, actor=wish.actor, key=wish.key, digest=digest)
    if repeated is not None:
        return repeated, version_of(session, wish, exercise.id), marked
    draft = None if marked else save_writing(session, wish, writing, most_bytes=most_bytes)
    run = start_check(
        session, actor=wish.actor, lesson=wish.lesson_key, exercise_id=exercise.id, language=wish.language,
        key=wish.key, digest=digest, now=wish.now,
    )  # fmt: skip
    return run, draft.version if draft else 0, marked


def version_of(session: Session, wish: Wish, cell_id: str) -> int:
    draft = list_drafts(session, actor=wish.actor, lesson=wish.lesson_key).get(cell_id)
    return draft.version if draft else 0


def check_key(key: str) -> None:
    if not 0 < len(key) <= LONGEST_KEY:
        raise KeyMissing


def check_datasets(catalogue: Catalogue, lesson: Lesson) -> None:
    """A lesson does not run on data that is not what it was written for. Raises: DatasetChanged."""
    for pin in lesson.datasets:
        dataset = catalogue.find_dataset(pin.name)
        if dataset is None or dataset.version != pin.version or not dataset.is_intact:
            raise DatasetChanged(name=pin.name)
