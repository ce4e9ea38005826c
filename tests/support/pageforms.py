"""The forms of a page as a browser would send them: each with what its fields hold."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID_TYPES = ("checkbox", "radio")


@dataclass
class PageForm:
    """facts: the attributes of the form; fields: what would be sent, but for its buttons."""

    facts: dict[str, str]
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def action(self) -> str:
        return self.facts.get("action", "")


class FormReader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._form: PageForm | None = None
        self._area: str | None = None
        self._select: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = PageForm(facts)
            self.forms.append(self._form)
        elif self._form is not None:
            self._take(tag, facts, self._form.fields)

    def _take(self, tag: str, facts: dict[str, str], fields: dict[str, str]) -> None:
        name = facts.get("name", "")
        if tag == "input" and name and (facts.get("type") not in VOID_TYPES or "checked" in facts):
            fields[name] = facts.get("value", "")
        elif tag == "textarea":
            self._area, fields[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select is not None and ("selected" in facts or self._select not in fields):
            fields[self._select] = facts.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._form is not None and self._area is not None:
            # The line end right after the tag is not part of the text.
            self._form.fields[self._area] = self._form.fields[self._area].removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._area is not None:
            self._form.fields[self._area] += data


def forms_of(page: str) -> list[PageForm]:
    return FormReader(page).forms
