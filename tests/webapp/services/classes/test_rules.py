"""How somebody stands in a class, told from traces and attempts alone."""

from support.jobs import NOON
from support.practice import a_lesson

from webapp.services.classes.records import Tried
from webapp.services.classes.rules import section_of, stand, state_of
from webapp.services.practice.records import Trace

BEFORE, HERE = Tried(1, "suma", True, False), Tried(1, "suma", True, True)
WRONG_BEFORE, WRONG_HERE = Tried(1, "suma", False, False), Tried(1, "suma", False, True)


def test_a_state_is_what_happened_in_this_class_and_then_what_was_there_before() -> None:
    assert state_of([BEFORE, HERE], is_touched=True) == "done"
    assert state_of([BEFORE, WRONG_HERE], is_touched=True) == "before", "who passed before still has it"
    assert state_of([WRONG_HERE], is_touched=False) == "trying"
    assert state_of([WRONG_BEFORE], is_touched=False) == "none"
    assert state_of([], is_touched=True) == "trying"
    assert state_of([], is_touched=False) == "none"


def test_a_trace_that_the_lesson_has_no_more_leads_nowhere() -> None:
    lesson = a_lesson()
    assert section_of(lesson, Trace(1, "dos", "", NOON)) == "dos"
    assert section_of(lesson, Trace(1, "", "segunda", NOON)) == "dos"
    assert section_of(lesson, Trace(1, "", "elige", NOON)) == "dos"
    assert section_of(lesson, Trace(1, "que-no-esta", "", NOON)) == ""
    assert section_of(lesson, Trace(1, "", "que-no-esta", NOON)) == ""


def test_a_last_trace_that_leads_nowhere_leaves_somebody_where_they_were() -> None:
    traces = [Trace(1, "uno", "", NOON), Trace(1, "", "que-no-esta", NOON)]
    one, other = stand(a_lesson(), [1, 2], traces=traces, tries=[], asked={2: NOON})
    assert (one.section_id, one.last_at, one.asked_at) == ("uno", NOON, None)
    assert (other.section_id, other.last_at, other.asked_at) == ("", None, NOON)
