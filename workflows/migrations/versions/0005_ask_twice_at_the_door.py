"""A second factor: the newest code taken, the recovery codes, and the roles that must have one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON_DATA = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
STEP = sa.Column(
    "second_factor_step",
    sa.Integer(),
    nullable=True,
    comment="time step of the newest code taken; it and those before are taken no more",
)
CODES = sa.Column("recovery_codes", JSON_DATA, nullable=True, comment="keyed hashes of those not yet used")
STEP_RULE, CODES_RULE = "ck_account_second_factor_has_its_step", "ck_account_second_factor_has_recovery_codes"
BEFORE = "secret of the one-time codes, if switched on"
NOW = "secret of the one-time codes, encrypted, if switched on"


def upgrade() -> None:
    with op.batch_alter_table("account") as batch_op:
        batch_op.add_column(STEP)
        batch_op.add_column(CODES)
        batch_op.alter_column("second_factor", existing_type=sa.Text(), comment=NOW, existing_comment=BEFORE)
        batch_op.create_check_constraint(
            op.f(STEP_RULE), "(second_factor IS NULL) = (second_factor_step IS NULL)"
        )
        batch_op.create_check_constraint(
            op.f(CODES_RULE), "(second_factor IS NULL) = (recovery_codes IS NULL)"
        )
    op.create_table(
        "sign_in_rules",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "second_factor_roles",
            JSON_DATA,
            nullable=False,
            comment="the roles whose holders must have a second factor",
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_sign_in_rules_one_for_all")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_rules")),
    )


def downgrade() -> None:
    op.drop_table("sign_in_rules")
    with op.batch_alter_table("account") as batch_op:
        batch_op.drop_constraint(op.f(CODES_RULE), type_="check")
        batch_op.drop_constraint(op.f(STEP_RULE), type_="check")
        batch_op.alter_column("second_factor", existing_type=sa.Text(), comment=BEFORE, existing_comment=NOW)
        batch_op.drop_column("recovery_codes")
        batch_op.drop_column("second_factor_step")
    # The shape before asks for no code: what it cannot use it must not keep.
    account = sa.table("account", sa.column("second_factor", sa.Text()))
    op.execute(account.update().values(second_factor=None))
