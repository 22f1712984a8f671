"""Whoever's turn it is is told once: the lead, those who take part, the level above, the leaders."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from tests.workflows.office import Office
from tests.workflows.reminders.conftest import at, days, notices, sweep
from workflows import reminders, reports, tasks
from workflows.directives import Directive
from workflows.people import Person, Substitution
from workflows.regimes import Obligation
from workflows.reminders import Notice, Steps
from workflows.reports import ReportState
from workflows.tasks import Task

DUE = date(2026, 9, 16)  # Wednesday
GIVEN = date(2026, 8, 3)
Give = Callable[..., Task]


def told(session: Session, person: Person) -> list[tuple[str, date]]:
    """What a person was told, and when."""
    return [(notice.rung, notice.made_at.date()) for notice in notices(session, person_id=person.id)]


def test_the_lead_is_told_step_by_step_each_once(session: Session, office: Office, give: Give):
    give(office.communes[0], DUE)
    for day in days(date(2026, 9, 1), date(2026, 9, 25)):
        sweep(session, day, 8)
        sweep(session, day, 15)
    assert told(session, office.commune_clerk) == [
        ("before-5", date(2026, 9, 9)),
        ("before-1", date(2026, 9, 15)),
        ("due", date(2026, 9, 16)),
        ("after-1", date(2026, 9, 17)),
        ("again-1", date(2026, 9, 22)),
        ("again-2", date(2026, 9, 25)),
    ]


def test_those_who_take_part_get_theirs(session: Session, office: Office, give: Give):
    give(office.communes[0], DUE, coordinators=(office.agency,))
    sweep(session, DUE)
    told_people = {notice.person_id for notice in notices(session, rung="due")}
    assert told_people == {office.commune_clerk.id, office.agency_clerk.id, office.agency_head.id}


def test_who_stands_in_for_the_absent_is_told_too(session: Session, office: Office, give: Give):
    give(office.communes[0], DUE)
    session.add(
        Substitution(
            absent=office.commune_clerk,
            substitute=office.other_clerk,
            first_day=DUE,
            last_day=DUE,
            named_at=at(DUE),
        )
    )
    session.flush()
    sweep(session, DUE)
    assert {n.person_id for n in notices(session)} == {office.commune_clerk.id, office.other_clerk.id}


def test_after_a_pause_only_the_step_reached_is_made_up_for(session: Session, office: Office, give: Give):
    give(office.communes[0], DUE)
    sweep(session, date(2026, 9, 18))
    assert [rung for rung, _ in told(session, office.commune_clerk)] == ["after-1"]


@pytest.mark.parametrize("day", [date(2026, 9, 2), date(2026, 9, 5), date(2026, 9, 6)])
def test_days_off_are_quiet(session: Session, office: Office, give: Give, day: date):
    give(office.communes[0], day)
    assert sweep(session, day) == 0


def test_what_was_given_late_is_urged_from_the_day_it_was_given(session: Session, office: Office, give: Give):
    give(office.communes[0], date(2026, 9, 1), on=DUE)
    for day in days(DUE, DUE + timedelta(days=1)):
        sweep(session, day)
    assert [rung for rung, _ in told(session, office.commune_clerk)] == ["due", "after-1"]


def test_a_new_deadline_has_its_own_steps(session: Session, office: Office, give: Give):
    task = give(office.communes[0], DUE)
    sweep(session, DUE)
    later = date(2026, 9, 23)
    tasks.request_extension(
        session, task, proposed=later, reason="Mưa bão", by=office.commune_clerk, at=at(DUE, 10)
    )
    tasks.grant_extension(session, task, deadline=later, decision="", by=office.clerk, at=at(DUE, 11))
    session.flush()
    for day in days(DUE, later):
        sweep(session, day, 16)
    deadlines = [(n.deadline, n.rung) for n in notices(session, person_id=office.commune_clerk.id)]
    assert deadlines == [(DUE, "due"), (later, "before-5"), (later, "before-1"), (later, "due")]


def test_what_is_done_or_stopped_is_urged_no_more(session: Session, office: Office, give: Give):
    task = give(office.communes[0], DUE)
    tasks.suspend(session, task, reason="Chờ hướng dẫn", by=office.clerk, at=at(GIVEN))
    session.flush()
    assert sweep(session, DUE) == 0


def test_the_level_above_and_the_leaders_are_told_when_it_lasts(
    session: Session, office: Office, give: Give, province_head: Person
):
    give(office.communes[0], DUE)
    for day in days(DUE, date(2026, 10, 9)):
        sweep(session, day)
    assert told(session, province_head) == [("escalation-1", date(2026, 9, 23))]
    assert told(session, office.leader) == [
        ("escalation-1", date(2026, 9, 23)),
        ("committee", date(2026, 10, 7)),
    ]


def test_a_ladder_of_the_office_and_one_of_a_directive(
    session: Session, office: Office, give: Give, directive: Directive
):
    usual, special = give(office.communes[0], DUE), give(office.communes[0], DUE)
    special.directive = directive
    none = Steps((), False, 0, 0, 0, 0, 0)
    set_ladder = reminders.set_ladder
    set_ladder(session, office.office, steps=Steps((3,)), by=office.clerk, at=at(GIVEN))
    set_ladder(session, office.office, steps=none, directive=directive, by=office.clerk, at=at(GIVEN))
    for day in days(date(2026, 9, 9), DUE):
        sweep(session, day)
    assert [n.rung for n in notices(session, subject_id=usual.id)] == ["before-3", "due"]
    assert notices(session, subject_id=special.id) == []


def test_a_second_sweep_tells_nobody_and_two_at_once_do_no_harm(session: Session, office: Office, give: Give):
    give(office.communes[0], DUE)
    first = reminders.outstanding(session, at=at(DUE))
    second = reminders.outstanding(session, at=at(DUE))
    assert reminders.make(session, first, at=at(DUE)) == 1
    reminders.make(session, second, at=at(DUE))
    assert session.scalar(select(func.count()).select_from(Notice)) == 1
    assert sweep(session, DUE) == 0


def test_a_sweep_asks_as_often_for_one_task_as_for_many(session: Session, office: Office, give: Give):
    def questions() -> int:
        asked: list[str] = []
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *said: asked.append(said[2]))
        reminders.outstanding(session, at=at(DUE))
        return len(asked)

    give(office.communes[0], DUE)
    one = questions()
    for number in range(30):
        give(office.communes[number % 3], DUE, title=f"Việc {number}")
    assert questions() <= 2 * one  # the listener of the first time counts the second time too
    assert one <= 12


def test_a_report_is_asked_for_until_it_is_late_by_the_grace_too(
    session: Session, office: Office, owed: Obligation
):
    for day in days(date(2026, 9, 25), date(2026, 10, 8)):
        sweep(session, day)
    assert told(session, office.commune_clerk) == [
        ("before-5", date(2026, 9, 28)),
        ("before-1", date(2026, 10, 2)),
        ("due", date(2026, 10, 5)),
        ("after-1", date(2026, 10, 8)),
    ]


def test_a_report_that_came_is_asked_for_no_more(session: Session, office: Office, owed: Obligation):
    report = reports.begin(session, owed, by=office.commune_clerk, at=at(date(2026, 9, 20)))
    report.nil = True
    report.state, report.submitted_on = ReportState.SUBMITTED, date(2026, 9, 20)
    session.flush()
    assert sweep(session, date(2026, 10, 5)) == 0
