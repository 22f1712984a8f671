"""The ground every table stands on: types that cannot be got wrong, engines for both databases."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    String,
    Text,
    TypeDecorator,
    collate,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import (
    DeclarativeBase,
    InstrumentedAttribute,
    Mapped,
    Session,
    declared_attr,
    mapped_column,
    sessionmaker,
)
from sqlalchemy.pool import ConnectionPoolEntry

from workflows.vietnamese_order import compare

VIETNAMESE = "vietnamese"
# Whoever waits to write is not served in the order of coming: a rush of units must not turn the last away.
BUSY_TIMEOUT_MS = 30_000


class NfcText(TypeDecorator[str]):
    """Text that enters the database composed (NFC) and without zero bytes, whatever door it came through."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        # PostgreSQL keeps no zero bytes, and SQLite counts no letter after one.
        return None if value is None else unicodedata.normalize("NFC", value.replace("\0", ""))


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC on databases that forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


JsonData = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Base(DeclarativeBase):
    """All tables; constraint names are given so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: NfcText(),
        datetime: UtcDateTime(),
        dict[str, Any]: JsonData,
        list[Any]: JsonData,
    }


class Versioned:
    """Rows two people may change at once: the second to save is refused, not the first overwritten."""

    version: Mapped[int] = mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


def choice(kind: type[StrEnum], name: str = "") -> Enum:
    """A column type that holds the values of an enumeration and refuses all others.

    A table with two such columns names the rule of the second: PostgreSQL wants every rule named once.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
        length=40,
        name=name or kind.__name__.lower(),
    )


def in_vietnamese_order(column: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """Sort by the Vietnamese alphabet (a ă â b c d đ …, then by tone) on either database."""
    return collate(column, VIETNAMESE)


def open_engine(url: str, **options: Any) -> Engine:
    """An engine for SQLite (WAL, foreign keys, explicit BEGIN) or PostgreSQL.

    Errors do not repeat the values that were sent: those are personal data, and errors end up in logs.
    """
    engine = create_engine(url, hide_parameters=True, **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine for work that writes: SQLite then waits for its turn at the start."""
    return engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Sessions for work that may write."""
    return sessionmaker(writing(engine), expire_on_commit=False)


@contextmanager
def kept_plans(session: Session) -> Iterator[None]:
    """Meanwhile PostgreSQL may answer by a plan it kept, made for any values.

    For what every page asks anew, where to plan takes longer than to answer.
    """
    shared = session.get_bind().dialect.name == "postgresql"
    if shared:
        session.execute(text("SET LOCAL plan_cache_mode = auto"))
    yield
    if shared:
        session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))


def look_through_tables(connection: Connection) -> None:
    """Tell the planner of SQLite how the tables are filled, by some rows of each; PostgreSQL looks itself."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
        connection.exec_driver_sql("ANALYZE")


def create_collation(connection: Connection) -> None:
    """Make the Vietnamese order known to PostgreSQL; SQLite learns it at each connection."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            f"CREATE COLLATION IF NOT EXISTS {VIETNAMESE} (provider = icu, locale = 'vi')"
        )


def _prepare_sqlite(dbapi: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling breaks savepoints, so BEGIN is ours (_begin_sqlite).
    driver: Any = dbapi
    driver.isolation_level = None
    driver.create_collation(VIETNAMESE, compare)
    driver.create_function("lower", 1, _lower, deterministic=True)
    driver.create_function("split_part", 3, _split_part, deterministic=True)
    cursor = driver.cursor()
    for pragma in (
        "journal_mode = WAL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        # A number that was given out must survive a power cut.
        "synchronous = FULL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_postgresql(dbapi: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # Statistics of a whole year are joined and added up in memory; the default makes them spill to files.
    cursor = dbapi.cursor()
    cursor.execute("SET work_mem = '32MB'")
    # Each of the processes that share such a statement would compile it anew, longer than it saves.
    cursor.execute("SET jit = off")
    # A plan kept for any values takes the rows of a long series for few, and three times as long for them.
    cursor.execute("SET plan_cache_mode = force_custom_plan")
    cursor.close()
    dbapi.commit()


def _lower(value: object) -> object:
    # SQLite's own lower() knows only A to Z, so that "đảng" would not find "Đảng".
    return value.lower() if isinstance(value, str) else value


def _split_part(value: str | None, separator: str, number: int) -> str | None:
    # As PostgreSQL has it: parts are counted from 1, and a part that is not there is empty.
    if value is None:
        return None
    parts = value.split(separator)
    return parts[number - 1] if number <= len(parts) else ""


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


def short(length: int) -> String:
    """A bounded text for codes and keys, which carry no accents that could be decomposed."""
    return String(length)
