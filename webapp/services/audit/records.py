"""What was done to people, cohorts and courses, by whom and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Action = Literal[
    "account_opened", "signed_in", "sign_in_failed", "sign_in_ended", "password_changed", "password_reset",
    "name_changed", "invited", "invitation_accepted", "role_changed", "closed", "reopened",
    "cohort_made", "cohort_joined", "enrolled", "course_hidden", "course_shown",
    "work_marked", "review_asked", "review_answered", "deadlines_set",
    "course_written", "course_saved", "manuscript_begun", "manuscript_shared", "author_added", "author_removed",
    "lesson_published", "lesson_withdrawn", "cohort_moved",
    "suggestion_made", "suggestion_accepted", "suggestion_declined", "suggestion_withdrawn",
    "class_started", "class_ended",
    "regrade_started", "regrade_stopped", "regrade_apply_asked", "regrade_applied",
]  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One line of the log. actor_id: None for somebody unknown or for an operator at the command line.

    subject: what it was done to, as "kind:id", for instance "person:12". details hold no passwords, tokens or code.
    """

    id: int
    at: datetime
    actor_id: int | None
    action: str
    subject: str
    details: Mapping[str, Any] = field(default_factory=dict)
