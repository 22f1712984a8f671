"""What the rows themselves teach: how one person's rows differ, how often strangers agree, how many meet."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .agreements import AGREEMENTS, Agreement, Stands, agreements, is_any_of
from .exact import by_identity
from .rows import Codes, Field, Pairs, Rows
from .weights import SAME_NAME, SUPPOSED, Model, Shares, probabilities

STRANGERS = 400_000
STRANGERS_A_ROW = 100
SUPPOSED_COUNTS_AS = 200
"""Pairs that what is supposed weighs against what was counted."""
ROUNDS = 12


def learn(rows: Rows, persons: Codes, candidates: Pairs, seed: int = 0) -> Model:
    """The model that fits these rows."""
    known = agreements(rows, by_identity(rows))
    supposed_prior = 0.05 / max(len(rows), 2)
    first = Model(_of_one_person(known), _by_chance(rows, seed), supposed_prior, _out_of_reach(known))
    return replace(first, prior=prior(rows, persons, candidates, first))


def _out_of_reach(known: Stands) -> float:
    """How many pairs of one identity number would not have been compared, had they had none."""
    name, birth, place = (known[field] for field in (Field.NAME, Field.BIRTH, Field.PLACE))
    same_letters = is_any_of(name, SAME_NAME)
    reached = (
        is_any_of(birth, [Agreement.SAME]) & (same_letters | is_any_of(name, [Agreement.ALIKE]))
        | same_letters & is_any_of(birth, [Agreement.SAME_YEAR])
        | same_letters & is_any_of(birth, [Agreement.ALIKE]) & is_any_of(place, [Agreement.SAME])
    )
    return float((~reached).sum() / (len(reached) + SUPPOSED_COUNTS_AS))


def _of_one_person(known: Stands) -> Shares:
    """How pairs of one identity number stand: they are one person whatever was typed."""
    return {
        field: _mixed(field, np.bincount(known[field], minlength=len(AGREEMENTS)))
        for field in Field
        if field is not Field.IDENTITY
    } | {Field.IDENTITY: SUPPOSED[Field.IDENTITY]}


def _mixed(field: Field, counted: NDArray[np.intp]) -> dict[Agreement, float]:
    """Shares as counted, drawn towards what is supposed where little was counted."""
    times = {agreement: int(counted[AGREEMENTS.index(agreement)]) for agreement in SUPPOSED[field]}
    weight = sum(times.values()) + SUPPOSED_COUNTS_AS
    return {
        agreement: (times[agreement] + SUPPOSED_COUNTS_AS * share) / weight
        for agreement, share in SUPPOSED[field].items()
    }


def _by_chance(rows: Rows, seed: int) -> Shares:
    """How rows taken at random stand to each other."""
    dice = np.random.default_rng(seed)
    size = min(STRANGERS, STRANGERS_A_ROW * len(rows))
    left, right = dice.integers(0, max(len(rows), 1), (2, size)).astype(np.int32)
    strangers = Pairs(left, right).where(left != right)
    stands = agreements(rows, strangers)
    shares: dict[Field, dict[Agreement, float]] = {}
    for field in Field:
        counted = np.bincount(stands[field], minlength=len(AGREEMENTS))
        known = counted.sum() - counted[AGREEMENTS.index(Agreement.UNKNOWN)]
        shares[field] = {
            agreement: float(counted[AGREEMENTS.index(agreement)] + 0.5) / float(known + 1)
            for agreement in SUPPOSED[field]
        }
    shares[Field.BIRTH][Agreement.SAME] = _share_of_equals(rows.birth.number[rows.birth.is_whole])
    shares[Field.IDENTITY] = {Agreement.SAME: 1 / max(len(rows), 2), Agreement.DIFFERENT: 1.0}
    return shares


def _share_of_equals(column: Codes) -> float:
    """How likely two values taken at random are equal: counted whole, being too rare for a sample."""
    if len(column) < 2:
        return 1 / 20_000
    counts = np.unique(column, return_counts=True)[1] / len(column)
    return float((counts**2).sum())


def prior(rows: Rows, persons: Codes, candidates: Pairs, model: Model) -> float:
    """The share of pairs that are one person: such that it agrees with the sum of the probabilities."""
    stands = agreements(rows, candidates)
    met = len(rows) - len(np.unique(persons))
    all_pairs = max(len(rows) * (len(rows) - 1) / 2, 1)
    for _ in range(ROUNDS):
        expected = met + probabilities(rows, candidates, stands, model).sum()
        model = replace(model, prior=max(expected, 0.5) / all_pairs)
    return model.prior


def unseen(rows: Rows, persons: Codes, probability: NDArray[np.float64], model: Model) -> float:
    """How many pairs of one person lie beyond what was compared, going by those an identity number shows."""
    without_number = len(rows) - len(by_identity(rows)) - len(np.unique(persons))
    return (without_number + float(probability.sum())) * model.out_of_reach / (1 - model.out_of_reach)
