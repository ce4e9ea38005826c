"""Which courses are offered, and what version of all content is served."""

import hashlib
from collections.abc import Collection, Sequence

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


def find_circle(courses: Sequence[Course], course_id: str, prerequisites: Sequence[str]) -> tuple[str, ...]:
    """The courses that would wait for each other if a course had these prerequisites, in order; empty for none."""
    known = {one.id: tuple(map(str, one.prerequisites)) for one in courses} | {course_id: tuple(prerequisites)}
    ways = [(course_id, one) for one in prerequisites]
    while ways:
        way = ways.pop(0)
        if way[-1] == course_id:
            return way
        ways += [(*way, one) for one in known.get(way[-1], ()) if one == course_id or one not in way]
    return ()
