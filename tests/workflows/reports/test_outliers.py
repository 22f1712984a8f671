"""What a unit reported before tells what is unusual: asked at the cell, listed for the office by period."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, select, true
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import regimes, reports
from workflows.calendar import Cadence, DueKind, WorkingCalendar
from workflows.errors import InvalidFields
from workflows.files import StoredFile, attached
from workflows.people import Person
from workflows.regimes import Obligation, Regime, Selection, Terms
from workflows.reports import Content, Report

GROWN = {"code": "grown", "label": "So kỳ trước", "formula": "closing - previous(closing)"}
FORM: dict[str, Any] = {
    "title": "Hằng tháng",
    "outliers": {"least": 4},
    "sections": [
        {
            "title": "I",
            "parts": [
                {"code": "opening", "label": "Đầu kỳ", "kind": "number"},
                {"code": "added", "label": "Tăng", "kind": "number"},
                {"code": "closing", "label": "Cuối kỳ", "kind": "number", "formula": "opening + added"},
                {**GROWN, "kind": "number"},
                {"code": "list", "label": "Danh sách", "kind": "file"},
            ],
        }
    ],
}  # fmt: skip
STEADY = (150, 155, 148, 152, 149)


@pytest.fixture
def monthly(session: Session, office: Office) -> Regime:
    """A monthly regime since the beginning of the year, asked of two communes."""
    version = regimes.publish_form(
        session, office.office, code="monthly", definition=FORM, by=office.clerk, at=NOW
    )
    terms = Terms(
        name="Báo cáo tháng",
        cadence=Cadence.MONTHLY,
        due_kind=DueKind.DAY_AFTER_PERIOD,
        due_number=5,
        selection=Selection(units=tuple(unit.code for unit in office.communes[:2])),
        starts_on=date(2026, 6, 1),
    )
    made = regimes.establish(
        session, office.office, terms=terms, form_version=version, by=office.clerk, at=NOW
    )
    session.flush()
    regimes.generate(session, on=TODAY, calendar=WorkingCalendar())
    return made


def owed(session: Session, regime: Regime, unit_id: int) -> list[Obligation]:
    wanted = select(Obligation).where(Obligation.regime_id == regime.id, Obligation.unit_id == unit_id)
    return list(session.scalars(wanted.order_by(Obligation.last_day)))


def answer(session: Session, obligation: Obligation, by: Person, figure: int, /, **said: str) -> Report:
    report = reports.begin(session, obligation, by=by, at=NOW)
    figures = {"opening": Decimal(figure), "added": Decimal(1)}
    reports.write(session, report, content=Content(figures=figures, notes=said), by=by, at=NOW)
    return report


def history(session: Session, office: Office, monthly: Regime, opening: int = 150) -> Report:
    """Five steady months handed in, the sixth written."""
    months = owed(session, monthly, office.communes[0].id)
    for obligation, figure in zip(months, STEADY, strict=False):
        report = answer(session, obligation, office.commune_clerk, figure)
        reports.submit(session, report, by=office.commune_clerk, at=NOW)
    return answer(session, months[5], office.commune_clerk, opening)


def questions(session: Session, report: Report) -> set[str]:
    return {finding.cell for finding in reports.findings_of(session, report) if finding.question}


def test_a_figure_like_the_earlier_ones_is_not_asked_about(session: Session, office: Office, monthly: Regime):
    assert questions(session, history(session, office, monthly)) == set()


def test_an_unusual_figure_is_asked_about_and_a_note_lets_it_pass(
    session: Session, office: Office, monthly: Regime
):
    report = history(session, office, monthly, opening=900)
    assert questions(session, report) == {"opening"}
    with pytest.raises(InvalidFields, match="5 kỳ gần nhất"):
        reports.submit(session, report, by=office.commune_clerk, at=NOW)
    answer(session, report.obligation, office.commune_clerk, 900, opening="Sáp nhập.")
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    found = reports.outliers_of(session, monthly, report.obligation.period, true())
    assert {(one.cell, one.note) for one in found} >= {("opening", "Sáp nhập."), ("closing", "")}


def test_another_unit_has_a_range_of_its_own(session: Session, office: Office, monthly: Regime):
    history(session, office, monthly)
    other = owed(session, monthly, office.communes[1].id)[5]
    assert reports.usual_for(session, other, regimes.forms.read(FORM)) == {}


def test_the_whole_form_costs_one_query(session: Session, office: Office, monthly: Regime):
    report = history(session, office, monthly)
    statements: list[str] = []
    engine = session.get_bind()
    note = lambda *said: statements.append(said[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", note)
    try:
        reports.usual_for(session, report.obligation, regimes.forms.read(FORM))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(statements) == 1


def test_calculated_cells_are_kept_as_figures_and_follow_the_period_before(
    session: Session, office: Office, monthly: Regime
):
    months = owed(session, monthly, office.communes[0].id)
    first = answer(session, months[0], office.commune_clerk, 10)
    reports.submit(session, first, by=office.commune_clerk, at=NOW)
    second = answer(session, months[1], office.commune_clerk, 20)
    assert reports.figures_of(session, second)["grown"] == 10
    reports.return_(session, first, reason="Sửa.", by=office.clerk, at=NOW)
    answer(session, months[0], office.commune_clerk, 15)
    reports.submit(session, first, by=office.commune_clerk, at=NOW)
    reports.submit(session, second, by=office.commune_clerk, at=NOW)
    assert reports.figures_of(session, second)["grown"] == 5


def test_a_file_that_a_field_asks_for_is_named_in_it(session: Session, office: Office, monthly: Regime):
    report = answer(session, owed(session, monthly, office.communes[0].id)[0], office.commune_clerk, 1)
    file = StoredFile(sha256="a" * 64, size=1, media_type="application/pdf", stored_at=NOW)
    session.add(file)
    session.flush()
    reports.attach_file(
        session, report, file=file, name="ds.pdf", asked_by="list", by=office.commune_clerk, at=NOW
    )
    assert report.narrative == {"list": "ds.pdf"}
    typed = replace(reports.content_of(session, report), narrative={"list": "bịa.pdf"})
    reports.write(session, report, content=typed, by=office.commune_clerk, at=NOW)
    assert report.narrative == {"list": "ds.pdf"}
    [hung] = attached(session, Report, [report.id])[report.id]
    reports.detach_file(session, report, attachment=hung, by=office.commune_clerk, at=NOW)
    assert report.narrative == {}


def test_a_cell_tells_what_each_edition_and_each_period_said(
    session: Session, office: Office, monthly: Regime
):
    report = history(session, office, monthly)
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    reports.return_(session, report, reason="Kiểm tra.", by=office.clerk, at=NOW)
    answer(session, report.obligation, office.commune_clerk, 151, opening="Đã đếm lại.")
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    said = reports.sayings_of(session, report, "opening")
    assert [(one.words, one.note, one.who) for one in said] == [
        ("151", "Đã đếm lại.", "Ngô Văn Ích"),
        ("150", "", "Ngô Văn Ích"),
    ]
    earlier = reports.earlier_figures(session, report.obligation, "opening", limit=3)
    assert [figure for _, figure in earlier] == [149, 152, 148]
