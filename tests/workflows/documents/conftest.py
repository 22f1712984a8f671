"""An office with a term, a directive and three tasks of which two are late, and a letter about them."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import documents, tasks
from workflows.directives import Directive
from workflows.documents import Drafting, OfficialDocument, Source, register
from workflows.files import StoredFile
from workflows.organisations import Unit
from workflows.tasks import Assignment, Task

LATE_SINCE = date(2026, 11, 9)


@dataclass
class Desk:
    """What the office has before it drafts."""

    directive: Directive
    late: tuple[Task, Task]
    done: Task


@pytest.fixture
def term(session: Session, office: Office) -> register.Term:
    """The term in which numbers are taken."""
    return register.begin_term(
        session,
        office.province,
        name="2025–2030",
        starts_on=date(2025, 10, 17),
        by=office.administrator,
        at=NOW,
    )


@pytest.fixture
def desk(session: Session, office: Office, term: register.Term) -> Desk:
    """A directive whose agency and first commune are late, while the second commune is done."""
    directive = new_directive(session, office)
    agency, first, second = (
        assign(session, office, directive, unit, title)
        for unit, title in (
            (office.agency, "Xây dựng tài liệu hướng dẫn"),
            (office.communes[0], "Đối chiếu danh sách đoàn viên, hội viên"),
            (office.communes[1], "Đối chiếu danh sách đoàn viên, hội viên"),
        )
    )
    tasks.receive(session, second, by=office.other_clerk, at=NOW)
    tasks.submit(session, second, result="Đã đối chiếu 42 danh sách.", by=office.other_clerk, at=NOW)
    tasks.confirm(session, second, assessment="", by=office.clerk, at=NOW)
    return Desk(directive, (agency, first), second)


@pytest.fixture
def letter(session: Session, office: Office, desk: Desk) -> OfficialDocument:
    """A reminder letter as drafted from the records."""
    return draft(session, office, "reminder-letter", Source(desk.directive))


@pytest.fixture
def signed_off(session: Session, office: Office, letter: OfficialDocument) -> OfficialDocument:
    """The letter as the leader approved it."""
    return approve(session, office, letter)


def draft(session: Session, office: Office, form: str, source: Source, **more: object) -> OfficialDocument:
    """A paper of the office, drafted by its clerk."""
    drafting = Drafting(form, office.office, source, **more)
    return documents.draft(session, office.office, drafting=drafting, by=office.clerk, at=NOW)


def approve(session: Session, office: Office, document: OfficialDocument) -> OfficialDocument:
    """Prepare a complete draft and have the leader sign it off."""
    documents.prepare(session, document, by=office.clerk, at=NOW)
    documents.sign_off(session, document, by=office.leader, at=NOW)
    return document


def new_directive(session: Session, office: Office, number: str = "06-CT/TU") -> Directive:
    """A registered directive of the province."""
    session.merge(StoredFile(sha256=number, size=1, media_type="text/plain", stored_at=NOW))
    directive = Directive(
        office=office.office,
        number=number,
        type="CT",
        issuer="Ban Thường vụ Tỉnh uỷ",
        issued_on=date(2026, 3, 9),
        subject="Về tăng cường tập hợp đoàn viên, hội viên",
        text="",
        sha256=number,
        file_name="ct.txt",
        registered_by=office.clerk,
        registered_at=NOW,
    )
    session.add(directive)
    session.flush()
    return directive


def assign(session: Session, office: Office, directive: Directive, lead: Unit, title: str) -> Task:
    """A task of the directive whose deadline passed a week ago."""
    wanted = Assignment(title=title, lead=lead, deadline=LATE_SINCE)
    return tasks.assign(
        session, office.office, assignment=wanted, directive=directive, by=office.clerk, at=NOW
    )


def complete(document: OfficialDocument) -> dict[str, object]:
    """The facts of a draft with something typed into every gap of a plain invitation."""
    return {
        **document.facts,
        "subject": "dự họp giao ban",
        "invited": ["Các đồng chí trưởng ban"],
        "event": "hội nghị giao ban",
        "chair": "Chánh Văn phòng",
        "content": "Đánh giá công tác tháng.",
        "held_on": TODAY.isoformat(),
        "venue": "Phòng họp số 1",
    }
