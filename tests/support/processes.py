"""Processes as the kernel sees them (Linux)."""

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 20.0


def family(pid: int) -> set[int]:
    """The children of a process, their children, and so on."""
    children = {
        int(child)
        for listing in Path("/proc", str(pid), "task").glob("*/children")
        for child in listing.read_text().split()
    }
    return children.union(*(family(child) for child in children))


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and waits to be noticed does not."""
    try:
        return Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def eventually(condition: Callable[[], bool], patience: float = PATIENCE) -> bool:
    """Whether a condition comes true before patience ends."""
    give_up_at = time.monotonic() + patience
    while time.monotonic() < give_up_at:
        if condition():
            return True
        time.sleep(0.05)
    return condition()
