"""The course.yaml of a new course, as text that its author can go on with."""

import json
from collections.abc import Sequence

from courses.model import LocalText

TEXT = """\
# yaml-language-server: $schema=../../schema/course.json
id: {id}
title:
  es: {es}
  en: {en}
summary:
  es: {summary_es}
  en: {summary_en}
level: explora
topics: [primeros-pasos]
cover: steps
pass_share: 0.8
lessons:
{lessons}
"""


def write_course_sheet(course_id: str, title: LocalText, summary: LocalText, lessons: Sequence[str]) -> str:
    """course.yaml of a course with these lessons, at least one. What is not told has a value that can be changed."""
    return TEXT.format(
        id=course_id,
        es=quoted(title.es),
        en=quoted(title.en or title.es),
        summary_es=quoted(summary.es),
        summary_en=quoted(summary.en or summary.es),
        lessons="\n".join(f"  - {one}" for one in lessons),
    )


def quoted(text: str) -> str:
    """A text as a YAML scalar on one line: JSON's strings are YAML's."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
