"""Writing many rows of one table at once, by whichever way the database takes them fastest."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from workflows.db import Base

Rows = Sequence[Mapping[str, Any]]


def reserve(session: Session, kind: type[Base], count: int) -> list[int]:
    """Ids nobody else takes: PostgreSQL's sequence gives them, on SQLite the write lock keeps others out."""
    if count == 0:
        return []
    if _is_postgres(session):
        taken = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
        return list(session.scalars(taken, {"table": kind.__tablename__, "count": count}))
    id_ = kind.__table__.c.id
    last = session.scalar(select(func.max(id_))) or 0
    return list(range(last + 1, last + 1 + count))


def write(session: Session, kind: type[Base], rows: Rows) -> None:
    """Add rows that all name the same columns, their ids among them."""
    if not rows:
        return
    table = cast(Table, kind.__table__)
    if _is_postgres(session):
        _copy(session, table, rows)
    else:
        session.execute(insert(table), rows)


def _copy(session: Session, table: Table, rows: Rows) -> None:
    """Send the rows in one stream: a statement for each would take several times as long."""
    connection = session.connection()
    quoted = connection.dialect.identifier_preparer
    names = list(rows[0])
    columns = ", ".join(quoted.quote(name) for name in names)
    turned = [(name, _turner(session, table, name)) for name in names]
    cursor = cast(Any, connection.connection.driver_connection).cursor()
    with cursor, cursor.copy(f"COPY {quoted.quote(table.name)} ({columns}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row([turn(row[name]) for name, turn in turned])


def _turner(session: Session, table: Table, name: str) -> Callable[[Any], Any]:
    """What makes of a value what the column stores, as for any other statement."""
    dialect = session.get_bind().dialect
    return table.c[name].type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
