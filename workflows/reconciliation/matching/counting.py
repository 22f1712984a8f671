"""Persons and memberships: how many, in which organisations, and how sure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .groups import components
from .rows import Codes, Pairs, together

DEVIATIONS = 3
SHARE_MISJUDGED = 0.12
"""How far the probabilities may be out, all together, in either direction."""


@dataclass(frozen=True, slots=True)
class Persons:
    """The number of persons behind the memberships, with the bounds it lies between."""

    memberships: int
    certain: int
    """Persons if no doubtful pair is one person."""
    likely: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Who belongs where, of persons that are one beyond doubt or by decision."""

    both: NDArray[np.int64]
    """Persons in organisation i and in organisation j; on the diagonal, persons in i."""
    in_so_many: NDArray[np.int64]
    """Persons by the number of their organisations, from one on."""
    entered_twice: NDArray[np.int64]
    """Entries of each organisation beyond one a person."""


def joined(persons: Codes, same: Pairs) -> Codes:
    """The persons after some pairs were found to be one."""
    return components(len(persons), together([Pairs(persons, np.arange(len(persons), dtype=np.int32)), same]))


def counted(persons: Codes, doubtful: Pairs, probability: NDArray[np.float64], unseen: float) -> Persons:
    """The number of persons, with the doubtful pairs at their probability.

    `unseen` is how many more pairs of one person are thought to lie beyond what was compared.
    """
    certain = len(np.unique(persons))
    chances = probability[_forest(persons, doubtful, probability)]
    found = float(chances.sum())
    spread = DEVIATIONS * float(np.sqrt((chances * (1 - chances)).sum() + 1))
    spread += SHARE_MISJUDGED * float(np.minimum(chances, 1 - chances).sum() + unseen)
    likely = certain - found - unseen
    return Persons(
        len(persons),
        certain,
        round(likely),
        max(1, int(likely - spread)) if len(persons) else 0,
        min(certain, int(likely + spread) + 1),
    )


def _forest(persons: Codes, pairs: Pairs, probability: NDArray[np.float64]) -> NDArray[np.intp]:
    """The likeliest pairs that close no circle: each of them makes one person fewer."""
    parent: dict[int, int] = {}

    def root(person: int) -> int:
        while (above := parent.get(person, person)) != person:
            parent[person] = parent.get(above, above)
            person = above
        return person

    kept = []
    for place in np.argsort(-probability, kind="stable"):
        left, right = root(int(persons[pairs.left[place]])), root(int(persons[pairs.right[place]]))
        if left != right:
            parent[left] = right
            kept.append(place)
    return np.array(kept, np.intp)


def overlap_of(lists: Codes, persons: Codes, size: int) -> Overlap:
    """The memberships of the persons, organisation against organisation; `lists` numbers them."""
    _, person = np.unique(persons, return_inverse=True)
    belongs = np.zeros((int(person.max(initial=-1)) + 1, size), np.bool_)
    belongs[person, lists] = True
    counts = belongs.astype(np.float32)
    both = np.rint(counts.T @ counts).astype(np.int64)
    in_so_many = np.bincount(belongs.sum(axis=1), minlength=size + 1)[1:]
    entries = np.bincount(lists, minlength=size)
    return Overlap(both, in_so_many, entries - np.diagonal(both))
