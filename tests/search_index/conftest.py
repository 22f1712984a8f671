"""Every engine there is, found by looking: a new one is tested by being there."""

import pkgutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

import search_index
from search_index import Entry, Index, engines

ENGINES = [
    module.name for module in pkgutil.iter_modules(engines.__path__) if not module.name.startswith("_")
]
_numbers = count()


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an index that does not exist yet, on each engine."""
    if request.param != "postgresql":
        yield f"{request.param}:{tmp_path / 'index'}"
        return
    server = request.getfixturevalue("postgres_server")
    database = f"search_{request.getfixturevalue('worker_id')}_{next(_numbers)}"
    yield server.create(database)
    server.drop(database)


@pytest.fixture
def index(url: str) -> Iterator[Index]:
    """An index without entries, on each engine."""
    opened = search_index.open(url)
    yield opened
    opened.close()


@pytest.fixture
def paper() -> Callable[..., Entry]:
    """Makes entries that everybody of the office may see, each with a key of its own unless told."""
    numbers = count(1)

    def make(title: str, body: str = "", **values: object) -> Entry:
        given = {"key": f"directive:{next(numbers)}", "kind": "directive", "tokens": frozenset({"office"})}
        return Entry(title=title, body=body, **(given | {"version": "1"} | values))  # type: ignore[arg-type]

    return make
