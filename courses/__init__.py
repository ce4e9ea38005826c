"""What a school teaches: courses, lessons, exercises and datasets, read from plain files.

No web, no database, no kernel. `load_catalogue` gives all that is good and every complaint about the rest.
What reads files is loaded when a name of it is first asked for: who grades an instructor's notebook does without, and
without the tenth of a second that its libraries take.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from courses.model import (
    LANGUAGES,
    Block,
    Catalogue,
    CellId,
    Check,
    ChoiceOption,
    CodeBlock,
    Column,
    Competency,
    Course,
    CourseId,
    Criterion,
    Dataset,
    DatasetPin,
    Exercise,
    ExerciseBlock,
    ExerciseId,
    ExerciseKind,
    Hint,
    Language,
    Lesson,
    LessonId,
    Licence,
    LocalText,
    MatchAnswer,
    MatchItem,
    NumberAnswer,
    OrderItem,
    Problem,
    ProseBlock,
    Resource,
    RubricLevel,
    Section,
    TextLength,
    Unit,
    WrongAnswer,
)
from courses.schemas import FOLDER as SCHEMA_FOLDER

if TYPE_CHECKING:
    from courses.colours import highlight_python
    from courses.loader import SHIPPED, load_catalogue, load_part
else:
    _READERS = {
        "highlight_python": "courses.colours",
        "SHIPPED": "courses.loader",
        "load_catalogue": "courses.loader",
        "load_part": "courses.loader",
    }

    def __getattr__(name: str) -> Any:
        """A name of what reads files."""
        if name not in _READERS:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_READERS[name]), name)


__all__ = [
    "LANGUAGES",
    "SCHEMA_FOLDER",
    "SHIPPED",
    "Block",
    "Catalogue",
    "CellId",
    "Check",
    "ChoiceOption",
    "CodeBlock",
    "Column",
    "Competency",
    "Course",
    "CourseId",
    "Criterion",
    "Dataset",
    "DatasetPin",
    "Exercise",
    "ExerciseBlock",
    "ExerciseId",
    "Hint",
    "ExerciseKind",
    "Language",
    "Lesson",
    "LessonId",
    "Licence",
    "LocalText",
    "MatchAnswer",
    "MatchItem",
    "NumberAnswer",
    "OrderItem",
    "Problem",
    "ProseBlock",
    "Resource",
    "RubricLevel",
    "Section",
    "TextLength",
    "Unit",
    "WrongAnswer",
    "highlight_python",
    "load_catalogue",
    "load_part",
]
