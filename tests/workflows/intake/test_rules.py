"""What confirming a sheet would do is known before it is done."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.intake.conftest import CALENDAR
from tests.workflows.office import Office
from workflows import intake
from workflows.calendar import Cadence, DayChange, SinceIssue, WorkingCalendar
from workflows.directives import Decision, Proposal, Registration, Sheet
from workflows.intake import Vocabulary


def test_each_lead_unit_gets_a_task_of_its_own(sheet: Sheet, vocabulary: Vocabulary, office: Office):
    plan = intake.plan(sheet.decided(["1", "2"], Decision.ACCEPTED), vocabulary, CALENDAR)
    assert [task.lead_units for task in plan.accepted] == [(office.agency,), office.communes]
    assert plan.assignments == 4
    assert [task.proposal.key for task in plan.open] == ["3"]


def test_addressees_and_recipients_get_the_paper(sheet: Sheet, vocabulary: Vocabulary, office: Office):
    plan = intake.plan(sheet, vocabulary, CALENDAR)
    assert {*office.communes, office.state} <= set(plan.audience)


def test_only_what_is_known_for_certain_is_sure(sheet: Sheet, vocabulary: Vocabulary):
    assert intake.plan(sheet, vocabulary, CALENDAR).sure == ["1", "2"]


def test_a_lead_never_coordinates_itself(sheet: Sheet, vocabulary: Vocabulary, office: Office):
    changed = replace(sheet.proposals[1], coordinate=("Các đảng uỷ xã, phường",))
    (_, task, _) = intake.plan(sheet.with_proposal(changed), vocabulary, CALENDAR).tasks
    assert task.coordinators_beside(office.communes[0]) == office.communes[1:]


def test_what_cannot_be_assigned_says_why(sheet: Sheet, vocabulary: Vocabulary):
    first, _, unknown = sheet.proposals
    early = replace(first, deadline=date(2026, 10, 1))
    for proposal, words in (
        (unknown, "Chưa nhận ra đơn vị chủ trì"),
        (replace(first, lead=()), "Chưa có đơn vị chủ trì"),
        (replace(first, title=" "), "Nhập nội dung"),
        (early, "sớm hơn ngày ban hành"),
    ):
        assert words in intake.planned(proposal, sheet, vocabulary, CALENDAR).fault


def test_unknown_coordinating_bodies_are_named_but_do_not_stop(sheet: Sheet, vocabulary: Vocabulary):
    changed = replace(sheet.proposals[0], coordinate=("các cơ quan liên quan",))
    task = intake.planned(changed, sheet, vocabulary, CALENDAR)
    assert task.unknown == ("các cơ quan liên quan",)
    assert not task.fault


ISSUED = Sheet(Registration("KH", "Tỉnh uỷ", "về việc chung", issued_on=date(2026, 12, 31)))
NOBODY = Vocabulary(())


def counted(kind: SinceIssue, number: int, calendar: WorkingCalendar = CALENDAR) -> date | None:
    proposal = Proposal("1", "Báo cáo", due_kind=kind, due_number=number)
    return intake.planned(proposal, ISSUED, NOBODY, calendar).deadline


@pytest.mark.parametrize(
    ("kind", "number", "day"),
    [
        (SinceIssue.DAYS, 5, date(2027, 1, 5)),
        (SinceIssue.DAYS, 1, date(2027, 1, 4)),  # 01/01 is a holiday, then a weekend
        (SinceIssue.WORKING_DAYS, 2, date(2027, 1, 5)),
        (SinceIssue.MONTHS, 2, date(2027, 3, 1)),  # no 31/02; 28/02/2027 is a Sunday
        (SinceIssue.MONTHS, 12, date(2027, 12, 31)),
    ],
)
def test_a_deadline_counted_from_the_issue_is_one_working_day(kind: SinceIssue, number: int, day: date):
    assert counted(kind, number) == day


def test_working_days_are_those_of_the_office():
    worked = DayChange(date(2027, 1, 2), True, "Thông báo số 9-TB/TU", date(2026, 12, 1))
    assert counted(SinceIssue.WORKING_DAYS, 2, WorkingCalendar([worked])) == date(2027, 1, 4)


@given(st.sampled_from(SinceIssue), st.integers(1, 364))
def test_more_days_never_end_earlier(kind: SinceIssue, number: int):
    day, later = counted(kind, number), counted(kind, number + 1)
    assert day is not None
    assert later is not None
    assert date(2026, 12, 31) < day <= later
    assert CALENDAR.is_working(day)


def test_what_cannot_be_counted_from_the_issue_says_why(sheet: Sheet, vocabulary: Vocabulary):
    known = replace(sheet.proposals[0], deadline=None, due_kind=SinceIssue.DAYS, due_number=30, cadences=())
    undated = replace(sheet, registration=replace(sheet.registration, issued_on=None))
    for proposal, paper, words in (
        (known, undated, "Chưa có ngày ban hành"),
        (replace(known, due_number=0), sheet, "từ 1 đến 365"),
        (replace(known, deadline=date(2026, 12, 1)), sheet, "một cách tính hạn"),
        (replace(known, cadences=(Cadence.MONTHLY,)), sheet, "bỏ định kỳ"),
    ):
        assert words in intake.planned(proposal, paper, vocabulary, CALENDAR).fault
    assert not intake.planned(known, sheet, vocabulary, CALENDAR).fault
