"""Persons counted once across organisations: rounds, doubtful pairs, decisions (đối chiếu)."""

from workflows.reconciliation.comparing import Compared, compare, keep, keep_outcome, outcome
from workflows.reconciliation.matching import Agreement, Field
from workflows.reconciliation.models import DoubtfulPair, Round, RoundEntry, RoundList
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
    "Decision",
    "DoubtfulPair",
    "Field",
    "Ground",
    "Laid",
    "Round",
    "RoundEntry",
    "RoundList",
    "RoundMove",
    "RoundState",
    "Side",
    "abandon",
    "all_rounds",
    "close",
    "compare",
    "decide",
    "grounds",
    "heads",
    "keep",
    "keep_outcome",
    "laid_out",
    "open_list",
    "open_moves",
    "open_round",
    "others",
    "outcome",
    "own_lists",
    "pairs",
    "start_comparing",
    "undecided",
]
