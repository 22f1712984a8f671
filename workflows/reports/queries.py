"""Reading reports: what a person may see, what is owed to whom, how units stand in a period."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true
from sqlalchemy.orm import Session, contains_eager

from workflows.files import attached
from workflows.organisations import Unit
from workflows.people import Person, Role
from workflows.permissions import readable_units
from workflows.regimes import (
    Indicator,
    Obligation,
    ObligationReviewer,
    Regime,
    asks_for_reopening,
    indicator_code,
    visible_obligations,
)
from workflows.reports.content import Content
from workflows.reports.models import Figure, Report
from workflows.reports.states import ReportState, Standing

ANSWERED = (ReportState.UNDER_REVIEW, ReportState.SUBMITTED, ReportState.ACCEPTED)
WAITING = (
    ReportState.UNDER_REVIEW,
    ReportState.SUBMITTED,
    ReportState.PROPOSED,
    ReportState.RETURNED,
    ReportState.SIGNED_OFF,
)
WITH_THE_CLERK = (ReportState.RETURNED, ReportState.SIGNED_OFF)
OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_LEADER)


@dataclass(frozen=True)
class Owed:
    """An obligation with the answer given so far, if any, and how it stands."""

    obligation: Obligation
    report: Report | None
    standing: Standing


@dataclass(frozen=True)
class Completeness:
    """How many answers are expected, received, received in time, and accepted."""

    expected: int = 0
    received: int = 0
    in_time: int = 0
    accepted: int = 0


def visible_to(person: Person, *, on: date) -> ColumnElement[bool]:
    """The reports a person may read."""
    return Report.obligation_id.in_(select(Obligation.id).where(visible_obligations(person, on=on)))


def standing_sql(today: date) -> ColumnElement[str]:
    """How an obligation (outer-joined to its report) stands on a day; the twin of `states.standing`."""
    answered = Report.state.in_(ANSWERED)
    return case(
        (
            and_(Report.state == ReportState.ACCEPTED, Report.submitted_on <= Obligation.timely_until),
            Standing.ACCEPTED.value,
        ),
        (Report.state == ReportState.ACCEPTED, Standing.ACCEPTED_LATE.value),
        (and_(answered, Report.submitted_on <= Obligation.timely_until), Standing.SUBMITTED.value),
        (answered, Standing.SUBMITTED_LATE.value),
        (Report.submitted_on.is_not(None), Standing.RETURNED.value),
        (Obligation.timely_until < today, Standing.MISSING.value),
        else_=Standing.AWAITED.value,
    )


def owed(person: Person, *, on: date) -> Select[Obligation, Report, str]:
    """What the person's branches owe, with the answer so far and the standing, to be narrowed and sorted."""
    return (
        select(Obligation, Report, standing_sql(on).label("standing"))
        .outerjoin(Report, Report.obligation_id == Obligation.id)
        .join(Obligation.unit)
        .join(Obligation.regime)
        .where(visible_obligations(person, on=on), ~Obligation.waived)
        .options(contains_eager(Obligation.unit), contains_eager(Obligation.regime))
    )


def units_owing(regime: Regime, periods: Sequence[str], person: Person, *, on: date) -> Select[int, str]:
    """Id and name of the units in the person's branches that owe something for the periods, by the tree."""
    owing = select(Obligation.unit_id).where(
        Obligation.regime_id == regime.id, Obligation.period.in_(periods), ~Obligation.waived
    )
    readable = readable_units(person, on=on)
    return select(Unit.id, Unit.short_name).where(Unit.id.in_(owing), readable).order_by(Unit.path)


def standings(
    session: Session, regime: Regime, periods: Sequence[str], units: Sequence[int], *, on: date
) -> dict[tuple[int, str], tuple[int, Standing]]:
    """Unit and period → the obligation (its id) and how it stands: the cells of a board."""
    rows = session.execute(
        select(Obligation.unit_id, Obligation.period, Obligation.id, standing_sql(on))
        .outerjoin(Report, Report.obligation_id == Obligation.id)
        .where(Obligation.regime_id == regime.id, Obligation.period.in_(periods), ~Obligation.waived)
        .where(Obligation.unit_id.in_(units))
    )
    return {(unit, period): (id_, Standing(standing)) for unit, period, id_, standing in rows}


def counts_sql() -> tuple[ColumnElement[int], ...]:
    """The four figures of `Completeness` over obligations outer-joined to their reports."""
    answered = Report.state.in_(ANSWERED)
    timely = and_(answered, Report.submitted_on <= Obligation.timely_until)
    accepted = Report.state == ReportState.ACCEPTED
    return (func.count(), *(func.sum(case((one, 1), else_=0)) for one in (answered, timely, accepted)))


def completeness(session: Session, regime: Regime, period: str) -> Completeness:
    """The four figures of a period over all units, counted live."""
    return completeness_of(session, regime, [period], true()).get(period, Completeness())


def completeness_of(
    session: Session, regime: Regime, periods: Sequence[str], scope: ColumnElement[bool]
) -> dict[str, Completeness]:
    """Period → its four figures over the obligations in scope."""
    rows = session.execute(
        select(Obligation.period, *counts_sql())
        .select_from(Obligation)
        .outerjoin(Report, Report.obligation_id == Obligation.id)
        .where(Obligation.regime_id == regime.id, Obligation.period.in_(periods), ~Obligation.waived, scope)
        .group_by(Obligation.period)
    )
    return {period: Completeness(*(int(count) for count in counts)) for period, *counts in rows}


def silent(
    session: Session,
    regime: Regime,
    period: str,
    *,
    person: Person,
    on: date,
    scope: ColumnElement[bool] | None = None,
) -> Sequence[Obligation]:
    """The units in the person's branches that have not answered, longest due first; `scope` narrows them."""
    wanted = (
        select(Obligation)
        .outerjoin(Report, and_(Report.obligation_id == Obligation.id, Report.state.in_(ANSWERED)))
        .where(Obligation.regime_id == regime.id, Obligation.period == period, ~Obligation.waived)
        .join(Obligation.unit)
        .where(Report.id.is_(None), visible_obligations(person, on=on), true() if scope is None else scope)
        .options(contains_eager(Obligation.unit))
        .order_by(Obligation.due_on, Obligation.id)
    )
    return session.scalars(wanted).all()


def accepted(session: Session, regime: Regime, period: str) -> Sequence[Report]:
    """The accepted reports of a period, with their units."""
    wanted = (
        select(Report)
        .join(Report.obligation)
        .join(Obligation.unit)
        .where(Obligation.regime_id == regime.id, Obligation.period == period)
        .where(Report.state == ReportState.ACCEPTED)
        .options(contains_eager(Report.obligation).contains_eager(Obligation.unit))
        .order_by(Unit.path)
    )
    return session.scalars(wanted).all()


def waiting_for(person: Person, *, on: date) -> ColumnElement[bool]:
    """The obligations, as `owed` joins them, whose next step is this person's.

    A level below the office accepts what has come to it; the office receives and answers requests for
    reopening, a head signs off, a clerk mends what was returned.
    """
    posts = person.appointments_on(on)
    served = _units_in(post.reach for post in posts if post.role in OFFICE)
    headed = [post.unit_id for post in posts if post.role is Role.UNIT_HEAD]
    own = [post.unit_id for post in posts if post.role is Role.UNIT_CLERK]
    asking = asks_for_reopening()
    mine = or_(
        and_(Regime.office_id.in_(served), asking),
        acceptable_by(person, on=on),
        and_(Obligation.unit_id.in_(headed), Report.state == ReportState.PROPOSED),
        and_(Obligation.unit_id.in_(own), Report.state.in_(WITH_THE_CLERK)),
    )
    # Few reports wait among many that were accepted; to begin with these is what makes it quick.
    waiting = select(Report.obligation_id).where(Report.state.in_(WAITING))
    return and_(or_(Obligation.id.in_(waiting), asking), mine)


def acceptable_by(person: Person, *, on: date) -> ColumnElement[bool]:
    """The reports, as `owed` joins them, that it is this person's turn to accept."""
    posts = person.appointments_on(on)
    served = _units_in(post.reach for post in posts if post.role in OFFICE)
    own = [post.unit_id for post in posts if post.role in (Role.UNIT_CLERK, Role.UNIT_HEAD)]
    return or_(
        and_(Report.state == ReportState.SUBMITTED, Regime.office_id.in_(served)),
        and_(Report.state == ReportState.UNDER_REVIEW, Report.awaiting_id.in_(own)),
    )


def accepts_below(session: Session, person: Person, *, on: date) -> bool:
    """Does the person work in a body that some report goes through on its way to an office?"""
    roles = (Role.UNIT_CLERK, Role.UNIT_HEAD)
    own = [post.unit_id for post in person.appointments_on(on) if post.role in roles]
    asked = select(ObligationReviewer.level).where(ObligationReviewer.unit_id.in_(own)).limit(1)
    return bool(own) and session.scalar(asked) is not None


def _units_in(paths: Iterable[str]) -> Select[int]:
    return select(Unit.id).where(or_(false(), *(Unit.path.startswith(path) for path in paths)))


def of_obligation(session: Session, obligation: Obligation) -> Report | None:
    """The answer to an obligation, if it was begun."""
    return session.scalar(select(Report).where(Report.obligation_id == obligation.id))


def figures_of(session: Session, report: Report) -> dict[str, Decimal]:
    """Cell → number of a report."""
    prefix = indicator_code(report.obligation.form_version.code, "")
    rows = session.execute(
        select(Indicator.code, Figure.value)
        .join(Figure, Figure.indicator_id == Indicator.id)
        .where(Figure.report_id == report.id)
    )
    return {code.removeprefix(prefix): value for code, value in rows}


def content_of(session: Session, report: Report) -> Content:
    """All that a report says now."""
    figures = figures_of(session, report)
    return Content(report.nil, figures, report.narrative, report.cell_notes, report.set_aside)


def files_now(session: Session, report: Report) -> list[dict[str, str]]:
    """Name and digest of every file that hangs on a report, as an edition keeps them."""
    hung = attached(session, Report, [report.id]).get(report.id, [])
    return [{"name": file.name, "sha256": file.sha256} for file in hung]


def content_before(session: Session, obligation: Obligation) -> Content:
    """What the same unit said for the period before, if it was handed in; otherwise nothing."""
    period = obligation.span.previous()
    if period is None:
        return Content()
    earlier = session.scalar(
        select(Report)
        .join(Report.obligation)
        .where(Obligation.regime_id == obligation.regime_id, Obligation.unit_id == obligation.unit_id)
        .where(Obligation.period == period.code, Report.state.in_(ANSWERED))
    )
    return content_of(session, earlier) if earlier else Content()


def figures_before(session: Session, obligation: Obligation) -> Mapping[str, Decimal]:
    """Cell → number of the same unit's answer for the period before, if it was handed in."""
    return content_before(session, obligation).figures
