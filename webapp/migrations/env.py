"""Alembic's entry: runs the migrations on the connection that `upgrade` gives, or on DATABASE_URL by itself."""

import os
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from webapp.migrations.tables import every_table
from webapp.settings import Settings
from webapp.store import make_engine


def render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write our column types as the plain ones they are stored as, so that migrations import nothing of ours."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=every_table(),
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with make_engine(Settings.from_env(os.environ).database_url).connect() as opened:
        run(opened)
        opened.commit()
