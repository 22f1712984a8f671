"""Answering a form that reckons, hides, asks and takes files; where a figure comes from; the unusual."""

from io import BytesIO
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import (
    CLERK,
    COMMUNE_CLERK,
    OFFICE,
    OTHER_CLERK,
    address,
    work_in,
)
from webapp.runtime import calendar, now, today
from workflows import regimes
from workflows.calendar import Cadence, DueKind
from workflows.organisations import Unit
from workflows.people import Person
from workflows.regimes import Obligation, Selection, Terms
from workflows.reports import Report

JSON = {"Accept": "application/json"}
PDF = b"%PDF-1.7\n%%EOF\n"
FORM = {
    "title": "Hội nghị",
    "outliers": {"least": 3},
    "sections": [
        {
            "title": "I",
            "parts": [
                {"code": "given", "label": "Được giao", "kind": "number", "required": True},
                {"code": "done", "label": "Hoàn thành", "kind": "number"},
                {"code": "rate", "label": "Tỷ lệ", "kind": "number", "formula": "done / given * 100"},
                {"code": "held", "label": "Có họp", "kind": "choice", "choices": ["Có", "Không"]},
                {
                    "code": "meetings",
                    "label": "Số cuộc",
                    "kind": "number",
                    "required": True,
                    "when": {"cell": "held", "sign": "=", "value": "Có"},
                },
                {"code": "list", "label": "Danh sách", "kind": "file", "required": True},
            ],
        }
    ],
}
QUERIES_OF_A_CELL, QUERIES_OF_THE_UNUSUAL = 16, 14
_numbers = count(1)


@pytest.fixture
def commune(working_app: Flask) -> FlaskClient:
    """The browser of the commune's clerk."""
    return sign_in(working_app, COMMUNE_CLERK)


@pytest.fixture
def owed(working_app: Flask) -> list[str]:
    """The addresses of what the commune owes by month, oldest first."""
    with work_in(working_app) as session:
        clerk, office = session.get_one(Person, CLERK), session.get_one(Unit, OFFICE)
        version = regimes.publish_form(
            session, office, code=f"fields-{next(_numbers)}", definition=FORM, by=clerk, at=now()
        )
        month = today().year * 12 + today().month - 5
        terms = Terms(
            name="Hội nghị",
            cadence=Cadence.MONTHLY,
            due_kind=DueKind.DAY_AFTER_PERIOD,
            due_number=5,
            selection=Selection(units=("DU-AB",)),
            starts_on=today().replace(day=1, year=month // 12, month=month % 12 + 1),
        )
        regime = regimes.establish(session, office, terms=terms, form_version=version, by=clerk, at=now())
        session.flush()
        regimes.generate_for(session, regime, on=today(), calendar=calendar())
        wanted = select(Obligation).where(Obligation.regime_id == regime.id).order_by(Obligation.last_day)
        return [address(one.period, one.id) for one in session.scalars(wanted)]


def report_at(app: Flask, page: str) -> Report:
    with work_in(app) as session:
        return session.scalars(select(Report).where(Report.obligation_id == int(page.split("/")[-1]))).one()


def saved(commune: FlaskClient, page: str, version: int = 0, **said: str) -> dict:
    sent = {"version": str(version), **{name.replace("__", ":"): text for name, text in said.items()}}
    return commune.post(page, data=sent, headers=JSON).json


def handed_in(commune: FlaskClient, page: str, given: int) -> None:
    sent = {"version": "0", "number:given": str(given), "number:done": str(given)}
    sent |= {"file:list": (BytesIO(PDF), "ds.pdf"), "act": "submit"}
    assert commune.post(page, data=sent).status_code == 302


def test_calculated_cells_are_reckoned_by_the_server_whatever_is_sent(
    working_app: Flask, commune: FlaskClient, owed: list[str]
):
    first = saved(commune, owed[0], number__given="8", number__done="2", number__rate="99")
    assert ">25</output>" in commune.get(owed[0]).text
    saved(commune, owed[0], first["fields"]["version"], number__given="0", number__done="2")
    assert "Tỷ lệ: chưa tính được vì phép chia có số chia bằng 0" in commune.get(owed[0]).text


def test_what_does_not_apply_is_kept_but_not_counted(
    working_app: Flask, commune: FlaskClient, owed: list[str]
):
    said = saved(commune, owed[0], number__given="8", words__held="Có", number__meetings="3")
    version = said["fields"]["version"]
    saved(commune, owed[0], version, number__given="8", words__held="Không", number__meetings="3")
    assert report_at(working_app, owed[0]).set_aside == {"meetings": "3"}
    page = commune.get(owed[0]).text
    assert 'data-shown-by="meetings" hidden' in page
    assert 'name="number:meetings" value="3"' in page


def test_a_file_is_asked_for_sent_taken_away_and_kept_with_the_edition(
    working_app: Flask, commune: FlaskClient, owed: list[str]
):
    sent = {"version": "0", "number:given": "8", "number:done": "8"}
    refused = commune.post(owed[0], data={**sent, "act": "submit"})
    assert "Danh sách: chưa có tệp" in refused.text
    wrong = commune.post(owed[0], data={**sent, "file:list": (BytesIO(b"MZ"), "x.exe")})
    assert (wrong.status_code, "Danh sách: " in wrong.text) == (422, True)
    kept = {**sent, "version": "1", "file:list": (BytesIO(PDF), "ds.pdf")}
    assert commune.post(owed[0], data=kept).status_code == 302
    page = commune.get(owed[0]).text
    assert ("ds.pdf" in page, page.count("ds.pdf")) == (True, 2)
    report = report_at(working_app, owed[0])
    handed = commune.post(owed[0], data={**sent, "version": str(report.version), "act": "submit"})
    assert handed.status_code == 302
    with work_in(working_app) as session:
        edition = session.get_one(Report, report.id).editions[0]
        assert edition.content["narrative"] == {"list": "ds.pdf"}
        assert [file["name"] for file in edition.content["files"]] == ["ds.pdf"]


def test_an_unwanted_file_goes(working_app: Flask, commune: FlaskClient, owed: list[str]):
    commune.post(owed[0], data={"version": "0", "file:list": (BytesIO(PDF), "ds.pdf")})
    page = commune.get(owed[0]).text
    button = page.split('name="drop-file" value="')[1].split('"')[0]
    version = report_at(working_app, owed[0]).version
    assert commune.post(owed[0], data={"version": str(version), "drop-file": button}).status_code == 302
    assert "ds.pdf" not in commune.get(owed[0]).text.split('id="history"')[0]


def test_an_unusual_figure_is_asked_about_while_typing_and_when_handing_in(
    working_app: Flask, commune: FlaskClient, owed: list[str]
):
    for page in owed[:-1]:
        handed_in(commune, page, 100)
    last = owed[-1]
    said = saved(commune, last, number__given="900", number__done="100")
    assert "thường từ 90 đến 110 (4 kỳ gần nhất)" in said["questions"]["given"]
    assert 'name="confirm:given"' in commune.get(last).text
    sent = {"version": str(said["fields"]["version"]), "number:given": "900", "number:done": "100"}
    sent |= {"file:list": (BytesIO(PDF), "ds.pdf"), "act": "submit"}
    refused = commune.post(last, data=sent)
    assert (refused.status_code, "Được giao: khác thường" in refused.text) == (422, True)
    confirmed = {"confirm:given": "1", "act": "submit"}
    version = report_at(working_app, last).version
    sure = commune.post(last, data={**sent, "file:list": "", **confirmed, "version": str(version)})
    assert sure.status_code == 302
    clerk, regime = sign_in(working_app, CLERK), regime_of(working_app, last)
    with counted_queries(working_app) as statements:
        listed = clerk.get(f"/reports/unusual/{regime}?period={last.split('/')[2]}")
    assert "Đã kiểm tra lại, số liệu đúng." in listed.text
    assert len(statements) <= QUERIES_OF_THE_UNUSUAL
    assert sign_in(working_app, OTHER_CLERK).get(f"/reports/unusual/{regime}").status_code == 404


def regime_of(app: Flask, page: str) -> int:
    with work_in(app) as session:
        return session.get_one(Obligation, int(page.split("/")[-1])).regime_id


def test_a_cell_has_a_page_for_those_who_read_the_report(
    working_app: Flask, commune: FlaskClient, owed: list[str]
):
    for page, figure in zip(owed[:2], (7, 8), strict=True):
        handed_in(commune, page, figure)
    with counted_queries(working_app) as statements:
        page = commune.get(f"{owed[1]}/cells/given").text
    assert ("<strong>8</strong>" in page, ">7<" in page, "Ngô Văn Ích" in page) == (True, True, True)
    assert len(statements) <= QUERIES_OF_A_CELL
    assert commune.get(f"{owed[1]}/cells/nothing").status_code == 404
    assert sign_in(working_app, OTHER_CLERK).get(f"{owed[1]}/cells/given").status_code == 404
    assert f"{owed[1]}/cells/given" in commune.get(owed[1]).text
