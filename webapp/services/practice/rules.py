"""The rules of practice, without database or kernels: what runs, what may be saved, how output folds."""

import hashlib
from collections.abc import Mapping, Sequence

from courses import CodeBlock, ExerciseBlock, Language, Lesson
from notebooks import NotebookRefused, clean_text
from webapp.services.practice.records import Draft, KernelState, RunCell, RunId, RunStatus, Standing, Told, Waiting

KEPT_VERSIONS = 20
# Kernels that one learner may have awake at the same time; the one unused for longest is put to rest.
KERNELS_PER_LEARNER = 3
# Where others need room, a kernel that was used less than so long ago is left to its learner.
LEAST_IDLE_S = 5.0
# Memory counts as short, and idle kernels go to rest, some time before births are refused.
SHORT_RESERVES = 1.5
# How soon those look again who wait for room: the first at once, those far behind less often.
SOONEST_LOOK_S, LOOK_S_PER_PLACE, LATEST_LOOK_S = 1.0, 0.1, 15.0


def check_source(source: object, *, most_bytes: int) -> str | None:
    """Why this cannot be a cell's text: "bad_text" or "too_large"; None where it can."""
    if not isinstance(source, str):
        return "bad_text"
    try:
        clean_text(source)
    except NotebookRefused as refused:
        return refused.code
    return "too_large" if len(source.encode()) > most_bytes else None


def runnable_cells(lesson: Lesson, language: Language, drafts: Mapping[str, Draft]) -> tuple[RunCell, ...]:
    """Every cell of the lesson as it would run now, in reading order.

    Locked cells keep the lesson's text. An answer that was never touched is left out, and one that fails does
    not stop what comes after it, for no cell may depend on an answer.
    """
    cells: list[RunCell] = []
    written = written_ids(lesson)
    for block in lesson.blocks(language):
        if isinstance(block, CodeBlock):
            draft = None if block.is_locked else drafts.get(block.cell_id)
            cells.append(RunCell(block.cell_id, draft.source if draft else block.source))
        elif isinstance(block, ExerciseBlock) and block.exercise_id in drafts and block.exercise_id not in written:
            cells.append(RunCell(block.exercise_id, drafts[block.exercise_id].source, may_fail=True))
    return tuple(cells)


def cell_ids(lesson: Lesson) -> tuple[str, ...]:
    """Ids of the cells that a learner may run, in reading order; an answer's cell has its exercise's id."""
    code = {exercise.id for exercise in lesson.exercises if exercise.kind == "code"}
    return tuple(
        block.cell_id if isinstance(block, CodeBlock) else block.exercise_id
        for block in lesson.blocks("es")
        if isinstance(block, CodeBlock) or (isinstance(block, ExerciseBlock) and block.exercise_id in code)
    )


def written_ids(lesson: Lesson) -> tuple[str, ...]:
    """Ids of the exercises whose answer is saved as it is typed, but is no code: it never runs."""
    return tuple(exercise.id for exercise in lesson.exercises if exercise.kind in ("number", "text"))


def locked_source(lesson: Lesson, cell_id: str) -> str | None:
    """The text of a locked cell; None for a cell that learners may edit."""
    for block in lesson.blocks("es"):
        if isinstance(block, CodeBlock) and block.cell_id == cell_id and block.is_locked:
            return block.source
    return None


def cells_to_run(
    lesson: Lesson, language: Language, drafts: Mapping[str, Draft], cell: RunCell, *, with_above: bool
) -> tuple[RunCell, ...]:
    """What pressing Run on a cell carries out, in order; the cell itself comes last."""
    order = cell_ids(lesson)
    if not with_above or cell.cell_id not in order:
        return (cell,)
    above = set(order[: order.index(cell.cell_id)])
    return (*(one for one in runnable_cells(lesson, language, drafts) if one.cell_id in above), cell)


def ends_run(cell: RunCell, status: RunStatus, *, is_last: bool) -> bool:
    """Whether the run ends with this cell. Only an answer's own error lets the run go on."""
    return is_last or not (status == "ok" or (cell.may_fail and status == "error"))


def find_standing(line: Sequence[Waiting], run_id: RunId, learner_id: int, *, at_once: int = 1) -> Standing:
    """Where a run stands among those that wait, which come in order; one that is not among them would come last.

    Its place counts people, not runs: what the same learner has before it is nobody else.
    at_once: how many from the first on are tried at the same time.
    """
    numbers = [one.run_id for one in line]
    before = line[: numbers.index(run_id)] if run_id in numbers else line
    others = {one.learner_id for one in before} - {learner_id}
    return Standing(place=len(others) + 1, is_next=len(before) < at_once)


def places_to_tell(line: Sequence[Told]) -> Mapping[RunId, int]:
    """The places of those who wait, in order, that differ enough from what each was told last.

    Near the front every change is told, further behind one of a tenth: a long line does not write to everybody for
    each one that leaves it. Who was told no place need not wait, and is told none.
    """
    told: dict[RunId, int] = {}
    before: set[int] = set()
    for one in line:
        place = len(before - {one.learner_id}) + 1
        if one.place is not None and (place > one.place or one.place - place >= max(1, place // 10)):
            told[one.run_id] = place
        before.add(one.learner_id)
    return told


def look_again_s(place: int) -> float:
    """In how long a run at this place of the line looks again whether it has room."""
    return min(LATEST_LOOK_S, max(SOONEST_LOOK_S, place * LOOK_S_PER_PLACE))


def is_memory_short(available_mib: int, reserve_mib: int) -> bool:
    """Whether idle kernels rest for the sake of the others, before a birth has to be refused."""
    return available_mib < reserve_mib * SHORT_RESERVES


def needs_waking(cells: Sequence[RunCell], state: KernelState) -> bool:
    """Whether a run that needs a fresh kernel begins above its cell: the memory that the cell builds on is gone.

    Not where there has never been one: then the page asks whoever presses.
    """
    return len(cells) == 1 and cells[0].needs_above and state in ("resting", "lost")


def is_woken(cells: Sequence[RunCell]) -> bool:
    """Whether a run begins above its cell because the memory was gone, and not because somebody said so."""
    return len(cells) > 1 and cells[-1].needs_above


def request_digest(*parts: str) -> str:
    """Tells two requests apart that came with the same idempotency key."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def surplus_versions(versions: Sequence[int]) -> tuple[int, ...]:
    """Which versions of a draft are past keeping, given all of them."""
    return tuple(sorted(versions, reverse=True)[KEPT_VERSIONS:])
