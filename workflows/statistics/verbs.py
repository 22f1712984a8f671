"""What the office does with statistics: set targets, publish totals."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from workflows.errors import InvalidFields, Refused
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes import Regime
from workflows.statistics.consolidating import frozen
from workflows.statistics.models import GatheringTarget, Publication
from workflows.statistics.queries import by_organisation, newest_publication
from workflows.verb import verb
from workflows.wording import N_


@verb("statistics.set-target", Permission.REGIME_MANAGE)
def set_target(
    session: Session,
    office: Unit,
    *,
    organisation: str,
    share: Decimal,
    valid_from: date,
    source: str,
    by: Person,
    at: datetime,
) -> GatheringTarget:
    """Set the share of the eligible population to be gathered, from a day on."""
    wrong: dict[str, str] = {}
    if not 0 < share <= 1:
        wrong["share"] = N_("Chỉ tiêu là tỷ lệ từ trên 0 đến 100 %.")
    if not source.strip():
        wrong["source"] = N_("Ghi văn bản giao chỉ tiêu.")
    known = select(GatheringTarget.id).where(
        GatheringTarget.office_id == office.id,
        GatheringTarget.organisation == organisation,
        GatheringTarget.valid_from == valid_from,
    )
    if session.scalar(known) is not None:
        wrong["valid_from"] = N_("Đã có chỉ tiêu áp dụng từ ngày này. Chọn ngày khác.")
    if wrong:
        raise InvalidFields(wrong)
    target = GatheringTarget(
        office=office, organisation=organisation, share=share, valid_from=valid_from, source=source.strip()
    )
    session.add(target)
    return target


@verb("statistics.publish", Permission.STATISTICS_PUBLISH)
def publish(session: Session, regime: Regime, *, period: str, by: Person, at: datetime) -> Publication:
    """Freeze the totals of a period as they stand; a later edition stands beside, never instead."""
    standing = frozen(session, regime, period)
    if not any(standing.values()):
        raise _nothing_to_publish(session, regime, period)
    known = newest_publication(session, regime, period)
    publication = Publication(
        regime=regime,
        period=period,
        edition=known.edition + 1 if known else 1,
        totals={
            organisation: {cell: format(value, "f") for cell, value in figures.items()}
            for organisation, figures in standing.items()
        },
        published_by=by,
        published_at=at,
    )
    session.add(publication)
    return publication


def _nothing_to_publish(session: Session, regime: Regime, period: str) -> Refused:
    if any(line.accepted for line in by_organisation(session, regime, period, true())):
        return Refused("Biểu này không có số liệu để công bố; soạn báo cáo tổng hợp thay vào đó.")
    return Refused("Chưa công bố được: chưa tiếp nhận báo cáo nào của kỳ này. Tiếp nhận báo cáo rồi công bố.")
