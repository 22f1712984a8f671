"""How often a page or a reading asks the database: budgets are tested, not hoped for."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Engine, event

from webapp.runtime import Runtime

TRANSACTIONAL = ("BEGIN", "SAVEPOINT", "RELEASE", "SET LOCAL")


@contextmanager
def counted_queries(app: Flask) -> Iterator[list[str]]:
    """The statements that reach the database of an application meanwhile, transactions aside."""
    office: Runtime = app.extensions["dondoc"]
    with counted_statements(office.engine) as statements:
        yield statements


@contextmanager
def counted_statements(engine: Engine) -> Iterator[list[str]]:
    """The statements that reach a database meanwhile, transactions aside."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_):
        if not statement.startswith(TRANSACTIONAL):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)
