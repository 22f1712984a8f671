"""One act with many tasks: what it would do to each, counted in the database; then the doing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, selectinload

from workflows import together
from workflows.calendar import local_day
from workflows.db import Base, choice
from workflows.errors import InvalidFields
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.tasks.extensions import grant_extension, refuse_extension
from workflows.tasks.models import Extension, Task
from workflows.tasks.queries import decidable_by, may_be_carried_out_by
from workflows.tasks.states import MOVES, ExtensionState, Grade, TaskMove, TaskState
from workflows.tasks.verbs import ACTS
from workflows.together import OPEN, SHOWN, Batch, Outlook, Way
from workflows.verb import verb
from workflows.wording import N_, LabelledEnum, Phrase


class BulkAct(LabelledEnum):
    """What can be done with many tasks at once; the label is the word on the button."""

    RECEIVE = "receive", TaskMove.RECEIVE.label
    CONFIRM = "confirm", TaskMove.CONFIRM.label
    RETURN = "return", TaskMove.RETURN.label
    GRANT = "grant-extension", N_("Đồng ý gia hạn như đề nghị")
    REFUSE = "refuse-extension", N_("Không đồng ý gia hạn")
    REASSIGN = "reassign", TaskMove.REASSIGN.label
    SUSPEND = "suspend", TaskMove.SUSPEND.label
    RESUME = "resume", TaskMove.RESUME.label
    CANCEL = "cancel", TaskMove.CANCEL.label

    @property
    def move(self) -> TaskMove | None:
        """The move of the table it makes; none for decisions about extensions."""
        return None if self in (BulkAct.GRANT, BulkAct.REFUSE) else TaskMove(self.value)

    @property
    def permission(self) -> Permission:
        """What one must be allowed for each of the tasks."""
        return MOVES[self.move].permission if self.move else Permission.TASK_DECIDE

    @property
    def needs_reason(self) -> bool:
        """Must a reason be given?"""
        return MOVES[self.move].needs_reason if self.move else self is BulkAct.REFUSE


class TaskBatch(Batch, Base):
    """One act with the tasks that were looked at, and how far it has come."""

    __tablename__ = "task_batch"

    act: Mapped[BulkAct] = mapped_column(choice(BulkAct))
    task_ids: Mapped[list[Any]]
    said: Mapped[dict[str, Any]] = mapped_column(
        default=dict, comment="reason, lead, grade … as the act needs"
    )
    left_out: Mapped[list[Any]] = mapped_column(default=list, comment="[task id, its title, why]")

    @property
    def label(self) -> str:
        """How the trail names it."""
        return f"{self.act.label}: {len(self.task_ids)}"

    @property
    def chosen(self) -> list[int]:
        """The tasks that were looked at."""
        return self.task_ids


def look(
    session: Session, chosen: Select[Task], act: BulkAct, *, by: Person, at: datetime
) -> tuple[TaskBatch, Outlook[Task]]:
    """Count what the act would do with the chosen tasks and keep the tasks it is open for. Three queries."""
    together.forget_old_looks(session, TaskBatch, by=by, at=at)
    verdict = _verdict(act, by, at)
    tasks = chosen.order_by(None).options()
    keys = tasks.with_only_columns(Task.id, maintain_column_froms=True)
    among = Task.id.in_(keys)
    counts = session.execute(select(verdict, func.count()).select_from(Task).where(among).group_by(verdict))
    found = {str(why): count for why, count in counts}
    # Parts come before their whole, which cannot end before them.
    opened = select(Task.id).where(among, verdict == OPEN).order_by(Task.id.desc())
    ids = session.scalars(opened).all()
    batch = TaskBatch(person=by, act=act, task_ids=list(ids), planned_at=at)
    session.add(batch)
    session.flush()
    return batch, Outlook(len(ids), first_of(session, batch), together.left_out(found, _why))


def first_of(session: Session, batch: TaskBatch) -> Sequence[Task]:
    """The first tasks of a look, with their leads."""
    wanted = select(Task).where(Task.id.in_(batch.task_ids[:SHOWN])).options(joinedload(Task.lead))
    return session.scalars(wanted.order_by(Task.id.desc())).all()


DENIED, NO_REQUEST = "denied", "no-request"


def _verdict(act: BulkAct, by: Person, at: datetime) -> ColumnElement[str]:
    """For each task: open, or what stands in the way."""
    twins: Mapping[Permission, Callable[..., ColumnElement[bool]]] = {
        Permission.TASK_CARRY_OUT: may_be_carried_out_by,
        Permission.TASK_DECIDE: decidable_by,
    }
    allowed = twins[act.permission](by, on=local_day(at))
    if act.move is None:
        asked = select(Extension.task_id).where(Extension.state == ExtensionState.REQUESTED)
        return case((and_(allowed, Task.id.in_(asked)), OPEN), (allowed, NO_REQUEST), else_=DENIED)
    fitting = Task.state.in_(MOVES[act.move].sources)
    return case((and_(allowed, fitting), OPEN), (allowed, cast(Task.state, String)), else_=DENIED)


def _why(verdict: str) -> Phrase:
    if verdict == DENIED:
        return Phrase(N_("bạn không có quyền thực hiện việc này"))
    if verdict == NO_REQUEST:
        return Phrase(N_("không có đề nghị gia hạn nào đang chờ"))
    return Phrase(N_("đang ở trạng thái khác: %(state)s"), state=TaskState(verdict).label)


@verb("task.act-together", Permission.OWN_WORK)
def start_batch(
    session: Session, batch: TaskBatch, *, said: Mapping[str, Any], by: Person, at: datetime
) -> TaskBatch:
    """Do what was looked at: a few at once, many by a worker."""
    together.refuse_idle(
        batch, N_("Không có nhiệm vụ nào thực hiện được việc này. Quay lại danh sách để chọn lại.")
    )
    _refuse_missing(batch.act, said)
    batch.said = dict(said)
    together.begin(session, batch, _way(session, batch, at), at=at)
    return batch


def _refuse_missing(act: BulkAct, said: Mapping[str, Any]) -> None:
    wrong: dict[str, str] = {}
    if act.needs_reason and not str(said.get("reason", "")).strip():
        wrong["reason"] = N_("Ghi rõ lý do để đơn vị biết và thực hiện.")
    if act is BulkAct.REASSIGN and not said.get("lead"):
        wrong["lead"] = N_("Nhập tên đơn vị chủ trì mới.")
    if wrong:
        raise InvalidFields(wrong)


def act_on_some(session: Session, batch: TaskBatch, *, at: datetime) -> None:
    """Do the next tasks of a batch; asks for another turn until all were tried."""
    together.go_on(session, batch, _way(session, batch, at), at=at)


def _way(session: Session, batch: TaskBatch, at: datetime) -> Way[Task]:
    return Way(
        job="act-on-tasks",
        read=lambda ids: _read(session, ids),
        act=lambda task: _do(session, task, batch, at),
        name=lambda task: [task.id, task.title],
    )


def _read(session: Session, ids: Sequence[int]) -> Sequence[Task]:
    wanted = for_moving(select(Task).where(Task.id.in_(ids)).order_by(Task.id.desc()))
    return session.scalars(wanted).unique().all()


def _do(session: Session, task: Task, batch: TaskBatch, at: datetime) -> None:
    said, reason = batch.said, str(batch.said.get("reason", ""))
    act: Callable[..., Any] = ACTS[batch.act.move] if batch.act.move else grant_extension
    words: dict[str, Any] = {"reason": reason} if batch.act.needs_reason else {}
    match batch.act:
        case BulkAct.CONFIRM:
            grade = Grade(said["grade"]) if said.get("grade") else None
            words = {"assessment": reason, "grade": grade, "product_checked": bool(said.get("checked"))}
        case BulkAct.REASSIGN:
            words["lead"] = session.get_one(Unit, said["lead"])
        case BulkAct.GRANT:
            words = {"decision": reason}
        case BulkAct.REFUSE:
            act = refuse_extension
    act(session, task, by=batch.person, at=at, **words)


def for_moving(statement: Select[Task]) -> Select[Task]:
    """The tasks with everything that decides on their moves, in a few queries however many they are."""
    return statement.options(
        joinedload(Task.office),
        joinedload(Task.lead),
        joinedload(Task.monitoring),
        joinedload(Task.directive),
        selectinload(Task.coordinators),
        selectinload(Task.watchers),
        selectinload(Task.watching_people),
        selectinload(Task.children),
        selectinload(Task.notes),
        selectinload(Task.extensions),
    )
