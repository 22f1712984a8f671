"""Personal data are kept as long as the organisation has settled, and no longer than somebody looks."""

from datetime import date

from sqlalchemy.orm import Session

from tests.workflows.members.register import NOW, TODAY, Register, admitted
from workflows import members
from workflows.members import Branch, MovementKind, personal_data


def gone(session: Session, register: Register, branch: Branch, name: str, on: date) -> members.Membership:
    """Somebody who left long ago."""
    membership = admitted(session, branch, name, register.head, on=date(2020, 2, 5))
    members.record(session, membership, kind=MovementKind.MATURED, on=on, by=register.head, at=NOW)
    return membership


def over(session: Session, person) -> list[str]:
    """The names of those past their time, as a person sees them."""
    found = session.scalars(personal_data.past_retention(session, person, on=TODAY))
    return sorted(membership.member.name for membership in found)


def test_who_left_longer_ago_than_data_are_kept_is_listed_until_erased(session: Session, register: Register):
    old = gone(session, register, register.branch, "Cũ Quá Hạn", date(2021, 1, 1))
    gone(session, register, register.branch, "Cũ Trong Hạn", date(2025, 1, 1))
    gone(session, register, register.branch_there, "Cũ Nơi Khác", date(2021, 1, 1))
    admitted(session, register.branch, "Còn Sinh Hoạt", register.clerk, on=date(2020, 2, 5))
    assert over(session, register.clerk) == ["Cũ Quá Hạn"]
    assert over(session, register.head) == ["Cũ Nơi Khác", "Cũ Quá Hạn"]
    assert over(session, register.women_clerk) == over(session, register.secretary) == []
    personal_data.erase(session, old.member, reason="hết thời hạn lưu", by=register.clerk, at=NOW)
    assert over(session, register.clerk) == []


def test_who_came_back_is_kept(session: Session, register: Register):
    old = gone(session, register, register.branch, "Đã Trở Lại", date(2021, 1, 1))
    again = members.Membership(member=old.member, branch=register.branch, since=date(2024, 1, 1))
    session.add(again)
    session.flush()
    assert over(session, register.clerk) == []
