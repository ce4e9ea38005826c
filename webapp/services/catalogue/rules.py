"""Which courses are offered, and what version of all content is served."""

import hashlib
from collections.abc import Collection

from courses import Catalogue, Course


def visible_courses(catalogue: Catalogue, hidden: Collection[str]) -> tuple[Course, ...]:
    """The courses that have lessons and are not hidden, in the catalogue's order."""
    return tuple(course for course in catalogue.courses if course.lessons and course.id not in hidden)


def content_version(catalogue: Catalogue) -> str:
    """Sixteen characters that change when any lesson or dataset does."""
    lessons = [f"{course.id}/{lesson.id}@{lesson.version}" for course in catalogue.courses for lesson in course.lessons]
    datasets = [
        f"{dataset.name}@{dataset.version}:{resource.sha256}"
        for dataset in catalogue.datasets
        for resource in dataset.resources
    ]
    return hashlib.sha256("\n".join([*sorted(lessons), *sorted(datasets)]).encode()).hexdigest()[:16]
