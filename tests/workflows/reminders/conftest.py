"""Tasks and reports of the small office, and the instants at which the clock looks at them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.documents.conftest import new_directive
from tests.workflows.office import FOUNDED, Office
from tests.workflows.reports.conftest import FORM
from workflows import regimes, reminders, tasks
from workflows.calendar import LOCAL_ZONE, Cadence, DueKind, WorkingCalendar
from workflows.directives import Directive
from workflows.organisations import Unit
from workflows.people import Appointment, Person, Role
from workflows.regimes import Obligation, Selection, Terms
from workflows.reminders import Notice
from workflows.tasks import Assignment, Task


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """An instant by the clock of Viet Nam."""
    return datetime.combine(day, time(hour, minute), LOCAL_ZONE)


def notices(session: Session, **wanted: object) -> list[Notice]:
    """The notices with these values, in the order they were made."""
    return list(session.scalars(select(Notice).filter_by(**wanted).order_by(Notice.id)))


def sweep(session: Session, day: date, hour: int = 9) -> int:
    """The clock looks once."""
    return reminders.remind(session, at=at(day, hour))


def days(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@pytest.fixture
def give(session: Session, office: Office) -> Callable[..., Task]:
    """Assign a task on a day, due on another."""

    def give(
        lead: Unit,
        deadline: date | None,
        *,
        on: date = date(2026, 8, 3),
        title: str = "Rà soát",
        **said: object,
    ) -> Task:
        assignment = Assignment(title, lead, deadline=deadline, **said)  # type: ignore[arg-type]
        task = tasks.assign(session, office.office, assignment=assignment, by=office.clerk, at=at(on))
        session.flush()
        return task

    return give


@pytest.fixture
def directive(session: Session, office: Office) -> Directive:
    """A directive of the office."""
    return new_directive(session, office)


@pytest.fixture
def owed(session: Session, office: Office) -> Obligation:
    """What the first commune owes for the third quarter: due on 5 October, in time until the 7th."""
    version = regimes.publish_form(
        session, office.office, code="quarterly", definition=FORM, by=office.clerk, at=at(date(2026, 7, 1))
    )
    terms = Terms(
        name="Báo cáo quý",
        cadence=Cadence.QUARTERLY,
        due_kind=DueKind.DAY_AFTER_PERIOD,
        due_number=5,
        selection=Selection(units=(office.communes[0].code,)),
        starts_on=date(2026, 7, 1),
        grace_days=2,
    )
    regimes.establish(
        session, office.office, terms=terms, form_version=version, by=office.clerk, at=at(date(2026, 7, 1))
    )
    session.flush()
    regimes.generate(session, on=date(2026, 9, 1), calendar=WorkingCalendar())
    return session.scalars(select(Obligation)).one()


@pytest.fixture
def province_head(session: Session, office: Office) -> Person:
    """The head of the committee above the communes."""
    head = Person(
        username="bithutinh",
        full_name="Hoàng Thị Liên",
        appointments=[Appointment(unit=office.province, role=Role.UNIT_HEAD, valid_from=FOUNDED)],
    )
    session.add(head)
    session.flush()
    return head
