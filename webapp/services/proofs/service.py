"""Making proofs: the lesson is written into a content folder of its own and run in the sandbox, from nothing."""

import tempfile
import time
from pathlib import Path

from sqlalchemy.orm import Session

from courses import put_under, save_folder
from graders import AnswerKeys, Place, Proof, prove
from notebooks import Limits
from webapp.jobs import JobContext
from webapp.services.catalogue import authored, editions
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import ProofRecord
from webapp.services.proofs.records import Specimen

# What of the content around it a lesson may need: its data, the words of the field, and the school's licence.
AROUND = ("datasets", "_spelling", "LICENSE.md")


def get_specimen(session: Session, record: ProofRecord) -> Specimen:
    """What the proof of a manuscript's version is made from."""
    assert record.manuscript_id is not None
    files = manuscripts.read_files(session, record.manuscript_id, record.number)
    return Specimen(record.course_id, record.lesson_id, authored.get_course(session, record.course_id).sheet, files)


def list_published(session: Session) -> tuple[Specimen, ...]:
    """The lessons that were written here and are offered now."""
    return tuple(
        Specimen(
            one.course_id, one.lesson_id, authored.get_course(session, one.course_id).sheet,
            editions.read_edition(session, one.edition_id),
        )
        for one in editions.list_offered(session)
        if one.edition_id is not None
    )  # fmt: skip


def lay_out(specimen: Specimen, content: Path, root: Path) -> Path:
    """The lesson's folder, written below `root` as content is laid out, beside the data of `content`."""
    root.mkdir(exist_ok=True)
    for name in AROUND:
        if (content / name).exists() and not (root / name).exists():
            (root / name).symlink_to(content / name)
    course = root / specimen.course_id
    if course.exists():
        save_folder(specimen.files, course / specimen.lesson_id)
    else:
        sheet = {"course.yaml": specimen.sheet.encode()}
        save_folder({**sheet, **put_under(specimen.lesson_id, specimen.files)}, course)
    return course / specimen.lesson_id


def make_proof(context: JobContext, specimen: Specimen) -> tuple[Proof, float]:
    """The proof, and how many seconds it took. Raises: NoRoom, KernelUnavailable, SandboxUnavailable."""
    settings = context.settings
    with tempfile.TemporaryDirectory(prefix="aula-proof-") as made:
        folder = lay_out(specimen, settings.content.resolve(), Path(made, "content"))
        place = Place(
            context.fork_server(),
            AnswerKeys(settings.home / "answer-keys"),
            Limits(memory_mib=settings.kernel_memory_mib, cell_timeout_s=settings.cell_timeout_s),
        )
        begun = time.monotonic()
        proof = prove(folder, context.catalogue, place=place, proved_at=context.clock())
        return proof, time.monotonic() - begun
