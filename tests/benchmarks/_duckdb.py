"""What PostgreSQL is asked, asked of DuckDB over the same rows."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

TABLES = {
    "unit": {"id": "INTEGER", "path": "VARCHAR"},
    "indicator": {"id": "INTEGER", "code": "VARCHAR"},
    "obligation": {
        "id": "INTEGER",
        "regime_id": "INTEGER",
        "unit_id": "INTEGER",
        "period": "VARCHAR",
        "timely_until": "DATE",
        "waived": "BOOLEAN",
    },
    "report": {"id": "INTEGER", "obligation_id": "INTEGER", "state": "VARCHAR", "submitted_on": "DATE"},
    "figure": {"report_id": "INTEGER", "indicator_id": "INTEGER", "value": "DECIMAL(20, 4)"},
}


@contextmanager
def same_rows(session: Session, folder: Path) -> Iterator[Any]:
    """A DuckDB in memory that holds the tables of statistics as PostgreSQL has them."""
    # Only benchmarks know it.
    import duckdb  # noqa: PLC0415

    with duckdb.connect() as duck:
        for table, columns in TABLES.items():
            file = folder / f"{table}.csv"
            _copied(session, f"COPY {table} ({', '.join(columns)}) TO STDOUT (FORMAT csv)", file)
            duck.execute(
                f"CREATE TABLE {table} ({', '.join(f'{one} {kind}' for one, kind in columns.items())})"
            )
            duck.execute(f"COPY {table} FROM '{file}' (FORMAT csv, HEADER false)")
        yield duck


def statements_of(session: Session, act: Callable[[], object]) -> list[tuple[str, dict[str, Any]]]:
    """What an act asks of the database, its values named as DuckDB names them."""
    asked: list[tuple[str, dict[str, Any]]] = []

    def note(_: object, __: object, statement: str, values: dict[str, Any], *___: object) -> None:
        named = re.sub(r"%\((\w+)\)s", r"$\1", statement).replace("%%", "%")
        asked.append((named, values))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    act()
    event.remove(connection, "before_cursor_execute", note)
    return asked


def _copied(session: Session, statement: str, path: Path) -> None:
    driver: Any = session.connection().connection.dbapi_connection
    with driver.cursor() as cursor, cursor.copy(statement) as parts, path.open("wb") as file:
        for part in parts:
            file.write(part)
