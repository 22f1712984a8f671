"""The whole search stands in its address: what the arguments of the search page ask for."""

from datetime import datetime

from werkzeug.datastructures import MultiDict

from search_index import Filters, Order, Query
from webapp.runtime import today

PAGE = 20
LAST_PAGE = 500
LONGEST_QUERY = 10_000


def query_of(arguments: MultiDict[str, str]) -> Query:
    """The query in an address; whatever makes no sense in it restricts nothing."""
    return Query(
        text=arguments.get("q", "").strip()[:LONGEST_QUERY],
        filters=Filters(
            kinds=frozenset(arguments.getlist("kind")),
            types=frozenset(arguments.getlist("type")),
            unit_ids=frozenset(_whole(arguments.getlist("unit"))),
            years=frozenset(_whole(arguments.getlist("year"))),
            states=frozenset(arguments.getlist("state")),
        ),
        order=_order(arguments.get("order", "")),
        offset=(page_number(arguments) - 1) * PAGE,
        limit=PAGE,
        typing=arguments.get("typing") == "1",
        today=today(),
        new_since=_instant(arguments.get("since", "")),
    )


def page_number(arguments: MultiDict[str, str]) -> int:
    """Which page an address asks for, from 1."""
    return max(1, min(arguments.get("page", 1, type=int), LAST_PAGE))


def _order(value: str) -> Order:
    return Order(value) if value in {order.value for order in Order} else Order.RELEVANCE


def _instant(value: str) -> datetime | None:
    """An instant with its offset from UTC."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    # Within the calendar, whatever zone it is shown in.
    return moment if moment.tzinfo and 1970 < moment.year < 9999 else None


def _whole(values: list[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 10]
