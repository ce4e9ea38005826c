"""The chain of migrations, as its files tell it. What they make is tested in tests/webapp/migrations."""

from pathlib import Path

from alembic.script import ScriptDirectory

from webapp.cli.upgrade import alembic_config, newest_revision

VERSIONS = Path(__file__).parents[2] / "webapp" / "migrations" / "versions"


def test_there_is_one_head_and_its_file_names_it() -> None:
    """Two branches that each add a migration collide in this file, and so are seen before they meet."""
    heads = ScriptDirectory.from_config(alembic_config()).get_heads()
    assert heads == [(VERSIONS / "HEAD").read_text().strip()]
    assert newest_revision() == heads[0]


def test_migrations_are_numbered_one_after_another() -> None:
    numbers = sorted(path.name[:4] for path in VERSIONS.glob("*.py"))
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_migrations_import_nothing_of_ours() -> None:
    """Tables go on changing; what an old migration makes must not change with them."""
    assert [path.name for path in VERSIONS.glob("*.py") if "webapp" in path.read_text()] == []
