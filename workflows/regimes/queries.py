"""Reading regimes and obligations."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, joinedload
from sqlalchemy.sql.base import ExecutableOption

from workflows.db import in_vietnamese_order
from workflows.organisations import Unit, existing
from workflows.organisations.models import group_member
from workflows.people import Person
from workflows.permissions import readable_units
from workflows.regimes.models import (
    AdHocPeriod,
    FormState,
    FormVersion,
    Indicator,
    Obligation,
    ObligationReviewer,
    Regime,
    Reopening,
    ReopeningRequest,
)
from workflows.regimes.rules import Selection, asked


def visible_obligations(person: Person, *, on: date) -> ColumnElement[bool]:
    """The obligations a person may see: those of units in their branches, and those they accept first."""
    units = select(Unit.id).where(readable_units(person, on=on))
    served = [post.unit_id for post in person.appointments_on(on) if post.unit.organisation]
    if not served:
        return Obligation.unit_id.in_(units)
    # The head of an organisation accepts answers of units in other branches of the tree.
    reviewed = select(ObligationReviewer.obligation_id).where(ObligationReviewer.unit_id.in_(served))
    return or_(Obligation.unit_id.in_(units), Obligation.id.in_(reviewed))


def visible_to(person: Person, *, on: date) -> ColumnElement[bool]:
    """The regimes a person may see: of their office, or under which a unit of theirs owes."""
    units = select(Unit.id).where(readable_units(person, on=on))
    owed = select(Obligation.regime_id).where(visible_obligations(person, on=on))
    return or_(Regime.office_id.in_(units), Regime.id.in_(owed))


def one_visible(person: Person, regime_id: int, *, on: date) -> Select[Regime]:
    """A regime by its id, if the person may see it."""
    return select(Regime).where(Regime.id == regime_id, visible_to(person, on=on))


def obligations(person: Person, *, on: date) -> Select[Obligation]:
    """What is owed in the person's branches, with unit and regime, to be narrowed and sorted."""
    shown = (joinedload(Obligation.unit), joinedload(Obligation.regime))
    return select(Obligation).where(visible_obligations(person, on=on), ~Obligation.waived).options(*shown)


def running(on: date) -> Select[Regime]:
    """The regimes that ask for reports on a day."""
    return select(Regime).where(Regime.starts_on <= on, or_(Regime.ends_on.is_(None), Regime.ends_on >= on))


def units_asked(session: Session, regime: Regime, *, on: date) -> list[Unit]:
    """The units a regime asks on a day."""
    units = session.scalars(existing(on).where(Unit.path.startswith(regime.office.served_branch))).all()
    return asked(Selection.read(regime.units), units, _group_members(session))


def periods_of(session: Session, regime: Regime, *, limit: int) -> list[str]:
    """The newest periods for which a regime is owed something, oldest first."""
    last_day = func.max(Obligation.last_day)
    wanted = select(Obligation.period).where(Obligation.regime_id == regime.id).group_by(Obligation.period)
    return list(session.scalars(wanted.order_by(last_day.desc()).limit(limit)))[::-1]


def running_periods(session: Session, regime: Regime, periods: Sequence[str], *, on: date) -> set[str]:
    """Those of the periods of which every answer may still come in time."""
    wanted = select(Obligation.period).where(Obligation.regime_id == regime.id, ~Obligation.waived)
    of_period = wanted.where(Obligation.period.in_(periods)).group_by(Obligation.period)
    return set(session.scalars(of_period.having(func.min(Obligation.timely_until) >= on)))


def ad_hoc_periods(session: Session, regime: Regime) -> dict[str, AdHocPeriod]:
    """Code → period opened out of turn."""
    wanted = select(AdHocPeriod).where(AdHocPeriod.regime_id == regime.id)
    return {opened.period: opened for opened in session.scalars(wanted)}


def default_period(session: Session, regime: Regime, *, on: date) -> str | None:
    """The newest period that is due or has closed by a day; the first one while none has."""
    last_day, due_on = func.max(Obligation.last_day), func.max(Obligation.due_on)
    wanted = select(Obligation.period).where(Obligation.regime_id == regime.id).group_by(Obligation.period)
    over = wanted.having(or_(last_day < on, due_on <= on)).order_by(last_day.desc()).limit(1)
    return session.scalar(over) or session.scalar(wanted.order_by(last_day).limit(1))


def latest_form(session: Session, office: Unit, code: str) -> FormVersion | None:
    """The newest published version of a form."""
    wanted = (
        select(FormVersion)
        .where(FormVersion.office_id == office.id, FormVersion.code == code)
        .where(FormVersion.state == FormState.PUBLISHED)
        .order_by(FormVersion.number.desc())
    )
    return session.scalar(wanted.limit(1))


def published_forms(session: Session, office: Unit) -> Sequence[FormVersion]:
    """The forms by which an office may ask, by name, the newest version first."""
    wanted = select(FormVersion).where(
        FormVersion.office_id == office.id, FormVersion.state == FormState.PUBLISHED
    )
    return session.scalars(
        wanted.order_by(in_vietnamese_order(FormVersion.name), FormVersion.number.desc())
    ).all()


def newest_number(session: Session, office: Unit, code: str) -> int:
    """The highest version number of a form, 0 for a new one."""
    wanted = select(func.max(FormVersion.number)).where(
        FormVersion.office_id == office.id, FormVersion.code == code
    )
    return session.scalar(wanted) or 0


def draft_of(session: Session, office: Unit, code: str) -> FormVersion | None:
    """The version of a form that is being drafted, if one is."""
    same = FormVersion.office_id == office.id, FormVersion.code == code
    return session.scalar(select(FormVersion).where(*same, FormVersion.state == FormState.DRAFT))


def earlier_version(session: Session, version: FormVersion) -> FormVersion | None:
    """The version of the form before this one."""
    same = FormVersion.office_id == version.office_id, FormVersion.code == version.code
    wanted = select(FormVersion).where(*same, FormVersion.number < version.number)
    return session.scalar(wanted.order_by(FormVersion.number.desc()).limit(1))


def indicators(session: Session, codes: Sequence[str]) -> dict[str, Indicator]:
    """Code → indicator for those that exist."""
    found = session.scalars(select(Indicator).where(Indicator.code.in_(codes)))
    return {indicator.code: indicator for indicator in found}


def reopened_until(session: Session, obligation: Obligation) -> date | None:
    """Until when a locked form was opened again, if ever."""
    return session.scalar(select(func.max(Reopening.until)).where(Reopening.obligation_id == obligation.id))


def forms_visible_to(person: Person, *, on: date) -> ColumnElement[bool]:
    """The versions of forms a person may see: of their office, or by which a unit of theirs is asked.

    A draft is nobody's to answer: only those read it who read the affairs of the office.
    """
    units = select(Unit.id).where(readable_units(person, on=on))
    asked_by = select(Obligation.form_version_id).where(visible_obligations(person, on=on))
    return or_(FormVersion.office_id.in_(units), FormVersion.id.in_(asked_by))


def using(session: Session, version: FormVersion) -> Sequence[Regime]:
    """The regimes that ask by some version of the same form."""
    wanted = select(Regime).join(Regime.form_version)
    same = FormVersion.office_id == version.office_id, FormVersion.code == version.code
    return session.scalars(wanted.where(*same).order_by(in_vietnamese_order(Regime.name))).all()


def newest_request(session: Session, obligation: Obligation) -> ReopeningRequest | None:
    """The last time the unit asked to have the form opened again, answered or not."""
    wanted = select(ReopeningRequest).where(ReopeningRequest.obligation_id == obligation.id)
    return session.scalar(wanted.order_by(ReopeningRequest.id.desc()).limit(1))


def asks_for_reopening() -> ColumnElement[bool]:
    """The obligations whose unit waits to have the form opened again."""
    open_requests = select(ReopeningRequest.obligation_id).where(ReopeningRequest.answered_at.is_(None))
    return Obligation.id.in_(open_requests)


def exceptions(person: Person, *, on: date) -> Select[Reopening]:
    """What was granted for single units and periods in the person's branches, to be narrowed and sorted."""
    return (
        select(Reopening)
        .join(Reopening.obligation)
        .join(Obligation.unit)
        .join(Obligation.regime)
        .join(Reopening.granted_by)
        .where(visible_obligations(person, on=on))
        .options(contains_eager(Reopening.granted_by), *_with_obligation(Reopening.obligation))
    )


def live_exceptions(session: Session, obligation: Obligation, *, on: date) -> Sequence[Reopening]:
    """What is granted for one unit and period and has not ended."""
    wanted = select(Reopening).where(Reopening.obligation_id == obligation.id, Reopening.until >= on)
    return session.scalars(wanted.order_by(Reopening.id)).all()


def requests(person: Person, *, on: date) -> Select[ReopeningRequest]:
    """What units in the person's branches asked to have opened, answered or not."""
    return (
        select(ReopeningRequest)
        .join(ReopeningRequest.obligation)
        .join(Obligation.unit)
        .join(Obligation.regime)
        .join(ReopeningRequest.asked_by)
        .where(visible_obligations(person, on=on))
        .options(contains_eager(ReopeningRequest.asked_by), *_with_obligation(ReopeningRequest.obligation))
    )


def _with_obligation(path: InstrumentedAttribute[Obligation]) -> tuple[ExecutableOption, ...]:
    owed = contains_eager(path)
    return owed.contains_eager(Obligation.unit), owed.contains_eager(Obligation.regime)


def _group_members(session: Session) -> Mapping[int, set[int]]:
    members: dict[int, set[int]] = {}
    for group_id, unit_id in session.execute(select(group_member.c.group_id, group_member.c.unit_id)):
        members.setdefault(group_id, set()).add(unit_id)
    return members
