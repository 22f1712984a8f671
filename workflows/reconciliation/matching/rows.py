"""Memberships as columns of figures: what a round compares, a million at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
Keys = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.float32]


class Field(StrEnum):
    """What is compared."""

    NAME = "name"
    BIRTH = "birth"
    SEX = "sex"
    PLACE = "place"
    """Commune."""
    HAMLET = "hamlet"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    IDENTITY = "identity"
    ORGANISATION = "organisation"
    """Few are entered twice in one organisation, so that two rows of one are mostly two persons."""


@dataclass(frozen=True, slots=True)
class Birth:
    """Days of birth; a part that is not known is 0."""

    year: Codes
    month: Codes
    day: Codes

    @property
    def is_whole(self) -> Flags:
        """Which days are known to the day."""
        return (self.year > 0) & (self.month > 0) & (self.day > 0)

    @property
    def number(self) -> Codes:
        """The day as one figure that compares: 19910203."""
        return self.year * 10_000 + self.month * 100 + self.day


@dataclass(frozen=True)
class Rows:
    """Memberships, one a row; every column has the same length.

    `identity` and `signature` are keyed hashes that tell equality only (0 = none): of the identity number,
    and of folded name, day of birth, sex and place together. Of the codes, organisations begin at 0; in the
    others 0 stands for what is not known.
    """

    organisation: Codes
    place: Codes
    hamlet: Codes
    sex: Codes
    ethnicity: Codes
    religion: Codes
    birth: Birth
    identity: Keys
    identity_length: Codes
    """9 and 12 digits are two numberings: the same person has another number in each."""
    signature: Keys
    name: Codes
    """Place of the folded name in `names`."""
    spelling: Codes
    """Place of the name as it was written, with accents, in `spellings`."""
    names: Sequence[str]
    spellings: Sequence[str]

    def __len__(self) -> int:
        return len(self.organisation)

    @cached_property
    def name_share(self) -> NDArray[np.float64]:
        """How common the name of each row is, as a share of all rows."""
        shares = np.bincount(self.name, minlength=len(self.names)) / max(len(self), 1)
        return np.asarray(shares[self.name], np.float64)

    @cached_property
    def has_accents(self) -> Flags:
        """Whether each row's name was written with accents."""
        accented = np.fromiter((not name.isascii() for name in self.spellings), bool, len(self.spellings))
        return np.asarray(accented[self.spelling], np.bool_)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows, the earlier row at the left."""

    left: Codes
    right: Codes

    def __len__(self) -> int:
        return len(self.left)

    def where(self, chosen: Flags) -> "Pairs":
        """Some of the pairs."""
        return Pairs(self.left[chosen], self.right[chosen])


def no_pairs() -> Pairs:
    """Nothing to compare."""
    return Pairs(np.empty(0, np.int32), np.empty(0, np.int32))


def together(several: Sequence[Pairs]) -> Pairs:
    """The pairs of several lists, each pair once."""
    left = np.concatenate([pairs.left for pairs in several] or [np.empty(0, np.int32)]).astype(np.int64)
    right = np.concatenate([pairs.right for pairs in several] or [np.empty(0, np.int32)]).astype(np.int64)
    both = np.unique((np.minimum(left, right) << 32) | np.maximum(left, right))
    return Pairs((both >> 32).astype(np.int32), (both & 0xFFFFFFFF).astype(np.int32))
