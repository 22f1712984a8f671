"""Targets are set, recorded, corrected and revised; nothing that was said is lost."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tests.workflows.asked import given_directive
from tests.workflows.office import NOW, TODAY, Office
from tests.workflows.targets.conftest import BEGAN, ENDS, a_goal
from workflows import audit, targets, tasks
from workflows.errors import Conflict, DomainError, InvalidFields, NotAllowed, Refused
from workflows.permissions import Permission, allows
from workflows.targets import Direction, FollowedTarget, Line, Reading

READING = Reading(Decimal("48.5"), TODAY, "Báo cáo quý III")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"line": Line(Decimal(40), ENDS, Decimal(60), ENDS)}, "goal_on"),
        ({"line": Line(Decimal(40), BEGAN, Decimal(40), ENDS)}, "goal_value"),
        ({"direction": Direction.AT_MOST}, "direction"),
        ({"line": Line(Decimal(40), BEGAN, Decimal(60), ENDS, ((ENDS, Decimal(60)),))}, "steps"),
        ({"line": Line(Decimal(40), BEGAN, Decimal(60), ENDS, ((TODAY, Decimal(1)),) * 2)}, "steps"),
    ],
)
def test_what_cannot_be_followed_is_refused(session: Session, office: Office, changes: dict, field: str):
    with pytest.raises(InvalidFields) as refusal:
        targets.set_(session, office.office, goal=a_goal(office, **changes), by=office.clerk, at=NOW)
    assert set(refusal.value.fields) == {field}


def test_the_office_sets_the_lead_records_others_look_or_see_nothing(office: Office, target: FollowedTarget):
    def who(permission: Permission) -> set[str]:
        return {p.username for p in office.people() if allows(p, permission, target, on=TODAY)}

    offices = {office.clerk.username, office.leader.username}
    lead = {office.agency_clerk.username, office.agency_head.username}
    assert who(Permission.TARGET_SET) == offices
    assert who(Permission.TARGET_RECORD) == offices | lead
    assert who(Permission.TARGET_VIEW) == offices | lead | {
        office.inspector.username,
        office.monitor.username,
    }


def test_others_cannot_record(session: Session, office: Office, target: FollowedTarget):
    with pytest.raises(NotAllowed):
        targets.record(session, target, reading=READING, by=office.other_clerk, at=NOW)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"measured_on": TODAY + timedelta(1)}, "measured_on"),
        ({"value": Decimal(10) ** 12}, "value"),
        ({"source": " "}, "source"),
    ],
)
def test_values_without_source_or_from_the_future_are_refused(
    session: Session, office: Office, target: FollowedTarget, change: dict, field: str
):
    with pytest.raises(InvalidFields) as refusal:
        targets.record(session, target, reading=replace(READING, **change), by=office.clerk, at=NOW)
    assert set(refusal.value.fields) == {field}


def test_a_correction_stands_beside_what_it_corrects(
    session: Session, office: Office, target: FollowedTarget
):
    wrong = targets.record(session, target, reading=READING, by=office.agency_clerk, at=NOW)
    with pytest.raises(InvalidFields):
        targets.record(session, target, reading=READING, corrects=wrong, by=office.clerk, at=NOW)
    right = replace(READING, value=Decimal(47), note="Nhập nhầm.")
    made = targets.record(session, target, reading=right, corrects=wrong, by=office.clerk, at=NOW)
    values = targets.values_of(session, target)
    assert set(values) == {wrong, made}
    assert targets.in_force(values) == [made]
    with pytest.raises(Conflict):
        targets.record(session, target, reading=right, corrects=wrong, by=office.clerk, at=NOW)


def test_a_correction_of_another_target_is_refused(session: Session, office: Office, target: FollowedTarget):
    other = targets.set_(session, office.office, goal=a_goal(office), by=office.clerk, at=NOW)
    value = targets.record(session, other, reading=READING, by=office.clerk, at=NOW)
    with pytest.raises(Refused):
        targets.record(session, target, reading=READING, corrects=value, by=office.clerk, at=NOW)


def test_a_revision_keeps_the_former_goal_in_the_history(
    session: Session, office: Office, target: FollowedTarget
):
    steps = ((TODAY, Decimal(48)),)
    line = Line(Decimal(40), BEGAN, Decimal(65), ENDS, steps)
    goal = a_goal(office, line=line)
    for _ in range(2):
        targets.revise(session, target, goal=goal, reason="Kết luận 12", by=office.leader, at=NOW)
    assert target.line == line
    newest = audit.history(session, target)[1]
    assert newest.note == "Kết luận 12"
    assert "goal_value" in newest.changes


def test_two_who_revise_at_once_do_not_overwrite_each_other(
    session: Session, office: Office, target: FollowedTarget
):
    with pytest.raises(Conflict):
        targets.revise(
            session,
            target,
            goal=a_goal(office),
            reason="x",
            version=target.version - 1,
            by=office.clerk,
            at=NOW,
        )


def test_a_dropped_target_takes_no_values(session: Session, office: Office, target: FollowedTarget):
    targets.drop(session, target, reason="Không còn giao.", by=office.clerk, at=NOW)
    with pytest.raises(DomainError):
        targets.record(session, target, reading=READING, by=office.clerk, at=NOW)
    assert sum(targets.counts(session, office.clerk, on=TODAY).values()) == 0


def test_a_target_that_was_read_waits_until_it_is_followed(session: Session, office: Office):
    directive = given_directive(session, office)
    said = tasks.Assignment(
        "Nâng tỷ lệ tập hợp", office.agency, targets=(tasks.Target(Decimal(60), "%", "đạt 60%"),)
    )
    task = tasks.assign(session, office.office, assignment=said, directive=directive, by=office.clerk, at=NOW)
    session.flush()
    found = targets.not_followed(session, directive, office.clerk, on=TODAY)
    assert [(one.value, one.unit) for one in found] == [(60, "%")]
    made = targets.set_(
        session, office.office, goal=a_goal(office), task=task, read_as=found[0], by=office.clerk, at=NOW
    )
    session.flush()
    assert made.directive is directive
    assert not targets.not_followed(session, directive, office.clerk, on=TODAY)


def test_nobody_sets_targets_upwards_or_for_neighbours(session: Session, office: Office):
    commune = office.communes[0]
    with pytest.raises(InvalidFields) as refusal:
        targets.set_(session, commune, goal=a_goal(office), by=office.clerk, at=NOW)
    assert set(refusal.value.fields) == {"lead"}
