"""Asking many units for one answer each, once: what studies and plans have in common.

The request is a regime that runs once, its questions are a form of the office: so due days, lateness, the
silent ones, returning with reasons and the trail of corrections are those of every report.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from workflows import directives, regimes, reports
from workflows.calendar import Cadence, DueKind, local_day
from workflows.directives import Directive
from workflows.errors import InvalidFields
from workflows.office_days import working_calendar
from workflows.organisations import Unit
from workflows.people import Person, Role
from workflows.permissions import Permission, allows
from workflows.regimes import FormVersion, Obligation, Regime, Selection, Terms
from workflows.reports import Report, ReportState
from workflows.wording import N_

ANSWERING = (Role.UNIT_CLERK, Role.UNIT_HEAD)


@dataclass(frozen=True)
class Request:
    """What is asked of whom by when; the due day moves off days on which nobody works."""

    directive: Directive
    name: str
    due_on: date
    selection: Selection


def ask(
    session: Session,
    office: Unit,
    request: Request,
    *,
    code: str,
    definition: Mapping[str, Any],
    by: Person,
    at: datetime,
) -> Regime:
    """Ask the units; each may read the directive from now on and owes one answer."""
    today = local_day(at)
    if request.due_on < today:
        raise InvalidFields({"due_on": N_("Hạn phải từ hôm nay trở đi.")})
    terms = Terms(
        name=request.name,
        cadence=Cadence.ONE_OFF,
        due_kind=DueKind.DAYS_BEFORE_PERIOD_END,
        due_number=0,
        selection=request.selection,
        starts_on=today,
        ends_on=request.due_on,
    )
    version = _form(session, office, code, definition, by=by, at=at)
    regime = regimes.establish(
        session, office, terms=terms, form_version=version, directive=request.directive, by=by, at=at
    )
    units = regimes.units_asked(session, regime, on=today)
    if not units:
        raise InvalidFields({"units": N_("Không có đơn vị nào như đã chọn. Chọn lại các đơn vị.")})
    directives.send_to(session, request.directive, units=units, by=by, at=at)
    regimes.generate_for(session, regime, on=today, calendar=working_calendar(session))
    return regime


def _form(
    session: Session, office: Unit, code: str, definition: Mapping[str, Any], *, by: Person, at: datetime
) -> FormVersion:
    """The office's form, in a new version where it asks something else than the newest one."""
    newest = regimes.latest_form(session, office, code)
    if newest is not None and newest.definition == dict(definition):
        return newest
    return regimes.publish_form(session, office, code=code, definition=definition, by=by, at=at)


def hand_in(session: Session, report: Report, *, by: Person, at: datetime) -> None:
    """Hand an answer in; where the head has to approve it first, lay it before the head."""
    unit = report.obligation.unit
    if unit.needs_sign_off and report.state is not ReportState.SIGNED_OFF:
        if not allows(by, Permission.REPORT_SIGN_OFF, report, on=local_day(at)):
            reports.propose(session, report, by=by, at=at)
            return
        reports.sign_off(session, report, by=by, at=at)
    reports.submit(session, report, by=by, at=at)


def by_form(code: str) -> ColumnElement[bool]:
    """The regimes that ask by a form."""
    return Regime.form_version_id.in_(select(FormVersion.id).where(FormVersion.code == code))


def period_of(regime: Regime) -> str:
    """The one period of a request."""
    return regimes.periods_from(regime, regime.starts_on, count=1)[0].code


def standing(session: Session, regime: Regime, person: Person, *, on: date) -> reports.Completeness:
    """How many of the units that the person may see were asked, have answered, in time, and were accepted."""
    scope = regimes.visible_obligations(person, on=on)
    period = period_of(regime)
    return reports.completeness_of(session, regime, [period], scope).get(period, reports.Completeness())


def own_open(session: Session, person: Person, code: str, *, on: date) -> list[Obligation]:
    """What the person's own units still owe by a form, the first due first."""
    units = {post.unit_id for post in person.appointments_on(on) if post.role in ANSWERING}
    wanted = (
        reports.owed(person, on=on)
        .where(by_form(code), Obligation.unit_id.in_(units))
        .where((Report.id.is_(None)) | Report.state.in_(reports.EDITABLE))
        .order_by(Obligation.due_on, Obligation.id)
    )
    return list(session.scalars(wanted))


def of_directive(session: Session, directive: Directive, code: str) -> list[Regime]:
    """The requests by a form that a directive gave rise to, the oldest first."""
    wanted = select(Regime).where(Regime.directive_id == directive.id, by_form(code)).order_by(Regime.id)
    return list(session.scalars(wanted))
