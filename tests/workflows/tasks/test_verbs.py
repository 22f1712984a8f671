"""Every move × state × role does what the table says, and nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.workflows.office import FOUNDED, NOW, TODAY, Office
from tests.workflows.tasks.conftest import DEADLINE
from workflows import audit, tasks
from workflows.calendar import end_of_day
from workflows.errors import Conflict, DomainError, InvalidFields, NotAllowed, Refused
from workflows.organisations import Unit
from workflows.people import Appointment, Person, Role
from workflows.permissions import Permission, allows
from workflows.tasks import ACTS, MOVES, Assignment, ExtensionState, Task, TaskMove, TaskState, Timeliness

SAID = {
    TaskMove.SUBMIT: {"result": "Đã xong."},
    TaskMove.CONFIRM: {"assessment": "Tốt."},
}


def act(session: Session, task: Task, move: TaskMove, by: Person, office: Office) -> None:
    said = dict(SAID.get(move, {}))
    if MOVES[move].needs_reason:
        said["reason"] = "Có lý do."
    if move is TaskMove.REASSIGN:
        said["lead"] = office.state
    ACTS[move](session, task, by=by, at=NOW, **said)


def put_into(task: Task, state: TaskState) -> None:
    task.state = state
    task.done_on = TODAY if state is TaskState.DONE else None


@pytest.mark.parametrize("state", TaskState)
@pytest.mark.parametrize("move", TaskMove)
def test_each_move_from_each_state_by_everybody(
    session: Session, office: Office, task: Task, move: TaskMove, state: TaskState
):
    step = MOVES[move]
    for person in office.people():
        point = session.begin_nested()
        put_into(task, state)
        session.flush()
        may = state in step.sources and allows(person, step.permission, task, on=TODAY)
        assert (move in tasks.moves_open_to(person, task, on=TODAY)) is may
        try:
            act(session, task, move, person, office)
        except (Conflict, NotAllowed):
            assert not may
        else:
            assert may
            assert task.state is step.target
        point.rollback()


def test_only_who_has_a_part_may_read(session: Session, office: Office, task: Task):
    readers = {p.username for p in office.people() if allows(p, Permission.TASK_VIEW, task, on=TODAY)}
    others = {office.other_clerk.username, office.administrator.username}
    assert readers == {person.username for person in office.people()} - others


def test_a_lead_cannot_coordinate_itself(session: Session, office: Office):
    wrong = Assignment(title="Việc", lead=office.agency, coordinators=(office.agency,))
    with pytest.raises(InvalidFields) as refusal:
        tasks.assign(session, office.office, assignment=wrong, by=office.clerk, at=NOW)
    assert set(refusal.value.fields) == {"coordinators"}


def test_a_unit_that_is_no_more_cannot_lead(session: Session, office: Office):
    office.agency.dissolved_on = date(2026, 1, 1)
    wrong = Assignment(title="Việc", lead=office.agency)
    with pytest.raises(InvalidFields) as refusal:
        tasks.assign(session, office.office, assignment=wrong, by=office.clerk, at=NOW)
    assert set(refusal.value.fields) == {"lead"}


def test_the_database_refuses_a_done_task_without_its_day(session: Session, task: Task):
    task.state = TaskState.DONE
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_day_of_reporting_decides_and_not_the_day_of_confirming(
    session: Session, office: Office, task: Task
):
    last_moment = end_of_day(DEADLINE) - timedelta(seconds=1)
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    tasks.submit(session, task, result="Xong.", by=office.agency_clerk, at=last_moment)
    tasks.confirm(session, task, assessment="", by=office.clerk, at=last_moment + timedelta(days=9))
    today = tasks.Today(date(2026, 12, 20), date(2026, 12, 25))
    assert tasks.timeliness(task, today) is Timeliness.DONE_IN_TIME


def test_what_was_reported_in_time_is_not_late_while_it_waits(session: Session, office: Office, task: Task):
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    tasks.submit(session, task, result="Xong.", by=office.agency_clerk, at=NOW)
    later = tasks.Today(DEADLINE + timedelta(days=30), DEADLINE + timedelta(days=35))
    assert tasks.timeliness(task, later) is Timeliness.IN_TIME
    assert tasks.days_overdue(task, later.day) == 0
    tasks.return_(session, task, reason="Thiếu.", by=office.clerk, at=NOW)
    assert tasks.timeliness(task, later) is Timeliness.OVERDUE
    assert tasks.days_overdue(task, later.day) == 30


def test_what_waits_for_a_person_in_two_ways_is_counted_once(session: Session, office: Office, task: Task):
    post = Appointment(unit=office.agency, role=Role.UNIT_CLERK, valid_from=FOUNDED)
    office.clerk.appointments.append(post)
    proposed = DEADLINE + timedelta(days=7)
    tasks.request_extension(session, task, proposed=proposed, reason="Chờ.", by=office.agency_clerk, at=NOW)
    session.flush()
    waiting = select(Task).where(tasks.waiting_for(office.clerk, on=TODAY))
    assert session.scalars(waiting).all() == [task]
    assert session.scalar(tasks.count_waiting_for(office.clerk, on=TODAY)) == 1


def test_one_second_later_is_late(session: Session, office: Office, task: Task):
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    tasks.submit(session, task, result="Xong.", by=office.agency_clerk, at=end_of_day(DEADLINE))
    tasks.confirm(session, task, assessment="", by=office.clerk, at=end_of_day(DEADLINE))
    today = tasks.Today(date(2026, 12, 20), date(2026, 12, 25))
    assert tasks.timeliness(task, today) is Timeliness.DONE_LATE


def test_an_extension_keeps_the_first_deadline_and_is_counted(session: Session, office: Office, task: Task):
    tasks.request_extension(
        session, task, proposed=date(2026, 12, 10), reason="Chờ số liệu.", by=office.agency_clerk, at=NOW
    )
    tasks.grant_extension(
        session, task, deadline=date(2026, 12, 4), decision="Rút ngắn.", by=office.clerk, at=NOW
    )
    (extension,) = task.extensions
    assert (task.deadline, task.original_deadline) == (date(2026, 12, 4), DEADLINE)
    assert (extension.state, extension.granted_deadline) == (ExtensionState.GRANTED, date(2026, 12, 4))
    late = tasks.Today(date(2026, 12, 1), date(2026, 12, 8))
    assert tasks.timeliness(task, late) is Timeliness.DUE_SOON
    assert tasks.timeliness(task, late, deadline=task.original_deadline) is Timeliness.OVERDUE


def test_a_second_request_waits_for_the_first(session: Session, office: Office, task: Task):
    asked = {"proposed": date(2026, 12, 10), "reason": "Chờ.", "by": office.agency_clerk, "at": NOW}
    tasks.request_extension(session, task, **asked)
    with pytest.raises(Conflict):
        tasks.request_extension(session, task, **asked)
    tasks.withdraw_extension(session, task, by=office.agency_clerk, at=NOW)
    tasks.request_extension(session, task, **asked)
    assert [e.state for e in task.extensions] == [ExtensionState.WITHDRAWN, ExtensionState.REQUESTED]


def test_a_refused_extension_leaves_the_deadline(session: Session, office: Office, task: Task):
    tasks.request_extension(
        session, task, proposed=date(2026, 12, 10), reason="Chờ.", by=office.agency_clerk, at=NOW
    )
    tasks.refuse_extension(session, task, reason="Đã đủ thời gian.", by=office.clerk, at=NOW)
    assert task.deadline == DEADLINE


@pytest.mark.parametrize("proposed", [DEADLINE, DEADLINE - timedelta(days=1)])
def test_an_extension_must_be_later(session: Session, office: Office, task: Task, proposed: date):
    with pytest.raises(InvalidFields):
        tasks.request_extension(
            session, task, proposed=proposed, reason="Chờ.", by=office.agency_clerk, at=NOW
        )


def test_a_task_does_not_close_while_a_child_is_open(session: Session, office: Office, task: Task):
    child = Assignment(title="Phần việc", lead=office.communes[0])
    made = tasks.assign(session, office.office, assignment=child, by=office.clerk, at=NOW)
    made.parent = task
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    with pytest.raises(Refused):
        tasks.submit(session, task, result="Xong.", by=office.agency_clerk, at=NOW)


def test_progress_of_a_coordinating_unit_does_not_count_for_the_task(
    session: Session, office: Office, task: Task
):
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    note = {"text": "Đã gửi số liệu.", "at": NOW}
    tasks.note_progress(session, task, unit=office.communes[0], progress=100, by=office.commune_clerk, **note)
    assert task.progress == 0
    tasks.note_progress(session, task, unit=office.agency, progress=40, by=office.agency_clerk, **note)
    assert (task.progress, task.state) == (40, TaskState.IN_PROGRESS)


def test_a_move_without_a_reason_is_refused_where_one_is_due(session: Session, office: Office, task: Task):
    with pytest.raises(DomainError):
        tasks.refuse(session, task, reason="", by=office.agency_clerk, at=NOW)
    assert task.state is TaskState.ASSIGNED


def test_the_reason_stands_in_the_history(session: Session, office: Office, task: Task):
    tasks.refuse(session, task, reason="Không thuộc chức năng.", by=office.agency_clerk, at=NOW)
    newest = audit.history(session, task)[0]
    assert (newest.action, newest.note) == ("task.refuse", "Không thuộc chức năng.")
    assert newest.changes["state"] == ["assigned", "refused"]


PART = {"title": "Lập biểu", "deadline": DEADLINE}


@pytest.fixture
def room(session: Session, office: Office) -> Unit:
    """A unit below the agency."""
    below = Unit(
        code="BTG-P1",
        name="Phòng Tổng hợp",
        short_name="Phòng Tổng hợp",
        kind=office.agency.kind,
        level=office.agency.level,
        parent=office.agency,
        path="",
        founded_on=FOUNDED,
    )
    session.add(below)
    session.flush()
    below.path = f"{office.agency.path}{below.id}/"
    return below


def test_a_part_is_watched_over_by_the_lead_that_gave_it(
    session: Session, office: Office, task: Task, room: Unit
):
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    part = tasks.forward(
        session, task, assignment=Assignment(lead=room, **PART), by=office.agency_clerk, at=NOW
    )
    assert (part.parent, part.monitoring, part.office) == (task, office.agency, office.office)
    assert allows(office.agency_clerk, Permission.TASK_DECIDE, part, on=TODAY)
    assert not allows(office.commune_clerk, Permission.TASK_DECIDE, part, on=TODAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"deadline": DEADLINE + timedelta(days=1)}, "deadline"),
        ({"deadline": None}, "deadline"),
        ({"lead": "agency"}, "lead"),
        ({"lead": "state"}, "lead"),
    ],
)
def test_a_part_stays_below_the_lead_and_within_the_deadline(
    session: Session, office: Office, task: Task, room: Unit, changes: dict[str, Any], field: str
):
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    said = {"lead": room, **PART, **changes}
    if isinstance(said["lead"], str):
        said["lead"] = getattr(office, said["lead"])
    with pytest.raises(InvalidFields) as refusal:
        tasks.forward(session, task, assignment=Assignment(**said), by=office.agency_clerk, at=NOW)
    assert set(refusal.value.fields) == {field}
    assert task.children == []


@pytest.fixture
def part(session: Session, office: Office, task: Task, room: Unit) -> Task:
    """Given by the agency to its room, received there."""
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    wanted = Assignment(lead=room, **PART | {"deadline": DEADLINE - timedelta(days=7)})
    made = tasks.forward(session, task, assignment=wanted, by=office.agency_clerk, at=NOW)
    made.state = TaskState.RECEIVED
    session.flush()
    return made


def test_a_part_is_not_extended_beyond_the_whole(session: Session, office: Office, task: Task, part: Task):
    room_clerk = Person(username="vanthuphong", full_name="Cao Thị Quế", active=True)
    room_clerk.appointments = [Appointment(unit=part.lead, role=Role.UNIT_CLERK, valid_from=FOUNDED)]
    session.add(room_clerk)
    asked = {"reason": "Chờ số liệu.", "by": room_clerk, "at": NOW}
    with pytest.raises(InvalidFields) as refusal:
        tasks.request_extension(session, part, proposed=DEADLINE + timedelta(days=1), **asked)
    assert "muộn hơn thời hạn của nhiệm vụ" in refusal.value.fields["proposed"]
    tasks.request_extension(session, part, proposed=DEADLINE, **asked)
    decided = {"decision": "Đồng ý.", "by": office.agency_clerk, "at": NOW}
    with pytest.raises(InvalidFields):
        tasks.grant_extension(session, part, deadline=DEADLINE + timedelta(days=1), **decided)
    tasks.grant_extension(session, part, **decided)
    assert part.deadline == task.deadline


def test_a_part_passes_to_units_below_only(session: Session, office: Office, part: Task):
    with pytest.raises(InvalidFields) as refusal:
        tasks.reassign(session, part, lead=office.state, reason="Đổi.", by=office.agency_clerk, at=NOW)
    assert set(refusal.value.fields) == {"lead"}


def test_a_task_with_an_open_part_is_not_called_off(session: Session, office: Office, task: Task, part: Task):
    called_off = {"reason": "Không cần nữa.", "by": office.clerk, "at": NOW}
    with pytest.raises(Refused):
        tasks.cancel(session, task, **called_off)
    tasks.cancel(session, part, **called_off)
    tasks.cancel(session, task, **called_off)
    assert task.state is TaskState.CANCELLED


def test_a_part_is_not_opened_again_under_a_closed_whole(
    session: Session, office: Office, task: Task, part: Task
):
    put_into(part, TaskState.DONE)
    put_into(task, TaskState.DONE)
    again = {"reason": "Thiếu số liệu.", "by": office.clerk, "at": NOW}
    with pytest.raises(Refused):
        tasks.reopen(session, part, **again)
    tasks.reopen(session, task, **again)
    tasks.reopen(session, part, **again)
    assert part.state is TaskState.IN_PROGRESS


def test_an_extension_never_comes_before_a_deadline_that_moved_meanwhile(
    session: Session, office: Office, task: Task
):
    proposed = DEADLINE + timedelta(days=1)
    tasks.request_extension(session, task, proposed=proposed, reason="Chờ.", by=office.agency_clerk, at=NOW)
    task.deadline = task.original_deadline = proposed + timedelta(days=3)
    with pytest.raises(InvalidFields) as refusal:
        tasks.grant_extension(session, task, decision="Đồng ý.", by=office.clerk, at=NOW)
    assert set(refusal.value.fields) == {"deadline"}


def test_a_task_with_open_parts_does_not_pass_to_another_lead(
    session: Session, office: Office, task: Task, room: Unit
):
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    tasks.forward(session, task, assignment=Assignment(lead=room, **PART), by=office.agency_clerk, at=NOW)
    with pytest.raises(Refused):
        tasks.reassign(session, task, lead=office.state, reason="Đổi.", by=office.clerk, at=NOW)
    assert (task.lead, task.state) == (office.agency, TaskState.RECEIVED)


def test_a_request_ends_when_the_task_passes_on(session: Session, office: Office, task: Task):
    tasks.request_extension(
        session, task, proposed=date(2026, 12, 10), reason="Chờ.", by=office.agency_clerk, at=NOW
    )
    tasks.reassign(session, task, lead=office.state, reason="Đúng chức năng.", by=office.clerk, at=NOW)
    assert [extension.state for extension in task.extensions] == [ExtensionState.WITHDRAWN]


@pytest.mark.parametrize(
    ("rule", "permission"),
    [(tasks.decidable_by, Permission.TASK_DECIDE), (tasks.visible_to, Permission.TASK_VIEW)],
)
def test_who_may_in_sql_is_who_may_in_python(
    session: Session, office: Office, task: Task, room: Unit, rule: Any, permission: Permission
):
    watched = Assignment(title="Việc của xã", lead=office.communes[0], monitoring=office.agency)
    tasks.assign(session, office.office, assignment=watched, by=office.clerk, at=NOW)
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    tasks.forward(session, task, assignment=Assignment(lead=room, **PART), by=office.agency_clerk, at=NOW)
    every = session.scalars(select(Task)).all()
    for person in office.people():
        in_sql = set(session.scalars(select(Task).where(rule(person, on=TODAY))))
        assert in_sql == {one for one in every if allows(person, permission, one, on=TODAY)}, person.username


def test_what_waits_is_what_the_person_can_do_next(session: Session, office: Office, task: Task):
    def waits_for() -> set[str]:
        found = set()
        for person in office.people():
            waiting = set(session.scalars(select(Task).where(tasks.waiting_for(person, on=TODAY))))
            readable = set(session.scalars(select(Task).where(tasks.visible_to(person, on=TODAY))))
            assert waiting <= readable, person.username
            if waiting:
                found.add(person.username)
        return found

    assert waits_for() == {office.agency_clerk.username, office.agency_head.username}
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    assert waits_for() == set()
    tasks.submit(session, task, result="Xong.", by=office.agency_clerk, at=NOW)
    assert waits_for() == {office.clerk.username, office.leader.username}


def test_nobody_watches_over_their_own_task(session: Session, office: Office, task: Task):
    own = Assignment(title="Việc", lead=office.agency, monitoring=office.agency)
    assert tasks.assign(session, office.office, assignment=own, by=office.clerk, at=NOW).monitoring is None
    task.monitoring = office.state
    tasks.reassign(session, task, lead=office.state, reason="Đổi việc", by=office.clerk, at=NOW)
    assert (task.lead, task.monitoring) == (office.state, None)


def test_nobody_assigns_upwards_or_to_a_neighbour(session: Session, office: Office):
    commune, neighbour, _ = office.communes
    clerk = Person(username="vanthuxa", full_name="Tống Thị Oanh", active=True)
    clerk.appointments = [Appointment(unit=commune, role=Role.OFFICE_CLERK, valid_from=FOUNDED)]
    session.add(clerk)
    for lead in (office.province, office.agency, neighbour):
        wanted = Assignment(title="Việc", lead=lead)
        with pytest.raises(InvalidFields) as refusal:
            tasks.assign(session, commune, assignment=wanted, by=clerk, at=NOW)
        assert set(refusal.value.fields) == {"lead"}
    own = Assignment(title="Việc", lead=commune)
    assert tasks.assign(session, commune, assignment=own, by=clerk, at=NOW).lead is commune


def test_nobody_assigns_by_a_day_that_is_too_far(session: Session, office: Office, task: Task):
    far = date(9999, 12, 31)
    wanted = Assignment(title="Việc", lead=office.agency, deadline=far)
    with pytest.raises(InvalidFields) as refusal:
        tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    assert set(refusal.value.fields) == {"deadline"}
    with pytest.raises(InvalidFields):
        tasks.request_extension(session, task, proposed=far, reason="Chờ.", by=office.agency_clerk, at=NOW)
