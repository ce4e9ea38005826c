"""Whether a page is well made, as far as its HTML tells. Every page that a test fetches is looked at."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CONTROLS = ("input", "select", "textarea")
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

Attributes = dict[str, str | None]


@dataclass
class Element:
    tag: str
    attributes: Attributes
    text: str = ""
    is_labelled: bool = False
    is_in_dialog: bool = False


@dataclass
class Reader(HTMLParser):
    """All elements of a page, each with the text inside it."""

    page: str
    elements: list[Element] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        around = {one.tag for one in self._open}
        element = Element(tag, dict(attrs), is_labelled="label" in around, is_in_dialog="dialog" in around)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if any(one.tag == tag for one in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for one in self._open:
            one.text += data


def faults_of(page: str, *, language: str) -> list[str]:
    """What is wrong with a page of the site in a language; empty for a page that is well made."""
    elements = Reader(page).elements
    ids = [one.attributes["id"] for one in elements if one.attributes.get("id")]
    return [
        *frame_faults(elements, language),
        *(f'id "{one}" is there twice' for one in {one for one in ids if ids.count(one) > 1}),
        *heading_faults(elements),
        *reference_faults(elements, {str(one) for one in ids}),
        *control_faults(elements),
        *form_faults(page),
    ]


def frame_faults(elements: list[Element], language: str) -> list[str]:
    root = next(one for one in elements if one.tag == "html")
    title = next((one.text for one in elements if one.tag == "title"), "")
    headings = [plain(one.text) for one in elements if one.tag == "h1"]
    faults = [] if root.attributes.get("lang") == language else [f"its language is {root.attributes.get('lang')}"]
    if not title.endswith(" · Aula Abierta"):
        faults.append(f'its title is "{title}"')
    if len(headings) != 1:
        faults.append(f"it has {len(headings)} first headings")
    return faults


def heading_faults(elements: list[Element]) -> list[str]:
    # A dialog is filled when it opens.
    elements = [one for one in elements if not one.is_in_dialog]
    levels = [HEADINGS.index(one.tag) + 1 for one in elements if one.tag in HEADINGS]
    jumps = [
        f"a heading of level {after} follows one of level {before}"
        for before, after in zip(levels, levels[1:], strict=False)
        if after > before + 1
    ]
    empty = [f"an empty {one.tag}" for one in elements if one.tag in HEADINGS and not one.text.strip()]
    return jumps + empty


def reference_faults(elements: list[Element], ids: set[str]) -> list[str]:
    faults = []
    for one in elements:
        for name in REFERENCES:
            faults += [
                f'{name}="{id_}" leads nowhere' for id_ in (one.attributes.get(name) or "").split() if id_ not in ids
            ]
        target = one.attributes.get("href") or ""
        if one.tag == "a" and target.startswith("#") and target[1:] not in ids:
            faults.append(f'the link to "{target}" leads nowhere')
        if one.tag == "label" and one.attributes.get("for") and one.attributes["for"] not in ids:
            faults.append(f'a label for "{one.attributes["for"]}", which is not there')
    return faults


def control_faults(elements: list[Element]) -> list[str]:
    labelled = {one.attributes.get("for") for one in elements if one.tag == "label"}
    faults = [f"{named(one)} has no label" for one in elements if one.tag in CONTROLS and not has_label(one, labelled)]
    faults += [f"{named(one)} has no name" for one in elements if one.tag in ("button", "a") and not has_name(one)]
    return faults + [
        f"{named(one)} has no description" for one in elements if one.tag == "img" and "alt" not in one.attributes
    ]


def has_label(one: Element, labelled: set[str | None]) -> bool:
    if one.attributes.get("type") in ("hidden", "submit"):
        return True
    return one.is_labelled or one.attributes.get("id") in labelled or has_own_name(one)


def has_name(one: Element) -> bool:
    return bool(one.text.strip()) or has_own_name(one)


def has_own_name(one: Element) -> bool:
    return bool(one.attributes.get("aria-label") or one.attributes.get("aria-labelledby"))


def form_faults(page: str) -> list[str]:
    """Every form that is sent by POST carries the token."""
    forms = [one.partition("</form>")[0] for one in page.split("<form")[1:]]
    return [
        f"a form without a token: {one[:80]}"
        for one in forms
        if 'method="post"' in one and 'name="csrf_token"' not in one
    ]


def named(one: Element) -> str:
    return f"<{one.tag} {' '.join(f'{name}={value!r}' for name, value in one.attributes.items())}>"


def plain(text: str) -> str:
    return " ".join(text.split())
