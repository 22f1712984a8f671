"""A thread of its own for what begins an event loop, which the thread that asks may have already."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def apart(work: Callable[[], Result]) -> Result:
    """What the work returns or raises."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()
