"""Accepting many reports in one act: what it would do to each, counted in the database; then the doing.

A report that changed since it was looked at is named and left.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, select
from sqlalchemy.orm import Mapped, Session, contains_eager, mapped_column, selectinload

from workflows import together
from workflows.calendar import local_day
from workflows.db import Base
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes import Obligation
from workflows.reports.models import Report
from workflows.reports.queries import acceptable_by
from workflows.reports.reviewing import accept, endorse
from workflows.reports.states import ReportState
from workflows.together import OPEN, SHOWN, Batch, Outlook, Way
from workflows.verb import verb
from workflows.wording import N_, Phrase

NO_REPORT, DENIED = "no-report", "denied"
TURNS = (ReportState.SUBMITTED, ReportState.UNDER_REVIEW)


class ReportBatch(Batch, Base):
    """The reports that were looked at to be accepted together, and how far it has come."""

    __tablename__ = "report_batch"

    looked_at: Mapped[list[Any]] = mapped_column(comment="[report id, its version]")
    left_out: Mapped[list[Any]] = mapped_column(default=list, comment="[obligation id, period, unit, why]")

    @property
    def label(self) -> str:
        """How the trail names it."""
        return f"Tiếp nhận báo cáo: {len(self.looked_at)}"

    @property
    def chosen(self) -> list[list[int]]:
        """The reports that were looked at, each with its version."""
        return self.looked_at


def look(
    session: Session, chosen: Select[Obligation, Report, str], *, by: Person, at: datetime
) -> tuple[ReportBatch, Outlook[Report]]:
    """Count what accepting would do with the chosen rows of `queries.owed` and keep what it is open for."""
    together.forget_old_looks(session, ReportBatch, by=by, at=at)
    rows = chosen.order_by(None).options()
    verdict = _verdict(by, at).label("verdict")
    judged = rows.with_only_columns(Report.id, Report.version, verdict, maintain_column_froms=True).subquery()
    counts = session.execute(select(judged.c.verdict, func.count()).group_by(judged.c.verdict))
    found = {str(why): count for why, count in counts}
    opened = select(judged.c.id, judged.c.version).where(judged.c.verdict == OPEN).order_by(judged.c.id)
    pairs = [[id_, version] for id_, version in session.execute(opened)]
    batch = ReportBatch(person=by, looked_at=pairs, planned_at=at)
    session.add(batch)
    session.flush()
    return batch, Outlook(len(pairs), first_of(session, batch), together.left_out(found, _why))


def first_of(session: Session, batch: ReportBatch) -> Sequence[Report]:
    """The first reports of a look, with unit and regime."""
    return _read(session, batch.looked_at[:SHOWN])


@verb("report.accept-together", Permission.OWN_WORK)
def start_batch(session: Session, batch: ReportBatch, *, by: Person, at: datetime) -> ReportBatch:
    """Accept what was looked at: a few at once, many by a worker."""
    together.refuse_idle(
        batch, N_("Không có báo cáo nào đang chờ bạn tiếp nhận. Quay lại danh sách để chọn lại.")
    )
    together.begin(session, batch, _way(session, batch, at), at=at)
    return batch


def accept_some(session: Session, batch: ReportBatch, *, at: datetime) -> None:
    """Accept the next reports of a batch; asks for another turn until all were tried."""
    together.go_on(session, batch, _way(session, batch, at), at=at)


def _way(session: Session, batch: ReportBatch, at: datetime) -> Way[Report]:
    versions = dict(batch.looked_at)

    def act(report: Report) -> None:
        verb_ = endorse if report.state is ReportState.UNDER_REVIEW else accept
        verb_(session, report, by=batch.person, at=at, version=versions[report.id])

    return Way(job="accept-reports", read=lambda pairs: _read(session, pairs), act=act, name=_name)


def _name(report: Report) -> list[Any]:
    owed = report.obligation
    return [owed.id, owed.period, owed.unit.short_name]


def _verdict(by: Person, at: datetime) -> ColumnElement[str]:
    """For each row: open, or what stands in the way."""
    return case(
        (Report.id.is_(None), NO_REPORT),
        (acceptable_by(by, on=local_day(at)), OPEN),
        (Report.state.in_(TURNS), DENIED),
        else_=cast(Report.state, String),
    )


def _why(verdict: str) -> Phrase:
    if verdict == NO_REPORT:
        return Phrase(N_("chưa có báo cáo"))
    if verdict == DENIED:
        return Phrase(N_("đang chờ cấp khác tiếp nhận"))
    return Phrase(N_("đang ở trạng thái khác: %(state)s"), state=ReportState(verdict).label)


def _read(session: Session, pairs: Sequence[Sequence[int]]) -> Sequence[Report]:
    """The reports with all that accepting asks about, in a few queries however many they are."""
    owed = contains_eager(Report.obligation)
    wanted = (
        select(Report)
        .join(Report.obligation)
        .join(Obligation.unit)
        .join(Obligation.regime)
        .where(Report.id.in_([id_ for id_, _ in pairs]))
        .options(
            owed.contains_eager(Obligation.unit),
            owed.contains_eager(Obligation.regime),
            owed.selectinload(Obligation.reviewers),
            selectinload(Report.editions),
        )
        .order_by(Report.id)
    )
    return session.scalars(wanted).all()
