"""One move with many tasks: looked at first, then made with all or with none."""

import pytest
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import tasks
from workflows.errors import Conflict, Refused
from workflows.tasks import Assignment, Task, TaskMove, TaskState, together


def assigned(session: Session, office: Office, count: int) -> list[Task]:
    return [
        tasks.assign(
            session,
            office.office,
            assignment=Assignment(title=f"Việc {number}", lead=office.agency),
            by=office.clerk,
            at=NOW,
        )
        for number in range(count)
    ]


def test_the_outlook_says_what_would_be_left_and_why(session: Session, office: Office):
    new, received = assigned(session, office, 2)
    tasks.receive(session, received, by=office.agency_clerk, at=NOW)
    found = tasks.outlook([new, received], TaskMove.RECEIVE, office.agency_clerk, on=TODAY)
    assert found.open_to == [new]
    assert [(left.task, left.why.params) for left in found.left_out] == [
        (received, {"state": "đã tiếp nhận"})
    ]
    nobody = tasks.outlook([new], TaskMove.RECEIVE, office.other_clerk, on=TODAY)
    assert [str(left.why) for left in nobody.left_out] == ["bạn không có quyền thực hiện việc này"]


def test_all_are_moved(session: Session, office: Office):
    found = assigned(session, office, 3)
    moved = tasks.move_all(session, found, TaskMove.RECEIVE, said={}, by=office.agency_clerk, at=NOW)
    assert (moved, {task.state for task in found}) == (3, {TaskState.RECEIVED})


def test_one_that_moved_meanwhile_stops_the_act(session: Session, office: Office):
    found = assigned(session, office, 2)
    tasks.receive(session, found[1], by=office.agency_clerk, at=NOW)
    with pytest.raises(Conflict):
        tasks.move_all(session, found, TaskMove.RECEIVE, said={}, by=office.agency_clerk, at=NOW)


def test_there_is_a_most(session: Session, office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(together, "MOST", 1)
    with pytest.raises(Refused):
        tasks.move_all(
            session, assigned(session, office, 2), TaskMove.RECEIVE, said={}, by=office.agency_clerk, at=NOW
        )
