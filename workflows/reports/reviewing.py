"""What those above do with a report: each level accepts in turn, returns with reasons, asks below again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workflows.calendar import LOCAL_ZONE
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes import answer_request, request_reopening
from workflows.reports.models import Acceptance, Report
from workflows.reports.moving import move
from workflows.reports.states import EDITABLE, MOVES, ReportMove
from workflows.verb import verb
from workflows.wording import N_

Reasons = Sequence[tuple[str, str]]


@verb("report.ask-reopening", Permission.REPORT_WRITE)
def ask_reopening(session: Session, report: Report, *, reason: str, by: Person, at: datetime) -> None:
    """The unit asks to have what it handed in given back."""
    if report.state in EDITABLE:
        raise Refused("Báo cáo này đang mở, không cần đề nghị. Tải lại trang để điền báo cáo.")
    request_reopening(session, report.obligation, reason=reason, by=by, at=at)


@verb("report.endorse", MOVES[ReportMove.ENDORSE].permission)
def endorse(
    session: Session, report: Report, *, by: Person, at: datetime, version: int | None = None
) -> None:
    """A level below the office accepts and passes the report on to the next one."""
    refuse_outdated(report, version)
    level = report.endorsements + 1
    here, above = report.awaiting, _unit_at(report, level + 1)
    move(report, ReportMove.ENDORSE, levels_to_come=report.review_levels - level)
    report.endorsements, report.awaiting = level, above
    _note_acceptance(session, report, level, here, by=by, at=at)


@verb("report.turn-down", MOVES[ReportMove.TURN_DOWN].permission)
def turn_down(
    session: Session,
    report: Report,
    *,
    reason: str,
    by: Person,
    at: datetime,
    cells: Reasons = (),
    version: int | None = None,
) -> None:
    """A level below the office gives the report back to the unit."""
    _give_back(session, report, ReportMove.TURN_DOWN, reason, cells, at=at, version=version)


@verb("report.return", MOVES[ReportMove.RETURN].permission)
def return_(
    session: Session,
    report: Report,
    *,
    reason: str,
    by: Person,
    at: datetime,
    cells: Reasons = (),
    version: int | None = None,
) -> None:
    """Give the report back to the unit; reasons stand beside the cells they mean.

    Levels that had accepted it accept anew: what comes back is another edition.
    """
    _give_back(session, report, ReportMove.RETURN, reason, cells, at=at, version=version)


@verb("report.hand-down", MOVES[ReportMove.HAND_DOWN].permission)
def hand_down(
    session: Session, report: Report, *, reason: str, by: Person, at: datetime, version: int | None = None
) -> None:
    """Ask the level right below to look again; the unit keeps its report as handed in."""
    refuse_outdated(report, version)
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi rõ điều cần xem lại để cấp dưới biết.")})
    level = report.endorsements
    below = _unit_at(report, level)
    move(report, ReportMove.HAND_DOWN)
    report.endorsements, report.awaiting = level - 1, below
    _take_back(report, from_level=level, at=at)


@verb("report.accept", MOVES[ReportMove.ACCEPT].permission)
def accept(session: Session, report: Report, *, by: Person, at: datetime, version: int | None = None) -> None:
    """The office takes the report as it is; its figures count from now on."""
    refuse_outdated(report, version)
    move(report, ReportMove.ACCEPT)
    report.accepted_by, report.accepted_at = by, at
    _note_acceptance(session, report, report.review_levels + 1, report.obligation.regime.office, by=by, at=at)


@verb("report.reopen", MOVES[ReportMove.REOPEN].permission)
def reopen(
    session: Session, report: Report, *, reason: str, by: Person, at: datetime, version: int | None = None
) -> None:
    """Take an acceptance back, so that the unit can correct; its figures no longer count."""
    refuse_outdated(report, version)
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi rõ lý do mở lại để đơn vị biết và sửa.")})
    move(report, ReportMove.REOPEN)
    report.accepted_by = report.accepted_at = None
    _begin_anew(session, report, _reasons(reason, ()), at=at)


def refuse_outdated(report: Report, version: int | None) -> None:
    """Refuse an act on a report that somebody changed since the person looked at it."""
    if version is None or version == report.version:
        return
    raise Conflict(
        "Chưa thực hiện được: %(person)s vừa xử lý báo cáo này lúc %(moment)s, báo cáo hiện %(state)s."
        " Nội dung bạn nhập vẫn còn trên trang; xem lại báo cáo rồi thực hiện tiếp nếu còn cần.",
        **_newest_hand(report),
        state=report.state.label,
    )


def _newest_hand(report: Report) -> dict[str, str]:
    """Who had the report last, and when."""
    hands = [(report.changed_at, report.changed_by)]
    hands += [(edition.submitted_at, edition.submitted_by) for edition in report.editions[-1:]]
    hands += [(acceptance.at, acceptance.by) for acceptance in report.acceptances[-1:]]
    at, person = max(reversed(hands), key=lambda hand: hand[0])
    return {"person": person.full_name, "moment": f"{at.astimezone(LOCAL_ZONE):%H:%M %d/%m/%Y}"}


def _give_back(
    session: Session,
    report: Report,
    what: ReportMove,
    reason: str,
    cells: Reasons,
    *,
    at: datetime,
    version: int | None,
) -> None:
    refuse_outdated(report, version)
    if not reason.strip() and not any(why.strip() for _, why in cells):
        raise InvalidFields({"reason": N_("Ghi rõ lý do trả lại để đơn vị biết và sửa.")})
    move(report, what)
    _begin_anew(session, report, _reasons(reason, cells), at=at)


def _begin_anew(session: Session, report: Report, reasons: list[Any], *, at: datetime) -> None:
    """Put the report back into the hands of the unit; no level has accepted it any more."""
    report.return_reasons = reasons
    report.endorsements, report.awaiting = 0, None
    _take_back(report, from_level=1, at=at)
    answer_request(session, report.obligation, at=at)


def _take_back(report: Report, *, from_level: int, at: datetime) -> None:
    for acceptance in report.acceptances:
        if acceptance.level >= from_level and acceptance.taken_back_at is None:
            acceptance.taken_back_at = at


def _note_acceptance(
    session: Session, report: Report, level: int, unit: Unit | None, *, by: Person, at: datetime
) -> None:
    edition = report.editions[-1].number if report.editions else 0
    session.add(Acceptance(report=report, edition=edition, level=level, unit=unit, by=by, at=at))


def _unit_at(report: Report, level: int) -> Unit | None:
    """Whose turn it is at a level; nobody below the office past the last one."""
    if level > report.review_levels:
        return None
    return next((one.unit for one in report.obligation.reviewers if one.level == level), None)


def _reasons(reason: str, cells: Reasons) -> list[Any]:
    said = [{"cell": cell, "reason": why.strip()} for cell, why in cells if why.strip()]
    return ([{"cell": "", "reason": reason.strip()}] if reason.strip() else []) + said
