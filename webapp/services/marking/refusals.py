"""The ways in which marking says no."""

from webapp.services.marking.records import ManualMark
from webapp.store import Refusal


class MarkingRefusal(Refusal):
    """Any of these."""


class OwnWork(MarkingRefusal):
    """Nobody marks their own work, nor answers their own request for a review."""

    code = "own_work"


class NotGraded(MarkingRefusal):
    """The attempt is still being graded, or we could not grade it."""

    code = "not_graded"


class BadMark(MarkingRefusal):
    """A criterion without a level, or points that the exercise does not have."""

    code = "bad_mark"


class BadComment(MarkingRefusal):
    """Too long."""

    code = "bad_comment"


class MarkConflict(MarkingRefusal):
    """Somebody else has marked it since the page was opened: nothing was written. `current` is what is there now."""

    code = "mark_conflict"

    def __init__(self, current: ManualMark) -> None:
        super().__init__(version=current.version)
        self.current = current


class MarksAreIn(MarkingRefusal):
    """Both markers are in; from here on only a moderator may change what stands."""

    code = "marks_are_in"


class NotModerator(MarkingRefusal):
    """There is nothing to decide yet, or the person is one of the two markers."""

    code = "not_moderator"


class BadReason(MarkingRefusal):
    """Nothing was written, or too much."""

    code = "bad_reason"


class ReviewAsked(MarkingRefusal):
    """This attempt has its request already."""

    code = "review_asked"


class TooManyReviews(MarkingRefusal):
    """The learner has as many open requests as there may be."""

    code = "too_many_reviews"


class UnknownReview(MarkingRefusal):
    code = "unknown_review"


class ReviewClosed(MarkingRefusal):
    """Somebody has answered it already."""

    code = "review_closed"
