"""A whole month, September 2026, with a holiday of two days: everything leaves once, quiet days are quiet."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import chain

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import Office
from tests.workflows.reminders.conftest import at, days, notices
from workflows import reminders, tasks
from workflows.calendar import WorkingCalendar, local_day
from workflows.directives import Directive
from workflows.documents import OfficialDocument
from workflows.people import Person
from workflows.reminders import LetterManner, Mail, MailChoice, Notice, ReminderLetter, Steps
from workflows.tasks import Task

MONTH = days(date(2026, 9, 1), date(2026, 9, 30))
HOURS = (6, 7, 9, 12, 15, 19, 21)
# Quốc khánh is two days.
HOLIDAY = (date(2026, 9, 1), date(2026, 9, 2))
QUIET = {day for day in MONTH if day.weekday() > 4 or day in HOLIDAY}
Give = Callable[..., Task]


def live_through(session: Session, office: Office, acts: dict[date, Callable[[], None]]) -> None:
    """The clock looks several times a day; people act at ten; mails leave at once."""
    for day in MONTH:
        for hour in HOURS:
            if hour == 12 and day in acts:
                acts[day]()
                session.flush()
            instant = at(day, hour)
            reminders.remind(session, at=instant)
            reminders.gather(session, at=instant, can_mail=True)
            for mail_id in reminders.sendable(session, at=instant):
                mail = reminders.claim(session, mail_id, at=instant)
                assert mail is not None
                reminders.note_sent(mail, at=instant)
            for letter in session.scalars(select(ReminderLetter)):
                reminders.draft(session, letter, at=instant)
            session.flush()


@pytest.fixture
def everybody_has_mail(session: Session, office: Office) -> None:
    """Addresses for all."""
    for person in office.people():
        person.email = f"{person.username}@example.vn"
    session.flush()


@pytest.fixture
def month(
    session: Session,
    office: Office,
    give: Give,
    directive: Directive,
    province_head: Person,
    everybody_has_mail: None,
) -> dict[str, Task]:
    """Four tasks lived through September: one done in time, one extended, one late, one given meanwhile."""
    punctual = give(office.communes[1], date(2026, 9, 10), title="Đúng hạn")
    extended = give(office.agency, date(2026, 9, 15), title="Xin lùi")
    late = give(office.communes[0], date(2026, 9, 4), title="Trễ")
    late.directive = punctual.directive = directive
    later: dict[str, Task] = {}
    when = at

    def finish() -> None:
        tasks.receive(session, punctual, by=office.other_clerk, at=when(date(2026, 9, 8), 10))
        tasks.submit(session, punctual, result="Xong", by=office.other_clerk, at=when(date(2026, 9, 8), 10))

    def extend() -> None:
        instant = when(date(2026, 9, 14), 10)
        tasks.request_extension(
            session, extended, proposed=date(2026, 9, 25), reason="Bão", by=office.agency_clerk, at=instant
        )
        tasks.grant_extension(
            session, extended, deadline=date(2026, 9, 25), decision="", by=office.clerk, at=instant
        )

    def begin() -> None:
        later["task"] = give(office.communes[1], date(2026, 9, 30), on=date(2026, 9, 21), title="Mới giao")

    acts = {date(2026, 9, 8): finish, date(2026, 9, 14): extend, date(2026, 9, 21): begin}
    live_through(session, office, acts)
    return {"punctual": punctual, "extended": extended, "late": late, "later": later["task"]}


def reminded(session: Session, person: Person, task: Task) -> list[tuple[str, str]]:
    """Of what and on which day a person was reminded about a task."""
    found = notices(session, person_id=person.id, subject_kind="task", subject_id=task.id)
    return [(n.rung, f"{local_day(n.made_at):%d/%m}") for n in found if not n.rung.startswith("event")]


def test_every_reminder_leaves_once_and_on_its_day(session: Session, office: Office, month: dict[str, Task]):
    assert reminded(session, office.other_clerk, month["punctual"]) == [("before-5", "03/09")]
    assert reminded(session, office.agency_clerk, month["extended"]) == [
        ("before-5", "08/09"),
        ("before-1", "14/09"),
        ("before-5", "18/09"),
        ("before-1", "24/09"),
        ("due", "25/09"),
        ("after-1", "28/09"),
    ]
    assert reminded(session, office.commune_clerk, month["late"]) == [
        # Given long before; its day, 31 August, lies before the month: made up for on the first working day.
        ("before-1", "03/09"),
        ("due", "04/09"),
        ("after-1", "07/09"),
        ("again-1", "10/09"),
        ("again-2", "15/09"),
        ("again-3", "18/09"),
        ("again-4", "23/09"),
        ("again-5", "28/09"),
    ]
    assert reminded(session, office.other_clerk, month["later"]) == [
        ("before-5", "23/09"),
        ("before-1", "29/09"),
        ("due", "30/09"),
    ]


def test_the_level_above_and_the_committee_hear_of_what_lasts(
    session: Session, office: Office, month: dict[str, Task], province_head: Person
):
    assert reminded(session, province_head, month["late"]) == [("escalation-1", "11/09")]
    assert reminded(session, office.leader, month["late"]) == [
        ("escalation-1", "11/09"),
        ("committee", "25/09"),
    ]


def test_quiet_days_are_quiet(session: Session, month: dict[str, Task]):
    calendar = WorkingCalendar()
    assert {day for day in MONTH if not calendar.is_working(day)} == QUIET
    left = [local_day(mail.sent_at) for mail in session.scalars(select(Mail)) if mail.sent_at]
    made = [local_day(notice.made_at) for notice in notices(session)]
    assert left
    assert made
    assert not QUIET & {*left, *made}


def test_every_notice_is_in_one_mail_and_every_mail_left_once(session: Session, month: dict[str, Task]):
    mails = session.scalars(select(Mail)).all()
    assert all((mail.state, mail.attempts) == ("sent", 1) for mail in mails)
    said = Counter(chain.from_iterable((n.id for n in mail.notices) for mail in mails))
    with_mail = {n.id for n in session.scalars(select(Notice).join(Notice.person).where(Person.email != ""))}
    assert with_mail == said.keys()
    assert set(said.values()) == {1}


def test_the_letter_names_the_late_unit_and_nobody_else(
    session: Session, office: Office, month: dict[str, Task]
):
    letter = session.scalars(select(ReminderLetter)).one()
    assert letter.asked_at == at(date(2026, 9, 15), 7)
    draft = letter.document
    assert isinstance(draft, OfficialDocument)
    assert (draft.state, draft.number, draft.drafted_by) == ("draft", None, office.clerk)
    assert [unit["name"] for unit in draft.facts["units"]] == [office.communes[0].name]
    assert [task["title"] for task in draft.facts["units"][0]["tasks"]] == ["Trễ"]
    assert draft.recipients == [office.communes[0]]
    told_people = {n.person_id for n in notices(session, subject_kind="official_document")}
    assert told_people == {office.clerk.id, office.leader.id}


def test_the_rest_days_are_told_of_in_one_digest(
    session: Session, office: Office, give: Give, everybody_has_mail: None
):
    reminders.choose_channels(
        session,
        office.commune_clerk,
        choices={"reminders": MailChoice.AT_ONCE, "events": MailChoice.AT_ONCE},
        by=office.commune_clerk,
        at=at(date(2026, 8, 28)),
    )
    for number in range(3):
        task = give(office.communes[0], date(2026, 9, 30), title=f"Việc {number}")
        reminders.tell_units(
            session,
            task,
            office.communes[:1],
            kind=reminders.NoticeKind.MENTIONED,
            key=f"comment-{number}",
            at=at(HOLIDAY[0], 10 + number),
        )
    for day in days(HOLIDAY[0], date(2026, 9, 3)):
        for hour in HOURS:
            reminders.gather(session, at=at(day, hour), can_mail=True)
    (mail,) = session.scalars(select(Mail))
    assert mail.made_at == at(date(2026, 9, 3), 7)
    assert len(mail.notices) == 3


@pytest.mark.parametrize("manner", list(LetterManner))
def test_letters_are_drafted_together_or_each(
    session: Session, office: Office, give: Give, directive: Directive, manner: LetterManner
):
    for unit in office.communes[:2]:
        give(unit, date(2026, 9, 4), title=f"Việc của {unit.name}").directive = directive
    steps = Steps(letter=1, letter_manner=manner)
    reminders.set_ladder(session, office.office, steps=steps, by=office.clerk, at=at(date(2026, 8, 3)))
    for day in days(date(2026, 9, 7), date(2026, 9, 9)):
        reminders.remind(session, at=at(day))
        for letter in session.scalars(select(ReminderLetter)):
            reminders.draft(session, letter, at=at(day))
            reminders.draft(session, letter, at=at(day))
    letter = session.scalars(select(ReminderLetter)).one()
    if manner is LetterManner.EACH:
        assert letter.batch
        assert letter.batch.unit_ids == [unit.id for unit in office.communes[:2]]
    else:
        assert letter.document
        assert letter.document.recipients == list(office.communes[:2])


def test_a_letter_for_which_nobody_is_late_any_more_is_not_drafted(
    session: Session, office: Office, give: Give, directive: Directive
):
    task = give(office.communes[0], date(2026, 9, 4))
    task.directive = directive
    day = date(2026, 9, 16)
    reminders.remind(session, at=at(day))
    tasks.cancel(session, task, reason="Trùng", by=office.clerk, at=at(day, 10))
    letter = session.scalars(select(ReminderLetter)).one()
    reminders.draft(session, letter, at=at(day, 11))
    assert letter.document is None
    assert "không có đơn vị nào quá hạn" in letter.refusal
