"""What waits for an office is found in an index alone; titles are kept as lists look for words in them."""

import sqlalchemy as sa
from alembic import op

from workflows.sought_words import sought

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SOUGHT = sa.Column(
    "title_sought", sa.Text(), nullable=True, comment="the title as lists look for words in it"
)


def upgrade() -> None:
    op.drop_index("ix_task_by_state", table_name="task")
    op.create_index("ix_task_waiting", "task", ["state", "office_id", "monitoring_id"])
    op.add_column("task", SOUGHT)
    _keep_titles(op.get_bind())
    with op.batch_alter_table("task") as batch_op:
        batch_op.alter_column("title_sought", existing_type=sa.Text(), nullable=False)


def _keep_titles(connection: sa.Connection) -> None:
    task = sa.table("task", sa.column("id"), sa.column("title"), sa.column("title_sought"))
    rows = connection.execute(sa.select(task.c.id, task.c.title)).all()
    kept = task.update().where(task.c.id == sa.bindparam("key")).values(title_sought=sa.bindparam("kept"))
    if rows:
        connection.execute(kept, [{"key": id_, "kept": sought(title)} for id_, title in rows])


def downgrade() -> None:
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_column("title_sought")
    op.drop_index("ix_task_waiting", table_name="task")
    op.create_index("ix_task_by_state", "task", ["state"])
