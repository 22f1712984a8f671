"""Accepting many reports in one act: counted in the database, then done bit by bit.

The look is kept with the reports it found and their versions, so that what is accepted is what was looked at.
A few are accepted at once, many by a worker in short transactions; one that changed since is named and left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Select, String, case, cast, delete, func, select
from sqlalchemy.orm import Mapped, Session, contains_eager, mapped_column, relationship, selectinload

from workflows import aftermath
from workflows.calendar import local_day
from workflows.db import Base, Versioned
from workflows.errors import Conflict, DomainError, Refused
from workflows.people import Person
from workflows.permissions import Parties, Permission
from workflows.regimes import Obligation
from workflows.reports.models import Report
from workflows.reports.queries import acceptable_by
from workflows.reports.reviewing import accept, endorse
from workflows.reports.states import ReportState
from workflows.verb import verb
from workflows.wording import N_, Phrase

AT_ONCE = 200
IN_ONE_RUN = 50
SHOWN = 60
KEPT_UNSTARTED = timedelta(days=1)
OPEN, NO_REPORT, DENIED = "open", "no-report", "denied"
TURNS = (ReportState.SUBMITTED, ReportState.UNDER_REVIEW)


class ReportBatch(Versioned, Base):
    """The reports that were looked at to be accepted together, and how far it has come."""

    __tablename__ = "report_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    looked_at: Mapped[list[Any]] = mapped_column(comment="[report id, its version]")
    planned_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    tried: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[list[Any]] = mapped_column(default=list, comment="[obligation id, period, unit, why]")

    person: Mapped[Person] = relationship()

    @property
    def label(self) -> str:
        """How the trail names it."""
        return f"Tiếp nhận báo cáo: {len(self.looked_at)}"

    @property
    def accepted(self) -> int:
        """How many were accepted."""
        return self.tried - len(self.left_out)

    def parties(self) -> Parties:
        """Whoever began it."""
        return Parties(owner_id=self.person_id)


@dataclass(frozen=True)
class Group:
    """Reports that stay as they are for one reason."""

    why: Phrase
    count: int


@dataclass(frozen=True)
class Outlook:
    """What accepting would do: to how many, the first of them, and what is left out and why."""

    count: int
    first: Sequence[Report]
    left_out: list[Group]


def look(
    session: Session, chosen: Select[Obligation, Report, str], *, by: Person, at: datetime
) -> tuple[ReportBatch, Outlook]:
    """Count what accepting would do with the chosen rows of `queries.owed` and keep what it is open for."""
    _forget_old_looks(session, by, at)
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
    left = [Group(_why(why), count) for why, count in sorted(found.items()) if why != OPEN]
    return batch, Outlook(len(pairs), first_of(session, batch), left)


def first_of(session: Session, batch: ReportBatch) -> Sequence[Report]:
    """The first reports of a look, with unit and regime."""
    return session.scalars(_with_parties([id_ for id_, _ in batch.looked_at[:SHOWN]])).all()


@verb("report.accept-together", Permission.OWN_WORK)
def start_batch(session: Session, batch: ReportBatch, *, by: Person, at: datetime) -> ReportBatch:
    """Accept what was looked at: a few at once, many by a worker."""
    if batch.started_at is not None:
        raise Conflict("Việc này đã được thực hiện rồi. Tải lại trang để xem kết quả.")
    if not batch.looked_at:
        raise Refused("Không có báo cáo nào đang chờ bạn tiếp nhận. Quay lại danh sách để chọn lại.")
    batch.started_at = at
    if len(batch.looked_at) <= AT_ONCE:
        _accept_next(session, batch, len(batch.looked_at), at)
    else:
        session.flush()
        aftermath.hand_over(session, "accept-reports", at=at, id=batch.id)
    return batch


def accept_some(session: Session, batch: ReportBatch, *, at: datetime) -> None:
    """Accept the next reports of a batch; asks for another turn until all were tried."""
    session.refresh(batch, with_for_update=True)
    if batch.ended_at is None:
        _accept_next(session, batch, IN_ONE_RUN, at)
    if batch.ended_at is None:
        aftermath.hand_over(session, "accept-reports", at=at, id=batch.id)


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


def _accept_next(session: Session, batch: ReportBatch, count: int, at: datetime) -> None:
    pairs = batch.looked_at[batch.tried : batch.tried + count]
    versions = dict(pairs)
    left = list(batch.left_out)
    for report in session.scalars(_with_parties(list(versions))).all():
        act = endorse if report.state is ReportState.UNDER_REVIEW else accept
        point = session.begin_nested()
        try:
            act(session, report, by=batch.person, at=at, version=versions[report.id])
        except DomainError as refusal:
            point.rollback()
            owed = report.obligation
            left.append([owed.id, owed.period, owed.unit.short_name, str(refusal)])
        else:
            point.commit()
    batch.left_out, batch.tried = left, batch.tried + len(pairs)
    if batch.tried >= len(batch.looked_at):
        batch.ended_at = at
    session.flush()


def _with_parties(ids: Sequence[int]) -> Select[Report]:
    """The reports with all that accepting asks about, in a few queries however many they are."""
    owed = contains_eager(Report.obligation)
    return (
        select(Report)
        .join(Report.obligation)
        .join(Obligation.unit)
        .join(Obligation.regime)
        .where(Report.id.in_(ids))
        .options(
            owed.contains_eager(Obligation.unit),
            owed.contains_eager(Obligation.regime),
            owed.selectinload(Obligation.reviewers),
            selectinload(Report.editions),
        )
        .order_by(Report.id)
    )


def _forget_old_looks(session: Session, by: Person, at: datetime) -> None:
    old = (ReportBatch.started_at.is_(None), ReportBatch.planned_at < at - KEPT_UNSTARTED)
    session.execute(delete(ReportBatch).where(ReportBatch.person_id == by.id, *old))
