"""What waits is found in an index alone; titles as lists look for words in them; the day a task was reported."""

import sqlalchemy as sa
from alembic import op

from workflows.calendar import local_day
from workflows.db import UtcDateTime
from workflows.sought_words import sought

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SOUGHT = sa.Column(
    "title_sought", sa.Text(), nullable=True, comment="the title as lists look for words in it"
)
REPORTED = sa.Column(
    "reported_on",
    sa.Date(),
    nullable=True,
    comment="the day its lead reported it finished; null again when it is given back",
)


def upgrade() -> None:
    op.drop_index("ix_task_by_state", table_name="task")
    op.create_index("ix_task_waiting", "task", ["state", "office_id", "monitoring_id"])
    op.add_column("task", SOUGHT)
    op.add_column("task", REPORTED)
    _keep_titles(op.get_bind())
    _keep_reported(op.get_bind())
    with op.batch_alter_table("task") as batch_op:
        batch_op.alter_column("title_sought", existing_type=sa.Text(), nullable=False)


def _keep_titles(connection: sa.Connection) -> None:
    task = sa.table("task", sa.column("id"), sa.column("title"), sa.column("title_sought"))
    rows = connection.execute(sa.select(task.c.id, task.c.title)).all()
    kept = task.update().where(task.c.id == sa.bindparam("key")).values(title_sought=sa.bindparam("kept"))
    if rows:
        connection.execute(kept, [{"key": id_, "kept": sought(title)} for id_, title in rows])


def _keep_reported(connection: sa.Connection) -> None:
    """The day of a task that waits for its confirmation is that of its lead's newest note."""
    task = sa.table("task", *map(sa.column, ("id", "state", "lead_id", "done_on", "reported_on")))
    note = sa.table("progress_note", *map(sa.column, ("task_id", "unit_id")), sa.column("at", UtcDateTime()))
    connection.execute(task.update().values(reported_on=task.c.done_on))
    newest = (
        sa.select(task.c.id, sa.func.max(note.c.at, type_=UtcDateTime()))
        .join(note, sa.and_(note.c.task_id == task.c.id, note.c.unit_id == task.c.lead_id))
        .where(task.c.state == "awaiting-confirmation")
        .group_by(task.c.id)
    )
    kept = task.update().where(task.c.id == sa.bindparam("key"))
    days = [{"key": id_, "day": local_day(at)} for id_, at in connection.execute(newest)]
    if days:
        connection.execute(kept.values(reported_on=sa.bindparam("day", type_=sa.Date())), days)


def downgrade() -> None:
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_column("reported_on")
        batch_op.drop_column("title_sought")
    op.drop_index("ix_task_waiting", table_name="task")
    op.create_index("ix_task_by_state", "task", ["state"])
