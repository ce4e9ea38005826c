"""What a manuscript's author is told "no" for, as codes with their particulars; words are chosen at the edge."""

from collections.abc import Sequence

from courses import MergePart, Problem
from webapp.services.catalogue.authored import IdTaken
from webapp.store import Refusal

__all__ = [
    "IdTaken",
    "LastAuthor",
    "NotProved",
    "Overtaken",
    "Unreadable",
    "UnknownManuscript",
    "UnknownVersion",
    "WrittenElsewhere",
]


class UnknownManuscript(Refusal):
    code = "unknown_manuscript"


class UnknownVersion(Refusal):
    """There is no version of this number."""

    code = "unknown_version"


class WrittenElsewhere(Refusal):
    """The course of this id is somebody else's, so this lesson cannot go into it."""

    code = "written_elsewhere"


class LastAuthor(Refusal):
    """The owner stays an author."""

    code = "last_author"


class NotProved(Refusal):
    """The newest version has no green proof made with today's libraries and data."""

    code = "not_proved"


class Unreadable(Refusal):
    """The lesson cannot be read as it is, so it cannot be published or proved; `problems` say where."""

    code = "unreadable_lesson"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems))


class Overtaken(Refusal):
    """Somebody else saved the same part meanwhile; nothing was saved. number: the newest version there is.

    parts: the parts that both have changed: "ours" is what was to be saved, "theirs" what is there now.
    """

    code = "overtaken"

    def __init__(self, number: int, parts: Sequence[MergePart]) -> None:
        self.number, self.parts = number, tuple(parts)
        super().__init__(number=number)
