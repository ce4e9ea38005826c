"""Everything that somebody may or may not do here."""

from enum import Enum


class Permission(Enum):
    """A door of the site. Its value is the name that templates use."""

    STUDY = "study"
    """Take courses: enrol, save, run, hand in, and see one's own work and marks."""

    KEEP_ACCOUNT = "keep_account"
    """Change one's own name and password, see and end one's own sessions, join a cohort."""

    SEE_COHORT_MARKS = "see_cohort_marks"
    """See the marks of a cohort and the attempts behind them, and take them along as a file."""

    MAKE_COHORTS = "make_cohorts"
    """Open a cohort of one's own."""

    SET_DEADLINES = "set_deadlines"
    """Say when a cohort's work is due, and what being late costs."""

    MARK_WORK = "mark_work"
    """Mark a learner's attempt, comment it, and answer a request to look at it again. Never one's own."""

    MODERATE = "moderate"
    """Decide between two markers. Never as one of the two."""

    ASK_REVIEW = "ask_review"
    """See an attempt of one's own with its marks, and ask for it to be looked at again."""

    REGRADE = "regrade"
    """Have a cohort's graded attempts graded again by the lessons that there are now, and write what changes."""

    REGRADE_COURSE = "regrade_course"
    """The same for everybody's attempts at a course."""

    WRITE_LESSONS = "write_lessons"
    """Write lessons, prove and publish them. Of a lesson that is there: as one of its authors."""

    FORK_LESSONS = "fork_lessons"
    """Make a lesson or a course of one's own from another that is published or shared."""

    OWN_LESSON = "own_lesson"
    """Say who else writes a lesson, whether others may see it, and answer suggestions to it."""

    WRITE_COURSE = "write_course"
    """Change what a course written here is called and in which order its lessons are taken."""

    TEACH_CLASS = "teach_class"
    """Teach a lesson: its presentation, its notes, its hand-out, and the board of a class of one's own cohort."""

    MOVE_COHORT = "move_cohort"
    """Move a cohort to the versions of its lessons that are taught now."""

    SEE_ADMINISTRATION = "see_administration"
    """See the school's people."""

    CHANGE_PEOPLE = "change_people"
    """Invite people, give roles, close and reopen accounts."""

    SEE_SYSTEM = "see_system"
    """See the sandbox, the jobs and what is wrong with the content."""

    CHANGE_OFFER = "change_offer"
    """Hide courses and show them again."""
