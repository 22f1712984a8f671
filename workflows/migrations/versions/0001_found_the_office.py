"""Found the office."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from workflows.db import create_collation

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_collation(op.get_bind())
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index("ix_attachment_of", ["subject_kind", "subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_sha256"), ["sha256"], unique=False)

    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False, comment="e.g. members.closing"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False, comment="what is counted: người, %, buổi"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("code", name=op.f("uq_indicator_code")),
    )
    op.create_table(
        "pending_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(length=60), nullable=False),
        sa.Column(
            "arguments",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_job")),
    )
    with op.batch_alter_table("pending_job", schema=None) as batch_op:
        batch_op.create_index("ix_pending_job_next_to_run", ["due_at", "id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("username", name=op.f("uq_person_username")),
    )
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes"),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False, comment="stable key, e.g. VPTU, DU-AN-BINH"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "party-committee",
                "party-office",
                "party-body",
                "state-body",
                "front",
                "organisation",
                "association",
                "branch",
                name="unitkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "nation",
                "province",
                "district",
                "commune",
                "base",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "organisation",
            sa.String(length=40),
            nullable=True,
            comment="family across levels, e.g. youth, women; null outside the six",
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=200), nullable=False, comment="ids from the root: /1/7/31/"),
        sa.Column("founded_on", sa.Date(), nullable=False),
        sa.Column("dissolved_on", sa.Date(), nullable=True),
        sa.Column(
            "needs_sign_off",
            sa.Boolean(),
            nullable=False,
            comment="reports need the head's signing off before they are submitted",
        ),
        sa.CheckConstraint(
            "dissolved_on IS NULL OR founded_on <= dissolved_on", name=op.f("ck_unit_lives_forwards")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(
            "ix_unit_branch", ["path"], unique=False, postgresql_ops={"path": "text_pattern_ops"}
        )
        batch_op.create_index("ix_unit_kind_level", ["kind", "level"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_organisation"), ["organisation"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "unit_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "aliases",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_group")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_group_name")),
    )
    op.create_table(
        "account",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column(
            "second_factor", sa.Text(), nullable=True, comment="secret of the one-time codes, if switched on"
        ),
        sa.Column("epoch", sa.Integer(), nullable=False, comment="raised to end every open session"),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_account_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_account")),
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "office-clerk",
                "office-leader",
                "monitor",
                "unit-clerk",
                "unit-head",
                "inspector",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_appointment_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_appointment_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_appointment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint(
            "person_id",
            "unit_id",
            "role",
            "valid_from",
            name=op.f("uq_appointment_person_id_unit_id_role_valid_from"),
        ),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False, comment="the verb, e.g. report.submit"),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("subject_label", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, comment="the reason given by the person"),
        sa.Column(
            "changes",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="column → [before, after]",
        ),
        sa.Column(
            "seal", sa.String(length=64), nullable=True, comment="hash over this entry and the seal before"
        ),
        sa.Column(
            "sealed_as",
            sa.Integer(),
            nullable=True,
            comment="place in the chain; ids may reach the database out of order",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_entry_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("sealed_as", name=op.f("uq_audit_entry_sealed_as")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_at", ["at"], unique=False)
        batch_op.create_index("ix_audit_entry_history", ["subject_kind", "subject_id", "id"], unique=False)
        batch_op.create_index("ix_audit_entry_person", ["person_id", "id"], unique=False)

    op.create_table(
        "directive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True, comment="as printed, e.g. 11-CT/TU; null for a draft"),
        sa.Column("type", sa.String(length=12), nullable=False, comment="abbreviation: CT, NQ, KH …"),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("issuer_unit_id", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column(
            "addressees",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "recipients",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "signer",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="authority, role, name",
        ),
        sa.Column("urgency", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False, comment="what clause and task spans count in"),
        sa.Column("identity", sa.String(length=300), nullable=True, comment="number, issuer and date folded"),
        sa.Column("likeness", sa.Text(), nullable=True, comment="signature for finding near-duplicates"),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "followed",
                "closed",
                "withdrawn",
                name="directivestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("registered_by_id", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issuer_unit_id"], ["unit.id"], name=op.f("fk_directive_issuer_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_directive_office_id_unit")),
        sa.ForeignKeyConstraint(
            ["registered_by_id"], ["person.id"], name=op.f("fk_directive_registered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_directive_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive")),
        sa.UniqueConstraint("office_id", "identity", name="uq_directive_same_paper"),
        sa.UniqueConstraint("office_id", "sha256", name="uq_directive_same_file"),
    )
    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.create_index("ix_directive_newest", ["office_id", "issued_on", "id"], unique=False)

    op.create_table(
        "form_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, … of the same code"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "definition",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="sections, fields, grids, rules: see forms.py",
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "retired",
                name="formstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_form_version_office_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_version")),
        sa.UniqueConstraint(
            "office_id", "code", "number", name=op.f("uq_form_version_office_id_code_number")
        ),
    )
    op.create_table(
        "form_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=60), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_form_wording_changed_by_id_person")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_form_wording_office_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_wording")),
    )
    with op.batch_alter_table("form_wording", schema=None) as batch_op:
        batch_op.create_index("ix_form_wording_newest", ["office_id", "form", "id"], unique=False)

    op.create_table(
        "gathering_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column(
            "organisation", sa.String(length=40), nullable=False, comment="youth, women …; empty for all"
        ),
        sa.Column("share", sa.Numeric(precision=6, scale=4), nullable=False, comment="0.6 for 60 %"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False, comment="the directive that set it"),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_gathering_target_office_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering_target")),
        sa.UniqueConstraint(
            "office_id",
            "organisation",
            "valid_from",
            name=op.f("uq_gathering_target_office_id_organisation_valid_from"),
        ),
    )
    op.create_table(
        "letterhead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("upper_line", sa.Text(), nullable=True, comment="the body above, printed upright"),
        sa.Column(
            "issuing_lines", sa.Text(), nullable=False, comment="the body itself, one line each, printed bold"
        ),
        sa.Column(
            "profile",
            sa.String(length=40),
            nullable=False,
            comment="family of measures: party, state, front, youth",
        ),
        sa.Column("symbol", sa.String(length=40), nullable=False, comment="e.g. TU, VPTU, ĐU"),
        sa.Column("place", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_letterhead_unit_id_unit"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterhead")),
        sa.UniqueConstraint("unit_id", "valid_from", name=op.f("uq_letterhead_unit_id_valid_from")),
    )
    op.create_table(
        "number_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=12), nullable=False),
        sa.Column(
            "term",
            sa.String(length=40),
            nullable=False,
            comment="name of the term, or the year for state bodies",
        ),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issuer_id"], ["unit.id"], name=op.f("fk_number_series_issuer_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint("issuer_id", "type", "term", name=op.f("uq_number_series_issuer_id_type_term")),
    )
    op.create_table(
        "office_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False, comment="the decision"),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_office_day_office_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_day")),
        sa.UniqueConstraint(
            "office_id", "day", "effective_from", name=op.f("uq_office_day_office_id_day_effective_from")
        ),
    )
    op.create_table(
        "shared_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=12), nullable=False),
        sa.Column("shares_with", sa.String(length=12), nullable=False),
        sa.CheckConstraint("type <> shares_with", name=op.f("ck_shared_series_shares_with_another")),
        sa.ForeignKeyConstraint(["issuer_id"], ["unit.id"], name=op.f("fk_shared_series_issuer_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_series")),
        sa.UniqueConstraint("issuer_id", "type", name=op.f("uq_shared_series_issuer_id_type")),
    )
    op.create_table(
        "succession",
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False, comment="the decision that ordered it"),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_succession_goes_on_as_another")),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["unit.id"], name=op.f("fk_succession_predecessor_id_unit")
        ),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name=op.f("fk_succession_successor_id_unit")),
        sa.PrimaryKeyConstraint("predecessor_id", "successor_id", name=op.f("pk_succession")),
    )
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_succession_successor_id"), ["successor_id"], unique=False)

    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="the committee"),
        sa.Column("name", sa.Text(), nullable=False, comment="2025–2030"),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_term_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_term_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("unit_id", "starts_on", name=op.f("uq_term_unit_id_starts_on")),
    )
    op.create_table(
        "unit_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_alias_unit_id_unit"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_alias")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_unit_alias_unit_id_name")),
    )
    op.create_table(
        "unit_group_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["unit_group.id"],
            name=op.f("fk_unit_group_member_group_id_unit_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_group_member_unit_id_unit"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "unit_id", name=op.f("pk_unit_group_member")),
    )
    with op.batch_alter_table("unit_group_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_group_member_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_clause_span_forwards")),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
            name=op.f("fk_clause_directive_id_directive"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("directive_id", "address", name=op.f("uq_clause_directive_id_address")),
    )
    op.create_table(
        "directive_audience",
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
            name=op.f("fk_directive_audience_directive_id_directive"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_directive_audience_unit_id_unit"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("directive_id", "unit_id", name=op.f("pk_directive_audience")),
        comment="units that may read a directive because it assigns them something or was sent to them",
    )
    with op.batch_alter_table("directive_audience", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directive_audience_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "directive_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "cites",
                "implements",
                "replaces",
                "amends",
                "answers",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=12), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
            name=op.f("fk_directive_link_directive_id_directive"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["directive.id"],
            name=op.f("fk_directive_link_target_id_directive"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive_link")),
        sa.UniqueConstraint(
            "directive_id", "number", "relation", name=op.f("uq_directive_link_directive_id_number_relation")
        ),
    )
    with op.batch_alter_table("directive_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directive_link_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_directive_link_target_id"), ["target_id"], unique=False)

    op.create_table(
        "import_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="what clause and task spans count in"),
        sa.Column("likeness", sa.Text(), nullable=False, comment="signature for finding near-duplicates"),
        sa.Column(
            "notes",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="sentences about how it was read",
        ),
        sa.Column(
            "reading",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="what the program proposed: a sheet",
        ),
        sa.Column(
            "corrected",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="what the person made of it",
        ),
        sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
            name=op.f("fk_import_draft_directive_id_directive"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_import_draft_office_id_unit")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_import_draft_person_id_person")),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_import_draft_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_draft")),
    )
    with op.batch_alter_table("import_draft", schema=None) as batch_op:
        batch_op.create_index("ix_import_draft_open", ["person_id", "directive_id"], unique=False)

    op.create_table(
        "likeness_key",
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
            name=op.f("fk_likeness_key_directive_id_directive"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("directive_id", "key", name=op.f("pk_likeness_key")),
    )
    with op.batch_alter_table("likeness_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_likeness_key_key"), ["key"], unique=False)

    op.create_table(
        "reading_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False, comment="header.number, task, task.lead …"),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column(
            "before",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="what was proposed; empty for something new",
        ),
        sa.Column(
            "after",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="what the person made of it; empty when discarded",
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
            name=op.f("fk_reading_correction_directive_id_directive"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reading_correction_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_correction")),
    )
    with op.batch_alter_table("reading_correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reading_correction_directive_id"), ["directive_id"], unique=False
        )

    op.create_table(
        "regime",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("form_version_id", sa.Integer(), nullable=False),
        sa.Column(
            "cadence",
            sa.Enum(
                "weekly",
                "monthly",
                "quarterly",
                "half-yearly",
                "nine-months",
                "yearly",
                "ad-hoc",
                "one-off",
                name="cadence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "cut_off_day",
            sa.Integer(),
            nullable=True,
            comment="the data closes on this day; null = month's end",
        ),
        sa.Column(
            "due_kind",
            sa.Enum(
                "day-after-period",
                "day-of-last-month",
                "working-days-after-cut-off",
                "days-before-period-end",
                "working-days-after-receipt",
                name="duekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_number", sa.Integer(), nullable=False),
        sa.Column("moves_to_working_day", sa.Boolean(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column(
            "lock_days", sa.Integer(), nullable=False, comment="days after the due day; 0 = never locks"
        ),
        sa.Column(
            "units",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="kinds, groups, branches, units, except: see rules",
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_regime_ends_after_it_begins")
        ),
        sa.CheckConstraint("grace_days >= 0 AND lock_days >= 0", name=op.f("ck_regime_days_not_negative")),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_regime_directive_id_directive")
        ),
        sa.ForeignKeyConstraint(
            ["form_version_id"], ["form_version.id"], name=op.f("fk_regime_form_version_id_form_version")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_regime_office_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regime")),
    )
    with op.batch_alter_table("regime", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_regime_directive_id"), ["directive_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_regime_office_id"), ["office_id"], unique=False)

    op.create_table(
        "document_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("form", sa.String(length=60), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=True),
        sa.Column("regime_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(length=30), nullable=True),
        sa.Column(
            "unit_ids",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="the units, in the order of drafting",
        ),
        sa.Column("started_by_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted", sa.Integer(), nullable=False, comment="how many of the units had their turn"),
        sa.Column(
            "skipped",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="[unit, why there is no letter]",
        ),
        sa.Column("zip_sha256", sa.String(length=64), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column(
            "drawn_of",
            sa.String(length=64),
            nullable=True,
            comment="digest of the letters the two files were drawn of",
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_document_batch_directive_id_directive")
        ),
        sa.ForeignKeyConstraint(["issuer_id"], ["unit.id"], name=op.f("fk_document_batch_issuer_id_unit")),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_document_batch_office_id_unit")),
        sa.ForeignKeyConstraint(
            ["pdf_sha256"], ["stored_file.sha256"], name=op.f("fk_document_batch_pdf_sha256_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["regime_id"], ["regime.id"], name=op.f("fk_document_batch_regime_id_regime")
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["person.id"], name=op.f("fk_document_batch_started_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["zip_sha256"], ["stored_file.sha256"], name=op.f("fk_document_batch_zip_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_batch")),
    )
    with op.batch_alter_table("document_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_batch_office_id"), ["office_id"], unique=False)

    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("regime_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=30), nullable=False, comment="code, e.g. 2026-Q2"),
        sa.Column("form_version_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("timely_until", sa.Date(), nullable=False),
        sa.Column("locked_after", sa.Date(), nullable=True),
        sa.Column("waived", sa.Boolean(), nullable=False, comment="the unit left before answering"),
        sa.ForeignKeyConstraint(
            ["form_version_id"], ["form_version.id"], name=op.f("fk_obligation_form_version_id_form_version")
        ),
        sa.ForeignKeyConstraint(["regime_id"], ["regime.id"], name=op.f("fk_obligation_regime_id_regime")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_obligation_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint(
            "regime_id", "period", "unit_id", name=op.f("uq_obligation_regime_id_period_unit_id")
        ),
    )
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.create_index("ix_obligation_board", ["unit_id", "period"], unique=False)
        batch_op.create_index("ix_obligation_due", ["due_on"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("regime_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=30), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "totals",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="organisation → cell → number as text",
        ),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["person.id"], name=op.f("fk_publication_published_by_id_person")
        ),
        sa.ForeignKeyConstraint(["regime_id"], ["regime.id"], name=op.f("fk_publication_regime_id_regime")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint(
            "regime_id", "period", "edition", name=op.f("uq_publication_regime_id_period_edition")
        ),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False, comment="who assigned it"),
        sa.Column("directive_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False, comment="the sentence of the directive it came from"),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("monitoring_id", sa.Integer(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True, comment="the one in force, after extensions"),
        sa.Column("original_deadline", sa.Date(), nullable=True, comment="the one first set; never changes"),
        sa.Column(
            "cadences",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="values of calendar.Cadence",
        ),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("report_to", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "assigned",
                "received",
                "in-progress",
                "awaiting-confirmation",
                "done",
                "refused",
                "suspended",
                "cancelled",
                name="taskstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("assigned_by_id", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True, comment="the day on the office's calendar"),
        sa.Column("assessment", sa.Text(), nullable=False, comment="the assigner's word on closing"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name=op.f("ck_task_done_has_its_day")),
        sa.CheckConstraint(
            "(deadline IS NULL) = (original_deadline IS NULL)", name=op.f("ck_task_deadlines_together")
        ),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_task_progress_in_percent")),
        sa.ForeignKeyConstraint(
            ["assigned_by_id"], ["person.id"], name=op.f("fk_task_assigned_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clause.id"], name=op.f("fk_task_clause_id_clause"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_task_directive_id_directive")
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["unit.id"], name=op.f("fk_task_lead_id_unit")),
        sa.ForeignKeyConstraint(["monitoring_id"], ["unit.id"], name=op.f("fk_task_monitoring_id_unit")),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_task_office_id_unit")),
        sa.ForeignKeyConstraint(["parent_id"], ["task.id"], name=op.f("fk_task_parent_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_by_lateness", ["office_id", "state", "deadline"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_clause_id"), ["clause_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_monitoring_id"), ["monitoring_id"], unique=False)
        batch_op.create_index("ix_task_of_directive", ["directive_id", "id"], unique=False)
        batch_op.create_index("ix_task_of_lead", ["lead_id", "state", "deadline"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("deadline_before", sa.Date(), nullable=False),
        sa.Column("proposed_deadline", sa.Date(), nullable=False),
        sa.Column("granted_deadline", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "granted",
                "refused",
                "withdrawn",
                name="extensionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'granted') = (granted_deadline IS NOT NULL)",
            name=op.f("ck_extension_granted_has_its_day"),
        ),
        sa.CheckConstraint(
            "(state IN ('granted', 'refused')) = (decided_at IS NOT NULL)",
            name=op.f("ck_extension_decision_has_its_instant"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_extension_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["person.id"], name=op.f("fk_extension_requested_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_extension_task_id_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extension_task_id"), ["task_id"], unique=False)
        batch_op.create_index(
            "uq_extension_one_open_request",
            ["task_id"],
            unique=True,
            sqlite_where=sa.text("state = 'requested'"),
            postgresql_where=sa.text("state = 'requested'"),
        )

    op.create_table(
        "official_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False, comment="who keeps it"),
        sa.Column("issuer_id", sa.Integer(), nullable=False, comment="in whose name it is issued"),
        sa.Column("form", sa.String(length=60), nullable=False, comment="code of the form"),
        sa.Column("type", sa.String(length=12), nullable=False, comment="abbreviation: BC, CV, TB …"),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("profile", sa.String(length=40), nullable=False, comment="measures, e.g. party-2026"),
        sa.Column(
            "wording", sa.Text(), nullable=True, comment="frozen once prepared; null = the one in force"
        ),
        sa.Column(
            "facts",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="fills the wording; frozen once prepared",
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="the words of the paper, for finding it"),
        sa.Column(
            "letterhead",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="frozen once prepared",
        ),
        sa.Column(
            "particulars",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="signatories, urgency, contact …: document_templates.Particulars",
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "prepared",
                "signed-off",
                "issued",
                "sent",
                "revoked",
                name="documentstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("directive_id", sa.Integer(), nullable=True),
        sa.Column("regime_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(length=30), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("symbol", sa.Text(), nullable=True, comment="as printed: 15-BC/VPTU"),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_off_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "return_reason", sa.Text(), nullable=False, comment="why it came back last, for the drafter"
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('draft', 'prepared')) = (signed_off_by_id IS NULL)",
            name=op.f("ck_official_document_signed_off_has_its_leader"),
        ),
        sa.CheckConstraint(
            "(state IN ('issued', 'sent', 'revoked')) = (number IS NOT NULL)",
            name=op.f("ck_official_document_issued_has_its_number"),
        ),
        sa.CheckConstraint(
            "state <> 'sent' OR sent_at IS NOT NULL", name=op.f("ck_official_document_sent_has_its_instant")
        ),
        sa.CheckConstraint(
            "(number IS NULL) = (issued_on IS NULL)",
            name=op.f("ck_official_document_number_and_day_together"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["document_batch.id"], name=op.f("fk_official_document_batch_id_document_batch")
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_official_document_directive_id_directive")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["person.id"], name=op.f("fk_official_document_drafted_by_id_person")
        ),
        sa.ForeignKeyConstraint(["issuer_id"], ["unit.id"], name=op.f("fk_official_document_issuer_id_unit")),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_official_document_office_id_unit")),
        sa.ForeignKeyConstraint(
            ["regime_id"], ["regime.id"], name=op.f("fk_official_document_regime_id_regime")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["official_document.id"],
            name=op.f("fk_official_document_replaces_id_official_document"),
        ),
        sa.ForeignKeyConstraint(
            ["signed_off_by_id"], ["person.id"], name=op.f("fk_official_document_signed_off_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_document")),
    )
    with op.batch_alter_table("official_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_official_document_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_official_document_directive_id"), ["directive_id"], unique=False)
        batch_op.create_index("ix_official_document_newest", ["office_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_official_document_regime_id"), ["regime_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_official_document_replaces_id"), ["replaces_id"], unique=False)

    op.create_table(
        "progress_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_progress_note_progress_in_percent")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_progress_note_by_id_person")),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_progress_note_task_id_task"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_progress_note_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_note")),
    )
    with op.batch_alter_table("progress_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_note_task_id"), ["task_id"], unique=False)

    op.create_table(
        "reopening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["person.id"], name=op.f("fk_reopening_granted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_reopening_obligation_id_obligation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopening")),
    )
    with op.batch_alter_table("reopening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reopening_obligation_id"), ["obligation_id"], unique=False)

    op.create_table(
        "reopening_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False, comment="why not; empty when it was opened"),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_reopening_request_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_reopening_request_obligation_id_obligation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopening_request")),
    )
    with op.batch_alter_table("reopening_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reopening_request_obligation_id"), ["obligation_id"], unique=False
        )
        batch_op.create_index(
            "uq_reopening_request_one_open",
            ["obligation_id"],
            unique=True,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "proposed",
                "signed-off",
                "submitted",
                "returned",
                "accepted",
                name="reportstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("nil", sa.Boolean(), nullable=False, comment="không phát sinh: nothing happened, said so"),
        sa.Column(
            "narrative",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="field key → text",
        ),
        sa.Column(
            "cell_notes",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="cell key → comment",
        ),
        sa.Column(
            "return_reasons",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="[{cell, reason}], last return",
        ),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_off_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "submitted_on", sa.Date(), nullable=True, comment="the day on the office's calendar, first time"
        ),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'accepted') = (accepted_by_id IS NOT NULL AND accepted_at IS NOT NULL)",
            name=op.f("ck_report_accepted_has_acceptor_and_instant"),
        ),
        sa.CheckConstraint(
            "(state IN ('submitted', 'accepted')) <= (submitted_on IS NOT NULL)",
            name=op.f("ck_report_submitted_has_its_day"),
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["person.id"], name=op.f("fk_report_accepted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_report_changed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_report_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(
            ["signed_off_by_id"], ["person.id"], name=op.f("fk_report_signed_off_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["person.id"], name=op.f("fk_report_submitted_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("obligation_id", name="uq_report_one_per_obligation"),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index("ix_report_waiting", ["state", "submitted_on"], unique=False)

    op.create_table(
        "task_coordinator",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_task_coordinator_task_id_task"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_task_coordinator_unit_id_unit")),
        sa.PrimaryKeyConstraint("task_id", "unit_id", name=op.f("pk_task_coordinator")),
    )
    with op.batch_alter_table("task_coordinator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_coordinator_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "task_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="the words that set it"),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_task_target_task_id_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_target")),
    )
    with op.batch_alter_table("task_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_target_task_id"), ["task_id"], unique=False)

    op.create_table(
        "document_partner",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["official_document.id"],
            name=op.f("fk_document_partner_document_id_official_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_document_partner_unit_id_unit")),
        sa.PrimaryKeyConstraint("document_id", "unit_id", name=op.f("pk_document_partner")),
        comment="bodies that issue a joint document beside the lead body, whose number it takes",
    )
    op.create_table(
        "document_recipient",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["official_document.id"],
            name=op.f("fk_document_recipient_document_id_official_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_document_recipient_unit_id_unit")),
        sa.PrimaryKeyConstraint("document_id", "unit_id", name=op.f("pk_document_recipient")),
    )
    with op.batch_alter_table("document_recipient", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_recipient_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "drawn_file",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False, comment="docx or pdf"),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["official_document.id"],
            name=op.f("fk_drawn_file_document_id_official_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_drawn_file_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("document_id", "kind", name=op.f("pk_drawn_file")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "content",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
            comment="nil, narrative, figures, notes as plain data",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_edition_report_id_report"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["person.id"], name=op.f("fk_edition_submitted_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_edition_report_id_number")),
    )
    op.create_table(
        "figure",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(precision=20, scale=4), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_figure_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_figure_report_id_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "indicator_id", name=op.f("pk_figure")),
    )
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.create_index("ix_figure_of_indicator", ["indicator_id", "report_id"], unique=False)

    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "type",
            sa.String(length=12),
            nullable=False,
            comment="the paper's; the sequence may be another type's",
        ),
        sa.Column("symbol", sa.Text(), nullable=False, comment="as printed: 15-BC/VPTU"),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "taken",
                "reserved",
                "cancelled",
                name="numberstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'taken') = (document_id IS NOT NULL)",
            name=op.f("ck_register_entry_taken_by_a_document"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_register_entry_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["official_document.id"],
            name=op.f("fk_register_entry_document_id_official_document"),
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["number_series.id"], name=op.f("fk_register_entry_series_id_number_series")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["person.id"], name=op.f("fk_register_entry_taken_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("document_id", name=op.f("uq_register_entry_document_id")),
        sa.UniqueConstraint("series_id", "number", name=op.f("uq_register_entry_series_id_number")),
    )


def downgrade() -> None:
    op.drop_table("register_entry")
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.drop_index("ix_figure_of_indicator")

    op.drop_table("figure")
    op.drop_table("edition")
    op.drop_table("drawn_file")
    with op.batch_alter_table("document_recipient", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_recipient_unit_id"))

    op.drop_table("document_recipient")
    op.drop_table("document_partner")
    with op.batch_alter_table("task_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_target_task_id"))

    op.drop_table("task_target")
    with op.batch_alter_table("task_coordinator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_coordinator_unit_id"))

    op.drop_table("task_coordinator")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index("ix_report_waiting")

    op.drop_table("report")
    with op.batch_alter_table("reopening_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_reopening_request_one_open",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_reopening_request_obligation_id"))

    op.drop_table("reopening_request")
    with op.batch_alter_table("reopening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reopening_obligation_id"))

    op.drop_table("reopening")
    with op.batch_alter_table("progress_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progress_note_task_id"))

    op.drop_table("progress_note")
    with op.batch_alter_table("official_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_official_document_replaces_id"))
        batch_op.drop_index(batch_op.f("ix_official_document_regime_id"))
        batch_op.drop_index("ix_official_document_newest")
        batch_op.drop_index(batch_op.f("ix_official_document_directive_id"))
        batch_op.drop_index(batch_op.f("ix_official_document_batch_id"))

    op.drop_table("official_document")
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_extension_one_open_request",
            sqlite_where=sa.text("state = 'requested'"),
            postgresql_where=sa.text("state = 'requested'"),
        )
        batch_op.drop_index(batch_op.f("ix_extension_task_id"))

    op.drop_table("extension")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_parent_id"))
        batch_op.drop_index("ix_task_of_lead")
        batch_op.drop_index("ix_task_of_directive")
        batch_op.drop_index(batch_op.f("ix_task_monitoring_id"))
        batch_op.drop_index(batch_op.f("ix_task_clause_id"))
        batch_op.drop_index("ix_task_by_lateness")

    op.drop_table("task")
    op.drop_table("publication")
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.drop_index("ix_obligation_due")
        batch_op.drop_index("ix_obligation_board")

    op.drop_table("obligation")
    with op.batch_alter_table("document_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_batch_office_id"))

    op.drop_table("document_batch")
    with op.batch_alter_table("regime", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regime_office_id"))
        batch_op.drop_index(batch_op.f("ix_regime_directive_id"))

    op.drop_table("regime")
    with op.batch_alter_table("reading_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_correction_directive_id"))

    op.drop_table("reading_correction")
    with op.batch_alter_table("likeness_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_likeness_key_key"))

    op.drop_table("likeness_key")
    with op.batch_alter_table("import_draft", schema=None) as batch_op:
        batch_op.drop_index("ix_import_draft_open")

    op.drop_table("import_draft")
    with op.batch_alter_table("directive_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_directive_link_target_id"))
        batch_op.drop_index(batch_op.f("ix_directive_link_number"))

    op.drop_table("directive_link")
    with op.batch_alter_table("directive_audience", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_directive_audience_unit_id"))

    op.drop_table("directive_audience")
    op.drop_table("clause")
    with op.batch_alter_table("unit_group_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_group_member_unit_id"))

    op.drop_table("unit_group_member")
    op.drop_table("unit_alias")
    op.drop_table("term")
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_succession_successor_id"))

    op.drop_table("succession")
    op.drop_table("shared_series")
    op.drop_table("office_day")
    op.drop_table("number_series")
    op.drop_table("letterhead")
    op.drop_table("gathering_target")
    with op.batch_alter_table("form_wording", schema=None) as batch_op:
        batch_op.drop_index("ix_form_wording_newest")

    op.drop_table("form_wording")
    op.drop_table("form_version")
    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.drop_index("ix_directive_newest")

    op.drop_table("directive")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_person")
        batch_op.drop_index("ix_audit_entry_history")
        batch_op.drop_index("ix_audit_entry_at")

    op.drop_table("audit_entry")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_unit_id"))

    op.drop_table("appointment")
    op.drop_table("account")
    op.drop_table("unit_group")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_parent_id"))
        batch_op.drop_index(batch_op.f("ix_unit_organisation"))
        batch_op.drop_index("ix_unit_kind_level")
        batch_op.drop_index("ix_unit_branch", postgresql_ops={"path": "text_pattern_ops"})

    op.drop_table("unit")
    op.drop_table("stored_file")
    op.drop_table("person")
    with op.batch_alter_table("pending_job", schema=None) as batch_op:
        batch_op.drop_index("ix_pending_job_next_to_run")

    op.drop_table("pending_job")
    op.drop_table("indicator")
    op.drop_table("heartbeat")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_sha256"))
        batch_op.drop_index("ix_attachment_of")

    op.drop_table("attachment")
