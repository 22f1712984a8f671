"""Acts that others should hear of reach them by the trail, once, and nobody else."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import Office
from tests.workflows.reminders.conftest import at, notices
from workflows import aftermath, discussion, regimes, reminders, tasks
from workflows.aftermath import PendingJob
from workflows.calendar import Cadence, DueKind
from workflows.people import Person, Substitution
from workflows.regimes import Obligation
from workflows.reminders import EVENTS, NoticeKind
from workflows.tasks import Task
from workflows.verb import FOLLOWED, VERBS

GIVEN = date(2026, 8, 3)
DUE = date(2026, 9, 16)
Give = Callable[..., Task]


def hear(session: Session, *, on: date = GIVEN) -> None:
    """The worker tells of everything that was handed over, and may do so twice."""
    session.flush()
    jobs = session.scalars(select(PendingJob).where(PendingJob.job == "tell")).all()
    for _ in range(2):
        reminders.tell_some(session, [job.arguments["entry"] for job in jobs], at=at(on, 12))
    aftermath.finish(session, list(jobs))


def told(session: Session, kind: NoticeKind) -> set[int]:
    """Who was told for this reason."""
    return {notice.person_id for notice in notices(session, kind=kind)}


def ids(*people: Person) -> set[int]:
    return {person.id for person in people}


@pytest.fixture
def task(session: Session, office: Office, give: Give) -> Task:
    """The agency leads, a commune takes part, and both have heard of it."""
    made = give(office.agency, DUE, coordinators=(office.communes[0],))
    hear(session)
    return made


def test_a_new_task_reaches_the_lead_and_those_who_take_part(session: Session, office: Office, task: Task):
    assert told(session, NoticeKind.ASSIGNED) == ids(office.agency_clerk, office.agency_head)
    assert told(session, NoticeKind.TAKING_PART) == ids(office.commune_clerk)
    assert len(notices(session)) == 3


def test_an_extension_is_asked_of_whoever_assigned_and_answered_to_the_lead(
    session: Session, office: Office, task: Task
):
    asked = {"proposed": DUE + timedelta(days=7), "reason": "Chờ số liệu"}
    tasks.request_extension(session, task, by=office.agency_clerk, at=at(GIVEN), **asked)
    hear(session)
    assert told(session, NoticeKind.ASKED) == ids(office.clerk)
    assert notices(session, kind=NoticeKind.ASKED)[0].words == "Chờ số liệu"
    tasks.refuse_extension(session, task, reason="Không lùi được", by=office.clerk, at=at(GIVEN))
    hear(session)
    assert told(session, NoticeKind.DECIDED) == ids(office.agency_clerk, office.agency_head)


def test_what_the_absent_has_to_decide_reaches_the_substitute_too(
    session: Session, office: Office, task: Task
):
    session.add(
        Substitution(
            absent=office.clerk,
            substitute=office.agency_head,
            first_day=GIVEN,
            last_day=GIVEN,
            named_at=at(GIVEN),
        )
    )
    tasks.refuse(session, task, reason="Không đúng chức năng", by=office.agency_clerk, at=at(GIVEN))
    hear(session)
    assert told(session, NoticeKind.ASKED) == ids(office.clerk, office.agency_head)


def test_what_somebody_who_left_would_decide_reaches_the_whole_desk(
    session: Session, office: Office, task: Task
):
    office.clerk.active = False
    tasks.refuse(session, task, reason="Không đúng chức năng", by=office.agency_clerk, at=at(GIVEN))
    hear(session)
    assert told(session, NoticeKind.ASKED) == ids(office.leader)


def test_what_a_part_asks_for_stays_with_the_unit_that_gave_it(
    session: Session, office: Office, task: Task, give: Give
):
    part = give(office.communes[0], DUE)
    part.parent, part.assigned_by, part.monitoring = task, office.agency_clerk, office.agency
    tasks.refuse(session, part, reason="Chưa đủ điều kiện", by=office.commune_clerk, at=at(GIVEN))
    hear(session)
    assert told(session, NoticeKind.ASKED) == ids(office.agency_clerk, office.agency_head)


def test_whoever_did_it_is_not_told(session: Session, office: Office, task: Task):
    tasks.receive(session, task, by=office.agency_clerk, at=at(GIVEN))
    tasks.submit(session, task, result="Xong", by=office.agency_clerk, at=at(GIVEN))
    tasks.return_(session, task, reason="Thiếu phụ lục", by=office.clerk, at=at(GIVEN))
    hear(session)
    assert told(session, NoticeKind.ASKED) == ids(office.clerk)
    assert told(session, NoticeKind.RETURNED) == ids(office.agency_clerk, office.agency_head)


def test_a_mention_reaches_the_unit_and_leads_to_the_task(session: Session, office: Office, task: Task):
    discussion.say(
        session,
        task,
        words=f"@{office.communes[0].short_name} gửi số liệu",
        mentionable=[office.communes[0]],
        by=office.agency_clerk,
        at=at(GIVEN),
    )
    hear(session)
    (notice,) = notices(session, kind=NoticeKind.MENTIONED)
    assert notice.person_id == office.commune_clerk.id
    assert (notice.subject_kind, notice.subject_id) == ("task", task.id)


def test_a_withdrawn_comment_is_told_to_nobody(session: Session, office: Office, task: Task):
    words = f"@{office.communes[0].short_name} nhầm"
    by, mentionable = office.agency_clerk, [office.communes[0]]
    comment = discussion.say(session, task, words=words, mentionable=mentionable, by=by, at=at(GIVEN))
    session.flush()
    discussion.withdraw(session, comment, by=by, at=at(GIVEN))
    hear(session)
    assert told(session, NoticeKind.MENTIONED) == set()


def test_a_refused_reopening_reaches_the_unit(session: Session, office: Office, owed: Obligation):
    owed.locked_after = date(2026, 7, 31)
    session.flush()
    by = office.commune_clerk
    regimes.ask_reopening(session, owed, reason="Nhập sai", by=by, at=at(GIVEN))
    regimes.refuse_reopening(session, owed, reason="Đã công bố", by=office.clerk, at=at(GIVEN))
    hear(session)
    assert told(session, NoticeKind.DECIDED) == ids(by)


def test_what_lies_days_back_is_no_news(session: Session, office: Office, give: Give):
    give(office.agency, DUE)
    hear(session, on=GIVEN + timedelta(days=4))
    assert notices(session) == []


def test_every_followed_act_is_an_act_of_the_office():
    assert EVENTS.keys() <= VERBS.keys()
    assert EVENTS.keys() <= FOLLOWED


def test_the_usual_choices_are_the_persons_to_change(session: Session, office: Office):
    own = reminders.channels_of(session, office.clerk)
    assert (own.reminders, own.events) == ("at-once", "digest")


def test_those_it_is_sent_to_for_information_hear_of_it_once(
    session: Session, office: Office, give: Give, task: Task
):
    commune, people = office.communes[0], [office.agency_head]
    other = give(office.agency, DUE, watchers=(commune,))
    hear(session)
    assert told(session, NoticeKind.INFORMED) == ids(office.commune_clerk)
    tasks.inform(session, other, units=[], people=people, reason="Thủ trưởng", by=office.clerk, at=at(GIVEN))
    hear(session)
    assert told(session, NoticeKind.INFORMED) == ids(office.commune_clerk, office.agency_head)
    assert len(notices(session, kind=NoticeKind.INFORMED)) == 2
    waiting = [notice.to_mail for notice in notices(session, kind=NoticeKind.INFORMED)]
    assert waiting == [True, True]


def test_a_turn_reaches_the_lead_whoever_opens_it(session: Session, office: Office, give: Give):
    due = tasks.Due(DueKind.WORKING_DAYS_BEFORE_PERIOD_END, 0)
    monthly = give(office.agency, None, cadences=(Cadence.MONTHLY, Cadence.AD_HOC), due=due)
    hear(session)
    tasks.open_due_turns(session, at=at(GIVEN))
    asked = {"deadline": DUE, "reason": "Thường trực yêu cầu", "by": office.clerk, "at": at(GIVEN)}
    tasks.open_turn(session, monthly, **asked)
    hear(session)
    turns = {turn.id for turn in tasks.newest_turns(session, monthly, limit=5)}
    heard = {notice.subject_id for notice in notices(session, kind=NoticeKind.ASSIGNED)}
    assert len(turns) == 2
    assert turns <= heard
