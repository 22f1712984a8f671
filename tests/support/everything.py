"""One of each thing the office keeps, none of it of any concern to the third commune."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.everything_registered import registered
from tests.support.rolled_out import rolled_out
from tests.workflows.directives.paper import PAPER
from tests.workflows.office import FOUNDED, NOW, TODAY, Office, found_office
from tests.workflows.reports.conftest import FORM
from workflows import (
    administration,
    discussion,
    documents,
    intake,
    office_days,
    regimes,
    reminders,
    reports,
    saved_searches,
    sheet_orders,
    tasks,
)
from workflows.calendar import Cadence, DueKind
from workflows.db import Base
from workflows.directives import Directive, ImportDraft
from workflows.documents import Drafting, Source, register
from workflows.files import FileStore, attach, keep
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Account, Appointment, Person, Role
from workflows.regimes import Obligation, Selection, Terms
from workflows.reminders import Notice, NoticeKind
from workflows.reports import Edition, FilledSheet, ReportBatch
from workflows.tasks import Assignment, Task

LATE_SINCE = date(2026, 11, 9)
SERVING = (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.INSPECTOR, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Everything:
    """Ids by what addresses (of one blueprint) call them; who may do all with the things, who nothing."""

    ids: dict[str, int | str]
    insider: int
    outsider: int


def furnish_everything(session: Session, store: FileStore) -> Everything:
    """Fill an empty database with one of each thing, by the verbs of the office."""
    office = found_office(session)
    insider = _person(session, "nguoitrong", office.office, *SERVING)
    outsider = _person(session, "nguoingoai", _office_of(session, office.communes[2]), *SERVING)
    outsider.appointments += [
        Appointment(unit=office.communes[2], role=role, valid_from=FOUNDED)
        for role in (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.MONITOR)
    ]
    directive = _directive(session, office, store)
    ids = {
        **_people_and_days(session, office, insider),
        **_directives(session, office, directive, store),
        **_tasks(session, office, directive, store),
        **_reports(session, office, store, insider),
        **_documents(session, office, directive),
        **rolled_out(session, office, directive, store),
        **registered(session, office, store, insider),
        **_reminders(session, office, directive, insider),
        "saved_id": _saved_search(session, insider),
        "sheets.order_id": _sheet(session, insider, store),
    }
    return Everything(ids, insider.id, outsider.id)


def _reminders(
    session: Session, office: Office, directive: Directive, insider: Person
) -> dict[str, int | str]:
    task = session.scalars(select(Task).order_by(Task.id)).first()
    ladder = reminders.set_ladder(
        session, office.office, steps=reminders.Steps(), directive=directive, by=office.clerk, at=NOW
    )
    reminders.tell_people(
        session, task, {insider.id}, kind=NoticeKind.OVERDUE, key="after-1", at=NOW, by=office.clerk
    )
    session.flush()
    notice = session.scalars(select(Notice)).one()
    return {
        "ladder_id": ladder.id,
        "notice_id": notice.id,
        "notices.kind": "task",
        "notices.subject_id": task.id,
    }


def _saved_search(session: Session, owner: Person) -> int:
    address = saved_searches.kept_address([("q", "rà soát")])
    saved = saved_searches.save(session, owner, name="Rà soát", address=address, by=owner, at=NOW)
    session.flush()
    return saved.id


def _sheet(session: Session, person: Person, store: FileStore) -> int:
    made = sheet_orders.order(
        session, person, address="/tasks/?format=xlsx", language="vi", by=person, at=NOW
    )
    sheet_orders.hand_out(session, made.id, b"PK", store, name="nhiem-vu.xlsx", kind="xlsx", at=NOW)
    return made.id


def _person(session: Session, username: str, unit: Unit, *roles: Role) -> Person:
    person = Person(username=username, full_name=f"Người {username}")
    person.account = Account(password_hash="!", must_change=False)
    person.appointments = [Appointment(unit=unit, role=role, valid_from=FOUNDED) for role in roles]
    session.add(person)
    session.flush()
    return person


def _office_of(session: Session, commune: Unit) -> Unit:
    office = Unit(
        code="VP-CL",
        name="Văn phòng Đảng uỷ phường Cẩm Lai",
        short_name="Văn phòng Đảng uỷ Cẩm Lai",
        kind=UnitKind.PARTY_OFFICE,
        level=Level.COMMUNE,
        parent=commune,
        path="",
        founded_on=FOUNDED,
    )
    session.add(office)
    session.flush()
    office.path = f"{commune.path}{office.id}/"
    return office


def _people_and_days(session: Session, office: Office, by: Person) -> dict[str, int | str]:
    day = office_days.change_day(
        session,
        office.office,
        day=date(TODAY.year, 3, 3),
        working=False,
        source="Thông báo số 1",
        effective_from=FOUNDED,
        by=by,
        at=NOW,
    )
    away = {"first_day": TODAY, "last_day": TODAY}
    substitution = administration.name_substitute(
        session, office.agency_head, substitute=office.agency_clerk, by=office.agency_head, at=NOW, **away
    )
    session.flush()
    clerk = office.commune_clerk
    return {
        "substitutes.person_id": office.agency_head.id,
        "substitutes.substitution_id": substitution.id,
        "unit_id": office.agency.id,
        "person_id": clerk.id,
        "appointment_id": clerk.appointments[0].id,
        "day_id": day.id,
    }


def _directive(session: Session, office: Office, store: FileStore) -> Directive:
    """A registered directive, sent to the first two communes."""
    draft = _draft(session, office, store, PAPER)
    directive = intake.confirm(session, draft, by=office.clerk, at=NOW)
    session.flush()
    return directive


def _draft(session: Session, office: Office, store: FileStore, text: str) -> ImportDraft:
    paper = intake.read_paper(text.encode(), name="chi-thi.txt", size_limit=10_000_000)
    return intake.receive(session, office.office, paper, store=store, by=office.clerk, at=NOW)


def _directives(
    session: Session, office: Office, directive: Directive, store: FileStore
) -> dict[str, int | str]:
    draft = _draft(session, office, store, PAPER.replace("15-CT/TU", "16-CT/TU"))
    session.flush()
    return {"directive_id": directive.id, "draft_id": draft.id, "key": "1", "tab": "history"}


def _tasks(session: Session, office: Office, directive: Directive, store: FileStore) -> dict[str, int | str]:
    task = _task(session, office, directive, office.communes[0])
    _task(session, office, directive, office.agency)
    tasks.receive(session, task, by=office.commune_clerk, at=NOW)
    note = tasks.note_progress(
        session, task, unit=task.lead, progress=10, text="Đang làm", by=office.commune_clerk, at=NOW
    )
    said = discussion.say(session, task, words="Đã nhận", mentionable=(), by=office.commune_clerk, at=NOW)
    tasks.inform(session, task, units=[office.state], people=[], by=office.clerk, at=NOW)
    every = tasks.all_visible(office.clerk, on=TODAY)
    looked_at, _ = tasks.look(session, every, tasks.BulkAct.CANCEL, by=office.clerk, at=NOW)
    session.flush()
    return {
        "task_id": task.id,
        "tasks.attachment_id": _evidence(session, office, note, store),
        "tasks.batch_id": looked_at.id,
        "tasks.comment_id": said.id,
        "tasks.kind": "units",
        "tasks.key": office.state.id,
    }


def _evidence(session: Session, office: Office, subject: Base, store: FileStore) -> int:
    kept = keep(session, store, b"%PDF-1.4 ...", media_type="application/octet-stream", at=NOW)
    hung = attach(session, subject, kept, name="minh-chung.pdf", by_id=office.commune_clerk.id, at=NOW)
    session.flush()
    return hung.id


def _task(session: Session, office: Office, directive: Directive, lead: Unit) -> Task:
    wanted = Assignment(title="Rà soát danh sách", lead=lead, deadline=LATE_SINCE)
    return tasks.assign(
        session, office.office, assignment=wanted, directive=directive, by=office.clerk, at=NOW
    )


def _reports(session: Session, office: Office, store: FileStore, insider: Person) -> dict[str, int | str]:
    version = regimes.publish_form(
        session, office.office, code="quarterly", definition=FORM, by=office.clerk, at=NOW
    )
    terms = Terms(
        name="Báo cáo quý",
        cadence=Cadence.QUARTERLY,
        due_kind=DueKind.DAY_AFTER_PERIOD,
        due_number=5,
        selection=Selection(units=(office.communes[0].code,)),
        starts_on=date(TODAY.year - 1, 1, 1),
    )
    regime = regimes.establish(
        session, office.office, terms=terms, form_version=version, by=office.clerk, at=NOW
    )
    session.flush()
    regimes.generate_for(session, regime, on=TODAY, calendar=office_days.working_calendar(session))
    owed = session.scalars(select(Obligation).order_by(Obligation.id.desc())).first()
    report = reports.begin(session, owed, by=office.commune_clerk, at=NOW)
    session.flush()
    attached = _evidence(session, office, report, store)
    said = {"files": reports.files_now(session, report)}
    edition = Edition(
        report=report, number=1, submitted_at=NOW, submitted_by=office.commune_clerk, content=said
    )
    sheet = FilledSheet(
        obligation=owed, sha256="0" * 64, name="a.xlsx", sent_by=office.commune_clerk, sent_at=NOW
    )
    looked_at = ReportBatch(person=insider, looked_at=[], planned_at=NOW)
    session.add_all([edition, sheet, looked_at])
    reopening = regimes.reopen(session, owed, until=TODAY, reason="Bão.", by=office.clerk, at=NOW)
    session.flush()
    return {
        "reports.sheet_id": sheet.id,
        "reports.batch_id": looked_at.id,
        "reports.exception_id": reopening.id,
        "version_id": version.id,
        "regime_id": regime.id,
        "obligation_id": owed.id,
        "report_id": report.id,
        "reports.attachment_id": attached,
        "period": owed.period,
        "cell": "done",
    }


def _documents(session: Session, office: Office, directive: Directive) -> dict[str, int | str]:
    register.begin_term(
        session, office.province, name="2025–2030", starts_on=FOUNDED, by=office.administrator, at=NOW
    )
    entry = register.reserve(
        session, office.office, type="CV", subject="Giữ chỗ", reason="", by=office.clerk, at=NOW
    )
    sharing = register.share(session, office.office, type="TB", shares_with="BC", by=office.clerk, at=NOW)
    drafting = Drafting("reminder-letter", office.office, Source(directive))
    document = documents.draft(session, office.office, drafting=drafting, by=office.clerk, at=NOW)
    batch = documents.start_batch(session, office.office, drafting=drafting, by=office.clerk, at=NOW)
    session.flush()
    return {
        "document_id": document.id,
        "batch_id": batch.id,
        "entry_id": entry.id,
        "series_id": entry.series_id,
        "sharing_id": sharing.id,
    }
