"""Comparing the lists of a round, and counting anew what persons decided since."""

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from workflows.reconciliation import lists
from workflows.reconciliation.matching import (
    AGREEMENTS,
    Agreement,
    Field,
    Matched,
    Model,
    Pairs,
    Shares,
    counted,
    joined,
    match,
    overlap_of,
)
from workflows.reconciliation.models import DoubtfulPair, Round, RoundEntry
from workflows.reconciliation.states import Decision, RoundState

AT_ONCE = 10_000
SECRET_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison found, before it is kept."""

    lists: lists.Lists
    matched: Matched


def compare(session: Session, round_: Round) -> Compared:
    """Compare everybody on the lists; slow, reads only. The secret of the keys ends with this call."""
    gathered = lists.read(session, round_, secret=secrets.token_bytes(SECRET_LENGTH))
    return Compared(gathered, match(gathered.rows))


def keep(session: Session, round_: Round, found: Compared, *, at: datetime) -> None:
    """Keep what was found in place of an earlier comparison; what was decided of two entries stays."""
    session.refresh(round_, with_for_update=True)
    if round_.state is not RoundState.COMPARING:
        return
    decided, version = _decided(session, round_), _first_version(session, round_)
    session.execute(delete(DoubtfulPair).where(DoubtfulPair.round_id == round_.id))
    session.execute(delete(RoundEntry).where(RoundEntry.round_id == round_.id))
    for rows in _in_batches(_entries(round_, found)):
        session.execute(insert(RoundEntry), rows)
    for rows in _in_batches(_pairs(round_, found, decided, version)):
        session.execute(insert(DoubtfulPair), rows)
    round_.model = {**_model_as_data(found.matched.model), "unseen": found.matched.unseen}
    round_.state, round_.compared_at = RoundState.REVIEWING, at
    session.flush()
    keep_outcome(session, round_, outcome(session, round_), at=at)


def outcome(session: Session, round_: Round) -> dict[str, Any]:
    """Persons and overlaps with the decisions as they stand; reads only."""
    entries = _columns(session, round_)
    persons = joined(entries["person"], _same(session, round_))
    open_pairs, chances = _doubtful(session, round_)
    shared = overlap_of(entries["list_place"], persons, len(round_.lists))
    return {
        "count": asdict(counted(persons, open_pairs, chances, float(round_.model.get("unseen", 0)))),
        "both": shared.both.tolist(),
        "in_so_many": shared.in_so_many.tolist(),
        "entered_twice": shared.entered_twice.tolist(),
        "units": _by_unit(entries["unit_id"], entries["list_place"], persons),
    }


def keep_outcome(session: Session, round_: Round, counted_now: dict[str, Any], *, at: datetime) -> None:
    """Note the figures; no change of the round itself, so that nobody's open form goes stale by it."""
    figures = {"outcome": counted_now, "counted_at": at}
    session.execute(update(Round).where(Round.id == round_.id).values(figures))
    session.refresh(round_, figures)


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


def _columns(session: Session, round_: Round) -> dict[str, NDArray[np.int32]]:
    """Person, list and unit of every entry, in the order of their numbers."""
    names = ("person", "list_place", "unit_id")
    wanted = select(*(getattr(RoundEntry, name) for name in names)).where(RoundEntry.round_id == round_.id)
    rows = session.execute(wanted.order_by(RoundEntry.number).execution_options(yield_per=AT_ONCE))
    flat = np.fromiter((value for row in rows for value in row), np.int32).reshape(-1, len(names))
    return {name: flat[:, place] for place, name in enumerate(names)}


def _doubtful(session: Session, round_: Round) -> tuple[Pairs, NDArray[np.float64]]:
    """The pairs nobody has settled, and how likely each is one person."""
    open_ = DoubtfulPair.decision.is_(None) | (DoubtfulPair.decision == Decision.LATER)
    columns = (DoubtfulPair.left_number, DoubtfulPair.right_number, DoubtfulPair.probability)
    rows = session.execute(select(*columns).where(DoubtfulPair.round_id == round_.id, open_)).all()
    return _as_pairs([(row[0], row[1]) for row in rows]), np.array([row[2] for row in rows], np.float64)


def _same(session: Session, round_: Round) -> Pairs:
    wanted = select(DoubtfulPair.left_number, DoubtfulPair.right_number).where(
        DoubtfulPair.round_id == round_.id, DoubtfulPair.decision == Decision.SAME
    )
    return _as_pairs([(left, right) for left, right in session.execute(wanted)])


def _as_pairs(numbers: list[tuple[int, int]]) -> Pairs:
    return Pairs(
        np.array([left for left, _ in numbers], np.int32), np.array([right for _, right in numbers], np.int32)
    )


def _by_unit(
    units: NDArray[np.int32], places: NDArray[np.int32], persons: NDArray[np.int32]
) -> list[list[int]]:
    """For each unit: its id, the place of its list, its entries, and the persons among them."""
    entries = np.unique(units, return_counts=True)
    distinct = np.unique(np.stack([units, persons], axis=1), axis=0)[:, 0] if len(units) else units
    counts = np.unique(distinct, return_counts=True)[1]
    firsts = np.unique(units, return_index=True)[1]
    return np.stack([entries[0], places[firsts], entries[1], counts], axis=1).tolist() if len(units) else []


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
