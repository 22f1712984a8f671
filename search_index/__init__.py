"""Finding: Vietnamese text behind one interface, in whatever engine its address names; knows no table."""

from importlib import import_module

from search_index.engine import Order, Store
from search_index.entry import Entry
from search_index.errors import Busy, Outdated, Unavailable
from search_index.index import Index, Status
from search_index.notes import Note
from search_index.query import Filters, Query, Vocabulary
from search_index.searching import Completion, Hit, Results
from search_index.snippets import Segment

__all__ = [
    "Busy",
    "Completion",
    "Entry",
    "Filters",
    "Hit",
    "Index",
    "Note",
    "Order",
    "Outdated",
    "Query",
    "Results",
    "Segment",
    "Status",
    "Unavailable",
    "Vocabulary",
    "open",
]


def open(url: str) -> Index:
    """The index at an address: whoosh:FOLDER, tantivy:FOLDER or postgresql://…; touched only when used.

    Raises Unavailable when the address names no engine, or one that is not installed.
    """
    engine = url.partition(":")[0].partition("+")[0]
    try:
        module = import_module(f"search_index.engines.{engine}")
    except ImportError as error:
        raise Unavailable(f"no search engine for {url.partition(':')[0]}: {error}") from error
    store: Store = module.connect(url)
    return Index(engine, store)
