"""Which pairs are worth comparing: persons that agree in so much that they might be one."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .groups import pairs_within, starts
from .rows import Codes, Flags, Pairs, Rows, together

LARGEST_GROUP = 60
LARGEST_DAY = 1_500
"""More rows than this of one day of birth are compared by surname first (a day typed for "not known")."""


def pairs(rows: Rows, persons: Codes) -> Pairs:
    """Pairs of rows that are not one person by their keys, and yet may be."""
    faces = _faces(rows, persons)
    found = together(
        [
            _same_day_like_name(rows, faces),
            _same_name_and_place(rows, faces),
            _same_name_and_year(rows, faces),
        ]
    )
    return found.where(persons[found.left] != persons[found.right])


def _faces(rows: Rows, persons: Codes) -> Codes:
    """The rows to look at: of those in which a person stands alike, the first."""
    columns = (rows.place, rows.birth.number, rows.name, persons)
    order = np.lexsort(columns)
    same = np.logical_and.reduce([column[order][1:] == column[order][:-1] for column in columns])
    is_first = np.concatenate([[True], ~same])[: len(order)]
    return np.sort(order[is_first]).astype(np.int32)


def _same_name_and_place(rows: Rows, faces: Codes) -> Pairs:
    """One name in one place, where the days of birth are near each other (a slip of the pen)."""
    known = faces[rows.place[faces] > 0]
    found = pairs_within(rows.name, rows.place, rows.sex, among=known, largest=LARGEST_GROUP)
    return found.where(near_days(rows, found))


def _same_name_and_year(rows: Rows, faces: Codes) -> Pairs:
    """One name and year of birth, where one of the two gives no day."""
    found = pairs_within(rows.name, rows.birth.year, among=faces, largest=LARGEST_GROUP)
    whole = rows.birth.is_whole
    return found.where(~(whole[found.left] & whole[found.right]))


def near_days(rows: Rows, found: Pairs) -> Flags:
    """Two of day, month and year agree, or day and month stand in each other's place."""
    birth, left, right = rows.birth, found.left, found.right
    parts = (birth.year, birth.month, birth.day)
    agreeing = sum((part[left] == part[right]).astype(np.int8) for part in parts)
    swapped = (birth.month[left] == birth.day[right]) & (birth.day[left] == birth.month[right])
    return np.asarray((agreeing >= 2) | swapped, np.bool_)


def _same_day_like_name(rows: Rows, faces: Codes) -> Pairs:
    """One day of birth and names no more than a slip apart: a letter, two changed about, a syllable."""
    whole = faces[rows.birth.is_whole[faces]]
    surnames = _codes_of([name.partition(" ")[0] for name in rows.names])
    order = whole[np.lexsort((surnames[rows.name[whole]], rows.birth.number[whole]))]
    found = [
        Pairs(day[left], day[right])
        for day in _days(rows, order, surnames)
        for left, right in _like_names([rows.names[name] for name in rows.name[day]])
    ]
    return together(found)


def _days(rows: Rows, order: Codes, surnames: Codes) -> Iterator[Codes]:
    """The rows of each day of birth; of a day with very many, the rows of each surname."""
    bounds = starts(rows.birth.number[order])
    for first, last in pairwise(bounds):
        day = order[first:last]
        if len(day) <= LARGEST_DAY:
            yield day
            continue
        parts = starts(surnames[rows.name[day]])
        yield from (day[a:b][:LARGEST_DAY] for a, b in pairwise(parts))


def _like_names(names: list[str]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Places of the names that are alike, the earlier one first."""
    if len(names) < 2:
        return
    distance = process.cdist(names, names, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
    left, right = np.nonzero(np.triu(distance <= 1, k=1))
    yield left, right
    yield _missing_syllable(names)


def _missing_syllable(names: list[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places of names that are another one without a middle syllable: nguyen thi hoa, nguyen hoa."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name, []).append(place)
    found = [
        (min(short, long), max(short, long))
        for long, name in enumerate(names)
        for shorter in without_a_middle_syllable(name)
        for short in places.get(shorter, ())
    ]
    left, right = zip(*found, strict=True) if found else ((), ())
    return np.array(left, np.intp), np.array(right, np.intp)


def without_a_middle_syllable(name: str) -> list[str]:
    """The name with each of its middle syllables left out in turn."""
    syllables = name.split()
    return [" ".join(syllables[:i] + syllables[i + 1 :]) for i in range(1, len(syllables) - 1)]


def _codes_of(words: list[str]) -> Codes:
    """A number for each distinct word, in place of the word."""
    return np.unique(np.array(words, dtype=object), return_inverse=True)[1].astype(np.int32)
