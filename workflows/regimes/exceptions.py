"""Exceptions for one unit and period: a locked form opened, a later due day; asked for, granted, refused."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes.models import ExceptionKind, Obligation, Reopening, ReopeningRequest
from workflows.regimes.queries import newest_request, reopened_until
from workflows.regimes.rules import is_locked
from workflows.verb import verb
from workflows.wording import N_


@verb("obligation.reopen", Permission.REPORT_REVIEW)
def reopen(
    session: Session, obligation: Obligation, *, until: date, reason: str, by: Person, at: datetime
) -> Reopening:
    """Open a locked form again for one unit and period, until a day."""
    _check(until, reason, N_("Ngày hết hạn mở lại phải từ hôm nay trở đi."), at=at)
    reopening = Reopening(
        obligation=obligation, reason=reason.strip(), until=until, granted_by=by, granted_at=at
    )
    session.add(reopening)
    answer_request(session, obligation, at=at)
    return reopening


@verb("obligation.extend", Permission.REPORT_REVIEW)
def extend(
    session: Session, obligation: Obligation, *, until: date, reason: str, by: Person, at: datetime
) -> Reopening:
    """Give one unit a later due day for one period; the day before stays on record."""
    _check(until, reason, N_("Hạn nộp mới phải từ hôm nay trở đi."), at=at)
    if until <= obligation.due_on:
        raise InvalidFields({"until": N_("Hạn nộp mới phải sau hạn đang có.")})
    extension = Reopening(
        obligation=obligation,
        kind=ExceptionKind.EXTENSION,
        due_before=obligation.due_on,
        reason=reason.strip(),
        until=until,
        granted_by=by,
        granted_at=at,
    )
    session.add(extension)
    _postpone(obligation, until)
    answer_request(session, obligation, at=at)
    return extension


@verb("obligation.end-exception", Permission.REPORT_REVIEW)
def end_exception(session: Session, exception: Reopening, *, reason: str, by: Person, at: datetime) -> None:
    """Close a reopened form before its day; a later due day that was granted stays granted."""
    today = local_day(at)
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi lý do kết thúc sớm.")})
    if exception.kind is not ExceptionKind.REOPENING:
        raise Refused("Hạn nộp đã lùi thì không rút lại: đơn vị đã sắp xếp theo hạn mới.")
    if exception.until < today:
        raise Conflict("Lần mở lại này đã tự hết hạn. Tải lại trang để xem trạng thái mới.")
    exception.until = today - timedelta(days=1)


@verb("obligation.ask-reopening", Permission.REPORT_WRITE)
def ask_reopening(
    session: Session, obligation: Obligation, *, reason: str, by: Person, at: datetime
) -> ReopeningRequest:
    """The unit asks the office to open its locked form again."""
    if not is_locked(obligation, on=local_day(at), reopened_until=reopened_until(session, obligation)):
        raise Refused("Biểu này đang mở, không cần đề nghị. Tải lại trang để điền báo cáo.")
    return request_reopening(session, obligation, reason=reason, by=by, at=at)


@verb("obligation.refuse-reopening", Permission.REPORT_REVIEW)
def refuse_reopening(
    session: Session, obligation: Obligation, *, reason: str, by: Person, at: datetime
) -> None:
    """Leave the form closed and say why."""
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi lý do không mở lại để đơn vị biết.")})
    request = answer_request(session, obligation, at=at)
    if request is None:
        raise Conflict("Không còn đề nghị mở lại nào đang chờ. Tải lại trang để xem đã trả lời thế nào.")
    request.refusal = reason.strip()


def request_reopening(
    session: Session, obligation: Obligation, *, reason: str, by: Person, at: datetime
) -> ReopeningRequest:
    """Note that a unit asks for its form, whatever closed it: a part of verbs."""
    known = newest_request(session, obligation)
    if known is not None and known.answered_at is None:
        raise Conflict("Đề nghị mở lại biểu này đã gửi và đang chờ văn phòng trả lời. Không cần gửi thêm.")
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi lý do đề nghị mở lại.")})
    request = ReopeningRequest(obligation=obligation, reason=reason.strip(), asked_by=by, asked_at=at)
    session.add(request)
    return request


def answer_request(session: Session, obligation: Obligation, *, at: datetime) -> ReopeningRequest | None:
    """Note that the open request of a unit was answered, none when there was none: a part of verbs."""
    request = newest_request(session, obligation)
    if request is None or request.answered_at is not None:
        return None
    request.answered_at = at
    return request


def _check(until: date, reason: str, past: str, *, at: datetime) -> None:
    wrong: dict[str, str] = {}
    if until < local_day(at):
        wrong["until"] = past
    if not reason.strip():
        wrong["reason"] = N_("Ghi lý do để sau này còn biết.")
    if wrong:
        raise InvalidFields(wrong)


def _postpone(obligation: Obligation, until: date) -> None:
    """Move due, timely and lock days by as much, so that grace and lock stay what the regime says."""
    later = until - obligation.due_on
    obligation.due_on = until
    obligation.timely_until += later
    if obligation.locked_after is not None:
        obligation.locked_after += later
