"""PostgreSQL, shared by many machines: vectors are built here, GIN finds, the nearest are scored."""

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from typing import Any

from psycopg import sql

from search_index.engine import Found, Request, Scored, Store, Term
from search_index.engines._postgresql_database import Database
from search_index.engines._postgresql_queries import keys, lexeme, page, tsquery
from search_index.entry import Entry
from search_index.record import FACETS, Record, day, instant

LIVE, BUILDING, TOUCHED = "search_entry", "search_entry_new", "search_entry_touched"
_WRITING, _REBUILDING = 0x5EA2C4, 0x5EA2C5
_ENOUGH_KNOWN = 300
_COLUMNS = ("version", "day", "deadline", "arrived", *FACETS, "terms", "entry")


def connect(url: str) -> Store:
    """The index in the database of a postgresql://… address, with or without the name of a driver."""
    return PostgresStore(Database(url))


class PostgresStore:
    """Tables of one database: `search_entry` answers, `search_entry_new` is being built."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def reading(self) -> AbstractContextManager[Any]:
        """One connection of the pool for all statements of a search."""
        return self._database.session()

    def live(self) -> "PostgresGeneration | None":
        """The table that answers."""
        return self._generation(LIVE) if self._exists(LIVE) else None

    def live_format(self) -> str | None:
        """The format noted on the table."""
        return self._format(LIVE)

    def writing(self) -> AbstractContextManager[Any]:
        """One transaction for everything inside, one such transaction at a time."""
        return self._database.transaction(_WRITING)

    def rebuilding(self) -> AbstractContextManager[None]:
        """The lock of the one rebuild."""
        return self._database.locked(_REBUILDING)

    def ensure_live(self, format_: str) -> "PostgresGeneration":
        """The table that answers, created when missing."""
        if not self._exists(LIVE):
            self._create(LIVE, format_)
            self._generation(LIVE).finish()
        return self._generation(LIVE)

    def touch(self, keys: Collection[str]) -> None:
        """Note the keys while a table is being built."""
        if self._exists(TOUCHED):
            noted = sql.SQL("INSERT INTO {} SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING")
            self._database.rows(noted.format(sql.Identifier(TOUCHED)), [list(keys)])

    def touched(self) -> set[str]:
        """The noted keys."""
        if not self._exists(TOUCHED):
            return set()
        return {
            key
            for (key,) in self._database.rows(sql.SQL("SELECT key FROM {}").format(sql.Identifier(TOUCHED)))
        }

    def building(self, format_: str) -> "PostgresGeneration | None":
        """The table being built, if in this format."""
        return self._generation(BUILDING) if self._format(BUILDING) == format_ else None

    def start_building(self, format_: str) -> "PostgresGeneration":
        """An empty table without indexes: they are quicker made when it is full."""
        for table in (BUILDING, TOUCHED):
            self._database.run("DROP TABLE IF EXISTS {}", table)
        self._create(BUILDING, format_)
        self._database.run("CREATE TABLE {} (key text PRIMARY KEY)", TOUCHED)
        return self._generation(BUILDING)

    def switch(self) -> None:
        """Rename the built table; readers see either."""
        self._database.run("DROP TABLE IF EXISTS {}", LIVE)
        self._database.run("ALTER TABLE {} RENAME TO {}", BUILDING, LIVE)
        for kind in ("pkey", "key", "terms"):
            self._database.run("ALTER INDEX {} RENAME TO {}", f"{BUILDING}_{kind}", f"{LIVE}_{kind}")
        self._database.run("DROP TABLE IF EXISTS {}", TOUCHED)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._database.close()

    def _generation(self, table: str) -> "PostgresGeneration":
        return PostgresGeneration(self._database, table)

    def _exists(self, table: str) -> bool:
        return self._database.rows("SELECT to_regclass(%s)", [table]) != [(None,)]

    def _format(self, table: str) -> str | None:
        described = "SELECT obj_description(to_regclass(%s), 'pg_class')"
        format_: str | None = self._database.rows(described, [table])[0][0]
        return format_

    def _create(self, table: str, format_: str) -> None:
        """Vectors and entries lie outside the row, so that filtering and counting read little."""
        self._database.run(
            """CREATE TABLE {} (
                id bigint GENERATED ALWAYS AS IDENTITY, key text NOT NULL, version text NOT NULL,
                day integer NOT NULL, deadline integer NOT NULL, arrived bigint NOT NULL,
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
        self._database.rows(comment)


class PostgresGeneration:
    """One table of entries with their vectors."""

    def __init__(self, database: Database, table: str) -> None:
        self._database = database
        self._table = table

    def write(self, records: Iterable[Record], gone: Collection[str]) -> None:
        """One transaction."""
        with self._database.transaction() as connection, connection.cursor() as cursor:
            if gone:
                cursor.execute(self._sql("DELETE FROM {} WHERE key = ANY(%s)"), [list(gone)])
            cursor.executemany(self._upsert(), map(_row, records))

    def find(self, request: Request) -> Found:
        """Total, counts and page in one statement, so that they agree."""
        [(total, facets, entries, scores)] = self._database.rows(page(self._table, request))
        return Found(
            hits=[Scored(Entry.from_json(text), score) for text, score in zip(entries, scores, strict=True)],
            total=total,
            total_is_exact=True,
            facets={field: counts or {} for field, counts in (facets or {}).items()},
        )

    def find_keys(self, request: Request) -> list[str]:
        """The keys of the asked-for stretch."""
        return [key for (key,) in self._database.rows(keys(self._table, request))]

    def known(self, terms: Iterable[Term]) -> dict[Term, int]:
        """How many entries carry each term; of common ones the index itself looks at some hundreds only."""
        asked = {tsquery(term): term for term in terms}
        counted = self._sql(
            """SELECT term, n FROM unnest(%s::text[]) AS term, LATERAL
                (SELECT count(*) AS n FROM {} WHERE terms @@ term::tsquery) counted WHERE n > 0"""
        )
        with self._database.transaction():
            self._database.rows(f"SET LOCAL gin_fuzzy_search_limit = {_ENOUGH_KNOWN}")
            return {asked[term]: count for term, count in self._database.rows(counted, [list(asked)])}

    def read(self, keys: Collection[str]) -> list[Entry]:
        """The stored entries of these keys."""
        rows = self._database.rows(self._sql("SELECT entry FROM {} WHERE key = ANY(%s)"), [list(keys)])
        return [Entry.from_json(entry) for (entry,) in rows]

    def versions(self) -> dict[str, str]:
        """Key → version."""
        return dict(self._database.rows(self._sql("SELECT key, version FROM {}")))

    def count(self) -> int:
        """The rows of the table."""
        [(count,)] = self._database.rows(self._sql("SELECT count(*) FROM {}"))
        return int(count)

    def finish(self) -> None:
        """Make the index that finds, and tell the planner what is there."""
        # entries waiting in a list would slow every search until somebody sorts them in
        made = "CREATE INDEX IF NOT EXISTS {} ON {} USING gin (terms) WITH (fastupdate = off)"
        with self._database.transaction():
            self._database.rows("SET LOCAL maintenance_work_mem = '256MB'")
            self._database.run(made, f"{self._table}_terms", self._table)
        self._database.run("ANALYZE {}", self._table)

    def close(self) -> None:
        """The connections are the store's."""

    def _sql(self, statement: Any) -> sql.Composed:
        return sql.SQL(statement).format(sql.Identifier(self._table))

    def _upsert(self) -> sql.Composed:
        columns = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))
        new = sql.SQL(", ").join(sql.SQL("excluded.{}").format(sql.Identifier(column)) for column in _COLUMNS)
        return sql.SQL(
            """INSERT INTO {} (key, {})
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, array_to_tsvector(%s), %s)
            ON CONFLICT (key) DO UPDATE SET ({}) = ROW ({})"""
        ).format(sql.Identifier(self._table), columns, columns, new)


def _row(record: Record) -> list[Any]:
    entry = record.entry
    stamp = [entry.key, entry.version, day(entry.date), day(entry.deadline), instant(entry.arrived)]
    labels = [entry.kind, entry.type, sorted(record.terms["unit"]), str(entry.year or ""), entry.state]
    terms = [lexeme(field, term) for field, terms in record.terms.items() for term in terms]
    return [*stamp, *labels, terms, entry.to_json()]
