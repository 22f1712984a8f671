"""Facts come from the records: what was accepted, who is late, and where every figure is from."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import document_templates
from tests.workflows.documents.conftest import Desk as Records
from tests.workflows.documents.conftest import assign, new_directive
from tests.workflows.office import NOW, TODAY, Office
from workflows import documents, regimes, reports, statistics
from workflows.calendar import Cadence, DueKind, WorkingCalendar
from workflows.documents import Desk, Source, gaps, gather
from workflows.documents.facts import GATHERERS, recipients
from workflows.errors import InvalidFields, Refused
from workflows.organisations import Unit
from workflows.people import Person
from workflows.regimes import Obligation, Regime, Selection, Terms
from workflows.reports import Content
from workflows.statistics import member_form

FORM = {
    "title": "Báo cáo quý",
    "sections": [
        {
            "title": "Kết quả",
            "fields": [
                {"code": "limits", "label": "Hạn chế và nguyên nhân", "kind": "narrative"},
                {"code": "requests", "label": "Kiến nghị với cấp trên", "kind": "narrative"},
                {
                    "code": "lists",
                    "label": "Số danh sách đã đối chiếu",
                    "kind": "number",
                    "unit": "danh sách",
                },
                {"code": "share", "label": "Tỷ lệ có đủ thông tin", "kind": "number", "unit": "%"},
                {"code": "all", "label": "Tổng số danh sách", "kind": "number", "unit": "danh sách"},
                {
                    "code": "rate",
                    "label": "Tỷ lệ đã đối chiếu",
                    "kind": "number",
                    "unit": "%",
                    "formula": "lists / all * 100",
                    "decimals": 1,
                },
            ],
        }
    ],
}


APPENDICES = {"statistics-appendix", "reconciliation-appendix"}


def desk_of(session: Session, office: Office, source: Source, issuer: Unit | None = None) -> Desk:
    """The desk of the office's clerk."""
    return Desk(session, source, issuer or office.office, office.clerk, TODAY, WorkingCalendar())


def establish(session: Session, office: Office, definition: dict, code: str, **more: object) -> Regime:
    """A quarterly regime over the three communes, opened for the third quarter."""
    version = regimes.publish_form(
        session, office.office, code=code, definition=definition, by=office.clerk, at=NOW
    )
    terms = Terms(
        name=str(definition["title"]),
        cadence=Cadence.QUARTERLY,
        due_kind=DueKind.DAY_AFTER_PERIOD,
        due_number=25,
        selection=Selection(units=tuple(unit.code for unit in office.communes)),
        starts_on=date(2026, 7, 1),
    )
    regime = regimes.establish(
        session, office.office, terms=terms, form_version=version, by=office.clerk, at=NOW, **more
    )
    session.flush()
    regimes.generate(session, on=TODAY, calendar=WorkingCalendar())
    return regime


def answer(
    session: Session, office: Office, regime: Regime, unit: Unit, content: Content, by: Person
) -> None:
    """The accepted answer of a commune for the third quarter."""
    wanted = select(Obligation).where(Obligation.regime_id == regime.id, Obligation.unit_id == unit.id)
    owed = session.scalars(wanted.where(Obligation.period == "2026-Q3")).one()
    report = reports.begin(session, owed, by=by, at=NOW)
    session.flush()
    reports.write(session, report, content=content, by=by, at=NOW)
    reports.submit(session, report, by=by, at=NOW)
    reports.accept(session, report, by=office.clerk, at=NOW)


def test_every_form_has_somebody_who_gathers_its_facts():
    assert set(GATHERERS) == {form.code for form in document_templates.forms()}


def test_a_reminder_names_the_late_and_only_them(session: Session, office: Office, desk: Records):
    facts = gather("reminder-letter", desk_of(session, office, Source(desk.directive)))
    assert [unit["name"] for unit in facts["units"]] == [office.agency.name, office.communes[0].name]
    assert (facts["tasks_total"], facts["tasks_done"], facts["tasks_late"]) == (3, 1, 2)
    assert facts["directive"]["citation"] == ("Chỉ thị số 06-CT/TU, ngày 09/3/2026 của Ban Thường vụ Tỉnh uỷ")
    assert facts["directive"]["about"] == "tăng cường tập hợp đoàn viên, hội viên"
    assert facts["units"][0]["tasks"][0]["days_late"] == 5
    assert "| Số ngày làm việc chậm |" in document_templates.load_form("reminder-letter").wording
    assert facts["addressees"] == [office.agency.name, office.communes[0].name]


def test_a_reminder_goes_to_those_who_are_late(session: Session, office: Office, desk: Records):
    found = recipients("reminder-letter", desk_of(session, office, Source(desk.directive)))
    assert found == [office.agency, office.communes[0]]


def test_a_reminder_to_one_unit_speaks_of_that_unit_alone(session: Session, office: Office, desk: Records):
    source = Source(desk.directive, units=(office.communes[0],))
    facts = gather("reminder-letter", desk_of(session, office, source))
    assert [unit["name"] for unit in facts["units"]] == [office.communes[0].name]
    assert (facts["tasks_total"], facts["tasks_late"]) == (1, 1)


def test_nobody_is_reminded_when_nobody_is_late(session: Session, office: Office, desk: Records):
    source = Source(desk.directive, units=(office.communes[1],))
    with pytest.raises(Refused, match="không có đơn vị nào quá hạn"):
        gather("reminder-letter", desk_of(session, office, source))


def test_a_missing_report_is_a_reason_to_remind(session: Session, office: Office):
    regime = establish(session, office, FORM, "quarterly")
    said = Content(figures={"lists": Decimal(4)})
    answer(session, office, regime, office.communes[0], said, office.commune_clerk)
    for owed in session.scalars(select(Obligation).where(Obligation.regime_id == regime.id)):
        owed.timely_until = owed.due_on = date(2026, 11, 2)
    facts = gather("reminder-letter", desk_of(session, office, Source(regime=regime, period="2026-Q3")))
    assert [unit["name"] for unit in facts["units"]] == [unit.name for unit in office.communes[1:]]
    assert facts["units"][0]["tasks"][0]["title"] == "Báo cáo quý, quý III/2026"
    assert (facts["tasks_total"], facts["tasks_done"], facts["tasks_late"]) == (3, 1, 2)


def test_an_assignment_letter_says_equal_work_once(session: Session, office: Office, desk: Records):
    facts = gather("assignment-letter", desk_of(session, office, Source(desk.directive)))
    assert [line["lead"] for line in facts["assignments"]] == [office.agency.name, "2 cơ quan, đơn vị"]
    assert facts["assignments"][1]["work"] == "đối chiếu danh sách đoàn viên, hội viên"
    assert facts["assignments"][1]["deadline"] == "2026-11-09"


def test_an_assignment_letter_needs_assigned_tasks(session: Session, office: Office):
    directive = new_directive(session, office, "07-CT/TU")
    with pytest.raises(Refused, match="chưa có nhiệm vụ"):
        gather("assignment-letter", desk_of(session, office, Source(directive)))


@pytest.mark.parametrize("form", ["assignment-letter", "implementation-report", "copy-mark"])
def test_papers_about_a_directive_ask_for_one(session: Session, office: Office, form: str):
    with pytest.raises(InvalidFields) as refused:
        gather(form, desk_of(session, office, Source()))
    assert "directive" in refused.value.fields


def test_an_implementation_report_tells_how_each_task_stands(session: Session, office: Office, desk: Records):
    facts = gather("implementation-report", desk_of(session, office, Source(desk.directive)))
    first, second = facts["tasks"]
    assert first["title"] == "Xây dựng tài liệu hướng dẫn"
    assert "quá hạn" in first["result"]
    assert office.agency.name in first["result"]
    assert second["result"].startswith("Giao 2 đơn vị thực hiện; quá hạn: 1; hoàn thành quá hạn: 1.")
    assert f"Đơn vị quá hạn: {office.communes[0].name}." in second["result"]
    assert (facts["units_total"], facts["units_accepted"]) == (3, 1)


def test_an_implementation_report_adds_up_accepted_figures_and_names_the_missing(
    session: Session, office: Office, desk: Records
):
    regime = establish(session, office, FORM, "quarterly", directive=desk.directive)
    first, second, third = office.communes
    limits = {"limits": "Thiếu cán bộ.", "requests": "Bổ sung biên chế."}
    for unit, clerk, lists in ((first, office.commune_clerk, 4), (second, office.other_clerk, 38)):
        figures = {"lists": Decimal(lists), "share": Decimal(90), "all": Decimal(lists + 4)}
        answer(session, office, regime, unit, Content(figures=figures, narrative=limits), clerk)
    facts = gather("implementation-report", desk_of(session, office, Source(desk.directive)))
    gathered = facts["tasks"][-1]
    assert [(f["name"], f["value"], f["source"]) for f in gathered["figures"]] == [
        ("Số danh sách đã đối chiếu", 42, "2 báo cáo được tiếp nhận"),
        ("Tổng số danh sách", 50, "2 báo cáo được tiếp nhận"),
        # Half of the first and nine tenths of the second are 84 % of all, neither 140,5 nor 70,3.
        ("Tỷ lệ đã đối chiếu", 84, "2 báo cáo được tiếp nhận"),
    ]
    assert gathered["result"] == f"Chưa có báo cáo được tiếp nhận của 1 đơn vị: {third.name}."
    assert gathered["sources"] == [f"báo cáo của {first.name}", f"báo cáo của {second.name}"]
    assert facts["weaknesses"] == f"{first.name}, {second.name}: Thiếu cán bộ."
    assert facts["proposals"] == [f"{first.name}, {second.name}: Bổ sung biên chế."]
    assert (facts["units_total"], facts["units_accepted"]) == (3, 2)


def test_what_was_not_accepted_counts_for_nothing(session: Session, office: Office, desk: Records):
    regime = establish(session, office, FORM, "quarterly", directive=desk.directive)
    answer(
        session,
        office,
        regime,
        office.communes[0],
        Content(figures={"lists": Decimal(4)}),
        office.commune_clerk,
    )
    taken = session.scalars(select(reports.Report)).one()
    reports.reopen(session, taken, reason="nhầm số liệu", by=office.clerk, at=NOW)
    facts = gather("implementation-report", desk_of(session, office, Source(desk.directive)))
    assert facts["tasks"][-1]["figures"] == []
    assert facts["units_accepted"] == 0


def test_a_unit_report_says_what_the_unit_answered(session: Session, office: Office, desk: Records):
    regime = establish(session, office, FORM, "quarterly", directive=desk.directive)
    said = Content(figures={"lists": Decimal(4)}, narrative={"limits": "Thiếu cán bộ."})
    answer(session, office, regime, office.communes[0], said, office.commune_clerk)
    report = session.scalars(select(reports.Report)).one()
    facts = gather("unit-report", desk_of(session, office, Source(report=report), office.communes[0]))
    assert facts["difficulties"] == "Thiếu cán bộ."
    assert facts["figures"][0]["value"] == 4
    assert [task["title"] for task in facts["tasks"]] == ["Đối chiếu danh sách đoàn viên, hội viên"]
    assert not gaps(document_templates.load_form("unit-report").fields, facts)
    paper = documents.unit_paper(session, report, by=office.commune_clerk, at=NOW)
    front = paper.composed().front
    assert (front.number.endswith("-BC/DU-AB"), front.place_date.startswith("Tân Hưng")) == (True, True)


def test_a_statistics_appendix_takes_the_accepted_returns(session: Session, office: Office):
    for unit in office.communes:
        unit.organisation = "youth"
    regime = establish(session, office, member_form.definition(), member_form.CODE)
    figures = dict.fromkeys(member_form.LABELS, Decimal(0)) | {
        "eligible": Decimal(100),
        "opening": Decimal(50),
        "admitted": Decimal(10),
        "closing": Decimal(60),
    }
    words = {"eligible_source": "Thống kê xã", "eligible_day": "01/07/2026"}
    said = Content(figures=figures, narrative=words)
    answer(session, office, regime, office.communes[0], said, office.commune_clerk)
    statistics.set_target(
        session,
        office.office,
        organisation="",
        share=Decimal("0.6"),
        valid_from=date(2026, 1, 1),
        source="Chỉ thị số 06-CT/TU",
        by=office.clerk,
        at=NOW,
    )
    session.flush()
    facts = gather("statistics-appendix", desk_of(session, office, Source(regime=regime, period="2026-Q3")))
    (youth,) = facts["organisations"]
    assert (youth["opening"], youth["admitted"], youth["closing"]) == (50, 10, 60)
    assert youth["note"] == "thiếu 2 báo cáo"
    assert [unit["note"] for unit in facts["units"]] == ["", "chưa có báo cáo", "chưa có báo cáo"]
    assert (facts["target"], facts["target_source"]) == (60.0, "Chỉ thị số 06-CT/TU")


def test_a_statistics_appendix_wants_member_statistics(session: Session, office: Office):
    regime = establish(session, office, FORM, "quarterly")
    with pytest.raises(InvalidFields):
        gather("statistics-appendix", desk_of(session, office, Source(regime=regime, period="2026-Q3")))


@pytest.mark.parametrize("form", sorted(set(GATHERERS) - {"unit-report", *APPENDICES}))
def test_facts_fit_the_form_but_for_what_only_a_person_can_say(
    session: Session, office: Office, desk: Records, form: str
):
    chosen = document_templates.load_form(form)
    facts = gather(form, desk_of(session, office, Source(desk.directive)))
    letterhead, particulars = document_templates.sample_office("party")
    profile = document_templates.profile_for("party-2026")
    missing = [gap.label for gap in gaps(chosen.fields, facts)]
    typed_by_a_person = {"conclusions-notice", "plan", "submission", "invitation", "copy-mark"}
    assert bool(missing) == (form in typed_by_a_person)
    if not missing:
        assert document_templates.render(chosen, facts, letterhead, profile, particulars).body


def test_what_is_late_under_another_directive_is_not_mentioned(
    session: Session, office: Office, desk: Records
):
    other = new_directive(session, office, "08-CT/TU")
    assign(session, office, other, office.communes[2], "Việc của văn bản khác")
    facts = gather("reminder-letter", desk_of(session, office, Source(desk.directive)))
    titles = [task["title"] for unit in facts["units"] for task in unit["tasks"]]
    assert "Việc của văn bản khác" not in titles
