"""Comparing the lists of a round; what persons decided of two entries outlives another comparison."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session, aliased

from workflows.reconciliation import lists
from workflows.reconciliation.engines import LEARNERS, Engine
from workflows.reconciliation.figures import count, keep_count
from workflows.reconciliation.matching import (
    AGREEMENTS,
    Agreement,
    Field,
    Matched,
    Model,
    Shares,
    match,
)
from workflows.reconciliation.models import DoubtfulPair, Round, RoundEntry, RoundUnit
from workflows.reconciliation.states import RoundState

AT_ONCE = 10_000
SECRET_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison found, before it is kept."""

    lists: lists.Lists
    matched: Matched
    engine: Engine
    version: int
    """Of the round when the comparing began: what two workers compared at once is kept once."""


def compare(session: Session, round_: Round, *, engine: Engine = Engine.OWN) -> Compared:
    """Compare everybody on the lists; slow, reads only. The secret of the keys ends with this call."""
    version = round_.version
    gathered = lists.read(session, round_, secret=secrets.token_bytes(SECRET_LENGTH))
    return Compared(gathered, match(gathered.rows, LEARNERS[engine]), engine, version)


def keep(session: Session, round_: Round, found: Compared, *, at: datetime) -> None:
    """Keep what was found in place of an earlier comparison; what was decided of two entries stays."""
    session.refresh(round_, with_for_update=True)
    if round_.state is not RoundState.COMPARING or round_.version != found.version:
        return
    decided, version = _decided(session, round_), _first_version(session, round_)
    for table in (DoubtfulPair, RoundEntry, RoundUnit):
        session.execute(delete(table).where(table.round_id == round_.id))
    for rows in _in_batches(_entries(round_, found)):
        session.execute(insert(RoundEntry), rows)
    for rows in _in_batches(_pairs(round_, found, decided, version)):
        session.execute(insert(DoubtfulPair), rows)
    weights = _model_as_data(found.matched.model)
    round_.model = {**weights, "unseen": found.matched.unseen, "engine": found.engine.value}
    round_.state, round_.compared_at, round_.outcome = RoundState.REVIEWING, at, {}
    session.flush()
    keep_count(session, round_, count(session, round_), at=at)


def model_of(round_: Round) -> Model:
    """What the scores of a round rest on."""
    data = round_.model
    return Model(
        _shares(data["of_one_person"]), _shares(data["by_chance"]), data["prior"], data["out_of_reach"]
    )


def _entries(round_: Round, found: Compared) -> Iterator[dict[str, Any]]:
    columns = (
        found.lists.memberships,
        found.lists.rows.organisation,
        found.lists.units,
        found.matched.persons,
    )
    for number, (membership, place, unit, person) in enumerate(
        zip(*(column.tolist() for column in columns), strict=True)
    ):
        yield {
            "round_id": round_.id,
            "number": number,
            "membership_id": membership,
            "list_place": place,
            "unit_id": unit,
            "person": person,
        }


Decided = dict[tuple[int, int], dict[str, Any]]
_OF_A_DECISION = ("decision", "note", "decided_by_id", "decided_at")
_UNDECIDED = {"decision": None, "note": "", "decided_by_id": None, "decided_at": None}


def _first_version(session: Session, round_: Round) -> int:
    """A version no pair had before: SQLite gives ids again, and an open page must not decide another pair."""
    pairs_of_round = select(func.max(DoubtfulPair.version)).where(DoubtfulPair.round_id == round_.id)
    return max(round_.version, 1 + (session.scalar(pairs_of_round) or 0))


def _pairs(round_: Round, found: Compared, decided: Decided, version: int) -> Iterator[dict[str, Any]]:
    doubtful, matched = found.matched.doubtful, found.matched
    shares, memberships = found.lists.rows.name_share, found.lists.memberships
    for at, (left, right) in enumerate(zip(doubtful.left.tolist(), doubtful.right.tolist(), strict=True)):
        known = decided.get((int(memberships[left]), int(memberships[right])), _UNDECIDED)
        yield {
            "round_id": round_.id,
            "left_number": left,
            "right_number": right,
            "probability": float(matched.probability[at]),
            "stands": {field.value: AGREEMENTS[matched.stands[field][at]].value for field in Field},
            "name_share": float(shares[left]),
            "version": version,
            **known,
        }


def _decided(session: Session, round_: Round) -> Decided:
    """What persons decided in an earlier comparison of the round, by the memberships concerned."""
    left, right = aliased(RoundEntry), aliased(RoundEntry)
    wanted = (
        select(
            left.membership_id, right.membership_id, *(getattr(DoubtfulPair, name) for name in _OF_A_DECISION)
        )
        .join(left, (left.round_id == DoubtfulPair.round_id) & (left.number == DoubtfulPair.left_number))
        .join(right, (right.round_id == DoubtfulPair.round_id) & (right.number == DoubtfulPair.right_number))
        .where(DoubtfulPair.round_id == round_.id, DoubtfulPair.decision.is_not(None))
    )
    return {
        (row[0], row[1]): dict(zip(_OF_A_DECISION, row[2:], strict=True)) for row in session.execute(wanted)
    }


def _in_batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _model_as_data(model: Model) -> dict[str, Any]:
    return {
        "of_one_person": _shares_as_data(model.of_one_person),
        "by_chance": _shares_as_data(model.by_chance),
        "prior": model.prior,
        "out_of_reach": model.out_of_reach,
    }


def _shares_as_data(shares: Shares) -> dict[str, dict[str, float]]:
    return {
        field.value: {agreement.value: float(share) for agreement, share in of_field.items()}
        for field, of_field in shares.items()
    }


def _shares(data: dict[str, dict[str, float]]) -> Shares:
    return {
        Field(field): {Agreement(agreement): share for agreement, share in of_field.items()}
        for field, of_field in data.items()
    }
