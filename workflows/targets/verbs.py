"""What is done with targets: set, set anew, record values, correct them, stop following."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.directives import Directive
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.files import StoredFile, attach
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.targets.figures import offers
from workflows.targets.models import FollowedTarget, TargetStep, TargetValue
from workflows.targets.rules import Goal, check, check_value
from workflows.tasks import Task, TaskTarget
from workflows.verb import verb
from workflows.wording import N_


@dataclass(frozen=True)
class Reading:
    """A value as somebody read it off: how much, on which day, from where."""

    value: Decimal
    measured_on: date
    source: str
    note: str = ""


@verb("target.set", Permission.TARGET_SET)
def set_(
    session: Session,
    office: Unit,
    *,
    goal: Goal,
    by: Person,
    at: datetime,
    directive: Directive | None = None,
    task: Task | None = None,
    read_as: TaskTarget | None = None,
) -> FollowedTarget:
    """Begin to follow a figure, of a directive, of a task, or on its own."""
    check(goal, on=local_day(at))
    _refuse_neighbours(office, goal.lead)
    target = FollowedTarget(
        office=office,
        directive=directive or (task.directive if task else None),
        task=task,
        task_target=read_as,
        set_by=by,
        set_at=at,
    )
    _say(target, goal)
    session.add(target)
    _let_read(target)
    return target


@verb("target.revise", Permission.TARGET_SET)
def revise(
    session: Session,
    target: FollowedTarget,
    *,
    goal: Goal,
    reason: str,
    by: Person,
    at: datetime,
    version: int | None = None,
) -> None:
    """Set goal, line or lead anew; what stood before stays in the history with the reason."""
    if version is not None and version != target.version:
        raise Conflict(
            "Chưa lưu được: chỉ tiêu này vừa được người khác sửa. Nội dung bạn nhập vẫn còn trên trang; mở"
            " bản mới ở cửa sổ khác để đối chiếu rồi lưu lại."
        )
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi lý do hoặc văn bản điều chỉnh chỉ tiêu.")})
    check(goal, on=local_day(at))
    _refuse_neighbours(target.office, goal.lead)
    # The steps leave first: two rows of one day may not stand beside each other for a moment.
    target.steps.clear()
    session.flush()
    _say(target, goal)
    _let_read(target)


@verb("target.drop", Permission.TARGET_SET)
def drop(session: Session, target: FollowedTarget, *, reason: str, by: Person, at: datetime) -> None:
    """Follow a target no longer; its values stay."""
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi lý do thôi theo dõi chỉ tiêu.")})
    target.dropped_on = local_day(at)


@verb("target.record", Permission.TARGET_RECORD)
def record(
    session: Session,
    target: FollowedTarget,
    *,
    reading: Reading,
    by: Person,
    at: datetime,
    corrects: TargetValue | None = None,
    files: Sequence[tuple[str, StoredFile]] = (),
) -> TargetValue:
    """Add a value with its source and evidence; a correction takes the place of an earlier one."""
    return _record(session, target, reading, corrects, files, by=by, at=at)


@verb("target.take-figure", Permission.TARGET_RECORD)
def take_figure(
    session: Session, target: FollowedTarget, *, regime_id: int, period: str, by: Person, at: datetime
) -> TargetValue:
    """Record what the accepted returns of a period say."""
    found = [o for o in offers(session, target) if (o.regime_id, o.period) == (regime_id, period)]
    if not found:
        raise Refused("Kỳ này không còn số liệu đã tiếp nhận cho chỉ tiêu. Tải lại trang rồi chọn kỳ khác.")
    offer = found[0]
    note = f"Tổng hợp từ {offer.returns} báo cáo đã tiếp nhận"
    day = min(offer.last_day, local_day(at))
    reading = Reading(offer.value, day, f"{offer.regime}, {offer.span}", note)
    return _record(session, target, reading, None, (), by=by, at=at)


def _record(
    session: Session,
    target: FollowedTarget,
    reading: Reading,
    corrects: TargetValue | None,
    files: Sequence[tuple[str, StoredFile]],
    *,
    by: Person,
    at: datetime,
) -> TargetValue:
    if target.dropped_on is not None:
        raise Refused("Chỉ tiêu này đã thôi theo dõi nên không ghi thêm số liệu.")
    check_value(reading.value, reading.measured_on, today=local_day(at))
    if not reading.source.strip():
        raise InvalidFields({"source": N_("Ghi nguồn của số liệu: báo cáo, công văn hoặc cơ quan cung cấp.")})
    if corrects is not None:
        _check_correction(session, target, corrects, reading)
    value = TargetValue(
        target=target,
        value=round(reading.value, 4),
        measured_on=reading.measured_on,
        source=reading.source.strip(),
        note=reading.note.strip(),
        corrects=corrects,
        by=by,
        at=at,
    )
    session.add(value)
    session.flush()
    for name, file in files:
        attach(session, value, file, name=name, by_id=by.id, at=at)
    return value


def _check_correction(session: Session, target: FollowedTarget, wrong: TargetValue, reading: Reading) -> None:
    if wrong.target_id != target.id:
        raise Refused("Số liệu cần đính chính thuộc chỉ tiêu khác. Tải lại trang rồi chọn lại.")
    if session.scalar(select(TargetValue.id).where(TargetValue.corrects_id == wrong.id)) is not None:
        raise Conflict("Số liệu này đã được đính chính. Tải lại trang để xem số mới rồi đính chính số đó.")
    if not reading.note.strip():
        raise InvalidFields({"note": N_("Ghi lý do đính chính.")})


def _refuse_neighbours(office: Unit, lead: Unit) -> None:
    if not lead.path.startswith(office.served_branch):
        raise InvalidFields(
            {"lead": N_("Đơn vị chủ trì nằm ngoài phạm vi văn phòng này phục vụ. Chọn đơn vị khác.")}
        )


def _let_read(target: FollowedTarget) -> None:
    """Whoever leads a target may read the directive that set it."""
    if target.directive is not None and target.lead not in (*target.directive.audience, target.office):
        target.directive.audience.append(target.lead)


def _say(target: FollowedTarget, goal: Goal) -> None:
    line = goal.line
    target.name, target.measure = goal.name.strip(), goal.measure.strip()
    target.direction, target.lead, target.quote = goal.direction, goal.lead, goal.quote.strip()
    target.baseline_value, target.baseline_on = line.baseline_value, line.baseline_on
    target.goal_value, target.goal_on = line.goal_value, line.goal_on
    target.steps = [TargetStep(due_on=day, value=value) for day, value in sorted(line.steps)]
    target.fresh_days, target.indicator = goal.fresh_days, goal.indicator or None
