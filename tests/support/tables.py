"""Tables that a run of the tests shows at its end, from whichever worker they come."""

from collections.abc import Callable
from typing import Any

import pytest

SHOWN = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def show_table(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Take a table that is to be shown when all tests have run."""

    def take(table: str) -> None:
        request.config.stash.setdefault(SHOWN, []).append(table)
        if hasattr(request.config, "workeroutput"):
            request.config.workeroutput["tables"] = request.config.stash[SHOWN]

    return take


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker of pytest-xdist has ended: keep what it had to show."""
    node.config.stash.setdefault(SHOWN, []).extend(getattr(node, "workeroutput", {}).get("tables", []))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Show the tables before the last line."""
    for table in config.stash.get(SHOWN, []):
        terminalreporter.write_line(table)
