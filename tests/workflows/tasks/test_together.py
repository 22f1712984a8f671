"""One act with many tasks: looked at first, then done bit by bit, what cannot be done named."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import aftermath, tasks
from workflows.errors import Conflict, NotAllowed, Refused
from workflows.people import Person
from workflows.permissions import allows
from workflows.tasks import Assignment, BulkAct, Outlook, Task, TaskBatch, TaskState


def assigned(session: Session, office: Office, count: int, **said: Any) -> list[Task]:
    wanted = [Assignment(title=f"Việc {number}", lead=office.agency, **said) for number in range(count)]
    made = [tasks.assign(session, office.office, assignment=one, by=office.clerk, at=NOW) for one in wanted]
    session.flush()
    return made


def looked(session: Session, act: BulkAct, by: Person) -> tuple[TaskBatch, Outlook]:
    return tasks.look(session, tasks.all_visible(by, on=TODAY), act, by=by, at=NOW)


def test_the_look_says_what_would_be_left_and_why(session: Session, office: Office):
    new, received = assigned(session, office, 2)
    tasks.receive(session, received, by=office.agency_clerk, at=NOW)
    batch, outlook = looked(session, BulkAct.RECEIVE, office.agency_clerk)
    assert (batch.task_ids, outlook.count, list(outlook.first)) == ([new.id], 1, [new])
    assert [(group.count, group.why.params) for group in outlook.left_out] == [(1, {"state": "đã tiếp nhận"})]
    assert new.state is TaskState.ASSIGNED
    _, denied = looked(session, BulkAct.CONFIRM, office.agency_clerk)
    assert [(group.count, str(group.why)) for group in denied.left_out] == [
        (2, "bạn không có quyền thực hiện việc này")
    ]


@pytest.mark.parametrize("act", BulkAct)
def test_the_look_finds_exactly_what_the_verb_allows(
    session: Session, office: Office, task: Task, act: BulkAct
):
    watched = Assignment(title="Việc của xã", lead=office.communes[0], monitoring=office.agency)
    tasks.assign(session, office.office, assignment=watched, by=office.clerk, at=NOW)
    for person in office.people():
        batch, _ = looked(session, act, person)
        every = session.scalars(select(Task).order_by(Task.id)).all()
        allowed = [one.id for one in every if allows(person, act.permission, one, on=TODAY)]
        fitting = [one.id for one in every if act.move and one.state in tasks.MOVES[act.move].sources]
        assert sorted(batch.task_ids) == [id_ for id_ in allowed if id_ in fitting], person.username


def test_a_few_are_done_at_once(session: Session, office: Office):
    found = assigned(session, office, 3)
    batch, _ = looked(session, BulkAct.RECEIVE, office.agency_clerk)
    tasks.start_batch(session, batch, said={}, by=office.agency_clerk, at=NOW)
    assert {task.state for task in found} == {TaskState.RECEIVED}
    assert (batch.done, batch.ended_at) == (3, NOW)
    with pytest.raises(Conflict):
        tasks.start_batch(session, batch, said={}, by=office.agency_clerk, at=NOW)


def test_many_are_done_by_a_worker_bit_by_bit(
    session: Session, office: Office, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("workflows.together.AT_ONCE", 1)
    monkeypatch.setattr("workflows.together.IN_ONE_RUN", 2)
    found = assigned(session, office, 3)
    batch, _ = looked(session, BulkAct.RECEIVE, office.agency_clerk)
    tasks.start_batch(session, batch, said={}, by=office.agency_clerk, at=NOW)
    assert (batch.tried, found[0].state) == (0, TaskState.ASSIGNED)
    assert aftermath.newest(session, "act-on-tasks") > 0
    tasks.act_on_some(session, batch, at=NOW)
    assert (batch.tried, batch.ended_at) == (2, None)
    tasks.act_on_some(session, batch, at=NOW)
    tasks.act_on_some(session, batch, at=NOW)
    assert (batch.done, batch.ended_at) == (3, NOW)


@pytest.mark.parametrize("at_once", [10, 1])
def test_parts_are_cancelled_before_their_whole(
    session: Session, office: Office, monkeypatch: pytest.MonkeyPatch, at_once: int
):
    monkeypatch.setattr("workflows.together.AT_ONCE", at_once)
    monkeypatch.setattr("workflows.together.IN_ONE_RUN", 1)
    whole, part = assigned(session, office, 2)
    part.parent = whole
    session.flush()
    batch, _ = looked(session, BulkAct.CANCEL, office.clerk)
    tasks.start_batch(session, batch, said={"reason": "Thôi."}, by=office.clerk, at=NOW)
    for _ in range(2):
        tasks.act_on_some(session, batch, at=NOW)
    assert ({whole.state, part.state}, batch.left_out) == ({TaskState.CANCELLED}, [])


def test_one_that_moved_meanwhile_is_named_and_stops_no_other(session: Session, office: Office):
    first, second = assigned(session, office, 2)
    batch, _ = looked(session, BulkAct.RECEIVE, office.agency_clerk)
    tasks.receive(session, first, by=office.agency_head, at=NOW)
    tasks.start_batch(session, batch, said={}, by=office.agency_clerk, at=NOW)
    assert second.state is TaskState.RECEIVED
    assert [(left[0], left[1]) for left in batch.left_out] == [(first.id, first.title)]
    assert "có thể người khác vừa xử lý" in batch.left_out[0][2]


def test_requests_for_extension_are_granted_together(session: Session, office: Office, task: Task):
    tasks.request_extension(
        session, task, proposed=date(2026, 12, 10), reason="Chờ.", by=office.agency_clerk, at=NOW
    )
    assigned(session, office, 1)
    batch, outlook = looked(session, BulkAct.GRANT, office.clerk)
    assert (batch.task_ids, [group.count for group in outlook.left_out]) == ([task.id], [1])
    tasks.start_batch(session, batch, said={"reason": "Đồng ý."}, by=office.clerk, at=NOW)
    assert task.deadline == date(2026, 12, 10)


def test_the_lead_of_many_passes_to_another_unit(session: Session, office: Office):
    found = assigned(session, office, 2)
    batch, _ = looked(session, BulkAct.REASSIGN, office.clerk)
    said = {"reason": "Sáp nhập.", "lead": office.state.id}
    tasks.start_batch(session, batch, said=said, by=office.clerk, at=NOW)
    assert {task.lead for task in found} == {office.state}


def test_nobody_starts_what_another_looked_at_and_nothing_is_done_with_none(session: Session, office: Office):
    empty, _ = looked(session, BulkAct.RECEIVE, office.agency_clerk)
    with pytest.raises(Refused):
        tasks.start_batch(session, empty, said={}, by=office.agency_clerk, at=NOW)
    with pytest.raises(NotAllowed):
        tasks.start_batch(session, empty, said={}, by=office.clerk, at=NOW)
