"""Attempts and their marks."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("exercise_id", sa.String(length=80), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("notebook", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("lesson_version", sa.String(length=80), nullable=False),
        sa.Column("dataset_versions", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state in ('queued', 'graded', 'platform_failure')", name=op.f("ck_submissions_state")),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_submissions_learner_id")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_submissions_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("run_id", name=op.f("uq_submissions_run_id")),
    )
    op.create_index(
        op.f("ix_submissions_learner_id_course_id_lesson_id_exercise_id"),
        "submissions",
        ["learner_id", "course_id", "lesson_id", "exercise_id"],
    )
    op.create_table(
        "gradebook_entries",
        sa.Column("submission_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("exercise_id", sa.String(length=80), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("max_points", sa.Double(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("report", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("points >= 0 and points <= max_points", name=op.f("ck_gradebook_entries_points")),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_gradebook_entries_learner_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_gradebook_entries_submission_id")),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_gradebook_entries")),
    )
    op.create_index(
        op.f("ix_gradebook_entries_learner_id_course_id_lesson_id_exercise_id"),
        "gradebook_entries",
        ["learner_id", "course_id", "lesson_id", "exercise_id"],
    )


def downgrade() -> None:
    op.drop_table("gradebook_entries")
    op.drop_table("submissions")
