"""One list of ways to count a due day; branches that move; units of rounds; sheets ordered; figures by indicator."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WAYS = (
    "day-after-period",
    "day-of-last-month",
    "working-days-after-cut-off",
    "days-before-period-end",
    "working-days-after-receipt",
)
FURTHER_WAYS = ("working-days-before-period-end", "days-after-receipt")
OF_TASKS = {
    "after-receipt": "working-days-after-receipt",
    "before-period-end": "working-days-before-period-end",
}
# Tasks knew no calendar days: the nearest they had are working days.
NEAREST_OF_TASKS = {
    "after-receipt": "days-after-receipt",
    "before-period-end": "days-before-period-end",
}
DAYS_OF_TASKS = "working days counted by the rule"
DAYS = "days counted by the rule, or day of the month"
REASONS = (
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
)
COLUMNS_OF_UNITS = ("round_id", "unit_id", "list_place", "entries", "persons")


def upgrade() -> None:
    _seat_branches()
    _drop_rule("task", "duekind")
    for before, after in OF_TASKS.items():
        op.execute(f"UPDATE task SET due_kind = '{after}' WHERE due_kind = '{before}'")
    _set_rule("task", "duekind", "due_kind", (*WAYS, *FURTHER_WAYS))
    _comment_due_number(before=DAYS_OF_TASKS, after=DAYS)
    _drop_rule("regime", "duekind")
    _set_rule("regime", "duekind", "due_kind", (*WAYS, *FURTHER_WAYS))
    _drop_rule("notice", "noticekind")
    _set_rule("notice", "noticekind", "kind", (*REASONS, "informed"))
    _give_units_of_rounds_a_table()
    _take_orders_of_sheets()
    _index_figures("indicator_id", "report_id", "value")


def downgrade() -> None:
    _index_figures("indicator_id", "report_id")
    op.drop_table("sheet_order")
    op.drop_table("reconciliation_unit")
    op.drop_index("ix_member_in_order", table_name="member")
    op.drop_index("ix_membership_ended", table_name="membership")
    op.drop_table("branch_seat")
    # What the earlier shape has no word for: the nearest it had, or nothing.
    _drop_rule("notice", "noticekind")
    op.execute("UPDATE notice SET kind = 'changed' WHERE kind = 'informed'")
    _set_rule("notice", "noticekind", "kind", REASONS)
    _drop_rule("regime", "duekind")
    op.execute(
        "UPDATE regime SET due_kind = 'days-before-period-end' WHERE due_kind = 'working-days-before-period-end'"
    )
    op.execute(
        "UPDATE regime SET due_kind = 'working-days-after-receipt' WHERE due_kind = 'days-after-receipt'"
    )
    _set_rule("regime", "duekind", "due_kind", WAYS)
    _drop_rule("task", "duekind")
    for before, after in (*OF_TASKS.items(), *NEAREST_OF_TASKS.items()):
        op.execute(f"UPDATE task SET due_kind = '{before}' WHERE due_kind = '{after}'")
    known = ", ".join(f"'{kind}'" for kind in OF_TASKS)
    op.execute(f"UPDATE task SET due_number = NULL, due_kind = NULL WHERE due_kind NOT IN ({known})")
    _set_rule("task", "duekind", "due_kind", tuple(OF_TASKS))
    _comment_due_number(before=DAYS, after=DAYS_OF_TASKS)


def _comment_due_number(before: str, after: str) -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.alter_column(
            "due_number", existing_type=sa.Integer(), existing_nullable=True, existing_comment=before, comment=after
        )


def _seat_branches() -> None:
    op.create_table(
        "branch_seat",
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False, comment="the first day in the unit it went to"),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_branch_seat_branch_id_branch")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_branch_seat_unit_id_unit")),
        sa.PrimaryKeyConstraint("branch_id", "until", name=op.f("pk_branch_seat")),
    )
    op.create_index(op.f("ix_branch_seat_unit_id"), "branch_seat", ["unit_id"])
    op.create_index("ix_member_in_order", "member", ["organisation", "sort_name"])
    ended = sa.text("state <> 'active'")
    op.create_index(
        "ix_membership_ended", "membership", ["since"], postgresql_where=ended, sqlite_where=ended
    )


def _index_figures(*columns: str) -> None:
    op.drop_index("ix_figure_of_indicator", table_name="figure")
    op.create_index("ix_figure_of_indicator", "figure", [*columns])


def _drop_rule(table: str, rule: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(f"ck_{table}_{rule}"), type_="check")


def _set_rule(table: str, rule: str, column: str, values: tuple[str, ...]) -> None:
    allowed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f(f"ck_{table}_{rule}"), f"{column} IN ({allowed})")


def _give_units_of_rounds_a_table() -> None:
    op.create_table(
        "reconciliation_unit",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("list_place", sa.SmallInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False, comment="names on its list"),
        sa.Column("persons", sa.Integer(), nullable=False, comment="persons among them"),
        sa.Column(
            "returned", sa.Integer(), nullable=True, comment="members at the end of the period by its return"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["reconciliation_round.id"],
            name=op.f("fk_reconciliation_unit_round_id_reconciliation_round"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_reconciliation_unit_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("round_id", "unit_id", name=op.f("pk_reconciliation_unit")),
    )
    rounds = sa.table("reconciliation_round", sa.column("id"), sa.column("outcome", sa.JSON()))
    units = sa.table("reconciliation_unit", *map(sa.column, COLUMNS_OF_UNITS))
    for round_id, outcome in op.get_bind().execute(sa.select(rounds.c.id, rounds.c.outcome)).all():
        # What the returns said at that time was not kept; counting anew asks them.
        if counted := outcome.get("units"):
            rows = [dict(zip(COLUMNS_OF_UNITS, (round_id, *row), strict=True)) for row in counted]
            op.bulk_insert(units, rows)


def _take_orders_of_sheets() -> None:
    op.create_table(
        "sheet_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "address", sa.Text(), nullable=False, comment="path and query of the list, as its page has them"
        ),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column(
            "title", sa.Text(), nullable=False, comment="what the list calls itself, once it was opened"
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "problem", sa.Text(), nullable=False, comment="why there is no sheet, for people to read"
        ),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_sheet_order_file_sha256_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sheet_order_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_order")),
    )
    op.create_index(op.f("ix_sheet_order_person_id"), "sheet_order", ["person_id"])
    op.create_index(op.f("ix_sheet_order_file_sha256"), "sheet_order", ["file_sha256"])
