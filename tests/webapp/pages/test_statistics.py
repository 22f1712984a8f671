"""The page of statistics: totals, rates against targets, what each sees, what changed since publishing."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import CLERK, COMMUNE_CLERK, INSPECTOR, LEADER, OFFICE, OTHER_CLERK, work_in
from tests.workflows.statistics.test_queries import SOURCE, figures
from webapp.runtime import calendar, now, today
from workflows import regimes, reports, statistics
from workflows.calendar import Cadence, DueKind
from workflows.organisations import Unit
from workflows.people import Person
from workflows.regimes import Obligation, Regime, Selection, Terms
from workflows.reports import Content, Report
from workflows.statistics import member_form

QUERIES = 22
FIRST, SECOND = "2024-H1", "2024-H2"
PEOPLE = {5: COMMUNE_CLERK, 6: OTHER_CLERK}


@pytest.fixture(scope="module")
def app(working_app: Flask) -> Flask:
    """Two periods of member statistics of two communes' youth unions, accepted; a target of 60 % for all."""
    with work_in(working_app) as session:
        clerk, office = session.get_one(Person, CLERK), session.get_one(Unit, OFFICE)
        for unit_id in PEOPLE:
            session.get_one(Unit, unit_id).organisation = "youth"
        version = regimes.publish_form(
            session, office, code=member_form.CODE, definition=member_form.definition(), by=clerk, at=now()
        )
        terms = Terms(
            name="Thống kê đoàn viên",
            cadence=Cadence.HALF_YEARLY,
            due_kind=DueKind.DAY_AFTER_PERIOD,
            due_number=20,
            selection=Selection(organisations=("youth",)),
            starts_on=date(2024, 1, 1),
            ends_on=date(2024, 12, 31),
        )
        regime = regimes.establish(session, office, terms=terms, form_version=version, by=clerk, at=now())
        statistics.set_target(
            session,
            office,
            organisation="",
            share=Decimal("0.6"),
            valid_from=date(2024, 1, 1),
            source="15-CT/TU",
            by=clerk,
            at=now(),
        )
        session.flush()
        regimes.generate_for(session, regime, on=today(), calendar=calendar())
    for unit_id in PEOPLE:
        handed_in(working_app, unit_id, FIRST)
        handed_in(working_app, unit_id, SECOND, opening=107, closing=114)
    return working_app


def handed_in(app: Flask, unit_id: int, period: str, **changes: int) -> None:
    """A return of a unit, accepted."""
    with work_in(app) as session:
        by, clerk = session.get_one(Person, PEOPLE[unit_id]), session.get_one(Person, CLERK)
        owed = select(Obligation).where(Obligation.unit_id == unit_id, Obligation.period == period)
        report = reports.begin(session, session.scalars(owed).one(), by=by, at=now())
        content = Content(figures=figures(**changes), narrative=SOURCE)
        reports.write(session, report, content=content, by=by, at=now())
        reports.submit(session, report, by=by, at=now())
        reports.accept(session, report, by=clerk, at=now())


def row_of(page: str, name: str) -> list[str]:
    """The cells of a line of the table, as text."""
    body = page[page.index("<tbody>") : page.index("</table>")]
    row = next(row for row in body.split("<tr>") if name in row)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]


def test_totals_rates_target_and_growth_stand_on_one_line(app: Flask):
    page = sign_in(app, CLERK).get(f"/statistics/?period={SECOND}").text
    youth = row_of(page, "Đoàn Thanh niên")
    assert youth[:4] == ["Đoàn Thanh niên", "57,0 %", "-3,0", "400"]
    assert "228" in youth
    assert youth[youth.index("228") + 1] == "+14"
    assert youth[-1] == "2/2"
    assert "15-CT/TU" in page


def test_the_page_opens_on_the_newest_period_that_closed(app: Flask):
    assert "6 tháng cuối năm 2024" in sign_in(app, CLERK).get("/statistics/").text


def test_a_unit_leads_to_its_return(app: Flask):
    clerk = sign_in(app, CLERK)
    page = clerk.get("/statistics/?organisation=youth").text
    link = re.search(r'<th scope="row"><a href="(/reports/[^"]+)">Đảng uỷ xã An Bình</a>', page)
    assert link is not None
    assert clerk.get(link.group(1)).status_code == 200


@pytest.mark.parametrize(("person", "units"), [(CLERK, 2), (LEADER, 2), (INSPECTOR, 2), (COMMUNE_CLERK, 1)])
def test_everybody_sees_their_own_branch(app: Flask, person: int, units: int):
    page = sign_in(app, person).get("/statistics/?organisation=youth").text
    assert page.count('<th scope="row"><a href="/reports/') == units
    assert row_of(sign_in(app, person).get("/statistics/").text, "Đoàn Thanh niên")[-1] == f"{units}/{units}"


def test_a_unit_is_not_told_the_totals_of_the_province(app: Flask):
    sign_in(app, LEADER).post(f"/statistics/{regime_of(app)}/publish/{SECOND}")
    assert "Công bố lần" in sign_in(app, CLERK).get("/statistics/").text
    assert "Công bố lần" not in sign_in(app, COMMUNE_CLERK).get("/statistics/").text


def regime_of(app: Flask) -> int:
    with work_in(app) as session:
        return session.scalars(select(Regime.id)).one()


def test_a_correction_after_publishing_is_shown_as_a_difference(app: Flask):
    clerk = sign_in(app, CLERK)
    sign_in(app, LEADER).post(f"/statistics/{regime_of(app)}/publish/{FIRST}")
    assert "Điều chỉnh sau công bố" not in clerk.get(f"/statistics/?period={FIRST}").text
    with work_in(app) as session:
        owed = select(Obligation.id).where(Obligation.unit_id == 6, Obligation.period == FIRST)
        report = session.scalars(select(Report).where(Report.obligation_id.in_(owed))).one()
        reports.reopen(session, report, reason="Sai số nữ.", by=session.get_one(Person, CLERK), at=now())
    handed_in(app, 6, FIRST, female=45)
    page = clerk.get(f"/statistics/?period={FIRST}").text
    section = page[page.index("Điều chỉnh sau công bố") :]
    assert re.findall(r'<td class="figure"[^>]*>([^<]+)</td>', section)[:3] == ["100", "95", "-5"]
    again = sign_in(app, LEADER).post(f"/statistics/{regime_of(app)}/publish/{FIRST}")
    assert again.status_code == 302
    assert "Công bố lần 2" in clerk.get(f"/statistics/?period={FIRST}").text


def test_publishing_is_the_leaders_and_of_known_periods(app: Flask):
    regime = regime_of(app)
    assert sign_in(app, CLERK).post(f"/statistics/{regime}/publish/{FIRST}").status_code == 404
    assert sign_in(app, LEADER).post(f"/statistics/{regime}/publish/2019-H1").status_code == 404


def test_the_table_is_taken_away_as_a_sheet(app: Flask):
    answer = sign_in(app, CLERK).get("/statistics/?organisation=youth&format=xlsx", buffered=True)
    assert f"thong-ke-youth-{SECOND}.xlsx" in answer.headers["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[-2:]] == ["Đảng uỷ xã An Bình", "Đảng uỷ xã Bình Thạnh"]
    assert rows[-1][-1] == 7


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"percent": "0"}, "Tỷ lệ là số từ 1 đến 100."),
        ({"percent": "sáu mươi"}, "Chưa đúng dạng số."),
        ({"source": ""}, "Ghi văn bản giao chỉ tiêu."),
        ({"valid_from": "01/01/2024", "organisation": ""}, "Đã có chỉ tiêu áp dụng từ ngày này."),
    ],
)
def test_a_target_that_cannot_be_is_refused_and_kept(app: Flask, said: dict[str, str], sentence: str):
    target = {
        "organisation": "youth",
        "percent": "65",
        "valid_from": "01/07/2024",
        "source": "20-CT/TU",
        **said,
    }
    refused = sign_in(app, CLERK).post("/statistics/targets/new", data=target)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert f'value="{target["source"]}"' in refused.text


@pytest.mark.parametrize("arguments", ["regime=x", "period=2099-H9", "organisation=nobody", "period=%2527"])
def test_nothing_in_the_address_makes_the_page_fail(app: Flask, arguments: str):
    assert sign_in(app, CLERK).get(f"/statistics/?{arguments}").status_code == 200


def test_the_budget_holds(app: Flask):
    clerk = sign_in(app, CLERK)
    for path in (f"/statistics/?period={SECOND}", "/statistics/?organisation=youth"):
        with counted_queries(app) as statements:
            assert clerk.get(path).status_code == 200
        assert len(statements) <= QUERIES
