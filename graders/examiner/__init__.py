"""The examiner: tests that are Python, run in a clean process of their own against what a learner's session holds."""

from graders.examiner.examine import examine
from graders.examiner.outcome import TestOutcome

__all__ = ["TestOutcome", "examine"]
