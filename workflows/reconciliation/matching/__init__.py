"""Which memberships are one person: exact keys first, then weights that anyone can follow. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .agreements import AGREEMENTS, Agreement, Stands, agreements
from .candidates import pairs as candidate_pairs
from .counting import Overlap, Persons, counted, joined, overlap_of
from .exact import contested, persons
from .learning import learn, unseen
from .rows import Birth, Codes, Field, Pairs, Rows, together
from .weights import Model, Shares, probabilities

__all__ = [
    "AGREEMENTS",
    "Agreement",
    "Birth",
    "Field",
    "Learner",
    "Matched",
    "Model",
    "Overlap",
    "Pairs",
    "Persons",
    "Rows",
    "Shares",
    "counted",
    "joined",
    "learn",
    "match",
    "overlap_of",
    "persons",
]

WORTH_A_LOOK = 0.05
"""Pairs less likely than this are counted in, but not laid before a person."""


Learner = Callable[[Rows, Codes, Pairs], Model]
"""Whoever finds the weights that fit: rows, the person of each beyond doubt, pairs in doubt → model."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What a comparison found before any person decided."""

    persons: NDArray[np.int32]
    """For each row the first row of the same person, beyond doubt."""
    doubtful: Pairs
    stands: Stands
    """How the doubtful pairs stand in each field."""
    probability: NDArray[np.float64]
    model: Model
    count: Persons
    unseen: float
    """How many pairs of one person are thought to lie beyond those that are laid before a person."""


def match(rows: Rows, learner: Learner = learn) -> Matched:
    """Compare all rows with all others, as far as two may be one person."""
    known = persons(rows)
    doubtful = together([candidate_pairs(rows, known), contested(rows)])
    model = learner(rows, known, doubtful)
    stands = agreements(rows, doubtful)
    probability = probabilities(rows, doubtful, stands, model)
    worth = probability >= WORTH_A_LOOK
    beyond = unseen(rows, known, probability, model) + float(probability[~worth].sum())
    count = counted(known, doubtful.where(worth), probability[worth], beyond)
    shown = {field: codes[worth] for field, codes in stands.items()}
    return Matched(known, doubtful.where(worth), shown, probability[worth], model, count, beyond)
