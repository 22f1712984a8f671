"""A round over two organisations in which some women are on both lists."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from tests.workflows.members.register import NOW, Register, admitted, found_register
from tests.workflows.office import FOUNDED, Office
from workflows import reconciliation
from workflows.members import Membership
from workflows.organisations import Unit
from workflows.people import Account, Appointment, Person, Role
from workflows.reconciliation import Round


@dataclass
class Scene:
    """A round, the register behind it, and who was put on which list."""

    round: Round
    register: Register
    women_head: Person
    on_both: tuple[Membership, Membership]
    alike: tuple[Membership, Membership]

    @property
    def leader(self) -> Person:
        """Who runs the round."""
        return self.register.office.leader


@pytest.fixture
def scene(session: Session, office: Office) -> Scene:
    """An opened round: one woman on both lists by her number, another perhaps, some on one list only."""
    register = found_register(session, office)
    youth, women = register.branch, register.branch_of_women
    on_both = (
        admitted(session, youth, "Tạ Thị Hoài", register.clerk, identity="036301001111"),
        admitted(session, women, "Ta Thi Hoai", register.women_clerk, identity="036301001111"),
    )
    alike = (
        admitted(session, youth, "Đinh Thị Ngọc Quỳ", register.clerk),
        admitted(session, women, "Đinh Thị Quỳ", register.women_clerk),
    )
    for name in ("Cao Thị Sen", "Lý Thị Thơm", "Mạc Thị Ước"):
        admitted(session, youth, name, register.clerk)
    round_ = reconciliation.open_round(
        session,
        office.office,
        name="Đối chiếu năm 2026",
        purpose="Thống kê đoàn viên, hội viên",
        heads=[register.youth, register.women],
        by=office.leader,
        at=NOW,
    )
    session.flush()
    return Scene(round_, register, clerk_of(session, "pn", register.women), on_both, alike)


def clerk_of(session: Session, username: str, unit: Unit) -> Person:
    """Somebody who keeps the lists of a whole organisation."""
    person = Person(
        username=username,
        full_name="Viên Thị Yên",
        appointments=[Appointment(unit=unit, role=Role.UNIT_CLERK, valid_from=FOUNDED)],
        account=Account(password_hash="!", must_change=False),
    )
    session.add(person)
    session.flush()
    return person


def compare(session: Session, scene: Scene) -> None:
    """Have the lists compared, as a worker does."""
    reconciliation.start_comparing(session, scene.round, version=scene.round.version, by=scene.leader, at=NOW)
    session.flush()
    reconciliation.keep(session, scene.round, reconciliation.compare(session, scene.round), at=NOW)
    session.flush()
