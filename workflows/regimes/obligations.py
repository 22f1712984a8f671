"""Obligations come into being by themselves and are repaired by the same sweep; what was answered stays."""

from datetime import date, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflows.calendar import Period, WorkingCalendar
from workflows.organisations import Unit
from workflows.regimes.models import AdHocPeriod, Obligation, Regime
from workflows.regimes.queries import running, units_asked
from workflows.regimes.reviewing import name_reviewers
from workflows.regimes.rules import periods_open


def generate(session: Session, *, on: date, calendar: WorkingCalendar) -> int:
    """Make what is owed by a day and is not there yet; a second run makes nothing. Returns how many."""
    regimes = session.scalars(running(on)).all()
    return sum(generate_for(session, regime, on=on, calendar=calendar) for regime in regimes)


def generate_for(session: Session, regime: Regime, *, on: date, calendar: WorkingCalendar) -> int:
    """Make what one regime is owed by a day."""
    owed = select(Obligation.period, Obligation.unit_id).where(Obligation.regime_id == regime.id)
    known = {(period, unit_id) for period, unit_id in session.execute(owed)}
    missing = []
    for period in periods_open(regime, on):
        # Who is asked follows from who existed when the period closed, or exists today while it runs.
        last_day = period.last_day(regime.cut_off_day)
        for unit in units_asked(session, regime, on=min(last_day, on)):
            if (period.code, unit.id) not in known:
                missing.append(_obligation(regime, unit, period, calendar))
    if missing:
        session.execute(insert(Obligation), missing)
    name_reviewers(session, regime, on=on)
    _waive_of_dissolved(session, regime, on)
    return len(missing)


def _obligation(regime: Regime, unit: Unit, period: Period, calendar: WorkingCalendar) -> dict[str, object]:
    dates = regime.timetable.dates_of(period, calendar)
    return {
        "regime_id": regime.id,
        "unit_id": unit.id,
        "period": period.code,
        "form_version_id": regime.form_version_id,
        "first_day": dates.first_day,
        "last_day": dates.last_day,
        "due_on": dates.due,
        "timely_until": dates.timely_until,
        "locked_after": dates.locked_after,
        "waived": False,
    }


def generate_ad_hoc(session: Session, opened: AdHocPeriod, *, on: date) -> int:
    """Make what is owed for a period opened out of turn; its data reach back to the year's beginning."""
    regime = opened.regime
    terms = regime.timetable
    owed = {
        "regime_id": regime.id,
        "period": opened.period,
        "form_version_id": regime.form_version_id,
        "first_day": min(max(regime.starts_on, opened.last_day.replace(month=1, day=1)), opened.last_day),
        "last_day": opened.last_day,
        "due_on": opened.due_on,
        "timely_until": opened.due_on + timedelta(terms.grace_days),
        "locked_after": opened.due_on + timedelta(terms.lock_days) if terms.lock_days else None,
        "waived": False,
    }
    rows = [{**owed, "unit_id": unit.id} for unit in units_asked(session, regime, on=on)]
    if rows:
        session.execute(insert(Obligation), rows)
    name_reviewers(session, regime, on=on)
    return len(rows)


def _waive_of_dissolved(session: Session, regime: Regime, on: date) -> None:
    """A unit dissolved before a period ended owes nothing for it; its successors do."""
    gone = (
        select(Obligation)
        .join(Obligation.unit)
        .where(Obligation.regime_id == regime.id, ~Obligation.waived)
        .where(Unit.dissolved_on <= on, Unit.dissolved_on <= Obligation.last_day)
    )
    for obligation in session.scalars(gone):
        obligation.waived = True
