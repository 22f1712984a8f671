"""How often a page or a reading asks the database: budgets are tested, not hoped for."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from webapp.runtime import Runtime

TRANSACTIONAL = ("BEGIN", "SAVEPOINT", "RELEASE")


@contextmanager
def counted_queries(app: Flask) -> Iterator[list[str]]:
    """The statements that reach the database of an application meanwhile, transactions aside."""
    statements: list[str] = []
    office: Runtime = app.extensions["dondoc"]

    def note(_connection, _cursor, statement, *_):
        if not statement.startswith(TRANSACTIONAL):
            statements.append(statement)

    event.listen(office.engine, "before_cursor_execute", note)
    yield statements
    event.remove(office.engine, "before_cursor_execute", note)
