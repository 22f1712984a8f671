"""Plans are asked for, written, handed in, returned, accepted; milestones become the unit's tasks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.workflows.asked import given_directive, owed_by, request_to_communes
from tests.workflows.office import NOW, TODAY, Office
from workflows import plans, reports
from workflows.errors import Conflict, InvalidFields, NotAllowed, Refused
from workflows.files import attach, keep
from workflows.plans import Plan, Step
from workflows.regimes import Regime
from workflows.reports import Report, ReportState

STEPS = (
    Step("Quán triệt đến chi bộ", date(2026, 12, 10), "Ban Tuyên giáo"),
    Step("", None),
    Step("Ra mắt mô hình", date(2027, 3, 1)),
)
PLAN = Plan("Kế hoạch 12-KH/ĐU", "Mục tiêu, nhiệm vụ, giải pháp.", STEPS)


@pytest.fixture
def asked(session: Session, office: Office) -> Regime:
    """The three communes were asked for their plans."""
    request = request_to_communes(given_directive(session, office), office)
    return plans.ask(session, office.office, request=request, by=office.clerk, at=NOW)


@pytest.fixture
def plan(session: Session, office: Office, asked: Regime) -> Report:
    """Written by the first commune, not handed in."""
    owed = owed_by(session, asked, office.communes[0])
    return plans.write(session, owed, plan=PLAN, by=office.commune_clerk, at=NOW)


def test_milestones_become_tasks_of_the_unit_when_the_plan_is_accepted(
    session: Session, office: Office, plan: Report
):
    plans.submit(session, plan, by=office.commune_clerk, at=NOW)
    assert all(milestone.task is None for milestone in plans.milestones_of(session, plan))
    plans.accept(session, plan, by=office.leader, at=NOW)
    made = [milestone.task for milestone in plans.milestones_of(session, plan)]
    assert [(task.title, task.lead, task.deadline) for task in made if task] == [
        ("Quán triệt đến chi bộ", office.communes[0], date(2026, 12, 10)),
        ("Ra mắt mô hình", office.communes[0], date(2027, 3, 1)),
    ]
    assert made[0] is not None
    assert made[0].directive is plan.obligation.regime.directive
    assert plans.milestone_of(session, made[0]) is not None
    assert plans.tasks_of_plans(session, made[0].directive) == {task.id for task in made if task}


def test_what_became_a_task_stays_when_the_plan_is_opened_again(
    session: Session, office: Office, plan: Report
):
    plans.submit(session, plan, by=office.commune_clerk, at=NOW)
    plans.accept(session, plan, by=office.clerk, at=NOW)
    reports.reopen(session, plan, reason="Bổ sung mốc.", by=office.clerk, at=NOW)
    more = replace(PLAN, content="Bổ sung.", steps=(Step("Sơ kết", date(2027, 6, 1)),))
    plans.write(session, plan.obligation, plan=more, by=office.commune_clerk, at=NOW)
    plans.submit(session, plan, by=office.commune_clerk, at=NOW)
    plans.accept(session, plan, by=office.clerk, at=NOW)
    found = plans.milestones_of(session, plan)
    assert [m.what for m in found] == ["Quán triệt đến chi bộ", "Ra mắt mô hình", "Sơ kết"]
    assert len({m.task_id for m in found}) == 3


def test_a_plan_accepted_by_another_way_gets_its_tasks_by_the_sweep(
    session: Session, office: Office, plan: Report
):
    plans.submit(session, plan, by=office.commune_clerk, at=NOW)
    reports.accept(session, plan, by=office.clerk, at=NOW)
    assert list(plans.accepted_without_tasks(session)) == [plan]
    plans.assign_milestones(session, plan, by=office.clerk, at=NOW)
    assert list(plans.accepted_without_tasks(session)) == []


def test_a_returned_plan_is_mended_and_handed_in_again(session: Session, office: Office, plan: Report):
    plans.submit(session, plan, by=office.commune_clerk, at=NOW)
    reports.return_(session, plan, reason="Chưa rõ kinh phí.", by=office.clerk, at=NOW)
    assert plan.state is ReportState.RETURNED
    mended = replace(PLAN, content="Đã bổ sung kinh phí.")
    plans.write(session, plan.obligation, plan=mended, by=office.commune_clerk, at=NOW)
    plans.submit(session, plan, by=office.commune_clerk, at=NOW)
    assert len(plan.editions) == 2


def test_every_edition_keeps_its_milestones_and_the_head_approves_those_too(
    session: Session, office: Office, plan: Report
):
    plans.submit(session, plan, by=office.commune_clerk, at=NOW)
    said = plan.editions[0].content["narrative"]["milestones"]
    assert said.splitlines() == [
        "1. Quán triệt đến chi bộ (Ban Tuyên giáo), 10/12/2026",
        "2. Ra mắt mô hình, 01/03/2027",
    ]
    reports.return_(session, plan, reason="Thiếu.", by=office.clerk, at=NOW)
    office.communes[0].needs_sign_off = True
    plans.submit(session, plan, by=office.commune_clerk, at=NOW)
    assert plan.state is ReportState.PROPOSED
    fewer = replace(PLAN, steps=STEPS[:1])
    plans.write(session, plan.obligation, plan=fewer, by=office.commune_clerk, at=NOW)
    assert plan.state is ReportState.DRAFT


def test_a_plan_needs_its_text_or_a_file(session: Session, office: Office, asked: Regime, tmp_path):
    class Folder:
        def write(self, sha256: str, content: bytes) -> None: ...

    owed = owed_by(session, asked, office.communes[0])
    bare = plans.write(session, owed, plan=Plan("Kế hoạch 12"), by=office.commune_clerk, at=NOW)
    with pytest.raises(InvalidFields) as refusal:
        plans.submit(session, bare, by=office.commune_clerk, at=NOW)
    assert set(refusal.value.fields) == {"content"}
    file = keep(session, Folder(), b"%PDF-1.7", media_type="application/pdf", at=NOW)  # type: ignore[arg-type]
    attach(session, bare, file, name="KH12.pdf", by_id=office.commune_clerk.id, at=NOW)
    session.flush()
    plans.submit(session, bare, by=office.commune_clerk, at=NOW)
    assert bare.state is ReportState.SUBMITTED


@pytest.mark.parametrize(
    "step",
    [Step("Việc", None), Step("", TODAY), Step("Việc", TODAY - timedelta(1))],
)
def test_a_milestone_says_what_and_by_when(session: Session, office: Office, asked: Regime, step: Step):
    owed = owed_by(session, asked, office.communes[0])
    with pytest.raises(InvalidFields) as refusal:
        plans.write(session, owed, plan=Plan("KH", "x", (step,)), by=office.commune_clerk, at=NOW)
    assert set(refusal.value.fields) == {"milestones"}


def test_endless_plans_are_refused(session: Session, office: Office, asked: Regime):
    owed = owed_by(session, asked, office.communes[0])
    steps = (Step("Việc", TODAY),) * 61
    with pytest.raises(Refused):
        plans.write(session, owed, plan=Plan("KH", "x", steps), by=office.commune_clerk, at=NOW)


def test_two_who_write_at_once_do_not_overwrite_each_other(session: Session, office: Office, plan: Report):
    other = replace(PLAN, content="Khác.")
    with pytest.raises(Conflict):
        plans.write(
            session, plan.obligation, plan=other, version=plan.version - 1, by=office.commune_clerk, at=NOW
        )


@pytest.mark.parametrize("who", ["other_clerk", "agency_head", "inspector", "clerk"])
def test_nobody_writes_anothers_plan(session: Session, office: Office, asked: Regime, who: str):
    owed = owed_by(session, asked, office.communes[0])
    with pytest.raises(NotAllowed):
        plans.write(session, owed, plan=PLAN, by=getattr(office, who), at=NOW)


@pytest.mark.parametrize("who", ["commune_clerk", "inspector", "agency_head"])
def test_only_the_office_accepts(session: Session, office: Office, plan: Report, who: str):
    plans.submit(session, plan, by=office.commune_clerk, at=NOW)
    with pytest.raises(NotAllowed):
        plans.accept(session, plan, by=getattr(office, who), at=NOW)


def test_everybody_sees_the_plans_of_their_branch(session: Session, office: Office, plan: Report):
    def seen(person) -> int:
        return len(session.execute(plans.plans(person, on=TODAY)).all())

    assert [seen(p) for p in (office.clerk, office.commune_clerk, office.agency_clerk)] == [3, 1, 0]
    mine = plans.plans(office.commune_clerk, on=TODAY)
    assert session.execute(mine).one()[3] == 2
