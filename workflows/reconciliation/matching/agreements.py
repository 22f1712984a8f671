"""How two rows stand to each other, field by field."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .candidates import near_days, without_a_middle_syllable
from .rows import Codes, Field, Flags, Pairs, Rows


class Agreement(StrEnum):
    """How two rows stand to each other in one field."""

    UNKNOWN = "unknown"
    SAME = "same"
    SAME_LETTERS = "same_letters"
    """The name without its accents: one of the two was typed without them."""
    OTHER_ACCENTS = "other_accents"
    ALIKE = "alike"
    """A slip: a letter of the name, a syllable left out, day and month changed about, one part of the day."""
    SAME_YEAR = "same_year"
    """One of the two gives no more of the day of birth than the year."""
    DIFFERENT = "different"


AGREEMENTS = tuple(Agreement)
Codings = NDArray[np.int8]
"""Places in AGREEMENTS."""
Stands = Mapping[Field, Codings]


def agreements(rows: Rows, pairs: Pairs) -> Stands:
    """How each pair stands in every field."""
    return {
        Field.NAME: _names(rows, pairs),
        Field.BIRTH: _births(rows, pairs),
        Field.SEX: _equal(rows.sex, pairs),
        Field.PLACE: _equal(rows.place, pairs),
        Field.HAMLET: _hamlets(rows, pairs),
        Field.ETHNICITY: _equal(rows.ethnicity, pairs),
        Field.RELIGION: _equal(rows.religion, pairs),
        Field.IDENTITY: _numbers(rows, pairs),
        Field.ORGANISATION: _equal(rows.organisation + 1, pairs),
    }


def is_any_of(stands: Codings, wanted: Iterable[Agreement]) -> Flags:
    """Which pairs stand in one of the ways."""
    return np.isin(stands, [AGREEMENTS.index(agreement) for agreement in wanted])


def _chosen(size: int, *cases: tuple[Flags, Agreement]) -> Codings:
    """The first case that holds for each pair; DIFFERENT where none does."""
    conditions = [condition for condition, _ in cases]
    codes = [np.int8(AGREEMENTS.index(agreement)) for _, agreement in cases]
    if not size:
        return np.empty(0, np.int8)
    return np.select(conditions, codes, np.int8(AGREEMENTS.index(Agreement.DIFFERENT))).astype(np.int8)


def _equal(column: Codes, pairs: Pairs) -> Codings:
    left, right = column[pairs.left], column[pairs.right]
    unknown = (left == 0) | (right == 0)
    return _chosen(len(pairs), (unknown, Agreement.UNKNOWN), (left == right, Agreement.SAME))


def _hamlets(rows: Rows, pairs: Pairs) -> Codings:
    """Hamlets of one place; that those of two places differ says nothing new."""
    left, right = rows.hamlet[pairs.left], rows.hamlet[pairs.right]
    elsewhere = rows.place[pairs.left] != rows.place[pairs.right]
    unknown = (left == 0) | (right == 0) | elsewhere
    return _chosen(len(pairs), (unknown, Agreement.UNKNOWN), (left == right, Agreement.SAME))


def _numbers(rows: Rows, pairs: Pairs) -> Codings:
    left, right = rows.identity[pairs.left], rows.identity[pairs.right]
    lengths_differ = rows.identity_length[pairs.left] != rows.identity_length[pairs.right]
    unknown = (left == 0) | (right == 0) | lengths_differ
    return _chosen(len(pairs), (unknown, Agreement.UNKNOWN), (left == right, Agreement.SAME))


def _births(rows: Rows, pairs: Pairs) -> Codings:
    birth, left, right = rows.birth, pairs.left, pairs.right
    whole = birth.is_whole[left] & birth.is_whole[right]
    return _chosen(
        len(pairs),
        ((birth.year[left] == 0) | (birth.year[right] == 0), Agreement.UNKNOWN),
        (whole & (birth.number[left] == birth.number[right]), Agreement.SAME),
        (~whole & (birth.year[left] == birth.year[right]), Agreement.SAME_YEAR),
        (whole & near_days(rows, pairs), Agreement.ALIKE),
    )


def _names(rows: Rows, pairs: Pairs) -> Codings:
    same_letters = rows.name[pairs.left] == rows.name[pairs.right]
    both_accented = rows.has_accents[pairs.left] & rows.has_accents[pairs.right]
    return _chosen(
        len(pairs),
        (rows.spelling[pairs.left] == rows.spelling[pairs.right], Agreement.SAME),
        (same_letters & ~both_accented, Agreement.SAME_LETTERS),
        (same_letters, Agreement.OTHER_ACCENTS),
        (_alike(rows, pairs), Agreement.ALIKE),
    )


def _alike(rows: Rows, pairs: Pairs) -> Flags:
    """Names one slip away from each other."""
    if not len(pairs):
        return np.empty(0, np.bool_)
    lefts = [rows.names[name] for name in rows.name[pairs.left]]
    rights = [rows.names[name] for name in rows.name[pairs.right]]
    near = process.cpdist(lefts, rights, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8) <= 1
    return np.fromiter(
        (
            close or left in without_a_middle_syllable(right) or right in without_a_middle_syllable(left)
            for close, left, right in zip(near, lefts, rights, strict=True)
        ),
        np.bool_,
        len(pairs),
    )
