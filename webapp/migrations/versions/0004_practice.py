"""Drafts, kernels, runs with their events, outputs, places and help taken."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("cell_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_drafts_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint(
            "learner_id",
            "course_id",
            "lesson_id",
            "cell_id",
            name=op.f("uq_drafts_learner_id_course_id_lesson_id_cell_id"),
        ),
    )
    op.create_table(
        "draft_versions",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_draft_versions_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_id", "version", name=op.f("pk_draft_versions")),
    )
    op.create_table(
        "kernels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("gateway_url", sa.String(length=300), nullable=False),
        sa.Column("kernel_id", sa.String(length=80), nullable=False),
        sa.Column("session_id", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("is_restart_wanted", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("variables", sa.LargeBinary(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state in ('none', 'starting', 'ready', 'resting', 'lost')", name=op.f("ck_kernels_state")),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_kernels_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kernels")),
        sa.UniqueConstraint(
            "learner_id", "course_id", "lesson_id", name=op.f("uq_kernels_learner_id_course_id_lesson_id")
        ),
    )
    op.create_index(op.f("ix_kernels_state_used_at"), "kernels", ["state", "used_at"])
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("cell_id", sa.String(length=80), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("is_stop_wanted", sa.Boolean(), nullable=False),
        sa.Column("kernel_row_id", sa.Integer(), nullable=True),
        sa.Column("idempotency_key", sa.String(length=80), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('cells', 'check')", name=op.f("ck_runs_kind")),
        sa.CheckConstraint("state in ('queued', 'running', 'done')", name=op.f("ck_runs_state")),
        sa.ForeignKeyConstraint(["kernel_row_id"], ["kernels.id"], name=op.f("fk_runs_kernel_row_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_runs_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("learner_id", "idempotency_key", name=op.f("uq_runs_learner_id_idempotency_key")),
        sa.UniqueConstraint("token", name=op.f("uq_runs_token")),
    )
    op.create_index(op.f("ix_runs_kernel_row_id_state"), "runs", ["kernel_row_id", "state"])
    op.create_index(
        op.f("ix_runs_learner_id_course_id_lesson_id_state"), "runs", ["learner_id", "course_id", "lesson_id", "state"]
    )
    op.create_table(
        "run_events",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_events_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "seq", name=op.f("pk_run_events")),
    )
    op.create_table(
        "cell_outputs",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("cell_id", sa.String(length=80), nullable=False),
        sa.Column("run_token", sa.String(length=40), nullable=False),
        sa.Column("events", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("execution_count", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_cell_outputs_learner_id")),
        sa.PrimaryKeyConstraint("learner_id", "course_id", "lesson_id", "cell_id", name=op.f("pk_cell_outputs")),
    )
    op.create_table(
        "lesson_places",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("section_id", sa.String(length=80), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_lesson_places_learner_id")),
        sa.PrimaryKeyConstraint("learner_id", "course_id", "lesson_id", name=op.f("pk_lesson_places")),
    )
    op.create_table(
        "exercise_help",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("exercise_id", sa.String(length=80), nullable=False),
        sa.Column("hint_count", sa.Integer(), nullable=False),
        sa.Column("solution_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_exercise_help_learner_id")),
        sa.PrimaryKeyConstraint("learner_id", "course_id", "lesson_id", "exercise_id", name=op.f("pk_exercise_help")),
    )


def downgrade() -> None:
    op.drop_table("exercise_help")
    op.drop_table("lesson_places")
    op.drop_table("cell_outputs")
    op.drop_table("run_events")
    op.drop_table("runs")
    op.drop_table("kernels")
    op.drop_table("draft_versions")
    op.drop_table("drafts")
