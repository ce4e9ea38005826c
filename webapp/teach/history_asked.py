"""What addresses of the history ask for: a lesson in one version, or in two."""

from dataclasses import dataclass

from flask import abort, g, request

from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript


@dataclass(frozen=True)
class OneVersion:
    """A manuscript and the number of a version of it. author_ids: of the manuscript, which the door looks at."""

    manuscript: Manuscript
    number: int

    @property
    def author_ids(self) -> tuple[int, ...]:
        return self.manuscript.author_ids


def find(manuscript_id: int) -> Manuscript:
    """Raises: UnknownManuscript, which is answered with 404."""
    return manuscripts.get_manuscript(g.db, manuscript_id)


def find_one(manuscript_id: int, number: int) -> OneVersion:
    manuscript = find(manuscript_id)
    if not 1 <= number <= manuscript.head:
        abort(404)
    return OneVersion(manuscript, number)


def two_numbers(manuscript: Manuscript) -> tuple[int, int]:
    """The older and the newer of the two versions that are asked for; without any, the last save."""
    asked = [request.args.get(name, type=int) for name in ("de", "a")]
    first, second = asked[0] or manuscript.head - 1, asked[1] or manuscript.head
    first, second = min(first, second), max(first, second)
    if not 1 <= first <= second <= manuscript.head:
        abort(404)
    return first, second
