"""A report goes from draft to accepted along one table; nothing wrong, late or double slips through."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, Office
from tests.workflows.reports.conftest import Quarter
from workflows import regimes, reports
from workflows.calendar import end_of_day
from workflows.errors import Conflict, InvalidFields, NotAllowed, Refused
from workflows.permissions import allows
from workflows.reports import Content, Figure, Report, ReportMove, ReportState

GOOD = Content(
    figures={"given": Decimal(12), "done": Decimal(9), "meetings": Decimal(0)},
    narrative={"results": "Đã quán triệt đến 12 chi bộ."},
)


def written(session: Session, office: Office, quarter: Quarter, content: Content = GOOD) -> Report:
    report = reports.begin(session, quarter.fourth, by=office.commune_clerk, at=NOW)
    reports.write(session, report, content=content, by=office.commune_clerk, at=NOW)
    return report


def submitted(session: Session, office: Office, quarter: Quarter) -> Report:
    report = written(session, office, quarter)
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    return report


def test_what_was_written_is_read_back_exactly(session: Session, office: Office, quarter: Quarter):
    report = written(session, office, quarter)
    session.expire_all()
    assert reports.content_of(session, report) == GOOD


def test_zero_is_kept_and_a_blank_is_not_zero(session: Session, office: Office, quarter: Quarter):
    report = written(session, office, quarter, Content(figures={"given": Decimal(0)}))
    assert reports.figures_of(session, report) == {"given": Decimal(0)}


def test_beginning_twice_gives_the_same_report(session: Session, office: Office, quarter: Quarter):
    first = reports.begin(session, quarter.fourth, by=office.commune_clerk, at=NOW)
    assert reports.begin(session, quarter.fourth, by=office.commune_clerk, at=NOW) is first


def test_an_incomplete_report_is_kept_but_not_submitted(session: Session, office: Office, quarter: Quarter):
    report = written(session, office, quarter, Content(figures={"given": Decimal(1)}))
    with pytest.raises(InvalidFields) as refusal:
        reports.submit(session, report, by=office.commune_clerk, at=NOW)
    assert set(refusal.value.fields) == {"done", "results"}
    assert report.state is ReportState.DRAFT


def test_a_comment_stands_for_a_missing_figure(session: Session, office: Office, quarter: Quarter):
    content = Content(
        figures={"given": Decimal(1)}, narrative=GOOD.narrative, notes={"done": "Chưa tổng hợp xong."}
    )
    report = written(session, office, quarter, content)
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    assert report.state is ReportState.SUBMITTED


def test_a_broken_rule_refuses_and_names_the_figures(session: Session, office: Office, quarter: Quarter):
    content = Content(figures={"given": Decimal(3), "done": Decimal(4)}, narrative=GOOD.narrative)
    report = written(session, office, quarter, content)
    with pytest.raises(InvalidFields) as refusal:
        reports.submit(session, report, by=office.commune_clerk, at=NOW)
    assert refusal.value.fields == {
        "done": "Số hoàn thành không thể nhiều hơn số được giao. Hiện là 4 so với 3."
    }


def test_a_warning_asks_for_a_comment_and_is_content_with_one(
    session: Session, office: Office, quarter: Quarter
):
    many = Content(figures={**GOOD.figures, "meetings": Decimal(40)}, narrative=GOOD.narrative)
    report = written(session, office, quarter, many)
    with pytest.raises(InvalidFields):
        reports.submit(session, report, by=office.commune_clerk, at=NOW)
    explained = Content(figures=many.figures, narrative=many.narrative, notes={"meetings": "Đại hội chi bộ."})
    reports.write(session, report, content=explained, by=office.commune_clerk, at=NOW)
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    assert report.state is ReportState.SUBMITTED


def test_a_nil_return_is_submitted_without_figures(session: Session, office: Office, quarter: Quarter):
    report = written(session, office, quarter, Content(nil=True))
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    assert (report.nil, report.state) == (True, ReportState.SUBMITTED)


def test_submitting_locks_the_report(session: Session, office: Office, quarter: Quarter):
    report = submitted(session, office, quarter)
    with pytest.raises(Conflict):
        reports.write(session, report, content=GOOD, by=office.commune_clerk, at=NOW)
    with pytest.raises(Conflict):
        reports.submit(session, report, by=office.commune_clerk, at=NOW)


def test_two_who_accept_at_once_are_told_apart(session: Session, office: Office, quarter: Quarter):
    report = submitted(session, office, quarter)
    reports.accept(session, report, by=office.clerk, at=NOW)
    with pytest.raises(Conflict):
        reports.accept(session, report, by=office.leader, at=NOW)
    assert report.accepted_by is office.clerk


def test_a_return_needs_a_reason(session: Session, office: Office, quarter: Quarter):
    report = submitted(session, office, quarter)
    with pytest.raises(InvalidFields):
        reports.return_(session, report, reason="  ", by=office.clerk, at=NOW)
    assert report.state is ReportState.SUBMITTED


def test_a_resubmission_shows_only_what_changed(session: Session, office: Office, quarter: Quarter):
    report = submitted(session, office, quarter)
    reports.return_(session, report, reason="", cells=[("done", "Thiếu 2 việc.")], by=office.clerk, at=NOW)
    better = Content(figures={**GOOD.figures, "done": Decimal(11)}, narrative=GOOD.narrative)
    reports.write(session, report, content=better, by=office.commune_clerk, at=NOW)
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    form = regimes.forms.read(quarter.fourth.form_version.definition)
    before, after = (Content.read(edition.content) for edition in report.editions)
    assert [(c.cell, c.before, c.after) for c in reports.changes(form, before, after)] == [
        ("done", "9", "11")
    ]


def test_a_return_keeps_the_day_it_was_first_handed_in(session: Session, office: Office, quarter: Quarter):
    report = submitted(session, office, quarter)
    reports.return_(session, report, reason="Bổ sung.", by=office.clerk, at=NOW)
    reports.submit(session, report, by=office.commune_clerk, at=NOW + timedelta(days=1))
    assert report.submitted_on == date(2026, 11, 16)


def test_the_head_signs_off_where_the_unit_asks_for_it(session: Session, office: Office, quarter: Quarter):
    quarter.fourth.unit.needs_sign_off = True
    report = written(session, office, quarter)
    with pytest.raises(Refused):
        reports.submit(session, report, by=office.commune_clerk, at=NOW)
    with pytest.raises(NotAllowed):
        reports.sign_off(session, report, by=office.commune_clerk, at=NOW)


def test_another_unit_may_neither_read_nor_write(session: Session, office: Office, quarter: Quarter):
    report = written(session, office, quarter)
    day = date(2026, 11, 16)
    assert not allows(office.other_clerk, reports.MOVES[ReportMove.SUBMIT].permission, report, on=day)
    mine = select(func.count()).where(reports.visible_to(office.other_clerk, on=day))
    assert session.scalar(mine) == 0


def test_a_form_closes_at_midnight_after_its_last_day(session: Session, office: Office, quarter: Quarter):
    assert quarter.third.locked_after is not None
    closing = end_of_day(quarter.third.locked_after)
    report = reports.begin(session, quarter.third, by=office.commune_clerk, at=closing - timedelta(seconds=1))
    with pytest.raises(Refused) as refusal:
        reports.write(session, report, content=GOOD, by=office.commune_clerk, at=closing)
    assert "Biểu đã khoá" in str(refusal.value)


def test_a_locked_form_is_opened_again_for_one_unit(session: Session, office: Office, quarter: Quarter):
    regimes.reopen(
        session, quarter.third, until=date(2026, 11, 20), reason="Mất điện.", by=office.clerk, at=NOW
    )
    report = reports.begin(session, quarter.third, by=office.commune_clerk, at=NOW)
    reports.write(session, report, content=GOOD, by=office.commune_clerk, at=NOW)
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    assert report.state is ReportState.SUBMITTED


def test_whoever_began_from_an_older_state_is_told_and_nothing_is_overwritten(
    session: Session, office: Office, quarter: Quarter
):
    report = written(session, office, quarter)
    seen = report.version
    later = NOW + timedelta(minutes=1)
    more = replace(GOOD, notes={"done": "Đã đối chiếu."})
    reports.write(session, report, content=more, version=seen, by=office.commune_clerk, at=later)
    session.flush()
    with pytest.raises(Conflict):
        reports.write(session, report, content=Content(), version=seen, by=office.commune_clerk, at=NOW)
    assert session.scalar(select(func.count()).select_from(Figure)) == 3


def test_the_head_is_asked_and_a_change_asks_again(session: Session, office: Office, quarter: Quarter):
    report = written(session, office, quarter)
    reports.propose(session, report, by=office.commune_clerk, at=NOW)
    reports.write(session, report, content=GOOD, by=office.commune_clerk, at=NOW)
    assert report.state is ReportState.PROPOSED
    changed = replace(GOOD, notes={"done": "Đã đối chiếu."})
    reports.write(session, report, content=changed, by=office.commune_clerk, at=NOW)
    assert report.state is ReportState.DRAFT


def test_an_incomplete_report_is_not_laid_before_the_head(session: Session, office: Office, quarter: Quarter):
    report = written(session, office, quarter, Content(figures={"given": Decimal(1)}))
    with pytest.raises(InvalidFields):
        reports.propose(session, report, by=office.commune_clerk, at=NOW)
    assert report.state is ReportState.DRAFT


def test_figures_typed_before_a_nil_return_do_not_stay(session: Session, office: Office, quarter: Quarter):
    report = written(session, office, quarter, replace(GOOD, nil=True))
    assert reports.figures_of(session, report) == GOOD.figures
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    assert reports.content_of(session, report) == Content(nil=True)
    assert Content.read(report.editions[0].content) == Content(nil=True)
