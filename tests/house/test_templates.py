"""Every template that is named exists, and every template that exists is named."""

import ast
from pathlib import Path
from typing import get_args

from jinja2 import meta
from support.bare import bare_app
from support.sources import ROOT, site_trees

from courses.model import LANGUAGES
from webapp.services.messages.records import MailKind

FOLDER = ROOT / "webapp" / "templates"


def there() -> set[str]:
    return {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html")}


def named_in_code() -> set[str]:
    return {
        node.value
        for _path, tree in site_trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html")
    }


def named_in(template: str) -> set[str]:
    tree = bare_app().jinja_env.parse((FOLDER / template).read_text())
    found = set(meta.find_referenced_templates(tree))
    assert None not in found, f"{template} names a template that only a run can know"
    return {str(one) for one in found}


def test_no_template_is_missing_and_none_is_unused() -> None:
    named = named_in_code() | {one for template in there() for one in named_in(template)}
    assert named == there()


def test_every_template_can_be_read() -> None:
    for name in there():
        assert bare_app().jinja_env.get_template(name)


def test_every_mail_is_written_in_every_language() -> None:
    wanted = {f"{kind}.{language}.txt" for kind in get_args(MailKind) for language in LANGUAGES}
    assert {path.name for path in Path(FOLDER / "emails").iterdir()} == wanted


def test_templates_carry_no_script_and_no_style_of_their_own() -> None:
    """The content policy would stop them; a page that needs them is broken where nobody looks."""
    forbidden = ("style=", "<style", "onclick=", "onload=", "onchange=", "onsubmit=", "javascript:")
    found = [f"{name}: {one}" for name in sorted(there()) for one in forbidden if one in (FOLDER / name).read_text()]
    assert found == []
