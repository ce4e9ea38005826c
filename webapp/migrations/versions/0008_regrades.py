"""Regrades: dry runs over many attempts, what they change, and the marks that they replaced."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ENTRIES = "gradebook_entries"


def upgrade() -> None:
    op.add_column(ENTRIES, sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column(ENTRIES, sa.Column("lesson_version", sa.String(length=80), nullable=True))
    op.add_column(ENTRIES, sa.Column("dataset_versions", sa.Text(), nullable=True))
    op.execute(
        "update gradebook_entries set "
        "lesson_version = (select lesson_version from submissions where submissions.id = submission_id), "
        "dataset_versions = (select dataset_versions from submissions where submissions.id = submission_id)"
    )
    op.create_table(
        "gradebook_past_entries",
        sa.Column("submission_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("max_points", sa.Double(), nullable=False),
        sa.Column("report", sa.LargeBinary(), nullable=False),
        sa.Column("lesson_version", sa.String(length=80), nullable=True),
        sa.Column("dataset_versions", sa.Text(), nullable=True),
        sa.Column("regrade_id", sa.Integer(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["gradebook_entries.submission_id"], name=op.f("fk_gradebook_past_entries_submission_id")
        ),
        sa.PrimaryKeyConstraint("submission_id", "revision", name=op.f("pk_gradebook_past_entries")),
    )
    op.create_table(
        "regrades",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=True),
        sa.Column("exercise_id", sa.String(length=80), nullable=True),
        sa.Column("cohort_id", sa.Integer(), nullable=True),
        sa.Column("only_older", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("never_lower", sa.Boolean(), nullable=True),
        sa.Column("applied_by", sa.Integer(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'stopped', 'stale', 'ready', 'applying', 'applied')",
            name=op.f("ck_regrades_state"),
        ),
        sa.ForeignKeyConstraint(["applied_by"], ["people.id"], name=op.f("fk_regrades_applied_by")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name=op.f("fk_regrades_cohort_id")),
        sa.ForeignKeyConstraint(["started_by"], ["people.id"], name=op.f("fk_regrades_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrades")),
        sa.UniqueConstraint("turn", name=op.f("uq_regrades_turn")),
    )
    op.create_table(
        "regrade_items",
        sa.Column("regrade_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("exercise_id", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("before_version", sa.String(length=80), nullable=False),
        sa.Column("before_verdict", sa.String(length=20), nullable=False),
        sa.Column("before_points", sa.Double(), nullable=False),
        sa.Column("before_max", sa.Double(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("after_verdict", sa.String(length=20), nullable=True),
        sa.Column("after_points", sa.Double(), nullable=True),
        sa.Column("after_max", sa.Double(), nullable=True),
        sa.Column("report", sa.LargeBinary(), nullable=True),
        sa.Column("applied", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting', 'gain', 'lose', 'same', 'failed')", name=op.f("ck_regrade_items_state")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_regrade_items_learner_id")),
        sa.ForeignKeyConstraint(["regrade_id"], ["regrades.id"], name=op.f("fk_regrade_items_regrade_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_regrade_items_submission_id")),
        sa.PrimaryKeyConstraint("regrade_id", "submission_id", name=op.f("pk_regrade_items")),
    )
    op.create_index(op.f("ix_regrade_items_regrade_id_state"), "regrade_items", ["regrade_id", "state"])
    op.create_table(
        "regrade_marks",
        sa.Column("regrade_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("learner_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("exercise_id", sa.String(length=80), nullable=False),
        sa.Column("before_points", sa.Double(), nullable=False),
        sa.Column("after_points", sa.Double(), nullable=False),
        sa.Column("max_points", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_regrade_marks_learner_id")),
        sa.ForeignKeyConstraint(["regrade_id"], ["regrades.id"], name=op.f("fk_regrade_marks_regrade_id")),
        sa.PrimaryKeyConstraint(
            "regrade_id", "learner_id", "lesson_id", "exercise_id", name=op.f("pk_regrade_marks")
        ),
    )


def downgrade() -> None:
    op.drop_table("regrade_marks")
    op.drop_table("regrade_items")
    op.drop_table("regrades")
    op.drop_table("gradebook_past_entries")
    with op.batch_alter_table(ENTRIES) as entries:
        entries.drop_column("dataset_versions")
        entries.drop_column("lesson_version")
        entries.drop_column("revision")
