"""Writing lessons: a save alone and joined with another's, what is taught asked anew, and proofs side by side."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import Comparison, Measured, timed_ms
from courses import SHIPPED, Catalogue, Complaints, list_lesson_folders, load_catalogue, read_folder
from graders import AnswerKeys, Place, prove_folders
from notebooks import ForkServer, SandboxConfig
from webapp.cli.upgrade import upgrade
from webapp.factory import make_shelf, open_sessions
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.services.people import service as people
from webapp.services.people.records import NewPerson, Person
from webapp.settings import ROOT, Settings, prepare_home
from webapp.store import Sessions

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LESSON = SHIPPED / "analisis-con-pandas" / "agrupar"
SIX_EXERCISES = SHIPPED / "_template"
SAVES, LOADS, PROOFS = 40, 9, 5
STARTERS = ("exercises/cinco-ramos/starter.py", "exercises/gasto-por-ramo/starter.py")


def compare() -> Sequence[Comparison | str]:
    catalogue = load_catalogue(SHIPPED)
    with tempfile.TemporaryDirectory(prefix="aula-") as home:
        settings = Settings.from_env({"AULA_HOME": home})
        prepare_home(settings)
        upgrade(settings)
        sessions = open_sessions(settings)
        return [*compare_saves(sessions, catalogue), compare_shelf(settings, sessions), *compare_proofs(catalogue)]


def compare_saves(sessions: Sessions, catalogue: Catalogue) -> Sequence[Comparison]:
    """Each save goes through the database to the disk, as the site's do."""
    actor, made = begin(sessions, catalogue)
    alone, joined = [], []
    for turn in range(SAVES):
        base = head_of(sessions, made)
        alone.append(timed_ms(lambda: save(sessions, catalogue, actor, made, base, STARTERS[0], turn)))  # noqa: B023 - called at once
        joined.append(timed_ms(lambda: save(sessions, catalogue, actor, made, base, STARTERS[1], turn)))  # noqa: B023 - as above
    baseline = Measured("nobody else saved meanwhile", tuple(alone))
    return [Comparison("a save of a lesson", "ms", baseline, (Measured("joined with another's save", tuple(joined)),))]


def begin(sessions: Sessions, catalogue: Catalogue) -> tuple[Person, Manuscript]:
    with sessions.write() as session:
        actor = people.open_account(session, NewPerson("T", "t@prueba.test", "x", "es", None, "trainer"), now=NOW)
        files = read_folder(LESSON, Complaints()).contents
        return actor, manuscripts.start(
            session, catalogue, actor=actor, course_id="medida", lesson_id="agrupar", files=files,
            what={"do": "start"}, now=NOW,
        )  # fmt: skip


def head_of(sessions: Sessions, made: Manuscript) -> int:
    with sessions.read() as session:
        return manuscripts.get_manuscript(session, made.id).head


def save(
    sessions: Sessions, catalogue: Catalogue, actor: Person, made: Manuscript, base: int, name: str, turn: int
) -> None:
    change = {"do": "file.write", "name": name, "text": f"turno = {turn}\n"}
    with sessions.write() as session:
        manuscripts.save(
            session, made.id, catalogue=catalogue, actor_id=int(actor.id), base=base, change=change, now=NOW
        )


def compare_shelf(settings: Settings, sessions: Sessions) -> Comparison:
    shelf = make_shelf(settings, sessions)
    loads = [timed_ms(lambda: load_catalogue(SHIPPED)) for _ in range(LOADS)]
    looks = [timed_ms(shelf.current) for _ in range(LOADS * 10)]
    baseline = Measured("the content folder read anew", tuple(loads))
    return Comparison("what is taught now", "ms", baseline, (Measured("the shelf, asked by a request", tuple(looks)),))


def compare_proofs(catalogue: Catalogue) -> Sequence[Comparison]:
    """One lesson in turns; all shipped ones once each way, for that takes minutes."""
    with sandbox() as server, tempfile.TemporaryDirectory(prefix="aula-") as made:
        lesson = [SIX_EXERCISES]
        one = {jobs: [] for jobs in (1, 0)}
        for turn in range(PROOFS):
            for jobs, seconds in one.items():
                seconds.append(prove(server, catalogue, lesson, jobs, Path(made, f"one-{turn}-{jobs}")))
        everything = list_lesson_folders(SHIPPED)
        all_of = {jobs: [prove(server, catalogue, everything, jobs, Path(made, f"all-{jobs}"))] for jobs in (1, 0)}
    return [as_comparison("proof of a lesson with 6 exercises", one), as_comparison("proof of all shipped", all_of)]


def as_comparison(subject: str, seconds: dict[int, list[float]]) -> Comparison:
    baseline = Measured("one piece of work at a time", tuple(seconds[1]))
    return Comparison(subject, "s", baseline, (Measured("side by side, as the site does", tuple(seconds[0])),))


def prove(server: ForkServer, catalogue: Catalogue, folders: Sequence[Path], jobs: int, keys: Path) -> float:
    """Seconds that proofs take with nothing kept from earlier ones."""
    place = Place(server, AnswerKeys(keys), jobs=jobs)
    return timed_ms(lambda: list(prove_folders(folders, catalogue, place=place, proved_at=NOW))) / 1000


@contextmanager
def sandbox() -> Iterator[ForkServer]:
    with tempfile.TemporaryDirectory(prefix="aula-") as folder:
        config = SandboxConfig(
            python=ROOT / ".venv-kernel" / "bin" / "python", run_dir=Path(folder) / "run",
            data_root=SHIPPED / "datasets",
        )  # fmt: skip
        server = ForkServer.start(config)
        try:
            yield server
        finally:
            server.stop()
