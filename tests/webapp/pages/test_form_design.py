"""Forms are designed by ordinary posts: cards open, change, move; publishing names what is lacking."""

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import CLERK, COMMUNE_CLERK, INSPECTOR, work_in
from workflows.regimes import FormState, FormVersion

QUERIES_OF_THE_DESIGNER = 12
JSON = {"Accept": "application/json"}


@pytest.fixture
def clerk(working_app: Flask) -> FlaskClient:
    """The office clerk's browser."""
    return sign_in(working_app, CLERK)


@pytest.fixture
def draft(clerk: FlaskClient) -> str:
    """The address of a new draft."""
    begun = clerk.post("/report-forms/begin", data={"title": "Biểu thử Đôn đốc", "of": "0"})
    assert begun.status_code == 302
    return begun.headers["Location"]


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    return found.group(1)


def post(clerk: FlaskClient, draft: str, place: str = "form", **said: object):
    """An act at the desk, begun from the newest version."""
    version = version_on(clerk.get(draft).text)
    return clerk.post(f"{draft}/{place}", data={"version": version, **said})


def kept(app: Flask, draft: str) -> FormVersion:
    with work_in(app) as session:
        return session.get_one(FormVersion, int(draft.split("/")[2]))


def with_a_number(clerk: FlaskClient, draft: str) -> None:
    assert post(clerk, draft, do="add-part phan_1 number").status_code == 302
    assert post(clerk, draft, "part:so_1", card="1", label="Số cuộc họp", required="1").status_code == 302


def test_a_form_is_made_without_a_script_and_published(working_app: Flask, clerk: FlaskClient, draft: str):
    with_a_number(clerk, draft)
    added = post(clerk, draft, do="add-part phan_1 calculated")
    assert added.headers["Location"].endswith("/design/part:tinh_1#open")
    post(clerk, draft, "part:tinh_1", card="1", label="Gấp đôi", formula="[Số cuộc họp] × 2")
    page = post(clerk, draft, do="publish")
    assert "Đã ban hành biểu" in clerk.get(page.headers["Location"]).text
    version = kept(working_app, draft)
    assert (version.state, version.number) == (FormState.PUBLISHED, 1)
    assert version.definition["sections"][0]["parts"][1]["formula"] == "so_1 * 2"


def test_what_is_lacking_is_named_with_its_card_and_nothing_is_published(
    working_app: Flask, clerk: FlaskClient, draft: str
):
    refused = post(clerk, draft, do="publish")
    assert refused.status_code == 422
    assert "Biểu chưa có ô nào" in refused.text
    with_a_number(clerk, draft)
    post(clerk, draft, do="add-part phan_1 calculated")
    refused = post(clerk, draft, "part:tinh_1", card="1", label="Tỷ lệ", formula="[Không có]", do="publish")
    assert "nhắc tới ô không có trong biểu: Không có" in refused.text
    assert "design/part:tinh_1#open" in refused.text
    version = kept(working_app, draft)
    assert version.state is FormState.DRAFT
    assert version.definition["sections"][0]["parts"][1]["label"] == "Tỷ lệ"


def test_a_circle_is_named_while_it_is_drawn(clerk: FlaskClient, draft: str):
    for _ in range(2):
        post(clerk, draft, do="add-part phan_1 calculated")
    post(clerk, draft, "part:tinh_1", card="1", label="Một", formula="1 + 1")
    post(clerk, draft, "part:tinh_2", card="1", label="Hai", formula="[Một]")
    post(clerk, draft, "part:tinh_1", card="1", label="Một", formula="[Hai]")
    assert "phụ thuộc vòng quanh" in clerk.get(draft).text


def test_a_grid_is_typed_and_pasted(working_app: Flask, clerk: FlaskClient, draft: str):
    post(clerk, draft, do="add-part phan_1 grid")
    said = {"rows": "Nữ\t5\r\nNam\t6", "columns": "Đầu kỳ\tCuối kỳ", "formula-columns:c2": "[Đầu kỳ] + 1"}
    post(clerk, draft, "part:bang_1", card="1", label="Hội viên", **said)
    grid = kept(working_app, draft).definition["sections"][0]["parts"][0]
    assert [row["label"] for row in grid["rows"]] == ["Nữ", "Nam"]
    assert [column["label"] for column in grid["columns"]] == ["Đầu kỳ", "Cuối kỳ"]
    page = clerk.get(f"{draft}/part:bang_1").text
    assert "Hội viên" in page
    greyed = {**said, "grey": "bang_1.h1.c1", "formula-columns:c2": ""}
    post(clerk, draft, "part:bang_1", card="1", label="Hội viên", **greyed)
    assert kept(working_app, draft).definition["sections"][0]["parts"][0]["greyed"] == ["bang_1.h1.c1"]


def test_cards_move_copy_and_go(working_app: Flask, clerk: FlaskClient, draft: str):
    for kind in ("number", "date"):
        post(clerk, draft, do=f"add-part phan_1 {kind}")
    for act in ("up part:ngay_1", "copy part:so_1", "remove part:ngay_1", "add-section", "add-rule"):
        assert post(clerk, draft, do=act).status_code == 302
    definition = kept(working_app, draft).definition
    assert [part["code"] for part in definition["sections"][0]["parts"]] == ["so_1", "so_2"]
    assert len(definition["sections"]) == 2
    assert post(clerk, draft, do="remove part:ngay_1").status_code == 422
    assert post(clerk, draft, do="add-part phan_1 picture").status_code == 422


def test_autosave_keeps_the_card_and_counts_versions(clerk: FlaskClient, draft: str):
    with_a_number(clerk, draft)
    version = version_on(clerk.get(draft).text)
    said = {"version": version, "card": "1", "label": "Số hội nghị", "minimum": "nhiều"}
    saved = clerk.post(f"{draft}/part:so_1", data=said, headers=JSON)
    assert saved.json["fields"]["version"] == int(version) + 1
    assert "“nhiều” không phải là số" in saved.json["here"][0]
    assert clerk.post(f"{draft}/part:so_1", data=said, headers=JSON).status_code == 409


def test_a_form_is_tried_with_its_checks_and_nothing_is_kept(clerk: FlaskClient, draft: str):
    with_a_number(clerk, draft)
    trial = draft.replace("/design", "/try")
    assert "Số cuộc họp" in clerk.get(trial).text
    assert "Số cuộc họp: thiếu số liệu" in clerk.post(trial).text
    assert "thì nộp được" in clerk.post(trial, data={"number:so_1": "3"}).text


def test_the_next_version_is_drafted_once_compared_and_thrown_away(
    working_app: Flask, clerk: FlaskClient, draft: str
):
    with_a_number(clerk, draft)
    post(clerk, draft, do="publish")
    published = draft.replace("/design", "")
    second = clerk.post(f"{published}/draft").headers["Location"]
    assert clerk.post(f"{published}/draft").headers["Location"] == second
    post(clerk, second, "part:so_1", card="1", label="Số hội nghị")
    compared = clerk.get(second.replace("/design", "/compare")).text
    assert ("Số cuộc họp" in compared, "Số hội nghị" in compared) == (True, True)
    assert clerk.post(f"{published}/discard").status_code == 409
    assert clerk.post(second.replace("/design", "/discard")).status_code == 302
    assert clerk.get(second).status_code == 404


def test_a_form_is_copied_under_another_name(clerk: FlaskClient, draft: str):
    with_a_number(clerk, draft)
    post(clerk, draft, do="publish")
    source = draft.split("/")[2]
    copied = clerk.post("/report-forms/begin", data={"title": "Biểu chép", "of": source})
    assert "Số cuộc họp" in clerk.get(copied.headers["Location"]).text


def test_only_those_who_manage_forms_see_the_desk(working_app: Flask, draft: str):
    for person in (COMMUNE_CLERK, INSPECTOR):
        browser = sign_in(working_app, person)
        assert browser.get(draft).status_code == 404
        assert browser.post(f"{draft}/form", data={"do": "publish"}).status_code == 404
    assert sign_in(working_app, COMMUNE_CLERK).get(draft.replace("/design", "/try")).status_code == 404


def test_a_published_version_is_not_changed(working_app: Flask, clerk: FlaskClient, draft: str):
    with_a_number(clerk, draft)
    version = version_on(clerk.get(draft).text)
    post(clerk, draft, do="publish")
    late = clerk.post(f"{draft}/part:so_1", data={"version": version, "card": "1", "label": "Sửa"})
    assert late.status_code == 409
    assert "Sửa" not in str(kept(working_app, draft).definition)


def test_a_single_cell_of_a_grid_gets_a_formula_and_loses_it(
    working_app: Flask, clerk: FlaskClient, draft: str
):
    post(clerk, draft, do="add-part phan_1 grid")
    grid = {"card": "1", "label": "Bảng", "rows": "Giao\nXong", "columns": "Số\nTỷ lệ"}
    own = {"new-cell": "bang_1.h2.c2", "formula-new-cell": "[Bảng: Xong – Số] ÷ [Bảng: Giao – Số]"}
    post(clerk, draft, "part:bang_1", **grid)
    post(clerk, draft, "part:bang_1", **grid, **own)
    card = kept(working_app, draft).definition["sections"][0]["parts"][0]
    assert card["cell_formulas"] == {"bang_1.h2.c2": "bang_1.h2.c1 / bang_1.h1.c1"}
    assert "[Bảng: Xong – Số] ÷ [Bảng: Giao – Số]" in clerk.get(f"{draft}/part:bang_1").text
    post(clerk, draft, "part:bang_1", **grid, **{"formula-cells:bang_1.h2.c2": ""})
    assert "cell_formulas" not in kept(working_app, draft).definition["sections"][0]["parts"][0]


def test_a_hostile_file_is_refused_by_its_place(clerk: FlaskClient):
    text = b'{"title": "A", "sections": [{"title": "\\ud800", "parts": []}]}'
    sent = {"code": "bieu-la", "definition": "", "file": (BytesIO(text), "bieu.json")}
    refused = clerk.post("/report-forms/new", data=sent)
    assert refused.status_code == 422
    assert "sections › 1 › title" in refused.text


def test_the_budget_of_the_designer_holds(working_app: Flask, clerk: FlaskClient, draft: str):
    with_a_number(clerk, draft)
    with counted_queries(working_app) as statements:
        assert clerk.get(f"{draft}/part:so_1").status_code == 200
    assert len(statements) <= QUERIES_OF_THE_DESIGNER


def test_forms_that_were_designed_stand_in_the_list(working_app: Flask, clerk: FlaskClient, draft: str):
    assert draft in clerk.get("/report-forms/?size=200").text
    with work_in(working_app) as session:
        assert session.scalars(
            select(FormVersion.code).where(FormVersion.code.like("bieu-thu-don-doc%"))
        ).all()
