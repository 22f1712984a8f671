"""Plans, targets, reminders, members, reconciliation, levels of acceptance, signatures, saved searches."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False, comment="the table of the thing"),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True, comment="for whom they spoke"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "words", sa.Text(), nullable=False, comment="a mention stands in them as @{id of the unit}"
        ),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(words) BETWEEN 1 AND 8000", name=op.f("ck_comment_words_of_some_length")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_comment_by_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_comment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index("ix_comment_about", ["subject_kind", "subject_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_by_id"), ["by_id"], unique=False)

    op.create_table(
        "file_text",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="the beginning, as far as an index takes it"),
        sa.Column("reason", sa.Text(), nullable=False, comment="why there is no text, for people to read"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_file_text_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_text")),
    )
    op.create_table(
        "list_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False, comment="the plan or letter that orders it"),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["person.id"], name=op.f("fk_list_review_opened_by_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_list_review_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_review")),
        sa.UniqueConstraint("unit_id", "year", name=op.f("uq_list_review_unit_id_year")),
    )
    op.create_table(
        "register_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "member_id",
            sa.Integer(),
            nullable=True,
            comment="none for a list; no foreign key, for the log outlives an import that was taken back",
        ),
        sa.Column("what", sa.String(length=20), nullable=False, comment="record, list, export"),
        sa.Column("scope", sa.String(length=60), nullable=False, comment="of a list: branch:12, unit:5"),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_register_reading_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_reading")),
    )
    with op.batch_alter_table("register_reading", schema=None) as batch_op:
        batch_op.create_index("ix_register_reading_member", ["member_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_reading_person_id"), ["person_id"], unique=False)

    op.create_table(
        "register_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("head_id", sa.Integer(), nullable=False, comment="uppermost unit of the organisation"),
        sa.Column("branch_word", sa.Text(), nullable=False, comment="chi đoàn, chi hội …"),
        sa.Column("cell_word", sa.Text(), nullable=False, comment="phân đoàn, tổ hội …"),
        sa.Column(
            "grades",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="words of the grades, best first, five at most",
        ),
        sa.Column(
            "reasons",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="reasons for striking off",
        ),
        sa.Column(
            "answer_days",
            sa.Integer(),
            nullable=False,
            comment="days within which a transfer is to be answered",
        ),
        sa.Column("purpose", sa.Text(), nullable=False, comment="what the data are kept for"),
        sa.Column(
            "retention_years", sa.Integer(), nullable=False, comment="how long after a membership ended"
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["head_id"], ["unit.id"], name=op.f("fk_register_rules_head_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_rules")),
        sa.UniqueConstraint("head_id", name=op.f("uq_register_rules_head_id")),
    )
    op.create_table(
        "reminder_channels",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "reminders",
            sa.Enum(
                "at-once",
                "digest",
                "none",
                name="mailchoice",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "events",
            sa.Enum(
                "at-once",
                "digest",
                "none",
                name="mailchoice_of_events",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("feed_digest", sa.String(length=64), nullable=True),
        sa.Column("feed_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_reminder_channels_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reminder_channels")),
        sa.UniqueConstraint("feed_digest", name=op.f("uq_reminder_channels_feed_digest")),
    )
    op.create_table(
        "reminder_hours",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.Time(), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=False),
        sa.Column("digest_at", sa.Time(), nullable=False),
        sa.Column("urgings_a_day", sa.Integer(), nullable=False, comment="by hand, about one thing"),
        sa.CheckConstraint(
            "opens_at <= digest_at AND digest_at < closes_at", name=op.f("ck_reminder_hours_in_order")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_reminder_hours_office_id_unit")),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_reminder_hours")),
    )
    op.create_table(
        "reminder_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "key", sa.String(length=40), nullable=False, comment="of its Message-ID, the same at each try"
        ),
        sa.Column("is_digest", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sending",
                "sent",
                "failed",
                "abandoned",
                "uncertain",
                name="mailstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("interruptions", sa.Integer(), nullable=False, comment="tries whose end nobody saw"),
        sa.Column("reason", sa.Text(), nullable=False, comment="why the last try failed"),
        sa.CheckConstraint(
            "(state = 'sending') <= (claimed_at IS NOT NULL)",
            name=op.f("ck_reminder_mail_claimed_has_its_instant"),
        ),
        sa.CheckConstraint(
            "(state = 'sent') <= (sent_at IS NOT NULL)", name=op.f("ck_reminder_mail_sent_has_its_instant")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminder_mail_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_reminder_mail_key")),
    )
    with op.batch_alter_table("reminder_mail", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_mail_person", ["person_id", "made_at"], unique=False)
        batch_op.create_index("ix_reminder_mail_to_send", ["state", "next_try_at"], unique=False)

    op.create_table(
        "report_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "looked_at",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="[report id, its version]",
        ),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column(
            "left_out",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="[obligation id, period, unit, why]",
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_report_batch_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_batch")),
    )
    with op.batch_alter_table("report_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_batch_person_id"), ["person_id"], unique=False)

    op.create_table(
        "roster_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "branch_id", sa.Integer(), nullable=True, comment="for rosters without a column of branches"
        ),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column(
            "file_sha256", sa.String(length=64), nullable=True, comment="none once the file is forgotten"
        ),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column(
            "as_of",
            sa.Date(),
            nullable=False,
            comment="the day the roster stands for; its rows are enrolled on it",
        ),
        sa.Column(
            "mapping",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="field → number of the column, from 0",
        ),
        sa.Column("head_rows", sa.Integer(), nullable=False, comment="rows above the first member"),
        sa.Column("takes_good_rows", sa.Boolean(), nullable=False, comment="else all rows or none"),
        sa.Column(
            "state",
            sa.Enum(
                "uploaded",
                "checking",
                "checked",
                "running",
                "done",
                "undoing",
                "undone",
                "discarded",
                name="importstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("total_rows", sa.Integer(), nullable=False, comment="rows with something in them"),
        sa.Column("good_rows", sa.Integer(), nullable=False),
        sa.Column("done_rows", sa.Integer(), nullable=False, comment="rows looked at in the present pass"),
        sa.Column(
            "problems",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="[row, column, message, params]: the first ones, never a value of the row",
        ),
        sa.Column("problem_count", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "done_rows <= total_rows", name=op.f("ck_roster_import_no_more_done_than_there_is")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_roster_import_by_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_roster_import_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
    )
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_import_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "roster_shape",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "columns",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="[[head as written, field or nothing], …] from the left",
        ),
        sa.Column("remembered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_roster_shape_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_roster_shape")),
    )
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True, comment="whose people may use it too"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False, comment="the query string of the search page"),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_saved_search_owner_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_saved_search_unit_id_unit"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("owner_id", "name", name="uq_saved_search_one_of_a_name"),
    )
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_search_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "score_weights",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column(
            "late", sa.SmallInteger(), nullable=False, comment="points when done no more than late_days late"
        ),
        sa.Column("late_days", sa.SmallInteger(), nullable=False),
        sa.Column("very_late", sa.SmallInteger(), nullable=False, comment="points when done later than that"),
        sa.Column(
            "extension", sa.SmallInteger(), nullable=False, comment="points taken off for each extension"
        ),
        sa.Column("task", sa.SmallInteger(), nullable=False, comment="how much a task counts"),
        sa.Column("report", sa.SmallInteger(), nullable=False, comment="how much a report counts"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "extension BETWEEN 0 AND 100 AND task BETWEEN 0 AND 10",
            name=op.f("ck_score_weights_deductions_and_weights"),
        ),
        sa.CheckConstraint(
            "late BETWEEN 0 AND 100 AND very_late BETWEEN 0 AND 100",
            name=op.f("ck_score_weights_points_of_a_hundred"),
        ),
        sa.CheckConstraint("late_days BETWEEN 1 AND 365", name=op.f("ck_score_weights_late_within_a_year")),
        sa.CheckConstraint(
            "report BETWEEN 0 AND 10 AND task + report > 0", name=op.f("ck_score_weights_something_counts")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_score_weights_office_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_weights")),
        sa.UniqueConstraint("office_id", name=op.f("uq_score_weights_office_id")),
    )
    op.create_table(
        "signature_reading",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "signatures",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="Finding.to_json, in signing order",
        ),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_signature_reading_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_signature_reading")),
    )
    op.create_table(
        "substitution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("absent_id", sa.Integer(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "ended_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="called off before its last day was over",
        ),
        sa.CheckConstraint("absent_id <> substitute_id", name=op.f("ck_substitution_by_somebody_else")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_substitution_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["absent_id"], ["person.id"], name=op.f("fk_substitution_absent_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["person.id"], name=op.f("fk_substitution_named_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"],
            ["person.id"],
            name=op.f("fk_substitution_substitute_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
    )
    with op.batch_alter_table("substitution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_substitution_absent_id"), ["absent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_substitution_substitute_id"), ["substitute_id"], unique=False)

    op.create_table(
        "task_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "receive",
                "confirm",
                "return",
                "grant-extension",
                "refuse-extension",
                "reassign",
                "suspend",
                "resume",
                "cancel",
                name="bulkact",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "task_ids",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "said",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="reason, lead, grade … as the act needs",
        ),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column(
            "left_out",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="[task id, its title, why]",
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_batch_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_batch")),
    )
    with op.batch_alter_table("task_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_batch_person_id"), ["person_id"], unique=False)

    op.create_table(
        "task_settings",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("due_soon_days", sa.Integer(), nullable=False, comment="working days"),
        sa.Column("extends_after_deadline", sa.Boolean(), nullable=False),
        sa.Column("most_extensions", sa.Integer(), nullable=False, comment="0 = as many as are granted"),
        sa.Column(
            "product_needed", sa.Boolean(), nullable=False, comment="no closing without the named product"
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "due_soon_days BETWEEN 0 AND 60", name=op.f("ck_task_settings_soon_within_two_months")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_task_settings_office_id_unit")),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_task_settings")),
    )
    op.create_table(
        "trusted_root",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False, comment="SHA-256 of the certificate"),
        sa.Column("certificate", sa.LargeBinary(), nullable=False, comment="DER"),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("serial", sa.String(length=80), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_trusted_root_added_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trusted_root")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_trusted_root_fingerprint")),
    )
    op.create_table(
        "branch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "path", sa.String(length=120), nullable=False, comment="ids from the uppermost branch: /12/40/"
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "branch", "cell", name="branchkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("founded_on", sa.Date(), nullable=False),
        sa.Column("dissolved_on", sa.Date(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True, comment="the roster that brought it"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "dissolved_on IS NULL OR founded_on <= dissolved_on", name=op.f("ck_branch_lives_forwards")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roster_import.id"], name=op.f("fk_branch_import_id_roster_import")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["branch.id"], name=op.f("fk_branch_parent_id_branch")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_branch_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch")),
        sa.UniqueConstraint("unit_id", "parent_id", "name", name=op.f("uq_branch_unit_id_parent_id_name")),
    )
    with op.batch_alter_table("branch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_branch_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_branch_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            "ix_branch_tree", ["path"], unique=False, postgresql_ops={"path": "text_pattern_ops"}
        )
        batch_op.create_index(batch_op.f("ix_branch_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "comment_mention",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["comment.id"],
            name=op.f("fk_comment_mention_comment_id_comment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_comment_mention_unit_id_unit")),
        sa.PrimaryKeyConstraint("comment_id", "unit_id", name=op.f("pk_comment_mention")),
    )
    with op.batch_alter_table("comment_mention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_mention_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "organisation",
            sa.String(length=40),
            nullable=False,
            comment="whose register: youth, women … (Unit.organisation)",
        ),
        sa.Column(
            "name", sa.Text(), nullable=False, comment="normal form (identity.normal_name); empty once erased"
        ),
        sa.Column(
            "folded_name",
            sa.String(length=120),
            nullable=False,
            comment="identity.folded_name: for search and likeness",
        ),
        sa.Column(
            "sort_name",
            sa.String(length=160),
            nullable=False,
            comment="identity.sort_name: Vietnamese order, given name first",
        ),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column(
            "birth_year", sa.SmallInteger(), nullable=True, comment="also where only the year is known"
        ),
        sa.Column(
            "sex",
            sa.Enum("female", "male", name="sex", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column(
            "identity_key",
            sa.String(length=32),
            nullable=True,
            comment="HMAC of the identity number under the register's secret (identity.identity_key)",
        ),
        sa.Column("identity_tail", sa.String(length=3), nullable=True, comment="its last three digits"),
        sa.Column(
            "identity_digits",
            sa.SmallInteger(),
            nullable=True,
            comment="how many it has: 9 in the old numbering, 12 in the new one",
        ),
        sa.Column("ethnicity", sa.Text(), nullable=False, comment="as written: Kinh, Tày …; empty = unknown"),
        sa.Column("ethnic_minority", sa.Boolean(), nullable=False),
        sa.Column("religion", sa.Text(), nullable=False, comment="as written; empty = none or unknown"),
        sa.Column("religious", sa.Boolean(), nullable=False),
        sa.Column("party_member", sa.Boolean(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "state", "non-state", name="sector", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("occupation", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False, comment="where the member lives: thôn, khu phố"),
        sa.Column(
            "erased_at", sa.DateTime(timezone=True), nullable=True, comment="personal data removed on request"
        ),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(identity_key IS NULL) = (identity_digits IS NULL)",
            name=op.f("ck_member_identity_key_has_its_length"),
        ),
        sa.CheckConstraint(
            "(identity_key IS NULL) = (identity_tail IS NULL)",
            name=op.f("ck_member_identity_key_has_its_tail"),
        ),
        sa.CheckConstraint(
            "born_on IS NULL OR birth_year IS NOT NULL", name=op.f("ck_member_day_of_birth_has_its_year")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roster_import.id"], name=op.f("fk_member_import_id_roster_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index("ix_member_identity", ["organisation", "identity_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_import_id"), ["import_id"], unique=False)
        batch_op.create_index("ix_member_namesakes", ["folded_name", "birth_year"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "before",
                "due",
                "overdue",
                "escalated",
                "committee",
                "urged",
                "letter",
                "assigned",
                "taking-part",
                "returned",
                "changed",
                "asked",
                "decided",
                "mentioned",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False, comment="the one it is about; the day of an event"),
        sa.Column(
            "rung",
            sa.String(length=40),
            nullable=False,
            comment="before-5, due, after-1, again-2, event-71 …",
        ),
        sa.Column("number", sa.Integer(), nullable=False, comment="the how manieth reminder; 0 for events"),
        sa.Column("by_id", sa.Integer(), nullable=True, comment="who caused it; none: the clock"),
        sa.Column("words", sa.Text(), nullable=False, comment="own words of whoever urged, reason of an act"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "to_mail",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="still to be put into a mail",
        ),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_notice_by_id_person")),
        sa.ForeignKeyConstraint(
            ["mail_id"],
            ["reminder_mail.id"],
            name=op.f("fk_notice_mail_id_reminder_mail"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "subject_kind", "subject_id", "deadline", "rung", "person_id", name="uq_notice_once"
        ),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_mail", ["mail_id"], unique=False)
        batch_op.create_index("ix_notice_of_person", ["person_id", "id"], unique=False)
        batch_op.create_index(
            "ix_notice_to_mail",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("to_mail"),
            postgresql_where=sa.text("to_mail"),
        )
        batch_op.create_index(
            "ix_notice_unread",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )

    op.create_table(
        "saved_search_visit",
        sa.Column("saved_search_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_saved_search_visit_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["saved_search_id"],
            ["saved_search.id"],
            name=op.f("fk_saved_search_visit_saved_search_id_saved_search"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("saved_search_id", "person_id", name=op.f("pk_saved_search_visit")),
    )
    with op.batch_alter_table("saved_search_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_search_visit_person_id"), ["person_id"], unique=False)

    op.create_table(
        "ad_hoc_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("regime_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=30), nullable=False, comment="code of the day its data closes"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False, comment="its data closes on this day"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_day <= due_on", name=op.f("ck_ad_hoc_period_due_when_it_is_over")),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["person.id"], name=op.f("fk_ad_hoc_period_opened_by_id_person")
        ),
        sa.ForeignKeyConstraint(["regime_id"], ["regime.id"], name=op.f("fk_ad_hoc_period_regime_id_regime")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ad_hoc_period")),
        sa.UniqueConstraint("regime_id", "period", name=op.f("uq_ad_hoc_period_regime_id_period")),
    )
    op.create_table(
        "branch_grade",
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("grade", sa.SmallInteger(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("grade BETWEEN 1 AND 5", name=op.f("ck_branch_grade_five_grades_at_most")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_branch_grade_branch_id_branch")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_branch_grade_by_id_person")),
        sa.PrimaryKeyConstraint("branch_id", "year", name=op.f("pk_branch_grade")),
    )
    op.create_table(
        "branch_secretary",
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"],
            ["branch.id"],
            name=op.f("fk_branch_secretary_branch_id_branch"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_branch_secretary_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("branch_id", "person_id", name=op.f("pk_branch_secretary")),
    )
    with op.batch_alter_table("branch_secretary", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_branch_secretary_person_id"), ["person_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False, comment="the last branch by its movements"),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "gone",
                "struck-off",
                "matured",
                "deceased",
                "void",
                name="membershipstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=True, comment="day of the movement the state follows from"),
        sa.Column("card_number", sa.String(length=40), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True, comment="admission into the organisation"),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_membership_branch_id_branch")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roster_import.id"], name=op.f("fk_membership_import_id_roster_import")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_membership_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index("ix_membership_card", ["card_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_membership_of_branch", ["branch_id", "state"], unique=False)

    op.create_table(
        "reconciliation_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "purpose",
            sa.Text(),
            nullable=False,
            comment="what the comparison is for, shown to the organisations",
        ),
        sa.Column("regime_id", sa.Integer(), nullable=True, comment="whose returns the lists are held to"),
        sa.Column("period", sa.String(length=30), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "gathering",
                "comparing",
                "reviewing",
                "closed",
                "abandoned",
                name="roundstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "model",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="the weights the scores rest on",
        ),
        sa.Column(
            "outcome",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="figures of the last count",
        ),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('closed', 'abandoned')) = (ended_at IS NOT NULL)",
            name=op.f("ck_reconciliation_round_ended_has_its_instant"),
        ),
        sa.CheckConstraint(
            "(regime_id IS NULL) = (period IS NULL)",
            name=op.f("ck_reconciliation_round_returns_of_one_period"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["unit.id"], name=op.f("fk_reconciliation_round_office_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["person.id"], name=op.f("fk_reconciliation_round_opened_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["regime_id"], ["regime.id"], name=op.f("fk_reconciliation_round_regime_id_regime")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation_round")),
    )
    with op.batch_alter_table("reconciliation_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reconciliation_round_office_id"), ["office_id"], unique=False)

    op.create_table(
        "reminder_ladder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=True),
        sa.Column("regime_id", sa.Integer(), nullable=True),
        sa.Column(
            "before_days",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="working days before the deadline, e.g. [5, 1]",
        ),
        sa.Column("on_the_day", sa.Boolean(), nullable=False),
        sa.Column("after_days", sa.Integer(), nullable=False, comment="working days after; 0 = not"),
        sa.Column(
            "every_days",
            sa.Integer(),
            nullable=False,
            comment="then again every so many working days; 0 = not",
        ),
        sa.Column("times", sa.Integer(), nullable=False, comment="how often it is repeated"),
        sa.Column("escalation_days", sa.Integer(), nullable=False, comment="per level of the tree; 0 = not"),
        sa.Column(
            "letter_days", sa.Integer(), nullable=False, comment="a letter is drafted after these; 0 = not"
        ),
        sa.Column(
            "letter_manner",
            sa.Enum(
                "together", "each", name="lettermanner", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "committee_days",
            sa.Integer(),
            nullable=False,
            comment="on the committee's list after these; 0 = not",
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "after_days >= 0 AND every_days >= 0 AND times >= 0 AND escalation_days >= 0 AND letter_days >= 0 AND committee_days >= 0",
            name=op.f("ck_reminder_ladder_days_not_negative"),
        ),
        sa.CheckConstraint(
            "directive_id IS NULL OR regime_id IS NULL", name=op.f("ck_reminder_ladder_for_one_thing")
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
            name=op.f("fk_reminder_ladder_directive_id_directive"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_reminder_ladder_office_id_unit")),
        sa.ForeignKeyConstraint(
            ["regime_id"], ["regime.id"], name=op.f("fk_reminder_ladder_regime_id_regime"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_ladder")),
        sa.UniqueConstraint("directive_id", name=op.f("uq_reminder_ladder_directive_id")),
        sa.UniqueConstraint("regime_id", name=op.f("uq_reminder_ladder_regime_id")),
    )
    with op.batch_alter_table("reminder_ladder", schema=None) as batch_op:
        batch_op.create_index(
            "uq_reminder_ladder_of_office",
            ["office_id"],
            unique=True,
            sqlite_where=sa.text("directive_id IS NULL AND regime_id IS NULL"),
            postgresql_where=sa.text("directive_id IS NULL AND regime_id IS NULL"),
        )

    op.create_table(
        "delay_cause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "awaiting-others",
                "awaiting-guidance",
                "money",
                "staff",
                "scope",
                "outside",
                "own",
                name="cause",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_delay_cause_by_id_person")),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_delay_cause_task_id_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delay_cause")),
    )
    with op.batch_alter_table("delay_cause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delay_cause_task_id"), ["task_id"], unique=False)

    op.create_table(
        "doubtful_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("left_number", sa.Integer(), nullable=False),
        sa.Column("right_number", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column(
            "stands",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="field → agreement",
        ),
        sa.Column(
            "name_share", sa.Double(), nullable=False, comment="how common the name is among all entries"
        ),
        sa.Column(
            "decision",
            sa.Enum(
                "same",
                "different",
                "later",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_doubtful_pair_decision_has_its_instant"),
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_doubtful_pair_decision_has_its_author"),
        ),
        sa.CheckConstraint("left_number < right_number", name=op.f("ck_doubtful_pair_earlier_entry_first")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_doubtful_pair_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["reconciliation_round.id"],
            name=op.f("fk_doubtful_pair_round_id_reconciliation_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubtful_pair")),
    )
    with op.batch_alter_table("doubtful_pair", schema=None) as batch_op:
        batch_op.create_index("ix_doubtful_pair_likeliest", ["round_id", "probability"], unique=False)

    op.create_table(
        "filled_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_by_id", sa.Integer(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(applied_at IS NULL) = (applied_by_id IS NULL)", name=op.f("ck_filled_sheet_applied_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["applied_by_id"], ["person.id"], name=op.f("fk_filled_sheet_applied_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_filled_sheet_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["person.id"], name=op.f("fk_filled_sheet_sent_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filled_sheet")),
        sa.UniqueConstraint("obligation_id", "sha256", name=op.f("uq_filled_sheet_obligation_id_sha256")),
    )
    op.create_table(
        "obligation_reviewer",
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False, comment="1 = the first to accept"),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("level >= 1", name=op.f("ck_obligation_reviewer_levels_count_from_one")),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
            name=op.f("fk_obligation_reviewer_obligation_id_obligation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_obligation_reviewer_unit_id_unit")),
        sa.PrimaryKeyConstraint("obligation_id", "level", name=op.f("pk_obligation_reviewer")),
    )
    with op.batch_alter_table("obligation_reviewer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_obligation_reviewer_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "reconciliation_entry",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("list_place", sa.SmallInteger(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "person",
            sa.Integer(),
            nullable=False,
            comment="number of the first entry of the same person, by keys alone",
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_reconciliation_entry_membership_id_membership"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["reconciliation_round.id"],
            name=op.f("fk_reconciliation_entry_round_id_reconciliation_round"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reconciliation_entry_unit_id_unit")),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_reconciliation_entry")),
    )
    with op.batch_alter_table("reconciliation_entry", schema=None) as batch_op:
        batch_op.create_index("ix_reconciliation_entry_membership", ["membership_id"], unique=False)
        batch_op.create_index("ix_reconciliation_entry_person", ["round_id", "person"], unique=False)

    op.create_table(
        "reconciliation_list",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False, comment="its place among the lists, from 0"),
        sa.Column("head_id", sa.Integer(), nullable=False, comment="uppermost unit of the organisation"),
        sa.Column(
            "is_open",
            sa.Boolean(),
            nullable=False,
            comment="names may be shown beside those of other lists that are open too",
        ),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(answered_by_id IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_reconciliation_list_answer_has_its_author"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_reconciliation_list_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(["head_id"], ["unit.id"], name=op.f("fk_reconciliation_list_head_id_unit")),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["reconciliation_round.id"],
            name=op.f("fk_reconciliation_list_round_id_reconciliation_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "place", name=op.f("pk_reconciliation_list")),
    )
    with op.batch_alter_table("reconciliation_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reconciliation_list_head_id"), ["head_id"], unique=False)

    op.create_table(
        "review_mark",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "confirmed", "doubtful", name="verdict", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_review_mark_by_id_person")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_review_mark_membership_id_membership")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["list_review.id"],
            name=op.f("fk_review_mark_review_id_list_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("review_id", "membership_id", name=op.f("pk_review_mark")),
    )
    with op.batch_alter_table("review_mark", schema=None) as batch_op:
        batch_op.create_index("ix_review_mark_membership", ["membership_id"], unique=False)

    op.create_table(
        "task_watcher",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_task_watcher_task_id_task"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_task_watcher_unit_id_unit")),
        sa.PrimaryKeyConstraint("task_id", "unit_id", name=op.f("pk_task_watcher")),
    )
    with op.batch_alter_table("task_watcher", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_watcher_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "task_watching_person",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_task_watching_person_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_task_watching_person_task_id_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task_id", "person_id", name=op.f("pk_task_watching_person")),
    )
    with op.batch_alter_table("task_watching_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_watching_person_person_id"), ["person_id"], unique=False)

    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("from_branch_id", sa.Integer(), nullable=False),
        sa.Column("to_unit_id", sa.Integer(), nullable=False),
        sa.Column("to_branch_id", sa.Integer(), nullable=True, comment="chosen by the receiver"),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False, comment="by when the other side is to answer"),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "sent",
                "received",
                "refused",
                "withdrawn",
                name="transferstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False, comment="why it was refused or withdrawn"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'received') <= (to_branch_id IS NOT NULL)", name=op.f("ck_transfer_received_somewhere")
        ),
        sa.CheckConstraint(
            "(state = 'sent') = (decided_at IS NULL)", name=op.f("ck_transfer_decided_has_its_instant")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_transfer_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["from_branch_id"], ["branch.id"], name=op.f("fk_transfer_from_branch_id_branch")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_transfer_membership_id_membership")
        ),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_transfer_sent_by_id_person")),
        sa.ForeignKeyConstraint(
            ["to_branch_id"], ["branch.id"], name=op.f("fk_transfer_to_branch_id_branch")
        ),
        sa.ForeignKeyConstraint(["to_unit_id"], ["unit.id"], name=op.f("fk_transfer_to_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
    )
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_from_branch_id"), ["from_branch_id"], unique=False)
        batch_op.create_index("ix_transfer_inbox", ["to_unit_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_membership_id"), ["membership_id"], unique=False)
        batch_op.create_index(
            "uq_transfer_one_open",
            ["membership_id"],
            unique=True,
            postgresql_where=sa.text("state = 'sent'"),
            sqlite_where=sa.text("state = 'sent'"),
        )

    op.create_table(
        "acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False, comment="number of the edition that was accepted"),
        sa.Column(
            "level",
            sa.Integer(),
            nullable=False,
            comment="1 = the first above the unit; the last is the office",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="who accepted"),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("level >= 1", name=op.f("ck_acceptance_levels_count_from_one")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_acceptance_by_id_person")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_acceptance_report_id_report"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_acceptance_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
    )
    with op.batch_alter_table("acceptance", schema=None) as batch_op:
        batch_op.create_index(
            "uq_acceptance_one_per_level",
            ["report_id", "level"],
            unique=True,
            sqlite_where=sa.text("taken_back_at IS NULL"),
            postgresql_where=sa.text("taken_back_at IS NULL"),
        )

    op.create_table(
        "followed_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False, comment="who follows it"),
        sa.Column("directive_id", sa.Integer(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("task_target_id", sa.Integer(), nullable=True, comment="the reading it came from"),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False, comment="unit of measure: %, người, tổ chức"),
        sa.Column(
            "direction",
            sa.Enum(
                "at-least", "at-most", name="direction", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("baseline_value", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=False),
        sa.Column("goal_value", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("goal_on", sa.Date(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False, comment="the sentence that set it"),
        sa.Column("fresh_days", sa.Integer(), nullable=False, comment="after them a value is too old"),
        sa.Column(
            "indicator", sa.String(length=150), nullable=True, comment="code of a figure of the statistics"
        ),
        sa.Column("dropped_on", sa.Date(), nullable=True, comment="no longer followed from this day"),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("baseline_on < goal_on", name=op.f("ck_followed_target_line_runs_forwards")),
        sa.CheckConstraint(
            "baseline_value <> goal_value", name=op.f("ck_followed_target_line_leads_somewhere")
        ),
        sa.CheckConstraint("fresh_days > 0", name=op.f("ck_followed_target_values_are_fresh_for_days")),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_followed_target_directive_id_directive")
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["unit.id"], name=op.f("fk_followed_target_lead_id_unit")),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_followed_target_office_id_unit")),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["person.id"], name=op.f("fk_followed_target_set_by_id_person")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_followed_target_task_id_task")),
        sa.ForeignKeyConstraint(
            ["task_target_id"],
            ["task_target.id"],
            name=op.f("fk_followed_target_task_target_id_task_target"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followed_target")),
        sa.UniqueConstraint("task_target_id", name=op.f("uq_followed_target_task_target_id")),
    )
    with op.batch_alter_table("followed_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_followed_target_directive_id"), ["directive_id"], unique=False)
        batch_op.create_index("ix_followed_target_of_lead", ["lead_id", "goal_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_followed_target_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_followed_target_task_id"), ["task_id"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="1, 2, … in the plan"),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column(
            "who", sa.Text(), nullable=False, comment="the person or room in charge, as the unit wrote it"
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_milestone_report_id_report"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_milestone_task_id_task"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("report_id", "position", name=op.f("uq_milestone_report_id_position")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_task_id"), ["task_id"], unique=False)

    op.create_table(
        "movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False, comment="whose number of members it changes"),
        sa.Column(
            "kind",
            sa.Enum(
                "enrolled",
                "admitted",
                "transferred-in",
                "transferred-out",
                "struck-off",
                "matured",
                "deceased",
                "honoured",
                name="movementkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("delta", sa.SmallInteger(), nullable=False, comment="+1, -1 or 0 members of the branch"),
        sa.Column("on", sa.Date(), nullable=False, comment="the day it happened"),
        sa.Column("paper", sa.Text(), nullable=False, comment="number and date of the decision"),
        sa.Column(
            "reason", sa.Text(), nullable=False, comment="for striking off: one of the organisation's reasons"
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("counters_id", sa.Integer(), nullable=True, comment="the movement it takes back"),
        sa.Column("transfer_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("delta IN (-1, 0, 1)", name=op.f("ck_movement_moves_one_member")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_movement_branch_id_branch")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_movement_by_id_person")),
        sa.ForeignKeyConstraint(
            ["counters_id"], ["movement.id"], name=op.f("fk_movement_counters_id_movement")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roster_import.id"], name=op.f("fk_movement_import_id_roster_import")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_movement_membership_id_membership")
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfer.id"], name=op.f("fk_movement_transfer_id_transfer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement")),
        sa.UniqueConstraint("counters_id", name="uq_movement_countered_once"),
    )
    with op.batch_alter_table("movement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_movement_import_id"), ["import_id"], unique=False)
        batch_op.create_index("ix_movement_ledger", ["branch_id", "on"], unique=False)
        batch_op.create_index(batch_op.f("ix_movement_membership_id"), ["membership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_movement_transfer_id"), ["transfer_id"], unique=False)

    op.create_table(
        "reminder_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=True),
        sa.Column("regime_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(length=30), nullable=True),
        sa.Column(
            "manner",
            sa.Enum(
                "together", "each", name="lettermanner", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False, comment="why nothing was drafted"),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["document_batch.id"],
            name=op.f("fk_reminder_letter_batch_id_document_batch"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
            name=op.f("fk_reminder_letter_directive_id_directive"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["official_document.id"],
            name=op.f("fk_reminder_letter_document_id_official_document"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_reminder_letter_office_id_unit")),
        sa.ForeignKeyConstraint(
            ["regime_id"], ["regime.id"], name=op.f("fk_reminder_letter_regime_id_regime"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_letter")),
    )
    with op.batch_alter_table("reminder_letter", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_letter_of_directive", ["directive_id"], unique=False)
        batch_op.create_index("ix_reminder_letter_of_regime", ["regime_id", "period"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("half-time", "final", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column(
            "outline",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="headings with what each gathers: see outlines.py",
        ),
        sa.Column("gathered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True, comment="the report made of it"),
        sa.Column("called_off", sa.Boolean(), nullable=False),
        sa.Column("scheduled_by_id", sa.Integer(), nullable=False),
        sa.Column("scheduled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_review_directive_id_directive")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["official_document.id"],
            name=op.f("fk_review_document_id_official_document"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_review_office_id_unit")),
        sa.ForeignKeyConstraint(
            ["scheduled_by_id"], ["person.id"], name=op.f("fk_review_scheduled_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_document_id"), ["document_id"], unique=False)
        batch_op.create_index("ix_review_of_directive", ["directive_id", "planned_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_office_id"), ["office_id"], unique=False)

    op.create_table(
        "reminder_letter_item",
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["reminder_letter.id"],
            name=op.f("fk_reminder_letter_item_letter_id_reminder_letter"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "subject_kind", "subject_id", "deadline", name=op.f("pk_reminder_letter_item")
        ),
    )
    with op.batch_alter_table("reminder_letter_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_letter_item_letter_id"), ["letter_id"], unique=False)

    op.create_table(
        "review_paragraph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column(
            "heading", sa.String(length=40), nullable=False, comment="key of the heading it stands under"
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "gathered", sa.Text(), nullable=False, comment="as the records said it; empty: written by hand"
        ),
        sa.Column(
            "origin_kind", sa.String(length=40), nullable=True, comment="task, report, followed_target …"
        ),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column(
            "origin_key", sa.Text(), nullable=False, comment="tells two of one origin apart: the question"
        ),
        sa.Column("origin", sa.Text(), nullable=False, comment="where it comes from, in words"),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["edited_by_id"], ["person.id"], name=op.f("fk_review_paragraph_edited_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=op.f("fk_review_paragraph_review_id_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_paragraph")),
    )
    with op.batch_alter_table("review_paragraph", schema=None) as batch_op:
        batch_op.create_index("ix_review_paragraph_of", ["review_id", "heading"], unique=False)

    op.create_table(
        "target_step",
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["followed_target.id"],
            name=op.f("fk_target_step_target_id_followed_target"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("target_id", "due_on", name=op.f("pk_target_step")),
    )
    op.create_table(
        "target_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_target_value_by_id_person")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["target_value.id"], name=op.f("fk_target_value_corrects_id_target_value")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["followed_target.id"],
            name=op.f("fk_target_value_target_id_followed_target"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_value")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_target_value_corrects_id")),
    )
    with op.batch_alter_table("target_value", schema=None) as batch_op:
        batch_op.create_index("ix_target_value_newest", ["target_id", "measured_on", "id"], unique=False)

    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "place",
                sa.String(length=60),
                nullable=False,
                server_default=sa.text("''"),
                comment="what of the thing asked for it, e.g. a field of a form",
            )
        )

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "instead_of_id",
                sa.Integer(),
                nullable=True,
                comment="the absent person in whose posts it was done",
            )
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_audit_entry_instead_of_id_person"), "person", ["instead_of_id"], ["id"]
        )

    with op.batch_alter_table("form_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("'1'")))
        batch_op.create_index(
            "uq_form_version_one_draft",
            ["office_id", "code"],
            unique=True,
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )

    with op.batch_alter_table("official_document", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "signatures",
                sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
                nullable=False,
                server_default=sa.text("'[]'"),
                comment="PaperSignature.to_json of each, in signing order",
            )
        )
        batch_op.add_column(
            sa.Column(
                "signed_sha256",
                sa.String(length=64),
                nullable=True,
                comment="the PDF with all its signatures; null while unsigned",
            )
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_official_document_signed_sha256_stored_file"),
            "stored_file",
            ["signed_sha256"],
            ["sha256"],
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_official_document_signed_after_its_number"),
            "signed_sha256 IS NULL OR number IS NOT NULL",
        )

    with op.batch_alter_table("regime", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "review_levels",
                sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
                nullable=False,
                server_default=sa.text("'[]'"),
                comment="values of ReviewLevel below the office, lowest first",
            )
        )

    with op.batch_alter_table("reopening", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "reopening",
                    "extension",
                    name="exceptionkind",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default=sa.text("'reopening'"),
            )
        )
        batch_op.add_column(
            sa.Column(
                "due_before", sa.Date(), nullable=True, comment="the due day that an extension replaced"
            )
        )
        batch_op.create_index("ix_reopening_until", ["until"], unique=False)
        batch_op.create_check_constraint(
            batch_op.f("ck_reopening_extension_knows_the_due_day_before"),
            "(kind = 'extension') = (due_before IS NOT NULL)",
        )

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "set_aside",
                sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
                nullable=False,
                server_default=sa.text("'{}'"),
                comment="typed into parts that do not apply: kept, not counted",
            )
        )
        batch_op.add_column(
            sa.Column(
                "review_levels",
                sa.Integer(),
                nullable=False,
                server_default=sa.text("'0'"),
                comment="levels below the office, when submitted",
            )
        )
        batch_op.add_column(
            sa.Column(
                "endorsements",
                sa.Integer(),
                nullable=False,
                server_default=sa.text("'0'"),
                comment="how many of these levels accepted it",
            )
        )
        batch_op.add_column(
            sa.Column(
                "awaiting_id",
                sa.Integer(),
                nullable=True,
                comment="the level below the office whose turn it is",
            )
        )
        batch_op.create_index("ix_report_awaiting", ["awaiting_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_report_awaiting_id_unit"), "unit", ["awaiting_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_report_endorsed_by_its_levels"), "endorsements BETWEEN 0 AND review_levels"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_report_endorsements_end_with_a_return"),
            "state IN ('under-review', 'submitted', 'accepted') OR endorsements = 0",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_report_office_comes_after_the_levels"),
            "state NOT IN ('submitted', 'accepted') OR endorsements = review_levels",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_report_under_review_by_somebody"),
            "(state = 'under-review') = (awaiting_id IS NOT NULL)",
        )

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "due_kind",
                sa.Enum(
                    "after-receipt",
                    "before-period-end",
                    name="duekind",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
                comment="null = a fixed day",
            )
        )
        batch_op.add_column(
            sa.Column("due_number", sa.Integer(), nullable=True, comment="working days counted by the rule")
        )
        batch_op.add_column(
            sa.Column("period", sa.String(length=30), nullable=True, comment="the period this turn is for")
        )
        batch_op.add_column(
            sa.Column("series_id", sa.Integer(), nullable=True, comment="the task it is a turn of")
        )
        batch_op.add_column(
            sa.Column(
                "in_charge",
                sa.Text(),
                nullable=False,
                server_default=sa.text("''"),
                comment="the leader in charge, by name",
            )
        )
        batch_op.add_column(
            sa.Column(
                "product_number",
                sa.Text(),
                nullable=False,
                server_default=sa.text("''"),
                comment="number or name of what was made",
            )
        )
        batch_op.add_column(
            sa.Column(
                "product_checked",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="by the assigner, on closing",
            )
        )
        batch_op.add_column(
            sa.Column(
                "grade",
                sa.Enum(
                    "excellent",
                    "good",
                    "fair",
                    "poor",
                    name="grade",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
                comment="the assigner's mark on closing",
            )
        )
        batch_op.create_index("ix_task_by_deadline", ["deadline", "id"], unique=False)
        batch_op.create_index("ix_task_by_state", ["state"], unique=False)
        batch_op.create_index("ix_task_newest", ["assigned_at", "id"], unique=False)
        batch_op.create_index(
            "ix_task_running_by_deadline",
            ["deadline", "id"],
            unique=False,
            sqlite_where=sa.text("done_on IS NULL"),
            postgresql_where=sa.text("done_on IS NULL"),
        )
        batch_op.create_unique_constraint(batch_op.f("uq_task_series_id_period"), ["series_id", "period"])
        batch_op.create_foreign_key(batch_op.f("fk_task_series_id_task"), "task", ["series_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_task_due_rule_is_whole"), "(due_kind IS NULL) = (due_number IS NULL)"
        )

    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.alter_column(
            "content",
            existing_type=sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True), "postgresql"
            ),
            existing_nullable=False,
            comment="nil, narrative, figures, notes as plain data; files: name and sha256 of what was attached",
            existing_comment="nil, narrative, figures, notes as plain data",
        )

    # Lists and branches know each other: one of the two has to be there first.
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_roster_import_branch_id_branch"), "branch", ["branch_id"], ["id"]
        )

    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_appointment_role"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_appointment_role"),
            "role IN ('office-clerk', 'office-leader', 'monitor', 'unit-clerk', 'unit-head', 'branch-secretary', 'inspector', 'administrator')",
        )

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_report_reportstate"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_report_reportstate"),
            "state IN ('draft', 'proposed', 'signed-off', 'under-review', 'submitted', 'returned', 'accepted')",
        )


def downgrade() -> None:
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_report_endorsed_by_its_levels"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_report_endorsements_end_with_a_return"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_report_office_comes_after_the_levels"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_report_under_review_by_somebody"), type_="check")

    # What the earlier shape has no word for: the nearest it had, or nothing.
    op.execute("UPDATE report SET state = 'submitted' WHERE state = 'under-review'")
    op.execute("DELETE FROM appointment WHERE role = 'branch-secretary'")
    op.execute("DELETE FROM reopening WHERE kind = 'extension'")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_appointment_role"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_appointment_role"),
            "role IN ('office-clerk', 'office-leader', 'monitor', 'unit-clerk', 'unit-head', 'inspector', 'administrator')",
        )

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_report_reportstate"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_report_reportstate"),
            "state IN ('draft', 'proposed', 'signed-off', 'submitted', 'returned', 'accepted')",
        )

    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.alter_column(
            "content",
            existing_type=sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True), "postgresql"
            ),
            existing_nullable=False,
            comment="nil, narrative, figures, notes as plain data",
            existing_comment="nil, narrative, figures, notes as plain data; files: name and sha256 of what was attached",
        )

    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_roster_import_branch_id_branch"), type_="foreignkey")

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_task_grade"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_task_duekind"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_task_due_rule_is_whole"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_task_series_id_task"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_task_series_id_period"), type_="unique")
        batch_op.drop_index(
            "ix_task_running_by_deadline",
            sqlite_where=sa.text("done_on IS NULL"),
            postgresql_where=sa.text("done_on IS NULL"),
        )
        batch_op.drop_index("ix_task_newest")
        batch_op.drop_index("ix_task_by_state")
        batch_op.drop_index("ix_task_by_deadline")
        batch_op.drop_column("grade")
        batch_op.drop_column("product_checked")
        batch_op.drop_column("product_number")
        batch_op.drop_column("in_charge")
        batch_op.drop_column("series_id")
        batch_op.drop_column("period")
        batch_op.drop_column("due_number")
        batch_op.drop_column("due_kind")

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_report_awaiting_id_unit"), type_="foreignkey")
        batch_op.drop_index("ix_report_awaiting")
        batch_op.drop_column("awaiting_id")
        batch_op.drop_column("endorsements")
        batch_op.drop_column("review_levels")
        batch_op.drop_column("set_aside")

    with op.batch_alter_table("reopening", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_reopening_exceptionkind"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_reopening_extension_knows_the_due_day_before"), type_="check")
        batch_op.drop_index("ix_reopening_until")
        batch_op.drop_column("due_before")
        batch_op.drop_column("kind")

    with op.batch_alter_table("regime", schema=None) as batch_op:
        batch_op.drop_column("review_levels")

    with op.batch_alter_table("official_document", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_official_document_signed_after_its_number"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("fk_official_document_signed_sha256_stored_file"), type_="foreignkey"
        )
        batch_op.drop_column("signed_sha256")
        batch_op.drop_column("signatures")

    with op.batch_alter_table("form_version", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_form_version_one_draft",
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )
        batch_op.drop_column("version")

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_audit_entry_instead_of_id_person"), type_="foreignkey")
        batch_op.drop_column("instead_of_id")

    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_column("place")

    with op.batch_alter_table("target_value", schema=None) as batch_op:
        batch_op.drop_index("ix_target_value_newest")

    op.drop_table("target_value")
    op.drop_table("target_step")
    with op.batch_alter_table("review_paragraph", schema=None) as batch_op:
        batch_op.drop_index("ix_review_paragraph_of")

    op.drop_table("review_paragraph")
    with op.batch_alter_table("reminder_letter_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_letter_item_letter_id"))

    op.drop_table("reminder_letter_item")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_office_id"))
        batch_op.drop_index("ix_review_of_directive")
        batch_op.drop_index(batch_op.f("ix_review_document_id"))

    op.drop_table("review")
    with op.batch_alter_table("reminder_letter", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_letter_of_regime")
        batch_op.drop_index("ix_reminder_letter_of_directive")

    op.drop_table("reminder_letter")
    with op.batch_alter_table("movement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_movement_transfer_id"))
        batch_op.drop_index(batch_op.f("ix_movement_membership_id"))
        batch_op.drop_index("ix_movement_ledger")
        batch_op.drop_index(batch_op.f("ix_movement_import_id"))

    op.drop_table("movement")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_task_id"))

    op.drop_table("milestone")
    with op.batch_alter_table("followed_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_followed_target_task_id"))
        batch_op.drop_index(batch_op.f("ix_followed_target_office_id"))
        batch_op.drop_index("ix_followed_target_of_lead")
        batch_op.drop_index(batch_op.f("ix_followed_target_directive_id"))

    op.drop_table("followed_target")
    with op.batch_alter_table("acceptance", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_acceptance_one_per_level",
            sqlite_where=sa.text("taken_back_at IS NULL"),
            postgresql_where=sa.text("taken_back_at IS NULL"),
        )

    op.drop_table("acceptance")
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_transfer_one_open",
            postgresql_where=sa.text("state = 'sent'"),
            sqlite_where=sa.text("state = 'sent'"),
        )
        batch_op.drop_index(batch_op.f("ix_transfer_membership_id"))
        batch_op.drop_index("ix_transfer_inbox")
        batch_op.drop_index(batch_op.f("ix_transfer_from_branch_id"))

    op.drop_table("transfer")
    with op.batch_alter_table("task_watching_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_watching_person_person_id"))

    op.drop_table("task_watching_person")
    with op.batch_alter_table("task_watcher", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_watcher_unit_id"))

    op.drop_table("task_watcher")
    with op.batch_alter_table("review_mark", schema=None) as batch_op:
        batch_op.drop_index("ix_review_mark_membership")

    op.drop_table("review_mark")
    with op.batch_alter_table("reconciliation_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reconciliation_list_head_id"))

    op.drop_table("reconciliation_list")
    with op.batch_alter_table("reconciliation_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_reconciliation_entry_person")
        batch_op.drop_index("ix_reconciliation_entry_membership")

    op.drop_table("reconciliation_entry")
    with op.batch_alter_table("obligation_reviewer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_obligation_reviewer_unit_id"))

    op.drop_table("obligation_reviewer")
    op.drop_table("filled_sheet")
    with op.batch_alter_table("doubtful_pair", schema=None) as batch_op:
        batch_op.drop_index("ix_doubtful_pair_likeliest")

    op.drop_table("doubtful_pair")
    with op.batch_alter_table("delay_cause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delay_cause_task_id"))

    op.drop_table("delay_cause")
    with op.batch_alter_table("reminder_ladder", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_reminder_ladder_of_office",
            sqlite_where=sa.text("directive_id IS NULL AND regime_id IS NULL"),
            postgresql_where=sa.text("directive_id IS NULL AND regime_id IS NULL"),
        )

    op.drop_table("reminder_ladder")
    with op.batch_alter_table("reconciliation_round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reconciliation_round_office_id"))

    op.drop_table("reconciliation_round")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index("ix_membership_of_branch")
        batch_op.drop_index(batch_op.f("ix_membership_member_id"))
        batch_op.drop_index(batch_op.f("ix_membership_import_id"))
        batch_op.drop_index("ix_membership_card")

    op.drop_table("membership")
    with op.batch_alter_table("branch_secretary", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_branch_secretary_person_id"))

    op.drop_table("branch_secretary")
    op.drop_table("branch_grade")
    op.drop_table("ad_hoc_period")
    with op.batch_alter_table("saved_search_visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_search_visit_person_id"))

    op.drop_table("saved_search_visit")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notice_unread",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_notice_to_mail", sqlite_where=sa.text("to_mail"), postgresql_where=sa.text("to_mail")
        )
        batch_op.drop_index("ix_notice_of_person")
        batch_op.drop_index("ix_notice_mail")

    op.drop_table("notice")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index("ix_member_namesakes")
        batch_op.drop_index(batch_op.f("ix_member_import_id"))
        batch_op.drop_index("ix_member_identity")

    op.drop_table("member")
    with op.batch_alter_table("comment_mention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_mention_unit_id"))

    op.drop_table("comment_mention")
    with op.batch_alter_table("branch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_branch_unit_id"))
        batch_op.drop_index("ix_branch_tree", postgresql_ops={"path": "text_pattern_ops"})
        batch_op.drop_index(batch_op.f("ix_branch_parent_id"))
        batch_op.drop_index(batch_op.f("ix_branch_import_id"))

    op.drop_table("branch")
    op.drop_table("trusted_root")
    op.drop_table("task_settings")
    with op.batch_alter_table("task_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_batch_person_id"))

    op.drop_table("task_batch")
    with op.batch_alter_table("substitution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_substitution_substitute_id"))
        batch_op.drop_index(batch_op.f("ix_substitution_absent_id"))

    op.drop_table("substitution")
    op.drop_table("signature_reading")
    op.drop_table("score_weights")
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_search_unit_id"))

    op.drop_table("saved_search")
    op.drop_table("roster_shape")
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_import_unit_id"))

    op.drop_table("roster_import")
    with op.batch_alter_table("report_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_batch_person_id"))

    op.drop_table("report_batch")
    with op.batch_alter_table("reminder_mail", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_mail_to_send")
        batch_op.drop_index("ix_reminder_mail_person")

    op.drop_table("reminder_mail")
    op.drop_table("reminder_hours")
    op.drop_table("reminder_channels")
    op.drop_table("register_rules")
    with op.batch_alter_table("register_reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_register_reading_person_id"))
        batch_op.drop_index("ix_register_reading_member")

    op.drop_table("register_reading")
    op.drop_table("list_review")
    op.drop_table("file_text")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_by_id"))
        batch_op.drop_index("ix_comment_about")

    op.drop_table("comment")
