"""The "no" that belongs to the domain: raised by services, worded at the edge in the reader's language."""

from typing import Any


class Refusal(Exception):
    """A request that the domain's rules turn down. Subclasses fix `code`; `fields` are its particulars."""

    code = "refused"

    def __init__(self, code: str | None = None, **fields: Any) -> None:
        self.code = code or type(self).code
        self.fields = fields
        super().__init__(f"{self.code} {fields}" if fields else self.code)
