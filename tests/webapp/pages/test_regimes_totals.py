"""What a period comes to: figures down the tree to the cell, words with their unit, the missing by name."""

from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import (
    AGENCY_CLERK,
    CLERK,
    COMMUNE,
    COMMUNE_CLERK,
    LEADER,
    OTHER_CLERK,
    OTHER_COMMUNE,
    given_obligations,
    work_in,
)
from webapp.pages import regimes_totals
from webapp.runtime import now
from workflows import reports
from workflows.people import Person
from workflows.regimes import Obligation
from workflows.reports import Content

QUERIES_OF_TOTALS = 20
ANSWERS = {
    COMMUNE: (COMMUNE_CLERK, 12, 9, "Đã quán triệt ở An Bình."),
    OTHER_COMMUNE: (OTHER_CLERK, 8, 1, "Mới họp chi bộ."),
}


@pytest.fixture
def totals(working_app: Flask) -> str:
    """The totals of a month that two of three communes answered, one of them twelve given and nine done."""
    owed = given_obligations(working_app, units=("DU-AB", "DU-BT", "DU-CL"))
    with work_in(working_app) as session:
        clerk = session.get_one(Person, CLERK)
        known = {(one := session.get_one(Obligation, id_)).unit_id: one for _, id_ in owed}
        for unit, (by, given, done, words) in ANSWERS.items():
            person, obligation = session.get_one(Person, by), known[unit]
            report = reports.begin(session, obligation, by=person, at=now())
            figures = {"given": Decimal(given), "done": Decimal(done)}
            content = Content(figures=figures, narrative={"results": words})
            reports.write(session, report, content=content, by=person, at=now())
            reports.submit(session, report, by=person, at=now())
            reports.accept(session, report, by=clerk, at=now())
        regime = session.get_one(Obligation, owed[0][1]).regime_id
    return f"/regimes/{regime}/totals?period={owed[0][0]}"


def links(page: str, under: str) -> list[str]:
    return [
        part.split('"')[0].replace("&amp;", "&") for part in page.split('href="') if part.startswith(under)
    ]


def test_from_the_total_down_to_the_cell_and_its_author(working_app: Flask, totals: str):
    clerk = sign_in(working_app, CLERK)
    page = clerk.get(totals).text
    assert "<strong>20</strong>" in page
    assert "<strong>10</strong>" in page
    place = next(link for link in links(page, totals.split("?")[0] + "/") if "/given?" in link)
    while not place.startswith("/reports/"):
        table = clerk.get(place).text.partition("<tbody>")[2]
        place = [*links(table, totals.split("?")[0]), *links(table, "/reports/")][0]
    assert "Người nộp" in clerk.get(place).text


def test_words_stand_under_their_question_with_their_unit_and_the_missing_are_named(
    working_app: Flask, totals: str
):
    page = sign_in(working_app, CLERK).get(totals).text
    told, _, missing = page.partition('id="missing"')
    for *_, words in ANSWERS.values():
        assert words in told
    assert "Đảng uỷ xã An Bình" in told
    assert "Còn thiếu 1 đơn vị." in told
    assert "An Bình" not in missing


def test_of_many_only_the_first_are_shown_and_the_others_counted(
    working_app: Flask, totals: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(regimes_totals, "SAID_SHOWN", 1)
    monkeypatch.setattr(regimes_totals, "NAMED", 0)
    page = sign_in(working_app, CLERK).get(totals).text
    assert [words in page for *_, words in ANSWERS.values()].count(True) == 1
    assert "Xem cả 2 đơn vị" in page
    assert "Còn thiếu 1 đơn vị." in page
    assert "Xem cả 1 đơn vị" in page


def test_what_was_published_stays_and_a_correction_shows_beside_it(working_app: Flask, totals: str):
    address, _, query = totals.partition("?period=")
    leader = sign_in(working_app, LEADER)
    assert leader.post(f"{address}/{query}/publish").status_code == 302
    obligation_id = int(links(leader.get(totals).text, f"/reports/{query}/")[0].split("/")[3])
    with work_in(working_app) as session:
        report = reports.of_obligation(session, session.get_one(Obligation, obligation_id))
        reports.reopen(session, report, reason="nhầm", by=session.get_one(Person, CLERK), at=now())
    page = leader.get(totals).text
    assert "Điều chỉnh sau công bố" in page
    assert "Công bố lần 1" in page


def test_everybody_sees_the_totals_of_their_own_units_only(working_app: Flask, totals: str):
    page = sign_in(working_app, COMMUNE_CLERK).get(totals).text
    assert "<strong>12</strong>" in page
    assert "Mới họp chi bộ." not in page
    assert sign_in(working_app, AGENCY_CLERK).get(totals).status_code == 404


def test_only_whoever_may_publish_publishes(working_app: Flask, totals: str):
    address, _, query = totals.partition("?period=")
    assert sign_in(working_app, COMMUNE_CLERK).post(f"{address}/{query}/publish").status_code == 404


def test_the_totals_leave_as_a_sheet(working_app: Flask, totals: str):
    answer = sign_in(working_app, CLERK).get(totals + "&format=xlsx", buffered=True)
    assert answer.data.startswith(b"PK")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=tong-hop-")


def test_the_totals_cost_few_queries(working_app: Flask, totals: str):
    clerk: FlaskClient = sign_in(working_app, CLERK)
    clerk.get(totals)
    with counted_queries(working_app) as statements:
        clerk.get(totals)
    assert len(statements) <= QUERIES_OF_TOTALS, statements
