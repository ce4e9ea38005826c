"""A course as the school offers it. Its content is in files; the database knows only that it is hidden, if it is."""

from dataclasses import dataclass

from courses import Course


@dataclass(frozen=True)
class Offer:
    course: Course
    is_hidden: bool
