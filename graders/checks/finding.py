"""What a check found: right or not, a code that names what was seen, and its particulars."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """fields: plain JSON, free of expected values, for learners read them. is_error: the check could not be made.

    share: of the check's points that an answer earns which is not right, but in part.
    """

    is_right: bool
    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    is_error: bool = False
    share: float = 0.0


RIGHT = Finding(True, "right")


def miss(code: str, **fields: Any) -> Finding:
    return Finding(False, code, fields)
