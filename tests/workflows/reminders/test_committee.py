"""What lies before the standing committee: a drafted paper with the right names and nobody else's."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

import document_templates
from tests.support.queries import counted_statements
from tests.workflows.office import Office
from tests.workflows.reminders.conftest import at, days, sweep
from workflows import documents, reminders, scores, tasks
from workflows.documents.rules import gaps
from workflows.errors import NotAllowed, Refused
from workflows.regimes import Obligation
from workflows.tasks import Task

DUE = date(2026, 9, 16)
LONG_AFTER = date(2026, 10, 30)
QUERIES_OF_THE_PAPER = 16
Give = Callable[..., Task]


def test_the_paper_lists_what_stands_on_the_list_by_unit_with_days_and_causes(
    session: Session, office: Office, give: Give, owed: Obligation
):
    late = give(office.agency, DUE, title="Xây dựng đề án")
    give(office.agency, LONG_AFTER, title="Còn trong hạn")
    done = give(office.communes[1], DUE, title="Đã dừng")
    tasks.cancel(session, done, reason="Gộp việc khác", by=office.clerk, at=at(DUE))
    scores.name_cause(
        session, late, cause=scores.Cause.OWN, note="", by=office.agency_clerk, at=at(date(2026, 10, 1))
    )
    for day in days(date(2026, 10, 1), LONG_AFTER):
        sweep(session, day, 8)
    paper = reminders.report_to_committee(session, office.office, by=office.clerk, at=at(LONG_AFTER))
    facts = paper.facts
    assert (facts["tasks_late"], facts["reports_late"]) == (1, 1)
    named = {unit["name"]: [item["title"] for item in unit["items"]] for unit in facts["units"]}
    assert named == {
        office.agency.name: ["Xây dựng đề án"],
        office.communes[0].name: ["Báo cáo quý, quý III/2026"],
    }
    by_title = {item["title"]: item for unit in facts["units"] for item in unit["items"]}
    assert by_title["Xây dựng đề án"]["days_late"] == 32
    assert by_title["Xây dựng đề án"]["cause"] == "chưa tập trung chỉ đạo"
    assert facts["committee"] == f"Thường trực {office.province.short_name}"
    assert gaps(document_templates.load_form(paper.form).fields, facts) == []
    documents.prepare(session, paper, by=office.clerk, at=at(LONG_AFTER))
    assert "Xây dựng đề án" in paper.text


def test_an_empty_list_makes_no_paper(session: Session, office: Office, give: Give):
    give(office.agency, LONG_AFTER)
    with pytest.raises(Refused, match="Chưa soạn được báo cáo"):
        reminders.report_to_committee(session, office.office, by=office.clerk, at=at(DUE))


def test_only_the_office_lays_papers_before_the_committee(session: Session, office: Office, give: Give):
    give(office.agency, DUE)
    for day in days(date(2026, 9, 1), LONG_AFTER):
        sweep(session, day, 8)
    with pytest.raises(NotAllowed):
        reminders.report_to_committee(session, office.office, by=office.agency_clerk, at=at(LONG_AFTER))


def test_many_things_cost_no_more_queries_than_few(
    session: Session, office: Office, give: Give, owed: Obligation
):
    for number in range(12):
        give([office.agency, office.state, *office.communes][number % 5], DUE, title=f"Việc {number}")
    for day in days(date(2026, 10, 1), LONG_AFTER):
        sweep(session, day, 8)
    session.flush()
    session.expire_all()
    with counted_statements(session.get_bind().engine) as statements:
        paper = reminders.report_to_committee(session, office.office, by=office.clerk, at=at(LONG_AFTER))
    assert (paper.facts["tasks_late"], paper.facts["reports_late"]) == (12, 1)
    assert len(statements) <= QUERIES_OF_THE_PAPER, statements
