"""How likely two rows are one person: a sum of weights in bits, one a field, that can be shown to anyone.

The weight of a field is log2(m / u): how much more often two rows of one person stand so to each other (m)
than two rows taken at random (u). After Fellegi and Sunter, "A theory for record linkage", 1969.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from .agreements import AGREEMENTS, Agreement, Stands, is_any_of
from .rows import Field, Pairs, Rows

Shares = Mapping[Field, Mapping[Agreement, float]]
SAME_NAME = (Agreement.SAME, Agreement.SAME_LETTERS, Agreement.OTHER_ACCENTS)

SUPPOSED: Shares = MappingProxyType(
    {
        Field.NAME: {
            Agreement.SAME: 0.80,
            Agreement.SAME_LETTERS: 0.12,
            Agreement.OTHER_ACCENTS: 0.02,
            Agreement.ALIKE: 0.05,
            Agreement.DIFFERENT: 0.01,
        },
        Field.BIRTH: {
            Agreement.SAME: 0.88,
            Agreement.SAME_YEAR: 0.06,
            Agreement.ALIKE: 0.05,
            Agreement.DIFFERENT: 0.01,
        },
        Field.SEX: {Agreement.SAME: 0.995, Agreement.DIFFERENT: 0.005},
        Field.PLACE: {Agreement.SAME: 0.85, Agreement.DIFFERENT: 0.15},
        Field.HAMLET: {Agreement.SAME: 0.90, Agreement.DIFFERENT: 0.10},
        Field.ETHNICITY: {Agreement.SAME: 0.98, Agreement.DIFFERENT: 0.02},
        Field.RELIGION: {Agreement.SAME: 0.95, Agreement.DIFFERENT: 0.05},
        Field.IDENTITY: {Agreement.SAME: 0.995, Agreement.DIFFERENT: 0.005},
        Field.ORGANISATION: {Agreement.SAME: 0.10, Agreement.DIFFERENT: 0.90},
    }
)
"""m before anything is known of the rows at hand."""


@dataclass(frozen=True, slots=True)
class Model:
    """What the weights rest on: kept with the round, so that a score can be explained years later."""

    of_one_person: Shares
    by_chance: Shares
    """Of names, only what is not the same name: how common each name is counts for itself."""
    prior: float
    """How many of all pairs that could be formed are one person."""
    out_of_reach: float
    """The share of pairs of one person in which too much differs for them to be compared."""

    def bits(self, field: Field, agreement: Agreement, name_share: float) -> float:
        """What one field adds to the score of a pair."""
        if agreement is Agreement.UNKNOWN:
            return 0.0
        is_same_name = field is Field.NAME and agreement in SAME_NAME
        chance = name_share if is_same_name else self.by_chance[field][agreement]
        return float(np.log2(self.of_one_person[field][agreement] / chance))


def probabilities(rows: Rows, pairs: Pairs, stands: Stands, model: Model) -> NDArray[np.float64]:
    """How likely each pair is one person."""
    total = np.full(len(pairs), np.log2(model.prior))
    for field in Field:
        total += _weights(field, model)[stands[field]]
    same_name = is_any_of(stands[Field.NAME], SAME_NAME)
    total[same_name] -= np.log2(rows.name_share[pairs.left[same_name]])
    return np.asarray(1 / (1 + np.exp2(-np.clip(total, -60, 60))), np.float64)


def _weights(field: Field, model: Model) -> NDArray[np.float64]:
    """What each agreement adds; a same name before its rarity is counted in."""
    known = model.of_one_person[field]
    return np.array([model.bits(field, each, 1.0) if each in known else 0.0 for each in AGREEMENTS])
