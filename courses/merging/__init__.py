"""Versions of a lesson compared and merged by the parts that its authors know: blocks, fields, files, images, notes."""

from courses.merging.by_parts import compare, merge
from courses.merging.records import Choices, Merge, MergePart, PartChange, PartKind, Side, State
from courses.merging.titles import name_file, name_place

__all__ = [
    "Choices",
    "Merge",
    "MergePart",
    "PartChange",
    "PartKind",
    "Side",
    "State",
    "compare",
    "merge",
    "name_file",
    "name_place",
]
