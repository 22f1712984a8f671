"""Why a report cannot be written now, and what can be done about it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.errors import Refused
from workflows.regimes import Obligation, is_locked, lock_reason, reopened_until
from workflows.reports.models import Report
from workflows.reports.states import EDITABLE, ReportState
from workflows.wording import N_, Phrase


@dataclass(frozen=True)
class Closed:
    """Why a form is closed; whether its unit may ask to have it opened, and whether time closed it."""

    why: Phrase
    may_ask: bool = False
    by_time: bool = False


def closed(
    session: Session,
    obligation: Obligation,
    report: Report | None,
    *,
    on: date,
    published_on: date | None = None,
) -> Closed | None:
    """Why the unit cannot write now, or none when it can; `published_on` is when totals were published."""
    if report is not None and report.state not in EDITABLE:
        return _handed_in(report, published_on)
    return closed_by_time(session, obligation, report, on=on)


def closed_by_time(
    session: Session, obligation: Obligation, report: Report | None, *, on: date
) -> Closed | None:
    """Why time or the office closed the form; whoever returned a report opened it by that."""
    if report is not None and report.submitted_on is not None and report.state in EDITABLE:
        return None
    until = reopened_until(session, obligation)
    why = lock_reason(obligation, on=on, reopened_until=until)
    if why is None:
        return None
    locked = is_locked(obligation, on=on, reopened_until=until)
    return Closed(why, may_ask=locked, by_time=locked)


def refuse_closed(session: Session, obligation: Obligation, report: Report | None, *, on: date) -> None:
    """Refuse to begin or to write what time has closed."""
    found = closed_by_time(session, obligation, report, on=on)
    if found is not None:
        raise Refused(found.why.message, **found.why.params)


def _handed_in(report: Report, published_on: date | None) -> Closed:
    if published_on is not None and report.state is ReportState.ACCEPTED:
        why = N_(
            "Số liệu kỳ này đã công bố ngày %(day)s. Muốn sửa thì đề nghị mở lại; số liệu sửa sau công bố"
            " ghi thành đính chính."
        )
        return Closed(Phrase(why, day=f"{published_on:%d/%m/%Y}"), may_ask=True)
    if report.state is ReportState.ACCEPTED and report.accepted_at is not None:
        why = N_(
            "Báo cáo đã được tiếp nhận ngày %(day)s và số liệu đang được tính. Muốn sửa thì đề nghị mở lại,"
            " kèm lý do."
        )
        return Closed(Phrase(why, day=f"{local_day(report.accepted_at):%d/%m/%Y}"), may_ask=True)
    if report.state is ReportState.UNDER_REVIEW and report.awaiting is not None:
        why = N_("Báo cáo đã nộp, đang chờ %(unit)s tiếp nhận. Muốn sửa thì đề nghị trả lại, kèm lý do.")
        return Closed(Phrase(why, unit=report.awaiting.name), may_ask=True)
    why = N_("Báo cáo đã nộp, đang chờ văn phòng tiếp nhận. Muốn sửa thì đề nghị trả lại, kèm lý do.")
    return Closed(Phrase(why), may_ask=True)
