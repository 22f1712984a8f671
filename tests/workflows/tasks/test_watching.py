"""Those to be told see the task and owe nothing; what is said is said among the parties."""

import unicodedata

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import discussion, entries, tasks
from workflows.discussion import Comment
from workflows.errors import InvalidFields, NotAllowed, Refused
from workflows.permissions import Permission, allows, tokens_of
from workflows.tasks import Task


def told(session: Session, office: Office, task: Task, **whom) -> None:
    wanted = {"units": [], "people": [], **whom}
    tasks.inform(session, task, by=office.clerk, at=NOW, **wanted)
    session.flush()


def readers(session: Session, office: Office) -> set[str]:
    seen = {
        person.username
        for person in office.people()
        if session.scalars(select(Task).where(tasks.visible_to(person, on=TODAY))).first()
    }
    return seen


def test_units_and_persons_who_are_told_see_the_task_and_may_do_nothing(
    session: Session, office: Office, task: Task
):
    before = readers(session, office)
    told(session, office, task, units=[office.communes[1]])
    assert readers(session, office) - before == {office.other_clerk.username}
    for permission in (Permission.TASK_CARRY_OUT, Permission.TASK_TAKE_PART, Permission.TASK_DECIDE):
        assert not allows(office.other_clerk, permission, task, on=TODAY)
    assert allows(office.other_clerk, Permission.TASK_VIEW, task, on=TODAY)
    (filed,) = entries.of(session, "task", [task.id])
    assert filed.tokens & tokens_of(office.other_clerk, on=TODAY)


def test_a_person_told_by_name_finds_it_a_colleague_does_not(session: Session, office: Office, task: Task):
    told(session, office, task, people=[office.other_clerk])
    assert allows(office.other_clerk, Permission.TASK_VIEW, task, on=TODAY)
    (filed,) = entries.of(session, "task", [task.id])
    assert filed.tokens & tokens_of(office.other_clerk, on=TODAY) == {f"person:{office.other_clerk.id}"}
    assert session.scalars(select(Task).where(tasks.told(office.other_clerk, on=TODAY))).all() == [task]
    assert tasks.people_told(task, on=TODAY) == [office.other_clerk]


def test_nobody_is_told_twice_and_the_lead_tells_nobody(session: Session, office: Office, task: Task):
    for units in ([office.agency], [office.communes[0]], []):
        with pytest.raises(InvalidFields):
            told(session, office, task, units=units)
    with pytest.raises(NotAllowed):
        tasks.inform(session, task, units=[office.state], people=[], by=office.agency_clerk, at=NOW)


def test_who_is_told_no_more_sees_it_no_more(session: Session, office: Office, task: Task):
    told(session, office, task, units=[office.communes[1]], people=[office.other_clerk])
    gone = {"units": [office.communes[1]], "people": [office.other_clerk]}
    tasks.stop_informing(session, task, by=office.clerk, at=NOW, **gone)
    session.flush()
    assert office.other_clerk.username not in readers(session, office)


def said(session: Session, office: Office, task: Task, words: str, by=None) -> Comment:
    who = by or office.agency_clerk
    made = discussion.say(session, task, words=words, mentionable=task.parties().all(), by=who, at=NOW)
    session.flush()
    return made


def test_a_mention_is_kept_by_id_and_read_by_the_present_name(session: Session, office: Office, task: Task):
    lead = office.agency
    comment = said(session, office, task, f"Nhờ @{lead.name.upper()}, @{office.communes[0].name} xem.")
    assert comment.words == f"Nhờ @{{{lead.id}}}, @{{{office.communes[0].id}}} xem."
    lead.name = "Ban Tuyên giáo"
    read = list(discussion.pieces(comment.words, comment.mentioned))
    assert [piece.unit.name if piece.unit else piece.words for piece in read][:2] == [
        "Nhờ ",
        "Ban Tuyên giáo",
    ]
    assert comment.unit == lead
    assert session.scalars(discussion.mentioning("task", [lead.id])).all() == [task.id]


def test_a_name_written_in_parts_is_the_same_name(session: Session, office: Office, task: Task):
    comment = said(session, office, task, unicodedata.normalize("NFD", f"@{office.agency.name} xem lại"))
    assert comment.mentioned == [office.agency]


@pytest.mark.parametrize("words", ["", "   ", "a" * 4_001, "Nhờ @Sở Không Có xem"])
def test_what_cannot_be_said_is_refused(session: Session, office: Office, task: Task, words: str):
    with pytest.raises(InvalidFields) as refusal:
        said(session, office, task, words)
    assert set(refusal.value.fields) == {"words"}


@pytest.mark.parametrize("words", ["Gửi an@tanhung.example", "Số @ 5", "@{1} và @{99}"])
def test_not_every_at_is_a_mention(session: Session, office: Office, task: Task, words: str):
    assert said(session, office, task, words).mentioned == []


def test_only_the_parties_speak_and_inspectors_only_read(session: Session, office: Office, task: Task):
    for person in (office.other_clerk, office.inspector, office.administrator):
        with pytest.raises(NotAllowed):
            said(session, office, task, "Xin ý kiến.", by=person)


def test_what_was_said_can_be_withdrawn_by_whoever_said_it_once(session: Session, office: Office, task: Task):
    comment = said(session, office, task, f"Nhờ @{office.agency.name} xem.")
    with pytest.raises(NotAllowed):
        discussion.withdraw(session, comment, by=office.clerk, at=NOW)
    discussion.withdraw(session, comment, by=office.agency_clerk, at=NOW)
    assert comment.withdrawn_at == NOW
    assert session.scalars(discussion.mentioning("task", [office.agency.id])).all() == []
    with pytest.raises(Refused):
        discussion.withdraw(session, comment, by=office.agency_clerk, at=NOW)


def test_talk_is_read_page_by_page_oldest_first(session: Session, office: Office, task: Task):
    made = [said(session, office, task, f"Ý kiến {number}") for number in range(5)]
    last = discussion.newest(session, task, size=2)
    assert (last.comments, last.earlier, last.total) == (made[3:], made[3].id, 5)
    first = discussion.newest(session, task, before=made[1].id, size=2)
    assert (first.comments, first.earlier) == (made[:1], None)
