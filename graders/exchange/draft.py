"""A lesson that is made of cells for the first time: its two texts, its lesson.yaml and the code of its exercises."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

import courses
from courses import LANGUAGES
from graders.exchange.fresh import Fresh

LONGEST_TITLE, LONGEST_TEXT = 200, 1200
MINUTES, MOST_MINUTES = 3, 20
LINE = "# yaml-language-server: $schema=../../../schema/lesson.json\n"


@dataclass(frozen=True)
class DraftExercise:
    """An exercise in one language yet. checks, rubric: as lesson.yaml has them; solution: empty where none is known."""

    id: str
    title: str
    statement: str
    checks: tuple[Mapping[str, Any], ...] = ()
    rubric: tuple[Mapping[str, Any], ...] = ()
    starter: str = ""
    solution: str = ""

    @property
    def points(self) -> float:
        best = [one["levels"][-1]["points"] for one in self.rubric]
        return float(sum([*(one["points"] for one in self.checks), *best]))


@dataclass
class Draft:
    """Gathers a lesson part by part. fresh: gives the ids of its cells, exercises and sections."""

    id: str
    title: str
    fresh: Fresh = field(default_factory=lambda: Fresh(set()))
    contents: list[str] = field(default_factory=list)
    exercises: list[DraftExercise] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def add_text(self, markdown: str) -> None:
        if markdown.strip():
            self.contents.append(self.fresh.anchor(markdown.strip()))

    def add_code(self, cell_id: str, source: str, *, is_locked: bool = False) -> bool:
        """Whether the cell could be added; an empty one is passed over."""
        content = self.fresh.code(cell_id, source, is_locked) if source.strip() else ""
        self.contents += [content] if content else []
        return content is not None

    def add_exercise(self, exercise: DraftExercise) -> None:
        self.exercises.append(exercise)
        self.contents.append(courses.new_exercise(exercise.id, exercise.statement).content)

    def files(self) -> dict[str, bytes]:
        """The lesson's files. A text without any section begins with one that has the lesson's title."""
        text = "\n\n".join(self.contents)
        if not self.fresh.sections:
            name = self.fresh.give("inicio", "inicio")
            self.fresh.sections[name] = self.title
            text = f"({name})=\n## {self.title}\n\n{text}"
        files = {**self.pictures, **{f"lesson.{one}.md": f"{text}\n".encode() for one in LANGUAGES}}
        for one in self.exercises:
            if one.checks:
                names = ("starter.py", "starter.en.py")
                files |= {f"exercises/{one.id}/{name}": f"{one.starter}\n".encode() for name in names}
                files[f"exercises/{one.id}/solution.py"] = f"{one.solution or one.starter}\n".encode()
        return {**files, "lesson.yaml": (LINE + to_yaml(self._record())).encode()}

    def _record(self) -> dict[str, Any]:
        minutes = min(MOST_MINUTES, 5 + MINUTES * len(self.exercises))
        return {
            "id": self.id, "title": both(self.title), "summary": both(self.title), "minutes": minutes,
            "sections": [{"id": name, "title": both(title)} for name, title in self.fresh.sections.items()],
            "exercises": [_record_of(one) for one in self.exercises],
        }  # fmt: skip


def _record_of(exercise: DraftExercise) -> dict[str, Any]:
    lists = {"checks": exercise.checks, "rubric": exercise.rubric}
    return {
        "id": exercise.id, "title": both(exercise.title), "kind": "code" if exercise.checks else "text",
        "points": exercise.points, "minutes": MINUTES, "competencies": [{"id": "K4", "level": 1}],
        **{name: [dict(one) for one in found] for name, found in lists.items() if found},
    }  # fmt: skip


def split_title(statement: str) -> tuple[str, str]:
    """The heading that a statement begins with, below a rule or not, and the rest; no title where it has none."""
    lines = statement.strip().split("\n")
    while len(lines) > 1 and (not lines[0].strip() or set(lines[0].strip()) <= {"-", "*", "_"}):
        lines.pop(0)
    if not lines[0].startswith("#"):
        return "", "\n".join(lines)
    title = lines[0].strip("# ")
    return title, "\n".join(lines[1:]).strip() or title


def both(text: str, most: int = LONGEST_TITLE) -> dict[str, str]:
    """A text of lesson.yaml that is not translated yet."""
    line = " ".join(text.split())[:most] or "–"
    return {"es": line, "en": line}


def to_yaml(value: Any) -> str:
    """YAML as people write it: keys in their order, texts of several lines as blocks."""
    writer, buffer = YAML(), io.StringIO()
    writer.width, writer.allow_unicode = 110, True
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.dump(_in_blocks(value), buffer)
    return buffer.getvalue()


def _in_blocks(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _in_blocks(one) for key, one in value.items()}
    if isinstance(value, str) and "\n" in value:
        return LiteralScalarString(value)
    return [_in_blocks(one) for one in value] if isinstance(value, Sequence) and not isinstance(value, str) else value
