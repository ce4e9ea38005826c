"""Files of lessons in the database: each content once, whichever versions have it."""

import hashlib
import zlib
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.services.catalogue.tables import BlobRow
from webapp.store import add_once

Files = Mapping[str, bytes]
Digests = Mapping[str, str]


def keep_files(session: Session, files: Files) -> Digests:
    """The SHA-256 of each file by name, after writing those that were not there yet."""
    digests = {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}
    known = set(session.scalars(select(BlobRow.sha256).where(BlobRow.sha256.in_(set(digests.values())))))
    for name, digest in digests.items():
        if digest not in known:
            known.add(digest)
            raw = files[name]
            # Another save may have brought the same file at the same moment.
            add_once(session, BlobRow(sha256=digest, size=len(raw), content=zlib.compress(raw)))
    return digests


def fetch_files(session: Session, digests: Digests) -> Files:
    """The files that digests stand for, by name. Raises: KeyError if one is not there."""
    rows = session.execute(select(BlobRow.sha256, BlobRow.content).where(BlobRow.sha256.in_(set(digests.values()))))
    found = {digest: zlib.decompress(content) for digest, content in rows}
    return {name: found[digest] for name, digest in sorted(digests.items())}
