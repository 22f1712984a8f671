"""Find papers whose texts are the same within a tenth, by small signatures that are stored beside them.

A text is cut into runs of three words (accents, case and punctuation aside, so that a scan resembles its
original). Its signature keeps the smallest hashes of those runs: a fair sample of them, the same for the same
text. How many runs two texts share tells how many of their words agree.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from typing import Self, TypeVar
from unicodedata import normalize

from workflows.directives.reading.text import fold

RUN = 3
KEPT = 256
KEYS = 12
ALIKE = 0.9

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Signature:
    """The smallest hashes of the word runs of a text, ascending; fewer than KEPT mean that all are there."""

    hashes: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """The signature of a text."""
        return cls(tuple(nsmallest(KEPT, {_hash(run) for run in _runs(text)})))

    @classmethod
    def parse(cls, stored: str) -> Self:
        """A signature from its stored form. Raises ValueError."""
        return cls(tuple(int(part, 16) for part in stored.split()))

    def __str__(self) -> str:
        return " ".join(f"{value:016x}" for value in self.hashes)

    def keys(self) -> tuple[str, ...]:
        """A few hashes to look candidates up by: two texts alike share one, but for a rare accident."""
        return tuple(f"{value:016x}" for value in self.hashes[:KEYS])


def similarity(one: Signature, other: Signature) -> float:
    """The share of words, between 0 and 1, in which two texts agree; within about 0.02.

    From the share j of common runs of k words follows the share of common words (2j / (1 + j)) ** (1 / k):
    Ondov et al., "Mash: fast genome and metagenome distance estimation using MinHash", 2016.
    """
    j = _shared(one.hashes, other.hashes)
    return float((2 * j / (1 + j)) ** (1 / RUN))


def near_duplicates(
    signature: Signature, others: Iterable[tuple[Key, Signature]], at_least: float = ALIKE
) -> list[tuple[Key, float]]:
    """Those of the others that are as alike as asked, the most alike first."""
    measured = ((key, similarity(signature, other)) for key, other in others)
    return sorted((found for found in measured if found[1] >= at_least), key=lambda found: -found[1])


def _runs(text: str) -> Iterator[str]:
    words = re.findall(r"[^\W_]+", fold(normalize("NFC", text)))
    if 0 < len(words) < RUN:
        yield " ".join(words)
    for at in range(len(words) - RUN + 1):
        yield " ".join(words[at : at + RUN])


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest())


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The share of common runs among all, estimated from the smallest hashes of both together."""
    if not one or not other:
        return 0.0
    union = sorted({*one, *other})
    if KEPT in (len(one), len(other)):
        union = union[:KEPT]
    return len(set(one) & set(other) & set(union)) / len(union)
