"""Persons counted once across organisations: rounds, doubtful pairs, decisions (đối chiếu)."""

from workflows.reconciliation.comparing import Compared, compare, keep
from workflows.reconciliation.engines import Engine, engine_of
from workflows.reconciliation.figures import Counted, count, keep_count
from workflows.reconciliation.matching import Agreement, Field
from workflows.reconciliation.models import DoubtfulPair, Round, RoundEntry, RoundList, RoundUnit
from workflows.reconciliation.queries import (
    Ground,
    Laid,
    Side,
    all_rounds,
    grounds,
    heads,
    laid_out,
    others,
    own_lists,
    pairs,
    undecided,
    units,
)
from workflows.reconciliation.states import Decision, RoundMove, RoundState
from workflows.reconciliation.verbs import (
    abandon,
    close,
    decide,
    open_list,
    open_moves,
    open_round,
    start_comparing,
)

__all__ = [
    "Agreement",
    "Compared",
    "Counted",
    "Decision",
    "DoubtfulPair",
    "Engine",
    "Field",
    "Ground",
    "Laid",
    "Round",
    "RoundEntry",
    "RoundList",
    "RoundMove",
    "RoundState",
    "RoundUnit",
    "Side",
    "abandon",
    "all_rounds",
    "close",
    "compare",
    "count",
    "decide",
    "engine_of",
    "grounds",
    "heads",
    "keep",
    "keep_count",
    "laid_out",
    "open_list",
    "open_moves",
    "open_round",
    "others",
    "own_lists",
    "pairs",
    "start_comparing",
    "undecided",
    "units",
]
