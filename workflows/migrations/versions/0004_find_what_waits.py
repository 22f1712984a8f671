"""What waits for an office is found in an index alone."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_task_by_state", table_name="task")
    op.create_index("ix_task_waiting", "task", ["state", "office_id", "monitoring_id"])


def downgrade() -> None:
    op.drop_index("ix_task_waiting", table_name="task")
    op.create_index("ix_task_by_state", "task", ["state"])
