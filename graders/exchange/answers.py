"""An answer cell: the solution between nbgrader's marks, and outside of them what the starter has in common with it."""

from dataclasses import dataclass

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


@dataclass(frozen=True)
class Answer:
    """Lines of a starter and a solution. own: comments that only the starter begins with; instead: what it has where
    the solution stands."""

    own: tuple[str, ...]
    before: tuple[str, ...]
    instead: tuple[str, ...]
    solution: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def starter_text(self) -> str:
        return "\n".join([*self.own, *self.before, *self.instead, *self.after])

    @property
    def solution_text(self) -> str:
        return "\n".join([*self.before, *self.solution, *self.after])

    @property
    def cell_text(self) -> str:
        return "\n".join([*self.own, *self.before, BEGIN, *self.solution, END, *self.after])


def split_answer(starter: str, solution: str) -> Answer:
    """What two texts have in common at their beginnings and ends, and what is each one's own."""
    ours, theirs = starter.split("\n"), solution.split("\n")
    own: list[str] = []
    while ours and ours[0].lstrip().startswith("#") and ours[0] not in theirs:
        own.append(ours.pop(0))
    most = min(len(ours), len(theirs))
    before = next((place for place in range(most) if ours[place] != theirs[place]), most)
    most -= before
    after = next((place for place in range(most) if ours[-1 - place] != theirs[-1 - place]), most)
    return Answer(
        tuple(own), tuple(ours[:before]), tuple(ours[before : len(ours) - after]),
        tuple(theirs[before : len(theirs) - after]), tuple(theirs[len(theirs) - after :]),
    )  # fmt: skip


def read_answer(text: str, old: Answer) -> Answer | None:
    """The answer in a cell's text that may have been changed; None where its marks do not make one pair."""
    lines = text.split("\n")
    begins = [place for place, line in enumerate(lines) if line.strip() == BEGIN]
    ends = [place for place, line in enumerate(lines) if line.strip() == END]
    if len(begins) != 1 or len(ends) != 1 or begins[0] > ends[0]:
        return None
    outside, inside, after = lines[: begins[0]], lines[begins[0] + 1 : ends[0]], lines[ends[0] + 1 :]
    own: list[str] = []
    while old.own and outside and outside[0].lstrip().startswith("#"):
        own.append(outside.pop(0))
    return Answer(tuple(own), tuple(outside), old.instead, tuple(inside), tuple(after))
