"""Courses that are hidden, cohorts with their members, and enrolments."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hidden_courses",
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("hidden_by", sa.Integer(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hidden_by"], ["people.id"], name=op.f("fk_hidden_courses_hidden_by")),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_hidden_courses")),
    )
    op.create_table(
        "cohorts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("trainer_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("fk_cohorts_institution_id")),
        sa.ForeignKeyConstraint(["trainer_id"], ["people.id"], name=op.f("fk_cohorts_trainer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohorts")),
        sa.UniqueConstraint("code", name=op.f("uq_cohorts_code")),
    )
    op.create_index(op.f("ix_cohorts_institution_id"), "cohorts", ["institution_id"])
    op.create_index(op.f("ix_cohorts_trainer_id"), "cohorts", ["trainer_id"])
    op.create_table(
        "cohort_members",
        sa.Column("cohort_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name=op.f("fk_cohort_members_cohort_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cohort_members_person_id")),
        sa.PrimaryKeyConstraint("cohort_id", "person_id", name=op.f("pk_cohort_members")),
    )
    op.create_index(op.f("ix_cohort_members_person_id"), "cohort_members", ["person_id"])
    op.create_table(
        "enrolments",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_enrolments_person_id")),
        sa.PrimaryKeyConstraint("person_id", "course_id", name=op.f("pk_enrolments")),
    )


def downgrade() -> None:
    op.drop_table("enrolments")
    op.drop_table("cohort_members")
    op.drop_table("cohorts")
    op.drop_table("hidden_courses")
