"""What learners do not get of a cell's text."""

import pytest

from graders.nbgrader import SourceRefused
from graders.otter.solutions import has_seed, reseeded, without_ignored, without_solutions


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("x = 1 # SOLUTION", "x = ..."),
        ("x, y = 1, 2 # SOLUTION", "x, y = ..."),
        ("t['a'] = t['b'] + 1  # SOLUTION", "t['a'] = ..."),
        ("one.two = 3 #SOLUTION", "one.two = ..."),
        ("    return x # SOLUTION", "    ..."),
        ("print(x)# SOLUTION", "..."),
        ("x = 1 # SOLUTION NO PROMPT\ny", "y"),
        ("if x:\n    # BEGIN SOLUTION\n    y = 1\n    # END SOLUTION\nz", "if x:\n    ...\nz"),
        ("# BEGIN SOLUTION NO PROMPT\ny = 1\n# END SOLUTION\nz", "z"),
        ('""" # BEGIN PROMPT\nx = ...\n""" # END PROMPT', "x = ..."),
        ("np.random.seed(1) # SEED\nx", "x"),
        ("x = 1", "x = 1"),
    ],
)
def test_solutions_give_way_to_a_prompt(source: str, left: str) -> None:
    assert without_solutions(source, "q1") == left


@pytest.mark.parametrize(
    "source",
    [
        "# BEGIN SOLUTION\nx",
        "x\n# END SOLUTION",
        "# BEGIN SOLUTION\n# BEGIN SOLUTION\n# END SOLUTION",
    ],
)
def test_markers_without_their_other_end_are_refused_with_the_line(source: str) -> None:
    with pytest.raises(SourceRefused) as caught:
        without_solutions(source, "q1, cell 3")
    assert (caught.value.code, caught.value.cell) == ("unbalanced_region", "q1, cell 3")
    assert "line 2" in str(caught.value)


def test_ignored_lines_go() -> None:
    assert without_ignored("a # IGNORE\nb\n# BEGIN IGNORE\nc\n# END IGNORE\nd", "q1") == "b\nd"
    for source in ("# BEGIN IGNORE\nc", "c\n# END IGNORE", "# BEGIN IGNORE\n# BEGIN IGNORE\n# END IGNORE"):
        with pytest.raises(SourceRefused):
            without_ignored(source, "q1")


def test_a_seed_is_found_and_set() -> None:
    assert has_seed("x = 1\nseed = 2 # SEED")
    assert not has_seed("seed = 2")
    assert reseeded("seed = 2\n  seed=3\nseeds = 4", "seed", 7) == "seed = 7\n  seed = 7\nseeds = 4"
