"""Branches go on when their unit is no more, and the figures of the past stay told where they were."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.members.register import NOW, Register, admitted, branch_in
from workflows import members, statistics
from workflows.errors import InvalidFields, Refused
from workflows.members import BranchKind, Transfer, figures, tallies
from workflows.organisations import Succession, Unit
from workflows.people import Appointment, Person, Role
from workflows.permissions import Permission, allows

MERGED = date(2026, 7, 1)
BEFORE, AFTER = (date(2026, 4, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 9, 30))


@pytest.fixture
def merged(session: Session, register: Register) -> Register:
    """The first commune went on as the second; its branches still hang on it."""
    for number in range(3):
        admitted(session, register.branch, f"Lê Văn {number}", register.head, on=date(2026, 5, 5))
    admitted(session, register.branch_there, "Cao Thị Xa", register.head, on=date(2026, 5, 6))
    members.branches.found_branch(
        session, register.youth_here, name="Phân đoàn 1", kind=BranchKind.CELL, parent=register.branch,
        founded_on=date(2026, 1, 1), by=register.head, at=NOW,
    )  # fmt: skip
    register.youth_here.dissolved_on = MERGED
    session.add(
        Succession(
            predecessor=register.youth_here, successor=register.youth_there, happened_on=MERGED, source="1-NQ"
        )
    )
    session.flush()
    return register


def move(session: Session, register: Register, to_unit: Unit | None = None, on: date = MERGED) -> None:
    """The first branch goes to the unit its own went on as."""
    unit = to_unit or register.youth_there
    members.branches.move_branch(
        session, register.branch, to_unit=unit, on=on, reason="1-NQ", by=register.head, at=NOW
    )


def closing(session: Session, unit: Unit, span: tuple[date, date]) -> int:
    """What the return of a unit for a span of days would say."""
    return int(statistics.register.cells_of(session, unit, *span)["closing"])


def test_a_branch_goes_on_in_the_unit_that_went_on(session: Session, merged: Register):
    here, there = merged.youth_here, merged.youth_there
    assert list(members.left_behind(session, merged.head, on=MERGED)) == [here]
    move(session, merged)
    assert [cell.unit_id for cell in session.query(members.Branch).filter_by(parent_id=merged.branch.id)] == [
        there.id
    ]
    assert (closing(session, here, BEFORE), closing(session, there, BEFORE)) == (3, 1)
    assert (closing(session, here, AFTER), closing(session, there, AFTER)) == (0, 4)
    assert statistics.register.cells_of(session, there, *AFTER)["opening"] == 4


def test_the_office_s_figures_follow_the_branch(session: Session, merged: Register):
    move(session, merged)
    youth = Unit.organisation == "youth"
    for span in (BEFORE, AFTER):
        found = tallies.by_unit(session, youth, *span)
        for unit in (merged.youth_here, merged.youth_there):
            told = found.get(unit.id, tallies.Tally())
            where = figures.of_unit_on(unit, span[1])
            assert told.flow == figures.flow(session, where, *span)
            assert sum(told.parts.values()) == sum(figures.parts(session, where, span[1]).values())
            own = figures.branch_figures(session, where, span[1])
            assert (told.branches, told.cells) == (own["branches"], own["cells"])
        assert tallies.together(found.values()).flow.closing == 4


def test_a_branch_goes_only_where_its_unit_went(session: Session, merged: Register):
    with pytest.raises(InvalidFields, match="Chưa có thì nhờ quản trị"):
        move(session, merged, merged.women_here)
    branch_in(session, merged.youth_there, merged.branch.name, merged.head)
    with pytest.raises(Refused, match="đã có nơi cùng tên"):
        move(session, merged)


def test_a_branch_stays_in_its_organisation(session: Session, merged: Register):
    session.add(
        Succession(
            predecessor=merged.youth_here, successor=merged.women_here, happened_on=MERGED, source="1-NQ"
        )
    )
    with pytest.raises(InvalidFields, match="cùng tổ chức"):
        move(session, merged, merged.women_here)
    assert list(members.heirs_of(session, merged.youth_here, on=MERGED)) == [merged.youth_there]


def test_a_branch_goes_no_sooner_than_its_new_unit_came_to_be(session: Session, merged: Register):
    merged.youth_there.founded_on = MERGED
    with pytest.raises(InvalidFields) as refused:
        move(session, merged, on=BEFORE[1])
    assert set(refused.value.fields) == {"on"}
    move(session, merged, on=MERGED)


def test_a_secretary_is_named_until_the_role_is_given_in_the_new_unit(session: Session, merged: Register):
    move(session, merged)
    there, secretary = merged.youth_there, merged.secretary

    def unread() -> list[Person]:
        return list(members.secretaries_without_role(session, there, [merged.branch], on=MERGED))

    assert unread() == [secretary]
    secretary.appointments.append(Appointment(unit=there, role=Role.BRANCH_SECRETARY, valid_from=MERGED))
    session.flush()
    assert unread() == []


def test_who_was_sent_to_a_unit_is_received_where_it_went_on(session: Session, merged: Register):
    membership = admitted(session, merged.branch_there, "Mạc Thị Đến", merged.head)
    merged.youth_here.dissolved_on = None
    transfer = members.transfers.send(
        session, membership, to_unit=merged.youth_here, on=BEFORE[1], by=merged.clerk_there, at=NOW
    )
    merged.youth_here.dissolved_on = MERGED
    move(session, merged)
    receive = members.transfers.receive
    with pytest.raises(InvalidFields):
        receive(session, transfer, branch=merged.branch_of_women, on=MERGED, by=merged.head, at=NOW)
    receive(session, transfer, branch=merged.branch, on=MERGED, by=merged.head, at=NOW)
    assert membership.branch is merged.branch


def test_whoever_is_on_the_way_to_a_unit_arrives_where_its_last_branch_went(
    session: Session, merged: Register
):
    own = branch_in(session, merged.youth, "Chi đoàn cơ quan", merged.head)
    merged.youth_here.dissolved_on = None
    sender = admitted(session, own, "Mạc Thị Xa", merged.head)
    transfer = members.transfers.send(
        session, sender, to_unit=merged.youth_here, on=BEFORE[1], by=merged.head, at=NOW
    )
    merged.youth_here.dissolved_on = MERGED
    session.flush()

    def waits_there() -> bool:
        waiting = select(Transfer.id).where(members.awaiting_receipt(merged.clerk_there, on=MERGED))
        received = allows(merged.clerk_there, Permission.MEMBERS_RECEIVE, transfer, on=MERGED)
        assert received is (session.scalars(waiting).all() == [transfer.id])
        return received

    move(session, merged)
    assert not waits_there()
    members.branches.move_branch(
        session, merged.branch_beside, to_unit=merged.youth_there, on=MERGED, reason="1-NQ", by=merged.head,
        at=NOW,
    )  # fmt: skip
    assert waits_there()
