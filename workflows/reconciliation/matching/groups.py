"""Rows that belong together: groups of equal keys, chains of links."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .rows import Codes, Pairs, no_pairs, together


def components(size: int, links: Pairs) -> Codes:
    """For each of `size` rows the first row that it is linked with, through however many others."""
    label = np.arange(size, dtype=np.int32)
    while not np.array_equal(label[links.left], label[links.right]):
        ends = label[links.left], label[links.right]
        lowest = np.minimum(*ends)
        for end in ends:
            np.minimum.at(label, end, lowest)
        label = _settled(label)
    return label


def _settled(label: Codes) -> Codes:
    """Every row pointing at its end, not at a row on the way there."""
    while not np.array_equal(further := label[label], label):
        label = further
    return label


def pairs_within(*keys: NDArray[np.generic], among: Codes, largest: int) -> Pairs:
    """Every pair of the given rows that agree in all keys; within a larger group only near ones in the order.

    A group of n rows has n(n - 1)/2 pairs, so each row meets at most `largest` that follow it.
    """
    columns = [key[among] for key in keys]
    order = np.lexsort(columns)
    found: list[Pairs] = []
    for step, same in _steps([column[order] for column in columns], largest):
        found.append(Pairs(among[order[:-step][same]], among[order[step:][same]]))
    return together(found) if found else no_pairs()


def _steps(ordered: list[NDArray[np.generic]], largest: int) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Which rows have the same keys as the row 1, 2, 3 … places on, until none has."""
    for step in range(1, min(largest, len(ordered[0]) - 1) + 1):
        same = np.logical_and.reduce([column[:-step] == column[step:] for column in ordered])
        if not same.any():
            return
        yield step, same


def starts(ordered: NDArray[np.generic]) -> NDArray[np.intp]:
    """Where each group of equal values begins in a sorted column; the column's length closes the list."""
    changes = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    return np.concatenate([[0], changes, [len(ordered)]]).astype(np.intp)
