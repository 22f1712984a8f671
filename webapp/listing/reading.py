"""The rows an address asks for, from the database: one page with the total, or all of them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, inspect, select
from sqlalchemy.orm import Session

from webapp.filters import Arguments
from webapp.listing.declaring import Asked, Listing, Row, key_of
from webapp.listing.page import Page


def read_page(
    session: Session, listing: Listing[Row], statement: Select[Any], arguments: Arguments
) -> Page[Row]:
    """The page an address asks for, with the total; past the end it is the last page.

    Two queries, and a third one where columns have totals.
    """
    asked = listing.asked(arguments)
    narrowed = asked.narrow(statement)
    read = _read_by_keys if _has_key(statement) else _read_rows
    page = read(session, asked, statement, narrowed)
    page.totals = _totals(session, asked, narrowed)
    return page


def _read_by_keys(
    session: Session, asked: Asked[Row], statement: Select[Any], narrowed: Select[Any]
) -> Page[Row]:
    """Count and find the page first; what a row shows is joined to its own rows alone, not to all."""
    key = key_of(statement)
    found = narrowed.with_only_columns(key, _total(asked, narrowed), maintain_column_froms=True)
    number = asked.number
    keys = session.execute(asked.at(number, found)).all()
    if not keys and number > 1:
        number = asked.last_of(session.scalar(_counting(narrowed, asked.listing.counted_to)) or 0)
        keys = session.execute(asked.at(number, found)).all()
    if not keys:
        return Page(asked, [], 0, 1)
    rows = session.scalars(asked.order(statement.where(key.in_([id_ for id_, _ in keys])))).unique()
    return Page(asked, rows.all(), keys[0][1], number)


def _read_rows(
    session: Session, asked: Asked[Row], statement: Select[Any], narrowed: Select[Any]
) -> Page[Row]:
    """Rows of several values, or of things with several keys: counted, then read."""
    total = session.scalar(_counting(narrowed, asked.listing.counted_to)) or 0
    number = min(asked.number, asked.last_of(total))
    rows = session.execute(asked.at(number, narrowed)).unique()
    single = len(statement.column_descriptions) == 1
    return Page(asked, list(rows.scalars() if single else rows), total, number)


def _total(asked: Asked[Any], narrowed: Select[Any]) -> Any:
    """How many rows there are, told beside each.

    Conditions are asked of every row but once; without any, the rows are counted by themselves, so that an
    index can lead to the first ones.
    """
    if asked.applied and asked.listing.counted_to is None:
        return func.count().over()
    return _counting(narrowed, asked.listing.counted_to).scalar_subquery()


def read_all(session: Session, asked: Asked[Row], statement: Select[Any]) -> Iterator[Row]:
    """Every row that meets the conditions, in order, a thousand at a time."""
    rows = session.execute(asked.order(asked.narrow(statement)).execution_options(yield_per=1_000))
    yield from rows.scalars() if len(statement.column_descriptions) == 1 else rows


def count(session: Session, asked: Asked[Any], statement: Select[Any]) -> int:
    """How many rows meet the conditions."""
    return session.scalar(_counting(asked.narrow(statement))) or 0


def _counting(statement: Select[Any], most: int | None = None) -> Select[Any]:
    keys = statement.with_only_columns(key_of(statement), maintain_column_froms=True).order_by(None)
    return select(func.count()).select_from(keys.limit(most).subquery())


def _totals(session: Session, asked: Asked[Any], narrowed: Select[Any]) -> dict[str, Any]:
    wanted = {column.key: column.total for column in asked.columns if column.total is not None}
    if not wanted:
        return {}
    sums = narrowed.with_only_columns(*wanted.values(), maintain_column_froms=True).order_by(None)
    return dict(zip(wanted, session.execute(sums).one(), strict=True))


def _has_key(statement: Select[Any]) -> bool:
    """Is each row one thing that one column tells from all others?"""
    columns = statement.column_descriptions
    return len(columns) == 1 and len(inspect(columns[0]["entity"]).primary_key) == 1
