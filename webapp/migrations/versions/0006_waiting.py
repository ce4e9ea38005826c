"""The line of the runs that wait for room."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("runs", sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_runs_kind_waiting_since"), "runs", ["kind", "waiting_since"])


def downgrade() -> None:
    op.drop_index(op.f("ix_runs_kind_waiting_since"), table_name="runs")
    with op.batch_alter_table("runs") as runs:
        runs.drop_column("waiting_since")
