"""Connections to a PostgreSQL for threads and forked processes."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow
from sqlalchemy import create_engine, make_url

from search_index.errors import Busy

Connection = psycopg.Connection[TupleRow]
_LONGEST_WAIT_MS = 10_000
# vectors lie outside the row, which the planner does not know: reading all of them is never the better way
_SETTINGS = "-c enable_seqscan=off -c jit=off -c work_mem=32MB"


class Database:
    """A pool of connections that commit each statement unless a transaction is open."""

    def __init__(self, url: str) -> None:
        manners = {"autocommit": True, "prepare_threshold": None, "options": _SETTINGS}
        address = make_url(url).set(drivername="postgresql+psycopg")
        self._engine = create_engine(address, connect_args=manners, pool_pre_ping=True)
        self._process = os.getpid()
        self._held = threading.local()

    @contextmanager
    def session(self) -> Iterator[Connection]:
        """A connection of the pool; inside another session of the same thread, the same one."""
        held: Connection | None = getattr(self._held, "connection", None)
        if held is not None:
            yield held
            return
        if self._process != os.getpid():
            # a forked child must not speak on the connections of its parent
            self._engine.dispose(close=False)
            self._process = os.getpid()
        pooled = self._engine.raw_connection()
        self._held.connection = pooled.driver_connection
        try:
            yield self._held.connection
        finally:
            self._held.connection = None
            pooled.close()

    def rows(self, statement: Any, parameters: Sequence[Any] | None = None) -> list[TupleRow]:
        """Run a statement; all the rows that it answers, if it does."""
        with self.session() as connection:
            cursor = connection.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    def run(self, statement: Any, *names: str) -> None:
        """Run a statement in which {} stand for names."""
        self.rows(sql.SQL(statement).format(*map(sql.Identifier, names)))

    @contextmanager
    def transaction(self, lock: int | None = None) -> Iterator[Connection]:
        """One transaction for everything inside; with a lock, only one of them at a time."""
        with self.session() as connection, connection.transaction():
            if lock is not None:
                connection.execute(f"SET LOCAL lock_timeout = {_LONGEST_WAIT_MS}")
                try:
                    connection.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
                except psycopg.errors.LockNotAvailable as error:
                    raise Busy(str(error)) from error
            yield connection

    @contextmanager
    def locked(self, lock: int) -> Iterator[None]:
        """Hold a lock in a connection of its own, which ends with whoever holds it; Busy when it is held."""
        with closing(self._engine.raw_connection()) as pooled, closing(pooled.cursor()) as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
            if cursor.fetchone() != (True,):
                raise Busy("another process holds the lock")
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._engine.dispose()
