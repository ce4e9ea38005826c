"""Settings are read in one place and told in one table."""

from support.sources import ROOT, site_trees

from webapp.cli.operations import settings_markdown
from webapp.settings import describe_settings

ENTRIES = {"webapp/worker.py", "webapp/wsgi.py", "webapp/migrations/env.py"}


def test_the_operators_guide_has_the_table_of_settings() -> None:
    """Renew it with `python -m webapp.cli settings`."""
    assert settings_markdown() in (ROOT / "docs" / "operating.md").read_text()


def test_the_environment_is_read_where_processes_begin_and_nowhere_else() -> None:
    readers = {path for path, _tree in site_trees() if "os.environ" in (ROOT / path).read_text()}
    assert {path for path in readers if not path.startswith("webapp/cli/")} <= ENTRIES


def test_every_setting_is_named_for_this_site() -> None:
    """But for the three that every host knows."""
    names = [name for name, _accepted, _default, _meaning in describe_settings()]
    assert len(set(names)) == len(names)
    assert [name for name in names if not name.startswith("AULA_")] == ["HOST", "PORT", "DATABASE_URL"]
