"""Who accepts an answer below the office: the levels of a regime, found in the tree for each unit."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflows.organisations import Level, Unit, existing
from workflows.regimes.models import Obligation, ObligationReviewer, Regime, ReviewLevel


def chain(unit: Unit, levels: Sequence[str], units: Iterable[Unit], *, branch: str) -> list[Unit]:
    """The units that accept in turn before the office, lowest first; a level a unit lacks is left out.

    `units` are those there are, `branch` the path of the branch that the office itself looks after.
    """
    known = list(units)
    found: list[Unit] = []
    for level in levels:
        above = _superior(unit, known, branch) if level == ReviewLevel.SUPERIOR else _family_head(unit, known)
        if above is not None and above not in found:
            found.append(above)
    return found


def name_reviewers(session: Session, regime: Regime, *, on: date) -> int:
    """Name the levels of the obligations that are open and have none yet; how many were named."""
    if not regime.review_levels:
        return 0
    branch = regime.office.served_branch
    units = session.scalars(existing(on).where(Unit.path.startswith(branch))).all()
    named = select(ObligationReviewer.level).where(ObligationReviewer.obligation_id == Obligation.id)
    wanted = select(Obligation.id, Obligation.unit_id).where(
        Obligation.regime_id == regime.id, ~Obligation.waived, Obligation.due_on >= on, ~named.exists()
    )
    owed = session.execute(wanted).all()
    owing = {unit_id for _, unit_id in owed}
    chains = {u.id: chain(u, regime.review_levels, units, branch=branch) for u in units if u.id in owing}
    rows = [
        {"obligation_id": id_, "level": place, "unit_id": above.id}
        for id_, unit_id in owed
        for place, above in enumerate(chains.get(unit_id, ()), start=1)
    ]
    if rows:
        session.execute(insert(ObligationReviewer), rows)
    return len(rows)


def _superior(unit: Unit, units: list[Unit], branch: str) -> Unit | None:
    """The body right above, unless that is the committee whose office receives in the end."""
    return next((above for above in units if above.id == unit.parent_id and above.path != branch), None)


def _family_head(unit: Unit, units: list[Unit]) -> Unit | None:
    """The body at province level of the organisation that a unit below belongs to."""
    if unit.organisation is None or unit.level is Level.PROVINCE:
        return None
    heads = [u for u in units if u.organisation == unit.organisation and u.level is Level.PROVINCE]
    return min(heads, key=lambda head: (len(head.path), head.id), default=None)
