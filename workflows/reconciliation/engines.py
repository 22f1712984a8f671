"""Who finds the weights of a comparison: the office's own model, or splink where it is installed."""

from collections.abc import Mapping
from enum import StrEnum
from importlib.util import find_spec
from types import MappingProxyType

from workflows.reconciliation.matching import Learner, learn
from workflows.reconciliation.matching.by_splink import learn_by_splink


class Engine(StrEnum):
    """Whose weights score the pairs in doubt."""

    OWN = "own"
    SPLINK = "splink"


LEARNERS: Mapping[Engine, Learner] = MappingProxyType({Engine.OWN: learn, Engine.SPLINK: learn_by_splink})


def engine_of(name: str) -> Engine:
    """The engine a setting names; ValueError where there is none of that name or it is not installed."""
    if name not in set(Engine):
        raise ValueError(f"PAIR_WEIGHTS is {name!r}: use one of {', '.join(Engine)}")
    if name == Engine.SPLINK and find_spec("splink") is None:
        raise ValueError("PAIR_WEIGHTS is 'splink', which is not installed: pip install 'dondoc[splink]'")
    return Engine(name)
