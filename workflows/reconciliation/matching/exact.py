"""What is one person beyond doubt: the same identity number, or the same name, birth, sex and place."""

import numpy as np

from .groups import components
from .rows import Codes, Flags, Pairs, Rows, no_pairs, together


def persons(rows: Rows) -> Codes:
    """For each row the first row of the same person, as far as exact keys tell."""
    return components(len(rows), together([by_identity(rows), _by_signature(rows)]))


def contested(rows: Rows) -> Pairs:
    """Rows of one identity number whose name and year of birth both differ: mostly a number typed wrongly."""
    links = _same_number(rows)
    return links.where(~_may_be_one(rows, links))


def by_identity(rows: Rows) -> Pairs:
    """Rows that one identity number makes one person."""
    links = _same_number(rows)
    return links.where(_may_be_one(rows, links))


def _may_be_one(rows: Rows, links: Pairs) -> Flags:
    same_name = rows.name[links.left] == rows.name[links.right]
    same_year = rows.birth.year[links.left] == rows.birth.year[links.right]
    return np.asarray(same_name | same_year, np.bool_)


def _by_signature(rows: Rows) -> Pairs:
    """Rows of one signature, unless they carry two identity numbers: then a person decides."""
    keyed = np.flatnonzero(rows.signature)
    order = keyed[np.lexsort((rows.identity[keyed], rows.signature[keyed]))]
    if not len(order):
        return no_pairs()
    signature, identity = rows.signature[order], rows.identity[order]
    same = signature[1:] == signature[:-1]
    group = np.concatenate([[0], np.cumsum(~same)])
    another = same & (identity[1:] != identity[:-1]) & (identity[:-1] != 0)
    numbers_differ = np.bincount(group[1:], weights=another, minlength=group[-1] + 1) > 0
    numberless = identity == 0
    linked = same & (~numbers_differ[group[1:]] | (numberless[1:] & numberless[:-1]))
    return Pairs(order[:-1][linked].astype(np.int32), order[1:][linked].astype(np.int32))


def _same_number(rows: Rows) -> Pairs:
    """Each row with the next one of the same identity number, like names side by side."""
    keyed = np.flatnonzero(rows.identity)
    order = keyed[np.lexsort((rows.name[keyed], rows.identity[keyed]))]
    same = rows.identity[order][1:] == rows.identity[order][:-1]
    return Pairs(order[:-1][same].astype(np.int32), order[1:][same].astype(np.int32))
