"""Lessons written here: courses, manuscripts with their versions, proofs, editions, suggestions, pins, classes."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lesson_blobs",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_lesson_blobs")),
    )
    op.create_table(
        "lesson_editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_editions")),
        sa.UniqueConstraint(
            "course_id", "lesson_id", "version", name=op.f("uq_lesson_editions_course_id_lesson_id_version")
        ),
    )
    op.create_table(
        "authored_courses",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_authored_courses_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authored_courses")),
    )
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("proof_token", sa.String(length=40), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["lesson_editions.id"], name=op.f("fk_publications_edition_id")),
        sa.ForeignKeyConstraint(["published_by"], ["people.id"], name=op.f("fk_publications_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_index(op.f("ix_publications_course_id_lesson_id"), "publications", ["course_id", "lesson_id"])
    op.create_table(
        "cohort_lessons",
        sa.Column("cohort_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name=op.f("fk_cohort_lessons_cohort_id")),
        sa.PrimaryKeyConstraint("cohort_id", "lesson_id", name=op.f("pk_cohort_lessons")),
    )
    op.create_table(
        "manuscripts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("published_number", sa.Integer(), nullable=True),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("ages", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["authored_courses.id"], name=op.f("fk_manuscripts_course_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("fk_manuscripts_institution_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_manuscripts_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manuscripts")),
        sa.UniqueConstraint("course_id", "lesson_id", name=op.f("uq_manuscripts_course_id_lesson_id")),
    )
    op.create_index(op.f("ix_manuscripts_owner_id"), "manuscripts", ["owner_id"])
    op.create_table(
        "lesson_proofs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("circumstances", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("is_green", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('queued', 'running', 'done', 'failed')", name=op.f("ck_lesson_proofs_state")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_lesson_proofs_asked_by")),
        sa.ForeignKeyConstraint(["manuscript_id"], ["manuscripts.id"], name=op.f("fk_lesson_proofs_manuscript_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_proofs")),
        sa.UniqueConstraint("token", name=op.f("uq_lesson_proofs_token")),
    )
    op.create_index(
        op.f("ix_lesson_proofs_course_id_lesson_id_version"), "lesson_proofs", ["course_id", "lesson_id", "version"]
    )
    op.create_index(op.f("ix_lesson_proofs_manuscript_id_number"), "lesson_proofs", ["manuscript_id", "number"])
    op.create_table(
        "lesson_suggestions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_manuscript_id", sa.Integer(), nullable=True),
        sa.Column("target_course_id", sa.String(length=80), nullable=False),
        sa.Column("target_lesson_id", sa.String(length=80), nullable=False),
        sa.Column("from_manuscript_id", sa.Integer(), nullable=False),
        sa.Column("from_number", sa.Integer(), nullable=False),
        sa.Column("base_version", sa.String(length=80), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.CheckConstraint(
            "state in ('open', 'accepted', 'declined', 'withdrawn')", name=op.f("ck_lesson_suggestions_state")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_lesson_suggestions_answered_by")),
        sa.ForeignKeyConstraint(
            ["from_manuscript_id"], ["manuscripts.id"], name=op.f("fk_lesson_suggestions_from_manuscript_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_lesson_suggestions_made_by")),
        sa.ForeignKeyConstraint(
            ["target_manuscript_id"], ["manuscripts.id"], name=op.f("fk_lesson_suggestions_target_manuscript_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_suggestions")),
    )
    op.create_index(op.f("ix_lesson_suggestions_from_manuscript_id"), "lesson_suggestions", ["from_manuscript_id"])
    op.create_index(
        op.f("ix_lesson_suggestions_target_manuscript_id_state"),
        "lesson_suggestions",
        ["target_manuscript_id", "state"],
    )
    op.create_table(
        "manuscript_authors",
        sa.Column("manuscript_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_manuscript_authors_manuscript_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_manuscript_authors_person_id")),
        sa.PrimaryKeyConstraint("manuscript_id", "person_id", name=op.f("pk_manuscript_authors")),
    )
    op.create_index(op.f("ix_manuscript_authors_person_id"), "manuscript_authors", ["person_id"])
    op.create_table(
        "manuscript_versions",
        sa.Column("manuscript_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("what", sa.LargeBinary(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_manuscript_versions_manuscript_id")
        ),
        sa.ForeignKeyConstraint(["saved_by"], ["people.id"], name=op.f("fk_manuscript_versions_saved_by")),
        sa.PrimaryKeyConstraint("manuscript_id", "number", name=op.f("pk_manuscript_versions")),
    )

    op.create_table(
        "class_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name=op.f("fk_class_sessions_cohort_id")),
        sa.ForeignKeyConstraint(["started_by"], ["people.id"], name=op.f("fk_class_sessions_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_sessions")),
    )
    op.create_index(op.f("ix_class_sessions_cohort_id_ends_at"), "class_sessions", ["cohort_id", "ends_at"])
    op.create_table(
        "class_help",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("learner_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_sessions.id"], name=op.f("fk_class_help_session_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_class_help_learner_id")),
        sa.PrimaryKeyConstraint("session_id", "learner_id", name=op.f("pk_class_help")),
    )


def downgrade() -> None:
    op.drop_table("class_help")
    op.drop_table("class_sessions")
    op.drop_table("manuscript_versions")
    op.drop_table("manuscript_authors")
    op.drop_table("lesson_suggestions")
    op.drop_table("lesson_proofs")
    op.drop_table("manuscripts")
    op.drop_table("cohort_lessons")
    op.drop_table("publications")
    op.drop_table("authored_courses")
    op.drop_table("lesson_editions")
    op.drop_table("lesson_blobs")
