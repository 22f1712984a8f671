"""Accepting many reports in one act: what it would do to each, then the doing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from workflows.errors import Refused
from workflows.people import Person
from workflows.permissions import allows
from workflows.regimes import Obligation
from workflows.reports.models import Report
from workflows.reports.reviewing import accept
from workflows.reports.states import MOVES, ReportMove
from workflows.wording import N_, Phrase

MOST = 1_000


@dataclass(frozen=True)
class LeftOut:
    """An obligation whose report would not be accepted, and why."""

    obligation: Obligation
    why: Phrase


@dataclass(frozen=True)
class Outlook:
    """What accepting would do to many obligations."""

    open_to: list[Report]
    left_out: list[LeftOut]


def outlook(rows: Iterable[tuple[Obligation, Report | None]], person: Person, *, on: date) -> Outlook:
    """Sort obligations into those whose report can be accepted and those that stay as they are."""
    found = Outlook([], [])
    step = MOVES[ReportMove.ACCEPT]
    for obligation, report in rows:
        if report is None:
            found.left_out.append(LeftOut(obligation, Phrase(N_("chưa có báo cáo"))))
        elif report.state not in step.sources:
            why = Phrase(N_("đang ở trạng thái khác: %(state)s"), state=report.state.label)
            found.left_out.append(LeftOut(obligation, why))
        elif not allows(person, step.permission, report, on=on):
            found.left_out.append(LeftOut(obligation, Phrase(N_("bạn không có quyền thực hiện việc này"))))
        else:
            found.open_to.append(report)
    return found


def with_parties(ids: Sequence[int]) -> Select[Report]:
    """The reports with unit and regime, in a single query."""
    return (
        select(Report)
        .join(Report.obligation)
        .join(Obligation.unit)
        .join(Obligation.regime)
        .where(Report.id.in_(ids))
        .options(
            contains_eager(Report.obligation).contains_eager(Obligation.unit),
            contains_eager(Report.obligation).contains_eager(Obligation.regime),
        )
        .order_by(Report.id)
    )


def accept_all(session: Session, ids: Sequence[int], *, by: Person, at: datetime) -> int:
    """Accept every one of the reports, all or none; how many there were."""
    if len(ids) > MOST:
        raise Refused(
            "Mỗi lần tiếp nhận được nhiều nhất %(most)s báo cáo, đang chọn %(count)s. Lọc hẹp lại rồi làm"
            " từng phần.",
            most=MOST,
            count=len(ids),
        )
    found = session.scalars(with_parties(ids)).all()
    for report in found:
        accept(session, report, by=by, at=at)
    return len(found)
