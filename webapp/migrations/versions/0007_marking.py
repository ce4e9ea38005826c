"""Marks that people give, reviews that learners ask for, and due dates with what being late costs."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "marking_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("slot", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("marker_id", sa.Integer(), nullable=False),
        sa.Column("check_points", sa.Double(), nullable=True),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.Column("rubric_points", sa.Double(), nullable=True),
        sa.Column("max_points", sa.Double(), nullable=False),
        sa.Column("needs_second", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.LargeBinary(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("slot in ('first', 'second', 'moderator')", name=op.f("ck_marking_marks_slot")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_marking_marks_version")),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_marking_marks_learner_id")),
        sa.ForeignKeyConstraint(["marker_id"], ["people.id"], name=op.f("fk_marking_marks_marker_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_marking_marks_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marking_marks")),
        sa.UniqueConstraint(
            "submission_id", "slot", "version", name=op.f("uq_marking_marks_submission_id_slot_version")
        ),
    )
    op.create_index(op.f("ix_marking_marks_learner_id_course_id"), "marking_marks", ["learner_id", "course_id"])
    op.create_table(
        "marking_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("exercise_id", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('open', 'kept', 'changed')", name=op.f("ck_marking_reviews_state")),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_marking_reviews_answered_by")),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_marking_reviews_learner_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_marking_reviews_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marking_reviews")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_marking_reviews_submission_id")),
    )
    op.create_index(op.f("ix_marking_reviews_learner_id_state"), "marking_reviews", ["learner_id", "state"])
    op.create_index(op.f("ix_marking_reviews_course_id_state"), "marking_reviews", ["course_id", "state"])
    op.create_table(
        "cohort_deadlines",
        sa.Column("cohort_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name=op.f("fk_cohort_deadlines_cohort_id")),
        sa.PrimaryKeyConstraint("cohort_id", "lesson_id", name=op.f("pk_cohort_deadlines")),
    )
    op.create_table(
        "cohort_late_policies",
        sa.Column("cohort_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("share_per_day", sa.Double(), nullable=False),
        sa.Column("floor_share", sa.Double(), nullable=False),
        sa.Column("grace_hours", sa.Integer(), nullable=False),
        sa.CheckConstraint("share_per_day >= 0 and share_per_day <= 1", name=op.f("ck_cohort_late_policies_share_per_day")),
        sa.CheckConstraint("floor_share >= 0 and floor_share <= 1", name=op.f("ck_cohort_late_policies_floor_share")),
        sa.CheckConstraint("grace_hours >= 0", name=op.f("ck_cohort_late_policies_grace_hours")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name=op.f("fk_cohort_late_policies_cohort_id")),
        sa.PrimaryKeyConstraint("cohort_id", name=op.f("pk_cohort_late_policies")),
    )


def downgrade() -> None:
    op.drop_table("cohort_late_policies")
    op.drop_table("cohort_deadlines")
    op.drop_table("marking_reviews")
    op.drop_table("marking_marks")
