"""PostgreSQL, shared by many machines: vectors are built here, GIN finds, the nearest are scored."""

import os
import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from search_index.engine import Found, Request, Scored, Store, Term
from search_index.engines._postgresql_queries import keys, lexeme, page, tsquery
from search_index.entry import Entry
from search_index.errors import Busy
from search_index.record import FACETS, Record, day

Connection = psycopg.Connection[TupleRow]
LIVE, BUILDING, TOUCHED = "search_entry", "search_entry_new", "search_entry_touched"
_LOCK, _REBUILD_LOCK = 0x5EA2C4, 0x5EA2C5
_LONGEST_WAIT_MS = 10_000
# vectors lie outside the row, which the planner does not know: reading all of them is never the better way
_SETTINGS = "-c enable_seqscan=off -c jit=off -c work_mem=32MB"
_ENOUGH_KNOWN = 100


def connect(url: str) -> Store:
    """The index in the database of a postgresql://… address, with or without the name of a driver."""
    return PostgresStore(re.sub(r"^postgresql\+\w+:", "postgresql:", url))


class PostgresStore:
    """Tables of one database: `search_entry` answers, `search_entry_new` is being built."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._held = threading.local()

    def live(self) -> "PostgresGeneration | None":
        """The table that answers."""
        return self._generation(LIVE)

    def live_format(self) -> str | None:
        """The format noted on the table."""
        return self._format(LIVE)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction for everything inside, one such transaction at a time."""
        connection = self._connection()
        with connection.transaction():
            connection.execute(f"SET LOCAL lock_timeout = {_LONGEST_WAIT_MS}")
            try:
                connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            except psycopg.errors.LockNotAvailable as error:
                raise Busy(str(error)) from error
            yield

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Hold the rebuild's lock in a session of its own; it ends with the session, however that ends."""
        with psycopg.connect(self._address, autocommit=True) as connection:
            row = connection.execute("SELECT pg_try_advisory_lock(%s)", [_REBUILD_LOCK]).fetchone()
            if not row or not row[0]:
                raise Busy("the index is already being rebuilt")
            yield

    def ensure_live(self, format_: str) -> "PostgresGeneration":
        """The table that answers, created when missing."""
        if self._format(LIVE) is None:
            self._create(LIVE, format_)
            PostgresGeneration(self._connection, LIVE).finish()
        return PostgresGeneration(self._connection, LIVE)

    def touch(self, keys: Collection[str]) -> None:
        """Note the keys while a table is being built."""
        if self._exists(TOUCHED):
            values = sql.SQL("INSERT INTO {} SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING")
            self._connection().execute(values.format(sql.Identifier(TOUCHED)), [list(keys)])

    def touched(self) -> set[str]:
        """The noted keys."""
        if not self._exists(TOUCHED):
            return set()
        rows = self._connection().execute(sql.SQL("SELECT key FROM {}").format(sql.Identifier(TOUCHED)))
        return {str(key) for (key,) in rows}

    def building(self, format_: str) -> "PostgresGeneration | None":
        """The table being built, if in this format."""
        return self._generation(BUILDING) if self._format(BUILDING) == format_ else None

    def start_building(self, format_: str) -> "PostgresGeneration":
        """An empty table without indexes: they are quicker made when it is full."""
        for table in (BUILDING, TOUCHED):
            self._run("DROP TABLE IF EXISTS {}", table)
        self._create(BUILDING, format_)
        self._run("CREATE TABLE {} (key text PRIMARY KEY)", TOUCHED)
        return PostgresGeneration(self._connection, BUILDING)

    def switch(self) -> None:
        """Rename the built table; readers see either."""
        self._run("DROP TABLE IF EXISTS {}", LIVE)
        self._run("ALTER TABLE {} RENAME TO {}", BUILDING, LIVE)
        for kind in ("pkey", "key", "terms"):
            self._run("ALTER INDEX {} RENAME TO {}", f"{BUILDING}_{kind}", f"{LIVE}_{kind}")
        self._run("DROP TABLE IF EXISTS {}", TOUCHED)

    def close(self) -> None:
        """Close this thread's connection; those of other threads close with them."""
        connection = getattr(self._held, "connection", None)
        if connection is not None:
            connection.close()

    def _connection(self) -> Connection:
        """This thread's connection; a forked child must not speak on its parent's."""
        held: Connection | None = getattr(self._held, "connection", None)
        if held is None or held.closed or self._held.process != os.getpid():
            held = psycopg.connect(self._address, autocommit=True, prepare_threshold=None, options=_SETTINGS)
            self._held.connection, self._held.process = held, os.getpid()
        return held

    def _generation(self, table: str) -> "PostgresGeneration | None":
        return PostgresGeneration(self._connection, table) if self._exists(table) else None

    def _exists(self, table: str) -> bool:
        row = self._connection().execute("SELECT to_regclass(%s)", [table]).fetchone()
        return bool(row and row[0])

    def _format(self, table: str) -> str | None:
        described = self._connection().execute("SELECT obj_description(to_regclass(%s), 'pg_class')", [table])
        row = described.fetchone()
        return str(row[0]) if row and row[0] else None

    def _create(self, table: str, format_: str) -> None:
        """Vectors and entries lie outside the row, so that filtering and counting read little."""
        self._run(
            """CREATE TABLE {} (
                id bigint GENERATED ALWAYS AS IDENTITY, key text NOT NULL, version text NOT NULL,
                day integer NOT NULL, deadline integer NOT NULL,
                kind text NOT NULL, type text NOT NULL, unit text[] NOT NULL,
                year text NOT NULL, state text NOT NULL,
                terms tsvector NOT NULL, entry text NOT NULL,
                CONSTRAINT {} PRIMARY KEY (id), CONSTRAINT {} UNIQUE (key))
            WITH (toast_tuple_target = 256)""",
            table,
            f"{table}_pkey",
            f"{table}_key",
        )
        comment = sql.SQL("COMMENT ON TABLE {} IS {}").format(sql.Identifier(table), sql.Literal(format_))
        self._connection().execute(comment)

    def _run(self, statement: Any, *names: str) -> None:
        self._connection().execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


class PostgresGeneration:
    """One table of entries with their vectors."""

    def __init__(self, connection: Callable[[], Connection], table: str) -> None:
        self._connection = connection
        self._table = table

    def write(self, records: Sequence[Record], gone: Collection[str]) -> None:
        """One transaction."""
        fresh = {record.entry.key: record for record in records}
        connection = self._connection()
        with connection.transaction(), connection.cursor() as cursor:
            if gone:
                cursor.execute(self._sql("DELETE FROM {} WHERE key = ANY(%s)"), [list(gone)])
            cursor.executemany(self._upsert(), [_row(record) for record in fresh.values()])

    def find(self, request: Request) -> Found:
        """Total, counts and page in one statement, so that they agree."""
        row = self._connection().execute(page(self._table, request)).fetchone()
        total, facets, entries, scores = row or (0, None, [], [])
        return Found(
            hits=[
                Scored(Entry.from_json(entry), score) for entry, score in zip(entries, scores, strict=True)
            ],
            total=total,
            total_is_exact=True,
            facets={field: counts or {} for field, counts in (facets or {}).items()},
        )

    def find_keys(self, request: Request) -> list[str]:
        """The keys of the asked-for stretch."""
        return [str(key) for (key,) in self._connection().execute(keys(self._table, request))]

    def known(self, terms: Iterable[Term]) -> dict[Term, int]:
        """About how many entries carry each term, up to a hundred: common words need not be counted."""
        asked = {tsquery(term): term for term in terms}
        counted = self._sql(
            """SELECT term, n FROM unnest(%s::text[]) AS term, LATERAL
                (SELECT count(*) AS n FROM {} WHERE terms @@ term::tsquery) counted WHERE n > 0"""
        )
        connection = self._connection()
        with connection.transaction():
            connection.execute(f"SET LOCAL gin_fuzzy_search_limit = {_ENOUGH_KNOWN}")
            return {asked[term]: count for term, count in connection.execute(counted, [list(asked)])}

    def read(self, keys: Collection[str]) -> list[Entry]:
        """The stored entries of these keys."""
        rows = self._connection().execute(self._sql("SELECT entry FROM {} WHERE key = ANY(%s)"), [list(keys)])
        return [Entry.from_json(entry) for (entry,) in rows]

    def versions(self) -> dict[str, str]:
        """Key → version."""
        return dict(self._connection().execute(self._sql("SELECT key, version FROM {}")).fetchall())

    def count(self) -> int:
        """The rows of the table."""
        row = self._connection().execute(self._sql("SELECT count(*) FROM {}")).fetchone()
        return int(row[0]) if row else 0

    def finish(self) -> None:
        """Make the index that finds, and tell the planner what is there."""
        connection = self._connection()
        index, table = sql.Identifier(f"{self._table}_terms"), sql.Identifier(self._table)
        # entries waiting in a list would slow every search until somebody sorts them in
        made = "CREATE INDEX IF NOT EXISTS {} ON {} USING gin (terms) WITH (fastupdate = off)"
        with connection.transaction():
            connection.execute("SET LOCAL maintenance_work_mem = '256MB'")
            connection.execute(sql.SQL(made).format(index, table))
        connection.execute(self._sql("ANALYZE {}"))

    def close(self) -> None:
        """The connection is the store's."""

    def _sql(self, statement: Any) -> sql.Composed:
        return sql.SQL(statement).format(sql.Identifier(self._table))

    def _upsert(self) -> sql.Composed:
        return sql.SQL(
            """INSERT INTO {}
                (key, version, day, deadline, kind, type, unit, year, state, terms, entry)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, array_to_tsvector(%s), %s)
            ON CONFLICT (key) DO UPDATE SET ({}) = ROW ({})"""
        ).format(
            sql.Identifier(self._table),
            sql.SQL(", ").join(map(sql.Identifier, _COLUMNS)),
            sql.SQL(", ").join(sql.SQL("excluded.{}").format(sql.Identifier(column)) for column in _COLUMNS),
        )


_COLUMNS = ("version", "day", "deadline", *FACETS, "terms", "entry")


def _row(record: Record) -> list[Any]:
    entry = record.entry
    every = [lexeme(field, term) for field, terms in record.terms.items() for term in terms]
    units = sorted(record.terms["unit"])
    labels = [entry.kind, entry.type, units, str(entry.year or ""), entry.state]
    stamp = [entry.key, entry.version, day(entry.date), day(entry.deadline)]
    return [*stamp, *labels, every, entry.to_json()]
