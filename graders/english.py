"""What graders say, in English: sentences of no kind of check, and words that fill holes. See graders/feedback.py."""

# One sentence a line, however long.
# ruff: noqa: E501

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "cell.stopped": "We could not look, because your code stopped with an error before.",
    "cell.too_slow": "We could not look, because your code took longer than it may.",
    "cell.out_of_memory": "We could not look, because your code asked for more memory than there is.",
    "cell.died": "We could not look, because your code closed its own environment before the end.",
    "evidence.unreadable": "We could not read your result. Take out what changes Python or pandas from within, and check again.",
    "exercise.missing": "Your notebook lacks this exercise's cell. Download the lesson again and answer there.",
    "verdict.passed": "All is right: {points} of {max_points} points.",
    "verdict.partial": "A part is right: {points} of {max_points} points.",
    "verdict.failed": "Not yet. See what is missing and try again.",
    "verdict.error": "On line {line}, Python says {error}. Mend that line and check again.",
    "verdict.error_somewhere": "Python says {error}. Run the cell to see on which line, and mend it.",
    "verdict.died": "Your code closed its own environment before the end. Take out what closes it, such as `exit()`, and check again.",
    "verdict.timeout": "Your code took longer than it may. See whether a loop never ends, or work is done twice.",
    "verdict.out_of_memory": "Your code asked for more memory than there is. Work with fewer rows or columns at a time.",
    "verdict.manual": "Your trainer looks at this answer.",
    "verdict.missing": "Your notebook lacks this exercise's cell. Download the lesson again and answer there.",
    "note.earlier_cell": "Before that, the cell {cell} stopped; start there.",
    "warning.cell_restored": "The cell {cell} is the lesson's. It was graded with its original text.",
    "warning.cell_left_out": "The cell {cell} is not the lesson's and did not run in grading.",
    "warning.earlier_cell_failed": "The cell {cell} stopped with {name}, and the others went on.",
    "unknown": "This check does not hold yet. Read again what it asks for.",
}

TYPES: Mapping[str, str] = {
    "number": "a number", "integer": "a whole number", "text": "a text", "boolean": "true or false",
    "list": "a list", "tuple": "a tuple", "set": "a set", "dict": "a dictionary", "date": "a date",
    "duration": "a length of time", "array": "a NumPy array", "index": "a pandas index", "range": "a range",
    "DataFrame": "a table", "Series": "a Series", "None": "nothing (`None`)", "function": "a function",
    "view": "a view of a dictionary",
}  # fmt: skip
DTYPES: Mapping[str, str] = {
    "integer": "whole number", "number": "number with decimals", "text": "text", "datetime": "date",
    "date": "single date", "duration": "length of time", "boolean": "true or false", "category": "category",
    "mixed": "mixed",
}  # fmt: skip
MARKS: Mapping[str, str] = {
    "bar": "upright bars", "barh": "horizontal bars", "hist": "a histogram", "line": "a line",
    "scatter": "points", "pie": "a pie", "area": "an area", "image": "an image",
}  # fmt: skip
AXES: Mapping[str, str] = {"x": "horizontal", "y": "vertical"}
COUNTED: Mapping[str, tuple[str, str]] = {
    "row": ("row", "rows"), "column": ("column", "columns"), "item": ("item", "items"), "value": ("value", "values"),
    "label": ("level of labels", "levels of labels"), "point": ("point", "points"),
    "key": ("key", "keys"), "line": ("line", "lines"), "thing": ("thing", "things"),
}  # fmt: skip
QUOTED = "“{}”"
OR = " or "
