"""The proof as a job: made outside any transaction, then written down."""

from notebooks import NoRoom
from webapp.jobs import JobContext, Later, job
from webapp.services.manuscripts import service as manuscripts
from webapp.services.practice import service as practice
from webapp.services.proofs.service import get_specimen, make_proof

# A proof waits for whoever learns; when there is no room, so long before it looks again.
NO_ROOM_WAIT_S = 10.0


def tell_failure(context: JobContext, *, proof_id: int) -> None:
    with context.session_scope() as session:
        manuscripts.fail_proof(session, proof_id)


@job("prove_manuscript", "batch", attempts=3, on_failed=tell_failure)
def prove_manuscript(context: JobContext, *, proof_id: int) -> None:
    """Prove a version, once. Raises: Later while there is no room."""
    with context.session_scope() as session:
        record = manuscripts.begin_proof(session, proof_id)
        if record is None:
            return
        specimen = get_specimen(session, record)
    try:
        proof, seconds = practice.with_room(context, lambda: make_proof(context, specimen))
    except NoRoom as error:
        raise Later(NO_ROOM_WAIT_S) from error
    with context.session_scope() as session:
        manuscripts.end_proof(session, proof_id, proof, seconds=seconds, now=context.clock())
