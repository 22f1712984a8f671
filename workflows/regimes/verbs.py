"""What the office does with regimes: establish and end them, open locked answers."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.calendar import Period, WorkingCalendar, local_day
from workflows.directives import Directive
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes.models import (
    AdHocPeriod,
    FormState,
    FormVersion,
    Regime,
    ReviewLevel,
)
from workflows.regimes.obligations import generate_ad_hoc
from workflows.regimes.reviewing import name_reviewers
from workflows.regimes.rules import Terms, check
from workflows.verb import verb
from workflows.wording import N_


@verb("regime.establish", Permission.REGIME_MANAGE)
def establish(
    session: Session,
    office: Unit,
    *,
    terms: Terms,
    form_version: FormVersion,
    by: Person,
    at: datetime,
    directive: Directive | None = None,
) -> Regime:
    """Begin asking units for reports; obligations follow by themselves."""
    check(terms)
    if form_version.state is not FormState.PUBLISHED:
        raise Refused("Biểu %(form)s không dùng được. Chọn một bản đang dùng.", form=form_version.label)
    regime = Regime(
        office=office,
        directive=directive,
        name=terms.name.strip(),
        form_version=form_version,
        cadence=terms.cadence,
        cut_off_day=terms.cut_off_day,
        due_kind=terms.due_kind,
        due_number=terms.due_number,
        moves_to_working_day=terms.moves_to_working_day,
        grace_days=terms.grace_days,
        lock_days=terms.lock_days,
        units=terms.selection.as_data(),
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        review_levels=[level.value for level in terms.review_levels],
    )
    # Reading the four time settings refuses those that contradict each other.
    _ = regime.timetable
    session.add(regime)
    return regime


@verb("regime.end", Permission.REGIME_MANAGE)
def end(session: Session, regime: Regime, *, on: date, reason: str, by: Person, at: datetime) -> None:
    """Stop asking after a day; what was owed until then stays owed."""
    if on < regime.starts_on:
        raise InvalidFields({"on": N_("Ngày kết thúc phải từ ngày bắt đầu trở đi.")})
    regime.ends_on = on


@verb("regime.open-ad-hoc", Permission.REGIME_MANAGE)
def open_ad_hoc(
    session: Session,
    regime: Regime,
    *,
    title: str,
    last_day: date,
    due_on: date,
    calendar: WorkingCalendar,
    by: Person,
    at: datetime,
) -> AdHocPeriod:
    """Ask for a report out of turn, of the units asked otherwise; a due day off moves as the regime says."""
    today = local_day(at)
    wrong: dict[str, str] = {}
    if not title.strip():
        wrong["title"] = N_("Nhập nội dung của lần báo cáo đột xuất.")
    if not regime.starts_on <= last_day:
        wrong["last_day"] = N_("Ngày chốt số liệu sớm hơn ngày chế độ báo cáo bắt đầu.")
    if due_on < max(last_day, today):
        wrong["due_on"] = N_("Hạn nộp phải từ ngày chốt số liệu và từ hôm nay trở đi.")
    if regime.ends_on is not None and regime.ends_on < today:
        wrong["title"] = N_("Chế độ báo cáo này đã kết thúc. Lập chế độ khác rồi mở kỳ đột xuất.")
    if wrong:
        raise InvalidFields(wrong)
    period = Period.ad_hoc(last_day).code
    same = select(AdHocPeriod.id).where(AdHocPeriod.regime_id == regime.id, AdHocPeriod.period == period)
    if session.scalar(same) is not None:
        raise Conflict("Đã có kỳ đột xuất chốt số liệu ngày này. Chọn ngày chốt khác, hoặc dùng kỳ đã mở.")
    due = calendar.next_working_day(due_on) if regime.moves_to_working_day else due_on
    opened = AdHocPeriod(
        regime=regime,
        period=period,
        title=title.strip(),
        last_day=last_day,
        due_on=due,
        opened_by=by,
        opened_at=at,
    )
    session.add(opened)
    session.flush()
    if not generate_ad_hoc(session, opened, on=today):
        raise Refused("Chưa mở được kỳ đột xuất: hiện không có đơn vị nào phải báo cáo theo chế độ này.")
    return opened


@verb("regime.change-form", Permission.REGIME_MANAGE)
def change_form(
    session: Session, regime: Regime, *, form_version: FormVersion, by: Person, at: datetime
) -> None:
    """Use another version of the same form from the next period on."""
    if form_version.state is not FormState.PUBLISHED or form_version.code != regime.form_version.code:
        raise Refused("Biểu %(form)s không dùng được. Chọn một bản đang dùng.", form=form_version.label)
    regime.form_version = form_version


@verb("regime.set-review", Permission.REGIME_MANAGE)
def set_review_levels(
    session: Session, regime: Regime, *, levels: Sequence[ReviewLevel], by: Person, at: datetime
) -> None:
    """Settle who accepts below the office; answers already owed keep the levels they have."""
    regime.review_levels = [level.value for level in levels]
    session.flush()
    name_reviewers(session, regime, on=local_day(at))
