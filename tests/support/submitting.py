"""Many units that hand in their reports at the same moment, over HTTP, each with its own clerk."""

import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import func, select
from waitress import create_server

from tests.support.working_office import CLERK, OFFICE, SHEET, furnish_working_office, work_in
from tests.workflows.office import FOUNDED
from webapp.auth import session_times
from webapp.runtime import calendar, now, today
from workflows import regimes
from workflows.audit import AuditEntry
from workflows.calendar import Cadence, DueKind
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Account, Appointment, Person, Role
from workflows.regimes import Obligation, Selection, Terms
from workflows.reports import Edition, Figure, Report, ReportState

FIRST = 1_000
PATIENCE_SECONDS = 120
SAID = {"words:results": "Đã quán triệt.", "number:given": "12", "number:done": "9", "act": "submit"}
GRID_CELL = "number:meetings_held.first.planned"


@dataclass(frozen=True)
class Sent:
    """What became of one submission: the status and how long it took."""

    status: int
    seconds: float


@dataclass(frozen=True)
class Kept:
    """What the office holds afterwards."""

    submitted: int
    editions: int
    figures: int
    acts: int


def furnish_units(app: Flask, count: int) -> list[tuple[int, str]]:
    """So many communes that owe a report; the person who writes for each, and the address of its report."""
    furnish_working_office(app)
    with work_in(app) as session:
        province, office = session.get_one(Unit, 1), session.get_one(Unit, OFFICE)
        for number in range(FIRST, FIRST + count):
            unit = _unit(number, province)
            post = Appointment(unit=unit, role=Role.UNIT_CLERK, valid_from=FOUNDED)
            account = Account(password_hash="!", must_change=False)
            session.add(
                Person(
                    id=number,
                    username=f"xa{number}",
                    full_name=f"Cán bộ {number}",
                    appointments=[post],
                    account=account,
                )
            )
        session.flush()
        clerk = session.get_one(Person, CLERK)
        version = regimes.publish_form(session, office, code="rush", definition=SHEET, by=clerk, at=now())
        terms = Terms(
            name="Báo cáo tháng",
            cadence=Cadence.MONTHLY,
            due_kind=DueKind.DAY_AFTER_PERIOD,
            due_number=5,
            selection=Selection(units=tuple(f"XA-{n}" for n in range(FIRST, FIRST + count))),
            starts_on=today().replace(day=1),
        )
        regime = regimes.establish(session, office, terms=terms, form_version=version, by=clerk, at=now())
        session.flush()
        regimes.generate_for(session, regime, on=today(), calendar=calendar())
        owed = session.scalars(select(Obligation).where(Obligation.regime_id == regime.id))
        return [(one.unit_id, f"/reports/{one.period}/{one.id}") for one in owed]


def _unit(number: int, province: Unit) -> Unit:
    return Unit(
        id=number,
        code=f"XA-{number}",
        name=f"Đảng uỷ xã số {number}",
        short_name=f"Đảng uỷ xã số {number}",
        kind=UnitKind.PARTY_COMMITTEE,
        level=Level.COMMUNE,
        parent=province,
        path=f"/1/{number}/",
        founded_on=FOUNDED,
    )


@contextmanager
def answering(app: Flask, threads: int) -> Iterator[str]:
    """The application behind its real server, as long as the context lasts; its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=threads, clear_untrusted_proxy_headers=True)
    thread = threading.Thread(target=server.run, name="office")
    thread.start()

    def close() -> None:
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.close()

    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(close)
        thread.join()
        server.task_dispatcher.shutdown()


def submit_all(app: Flask, url: str, wanted: Sequence[tuple[int, str]], *, at_once: int) -> list[Sent]:
    """Every unit hands its report in, so many at the same time."""
    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(lambda one: _submit(app, url, *one), wanted))


def _submit(app: Flask, url: str, person: int, page: str) -> Sent:
    """As a browser does: open the page, then send the form with its token."""
    said = {"_user_id": f"{person}:0", **session_times(datetime.now(UTC))}
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    browser = urllib.request.build_opener()
    browser.addheaders = [("Cookie", f"session={serializer.dumps(said)}"), ("Accept", "application/json")]
    with browser.open(url + page, timeout=PATIENCE_SECONDS) as opened:
        form = opened.read().decode()
        cookie = opened.headers["Set-Cookie"].partition(";")[0]
    browser.addheaders[0] = ("Cookie", cookie)
    hidden = dict(re.findall(r'name="(csrf_token|version)" value="([^"]*)"', form))
    body = urllib.parse.urlencode({**hidden, **SAID, GRID_CELL: str(person)}).encode()
    began = time.perf_counter()
    try:
        with browser.open(url + page, body, timeout=PATIENCE_SECONDS) as answer:
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as refused:
        refused.close()
        status = refused.code
    return Sent(status, time.perf_counter() - began)


def kept_by(app: Flask) -> Kept:
    """Count what is there: nothing lost, nothing doubled."""
    with work_in(app) as session:
        handed_in = select(func.count()).where(Report.state == ReportState.SUBMITTED)
        acts = select(func.count()).where(AuditEntry.action == "report.submit")
        return Kept(
            submitted=session.scalar(handed_in) or 0,
            editions=session.scalar(select(func.count(Edition.id))) or 0,
            figures=session.scalar(select(func.count()).select_from(Figure)) or 0,
            acts=session.scalar(acts) or 0,
        )
