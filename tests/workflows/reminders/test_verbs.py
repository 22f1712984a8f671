"""Ladders, hours, channels and mails are set by whoever may, with what was wrong said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import Office
from tests.workflows.reminders.conftest import at, notices
from workflows import reminders
from workflows.directives import Directive
from workflows.errors import Conflict, NotAllowed, Refused
from workflows.reminders import Hours, Mail, MailState, Steps
from workflows.reminders.mails import MOST_INTERRUPTIONS, note_cut_off
from workflows.tasks import Task, TaskState

DAY = date(2026, 9, 16)
NOW = at(DAY)
SECOND = timedelta(seconds=1)
Give = Callable[..., Task]


def test_a_ladder_somebody_changed_meanwhile_is_not_overwritten(session: Session, office: Office):
    said = {"by": office.clerk, "at": NOW}
    reminders.set_ladder(session, office.office, steps=Steps(), version=0, **said)
    reminders.set_ladder(session, office.office, steps=Steps((3,)), version=1, **said)
    with pytest.raises(Conflict, match="vừa được người khác sửa"):
        reminders.set_ladder(session, office.office, steps=Steps((4,)), version=1, **said)


def test_an_office_sets_no_ladder_for_what_another_registered(
    session: Session, office: Office, directive: Directive
):
    directive.office = office.agency
    session.flush()
    with pytest.raises(Refused, match="của văn phòng khác"):
        reminders.set_ladder(
            session, office.office, steps=Steps(), directive=directive, by=office.clerk, at=NOW
        )


def test_a_unit_sets_no_ladder(session: Session, office: Office):
    with pytest.raises(NotAllowed):
        reminders.set_ladder(session, office.office, steps=Steps(), by=office.commune_clerk, at=NOW)


def test_more_than_one_urging_a_day_is_a_setting(session: Session, office: Office, give: Give):
    task = give(office.communes[0], DAY)
    reminders.urge_task(session, task, words="Một", by=office.clerk, at=NOW)
    with pytest.raises(Refused, match="Hôm nay đã đôn đốc"):
        reminders.urge_task(session, task, words="Hai", by=office.clerk, at=NOW)
    hours = replace(Hours(), urgings_a_day=2)
    reminders.set_hours(session, office.office, hours=hours, by=office.administrator, at=NOW)
    reminders.urge_task(session, task, words="Hai", by=office.clerk, at=NOW)
    reminders.urge_task(session, task, words="Mai", by=office.clerk, at=at(date(2026, 9, 17)))
    assert [notice.words for notice in notices(session)] == ["Một", "Hai", "Mai"]


def test_a_unit_in_which_nobody_works_cannot_be_urged(session: Session, office: Office, give: Give):
    task = give(office.communes[2], DAY)
    with pytest.raises(Refused, match="chưa có ai nhận thông báo"):
        reminders.urge_task(session, task, words="", by=office.clerk, at=NOW)


def test_what_waits_for_confirmation_is_not_urged(session: Session, office: Office, give: Give):
    task = give(office.communes[0], DAY)
    task.state = TaskState.AWAITING_CONFIRMATION
    session.flush()
    with pytest.raises(Refused, match="đã báo cáo hoàn thành"):
        reminders.urge_task(session, task, words="", by=office.clerk, at=NOW)


@pytest.fixture
def mail(session: Session, office: Office, give: Give) -> Mail:
    """A mail that waits."""
    office.commune_clerk.email = "xa@example.vn"
    reminders.urge_task(session, give(office.communes[0], DAY), words="", by=office.clerk, at=NOW)
    reminders.gather(session, at=NOW, can_mail=True)
    return session.scalars(select(Mail)).one()


def test_nobody_writes_to_somebody_who_left(session: Session, office: Office, give: Give):
    office.commune_clerk.email = "xa@example.vn"
    reminders.urge_task(session, give(office.communes[0], DAY), words="", by=office.clerk, at=NOW)
    office.commune_clerk.active = False
    session.flush()
    assert reminders.gather(session, at=NOW, can_mail=True) == 0


def test_a_mail_nobody_knows_of_is_sent_again_by_hand(session: Session, office: Office, mail: Mail):
    for _ in range(MOST_INTERRUPTIONS):
        note_cut_off(mail, at=NOW)
    assert (mail.state, reminders.sendable(session, at=at(date(2026, 9, 18)))) == (MailState.UNCERTAIN, [])
    assert reminders.unsolved_mails(session) == 1
    reminders.resend(session, office.office, mail=mail, by=office.clerk, at=NOW)
    session.flush()
    assert reminders.sendable(session, at=NOW) == [mail.id]
    mail.state, mail.sent_at = MailState.SENT, NOW
    with pytest.raises(Conflict, match="không cần gửi lại"):
        reminders.resend(session, office.office, mail=mail, by=office.clerk, at=NOW)


def test_a_round_of_sending_ends_with_the_hours(session: Session, mail: Mail):
    closing = at(DAY, 20)
    assert reminders.sendable(session, at=closing - SECOND) == [mail.id]
    assert reminders.claim(session, mail.id, at=closing) is None
    assert reminders.claim(session, mail.id, at=closing - SECOND) is mail
