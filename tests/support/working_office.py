"""The small office at work, behind its pages: tasks and reports are made as a test needs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import FOUNDED, found_office
from tests.workflows.reports.conftest import FORM
from webapp.runtime import calendar, now, runtime, today
from workflows import regimes, reports, tasks
from workflows.calendar import Cadence, DueKind
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Account, Appointment, Person, Role
from workflows.regimes import Obligation, Selection, Terms
from workflows.reports import Content
from workflows.tasks import Assignment, Task

CLERK, LEADER, INSPECTOR, ADMINISTRATOR, MONITOR = 1, 2, 3, 4, 5
AGENCY_CLERK, AGENCY_HEAD, COMMUNE_CLERK, OTHER_CLERK, COMMUNE_HEAD = 6, 7, 8, 9, 10
OFFICE, AGENCY, COMMUNE, OTHER_COMMUNE, ROOM = 2, 3, 5, 6, 8
GRID = {
    "code": "meetings_held",
    "label": "Các cuộc họp",
    "rows": [{"code": "first", "label": "Tháng đầu"}, {"code": "second", "label": "Tháng sau"}],
    "columns": [{"code": "planned", "label": "Dự kiến"}, {"code": "held", "label": "Đã họp"}],
    "total_row": "Tổng cộng",
    "total_column": "Cộng",
}
SHEET = {**FORM, "sections": [*FORM["sections"], {"title": "II- Họp", "grids": [GRID]}]}
FILLED = {"number:given": "12", "number:done": "9", "words:results": "Đã quán triệt đến 12 chi bộ."}
SAID = Content(figures={"given": 12, "done": 9}, narrative={"results": "Đã quán triệt."})  # type: ignore[dict-item]
_numbers = count(1)


def furnish_working_office(app: Flask) -> None:
    """The small office, a room below its agency, and a head who signs off the first commune's reports."""
    with app.app_context(), runtime().unit_of_work() as session:
        office = found_office(session)
        room = Unit(
            code="BTG-P1",
            name="Phòng Tổng hợp",
            short_name="Phòng Tổng hợp",
            kind=UnitKind.PARTY_BODY,
            level=Level.PROVINCE,
            parent=office.agency,
            path=f"{office.agency.path}{ROOM}/",
            founded_on=FOUNDED,
        )
        head = Person(
            username="bithu",
            full_name="Tạ Văn Lộc",
            appointments=[Appointment(unit=office.communes[0], role=Role.UNIT_HEAD, valid_from=FOUNDED)],
            account=Account(password_hash="!", must_change=False),
        )
        session.add_all([room, head])


@contextmanager
def work_in(app: Flask) -> Iterator[Session]:
    """A committed piece of work of the office, outside any request."""
    with app.test_request_context(), runtime().unit_of_work() as session:
        yield session


def given_task(app: Flask, *, lead: int = AGENCY, days: int | None = 30, **said: Any) -> int:
    """A task assigned today, due so many days from now (before now: overdue); its id."""
    with work_in(app) as session:
        deadline = today() + timedelta(days=days) if days is not None else None
        title = said.pop("title", f"Việc số {next(_numbers)}")
        assignment = Assignment(title, session.get_one(Unit, lead), deadline=deadline, **said)
        clerk, office = session.get_one(Person, CLERK), session.get_one(Unit, OFFICE)
        task = tasks.assign(session, office, assignment=assignment, by=clerk, at=now())
        session.flush()
        return task.id


def done_by(app: Flask, person_id: int, act: Any, task_id: int, **said: Any) -> None:
    """An act of somebody on a task."""
    with work_in(app) as session:
        by, task = session.get_one(Person, person_id), session.get_one(Task, task_id)
        act(session, task, by=by, at=now(), **said)


def given_obligations(
    app: Flask, *, units: tuple[str, ...] = ("DU-AB",), lock_days: int = 0, months: int = 0
) -> list[tuple[str, int]]:
    """A monthly regime since so many months ago; period and id of what is owed, oldest first."""
    with work_in(app) as session:
        clerk, office = session.get_one(Person, CLERK), session.get_one(Unit, OFFICE)
        version = regimes.publish_form(
            session, office, code=f"monthly-{next(_numbers)}", definition=SHEET, by=clerk, at=now()
        )
        terms = Terms(
            name=f"Báo cáo tháng {version.code}",
            cadence=Cadence.MONTHLY,
            due_kind=DueKind.DAY_AFTER_PERIOD,
            due_number=5,
            selection=Selection(units=units),
            starts_on=_months_ago(today(), months),
            lock_days=lock_days,
        )
        regime = regimes.establish(session, office, terms=terms, form_version=version, by=clerk, at=now())
        session.flush()
        regimes.generate_for(session, regime, on=today(), calendar=calendar())
        owed = select(Obligation).where(Obligation.regime_id == regime.id)
        return [(o.period, o.id) for o in session.scalars(owed.order_by(Obligation.last_day, Obligation.id))]


def _months_ago(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)


def given_report(app: Flask, *, by: int = COMMUNE_CLERK, accepted: bool = False) -> str:
    """A report that the first commune handed in; the address of its page."""
    period, obligation_id = given_obligations(app)[-1]
    with work_in(app) as session:
        clerk, office_clerk = session.get_one(Person, by), session.get_one(Person, CLERK)
        obligation = session.get_one(Obligation, obligation_id)
        report = reports.begin(session, obligation, by=clerk, at=now())
        reports.write(session, report, content=SAID, by=clerk, at=now())
        reports.submit(session, report, by=clerk, at=now())
        if accepted:
            reports.accept(session, report, by=office_clerk, at=now())
    return f"/reports/{period}/{obligation_id}"


def address(period: str, obligation_id: int) -> str:
    """The page of an obligation."""
    return f"/reports/{period}/{obligation_id}"
