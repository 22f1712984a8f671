"""One of each thing of the register of members, of a reconciliation round and of what is trusted."""

from datetime import timedelta

from asn1crypto.x509 import Certificate
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certificates import authority
from tests.workflows.members.register import Register, admitted, found_register
from tests.workflows.office import FOUNDED, NOW, TODAY, Office
from workflows import members, reconciliation, signatures
from workflows.files import FileStore, keep
from workflows.members import rosters
from workflows.people import Appointment, Person, Role
from workflows.reconciliation import DoubtfulPair, Round


def registered(session: Session, office: Office, store: FileStore, insider: Person) -> dict[str, int | str]:
    """The ids; the insider keeps the lists of both organisations too."""
    register = found_register(session, office)
    for unit in (register.youth, register.women):
        insider.appointments.append(Appointment(unit=unit, role=Role.UNIT_CLERK, valid_from=FOUNDED))
    session.flush()
    member = admitted(session, register.branch, "Đinh Thị Ngọc Quỳ", register.clerk)
    admitted(session, register.branch_of_women, "Đinh Thị Quỳ", register.women_clerk)
    for name in ("Lý Thị Thơm", "Mạc Thị Ước", "Tạ Thị Hoài"):
        admitted(session, register.branch, name, register.clerk)
    leaving = admitted(session, register.branch, "Cao Thị Sen", register.clerk)
    transfer = members.transfers.send(
        session, leaving, to_unit=register.youth_there, on=TODAY, by=register.clerk, at=NOW
    )
    due_on = TODAY + timedelta(30)
    review = members.reviews.open_review(
        session, register.youth_here, year=TODAY.year, due_on=due_on, paper="", by=register.clerk, at=NOW
    )
    roster = _roster(session, register, store)
    round_ = _round(session, office, register)
    root = signatures.add_root(
        session, office.office, certificate=Certificate.load(authority().der), by=office.administrator, at=NOW
    )
    session.flush()
    pair = session.scalars(select(DoubtfulPair).where(DoubtfulPair.round_id == round_.id)).one()
    return {
        "member_id": member.member_id,
        "membership_id": member.id,
        "movement_id": member.movements[0].id,
        "branch_id": register.branch.id,
        "transfer_id": transfer.id,
        "roster_id": roster.id,
        "members.review_id": review.id,
        "members.unit_id": register.youth_here.id,
        "members.person_id": register.secretary.id,
        "round_id": round_.id,
        "pair_id": pair.id,
        "reconciliation.move": "compare",
        "root_id": root.id,
    }


def _roster(session: Session, register: Register, store: FileStore) -> rosters.RosterImport:
    content = "Họ và tên,Ngày sinh\nPhùng Thị Na,01/02/1999\n".encode()
    file = keep(session, store, content, media_type="text/csv", at=NOW)
    head = rosters.Head(1, ("Họ và tên", "Ngày sinh"))
    roster = rosters.upload(
        session, register.youth_here, file=file, file_name="a.csv", head=head, by=register.clerk, at=NOW
    )
    session.flush()
    return roster


def _round(session: Session, office: Office, register: Register) -> Round:
    round_ = reconciliation.open_round(
        session,
        office.office,
        name="Đối chiếu",
        purpose="Rà soát",
        heads=[register.youth, register.women],
        by=office.leader,
        at=NOW,
    )
    session.flush()
    for list_, by in zip(round_.lists, (register.head, office.leader), strict=True):
        list_.is_open, list_.answered_by_id, list_.answered_at = True, by.id, NOW
    reconciliation.start_comparing(session, round_, version=round_.version, by=office.leader, at=NOW)
    session.flush()
    reconciliation.keep(session, round_, reconciliation.compare(session, round_), at=NOW)
    return round_
