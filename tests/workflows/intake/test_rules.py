"""What confirming a sheet would do is known before it is done."""

from dataclasses import replace
from datetime import date

from tests.workflows.office import Office
from workflows import intake
from workflows.directives import Decision, Sheet
from workflows.intake import Vocabulary


def test_each_lead_unit_gets_a_task_of_its_own(sheet: Sheet, vocabulary: Vocabulary, office: Office):
    plan = intake.plan(sheet.decided(["1", "2"], Decision.ACCEPTED), vocabulary)
    assert [task.lead_units for task in plan.accepted] == [(office.agency,), office.communes]
    assert plan.assignments == 4
    assert [task.proposal.key for task in plan.open] == ["3"]


def test_addressees_and_recipients_get_the_paper(sheet: Sheet, vocabulary: Vocabulary, office: Office):
    plan = intake.plan(sheet, vocabulary)
    assert {*office.communes, office.state} <= set(plan.audience)


def test_only_what_is_known_for_certain_is_sure(sheet: Sheet, vocabulary: Vocabulary):
    assert intake.plan(sheet, vocabulary).sure == ["1", "2"]


def test_a_lead_never_coordinates_itself(sheet: Sheet, vocabulary: Vocabulary, office: Office):
    changed = replace(sheet.proposals[1], coordinate=("Các đảng uỷ xã, phường",))
    (_, task, _) = intake.plan(sheet.with_proposal(changed), vocabulary).tasks
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
        assert words in intake.planned(proposal, sheet, vocabulary).fault


def test_unknown_coordinating_bodies_are_named_but_do_not_stop(sheet: Sheet, vocabulary: Vocabulary):
    changed = replace(sheet.proposals[0], coordinate=("các cơ quan liên quan",))
    task = intake.planned(changed, sheet, vocabulary)
    assert task.unknown == ("các cơ quan liên quan",)
    assert not task.fault
