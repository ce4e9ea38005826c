"""What a regrade takes up, and how an attempt came out. Facts in, decisions out."""

from collections.abc import Mapping

from courses import Catalogue
from graders import Verdict
from webapp.services.regrades.records import ItemState, LessonContent, Scope

# Points are sums of floats; less than this apart they are the same.
TINY = 1e-9


def content_of(catalogue: Catalogue, scope: Scope) -> Mapping[str, LessonContent]:
    """What the lessons of a scope are graded with now; lessons that are gone are absent."""
    course = catalogue.find_course(scope.course_id)
    return {
        lesson.id: LessonContent(lesson.version, {one.name: one.version for one in lesson.datasets})
        for lesson in (course.lessons if course else ())
        if scope.lesson_id in (None, lesson.id)
    }


def is_older(lesson_version: str, dataset_versions: Mapping[str, str], now: LessonContent | None) -> bool:
    """Whether a mark was given with another version of its lesson or of its data than there is now."""
    return now is None or lesson_version != now.version or dict(dataset_versions) != dict(now.datasets)


def outcome(*, before_points: float, before_verdict: Verdict, points: float, verdict: Verdict) -> ItemState:
    """How an attempt came out. Who passed and does not pass any more loses, whatever the points."""
    if points < before_points - TINY or (before_verdict == "passed" != verdict):
        return "lose"
    return "gain" if points > before_points + TINY or (verdict == "passed" != before_verdict) else "same"
