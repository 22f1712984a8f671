"""The figures of a round: persons, overlaps, units, with the decisions as they stand."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from workflows import statistics
from workflows.organisations import Unit
from workflows.reconciliation.lists import on_the_lists_of
from workflows.reconciliation.matching import Pairs, counted, joined, overlap_of
from workflows.reconciliation.models import DoubtfulPair, Round, RoundEntry, RoundUnit
from workflows.reconciliation.states import Decision
from workflows.statistics import member_form

AT_ONCE = 10_000
Row = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of one comparison with the decisions of one moment."""

    compared_at: datetime | None
    decisions: int
    """Grows with every decision, so that of two counts the later one is known."""
    figures: dict[str, Any]
    units: list[Row]


def count(session: Session, round_: Round) -> Counted:
    """Persons and overlaps with the decisions as they stand; reads only."""
    # Asked before the entries: what is decided meanwhile counts as not seen, and has its own job.
    compared_at, decisions = round_.compared_at, _decisions(session, round_)
    entries = _columns(session, round_)
    persons = joined(entries["person"], _same(session, round_))
    open_pairs, chances = _doubtful(session, round_)
    shared = overlap_of(entries["list_place"], persons, len(round_.lists))
    figures = {
        "count": asdict(counted(persons, open_pairs, chances, float(round_.model.get("unseen", 0)))),
        "both": shared.both.tolist(),
        "in_so_many": shared.in_so_many.tolist(),
        "entered_twice": shared.entered_twice.tolist(),
    }
    units = _units(session, round_, _by_unit(entries["unit_id"], entries["list_place"], persons))
    return Counted(compared_at, decisions, figures, units)


def keep_count(session: Session, round_: Round, found: Counted, *, at: datetime) -> None:
    """Note the figures, unless another worker noted later ones.

    No change of the round itself, so that nobody's open form goes stale by it.
    """
    session.refresh(round_, with_for_update=True)
    if found.compared_at != round_.compared_at or found.decisions < round_.outcome.get("decisions", 0):
        return
    kept = {"outcome": {**found.figures, "decisions": found.decisions}, "counted_at": at}
    session.execute(update(Round).where(Round.id == round_.id).values(kept))
    session.refresh(round_, kept)
    _keep_units(session, round_, found.units)


def _decisions(session: Session, round_: Round) -> int:
    versions = select(func.sum(DoubtfulPair.version)).where(DoubtfulPair.round_id == round_.id)
    return session.scalar(versions) or 0


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
) -> dict[int, Row]:
    """For each unit with a list: the place of its organisation, its entries, the persons among them."""
    if not len(units):
        return {}
    ids, firsts, entries = np.unique(units, return_index=True, return_counts=True)
    distinct = np.unique(np.stack([units, persons], axis=1), axis=0)[:, 0]
    columns = (ids, places[firsts], entries, np.unique(distinct, return_counts=True)[1])
    return {
        unit: {"list_place": place, "entries": lines, "persons": people}
        for unit, place, lines, people in zip(*(column.tolist() for column in columns), strict=True)
    }


def _units(session: Session, round_: Round, listed: dict[int, Row]) -> list[Row]:
    """The units with a list or with members in their return, or with both."""
    returned = _returned(session, round_)
    for unit, place in _places(session, round_, set(returned) - set(listed)):
        listed[unit] = {"list_place": place, "entries": 0, "persons": 0}
    return [
        {"round_id": round_.id, "unit_id": unit, **row, "returned": returned.get(unit)}
        for unit, row in listed.items()
    ]


def _returned(session: Session, round_: Round) -> dict[int, int]:
    """Unit → the members its accepted return gives."""
    if round_.regime is None or round_.period is None:
        return {}
    everyone = or_(*(on_the_lists_of(list_.head) for list_ in round_.lists))
    lines = statistics.by_unit(session, round_.regime, round_.period, everyone)
    told = {int(line.key): line.figures.get(member_form.CLOSING) for line in lines}
    return {unit: int(closing) for unit, closing in told.items() if closing is not None}


def _places(session: Session, round_: Round, units: set[int]) -> list[tuple[int, int]]:
    """Units and the place of the organisation they are of."""
    found: list[tuple[int, int]] = []
    for list_ in round_.lists if units else []:
        ids = session.scalars(select(Unit.id).where(on_the_lists_of(list_.head)))
        found += [(id_, list_.place) for id_ in ids if id_ in units]
    return found


def _keep_units(session: Session, round_: Round, units: list[Row]) -> None:
    """Note what changed of the units: a decision moves few of thousands."""
    columns = select(*RoundUnit.__table__.c).where(RoundUnit.round_id == round_.id)
    known = {row["unit_id"]: dict(row) for row in session.execute(columns).mappings()}
    changed = [row for row in units if row["unit_id"] in known and row != known[row["unit_id"]]]
    new = [row for row in units if row["unit_id"] not in known]
    gone = known.keys() - {row["unit_id"] for row in units}
    if changed:
        session.execute(update(RoundUnit), changed)
    if new:
        session.execute(insert(RoundUnit), new)
    for unit in gone:
        session.execute(delete(RoundUnit).filter_by(round_id=round_.id, unit_id=unit))
