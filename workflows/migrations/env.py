"""How Alembic meets our tables: always on a connection that the caller opened."""

from alembic import context

from workflows.migrations.types import as_plain_type, same_type
from workflows.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=as_plain_type,
    compare_type=same_type,
)
with context.begin_transaction():
    context.run_migrations()
