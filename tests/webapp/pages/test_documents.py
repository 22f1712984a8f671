"""Soạn thảo over HTTP: drafting, editing, moving, files, wordings, the check, batches."""

import io
from collections.abc import Iterator
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document as open_docx
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

import document_templates
from tests.support.apps import opened_app
from tests.support.databases import Databases
from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.workflows.documents.conftest import assign, new_directive
from tests.workflows.office import NOW, found_office
from webapp import work
from webapp.forms.facts import FactsSheet
from webapp.runtime import runtime
from workflows.documents import DocumentState, DrawnFile, OfficialDocument, register

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LIST_BUDGET = 12
RECORD_BUDGET = 24


@pytest.fixture
def app(databases: Databases, redis_url: str, tmp_path) -> Iterator[Flask]:
    """The office with a term, a directive and two late units; each test has its own."""
    with opened_app(tmp_path, database_url=databases.create(), redis_url=redis_url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), runtime().unit_of_work() as session:
            office = found_office(session)
            register.begin_term(
                session,
                office.province,
                name="2025–2030",
                starts_on=NOW.date().replace(year=2025),
                by=office.administrator,
                at=NOW,
            )
            directive = new_directive(session, office)
            for unit in (office.agency, office.communes[0]):
                assign(session, office, directive, unit, "Đối chiếu danh sách")
            app.config["PEOPLE"] = {person.username: person.id for person in office.people()}
            app.config["DIRECTIVE"], app.config["ISSUER"] = directive.id, office.office.id
        yield app


@pytest.fixture
def clerk(app: Flask) -> FlaskClient:
    """The clerk's browser."""
    return sign_in(app, app.config["PEOPLE"]["chuyenvien"])


@pytest.fixture
def leader(app: Flask) -> FlaskClient:
    """The leader's browser."""
    return sign_in(app, app.config["PEOPLE"]["lanhdao"])


@pytest.fixture
def letter(app: Flask, clerk: FlaskClient) -> int:
    """A reminder letter the clerk just drafted."""
    answer = clerk.post("/documents/new", data=wanted(app))
    assert answer.status_code == 302
    return int(answer.location.split("/")[-2])


def wanted(app: Flask, **more: object) -> dict[str, object]:
    """What is chosen to draft a reminder letter on the directive."""
    chosen = {
        "form": "reminder-letter",
        "issuer": app.config["ISSUER"],
        "directive": app.config["DIRECTIVE"],
        "collection": "",
    }
    return {**chosen, **more}


def stored(app: Flask, document_id: int) -> OfficialDocument:
    """The row as it is in the database now."""
    with app.app_context(), runtime().unit_of_work() as session:
        return session.get_one(OfficialDocument, document_id)


def issue(clerk: FlaskClient, leader: FlaskClient, document_id: int) -> None:
    """Take the draft to its number."""
    clerk.post(f"/documents/{document_id}/prepare")
    leader.post(f"/documents/{document_id}/sign-off")
    assert clerk.post(f"/documents/{document_id}/issue", data={}).status_code == 302


def test_drafting_fills_the_paper_from_the_records(clerk: FlaskClient, letter: int):
    page = clerk.get(f"/documents/{letter}/edit").get_data(as_text=True)
    assert "đôn đốc thực hiện Chỉ thị số 06-CT/TU" in page
    assert "Ban Tuyên giáo và Dân vận Tỉnh uỷ" in page
    assert 'value="09/11/2026"' in page


def test_an_impossible_choice_is_explained_and_kept(app: Flask, clerk: FlaskClient):
    answer = clerk.post("/documents/new", data=wanted(app, form="implementation-report", directive=0))
    assert answer.status_code == 422
    assert "Chọn văn bản chỉ đạo" in answer.get_data(as_text=True)
    assert clerk.get("/documents/").get_data(as_text=True).count("Chưa có văn bản nào") == 1


def facts_of(app: Flask, document_id: int) -> dict[str, str]:
    """What the editor of a document would send, unchanged."""
    document = stored(app, document_id)
    sheet = FactsSheet(document_templates.load_form(document.form).fields, dict(document.facts))
    typed = {control.name: control.value for control in sheet.controls()}
    return {**typed, "version": str(document.version), "signer_name": "Lê Văn Bách", "draft": "2"}


def test_saving_keeps_facts_signer_and_marks(app: Flask, clerk: FlaskClient, letter: int):
    typed = facts_of(app, letter) | {"facts.consequence": "Sẽ báo cáo cấp trên.", "urgency": "KHẨN"}
    assert clerk.post(f"/documents/{letter}/edit", data=typed).status_code == 302
    kept = stored(app, letter)
    assert kept.facts["consequence"] == "Sẽ báo cáo cấp trên."
    assert (kept.particulars["urgency"], kept.particulars["draft"]) == ("KHẨN", 2)
    assert kept.particulars["signatories"][0]["name"] == "Lê Văn Bách"


def test_autosave_answers_with_the_new_version(app: Flask, clerk: FlaskClient, letter: int):
    typed = facts_of(app, letter) | {"facts.consequence": "Một."}
    answer = clerk.post(f"/documents/{letter}/edit", data=typed, headers={"Accept": "application/json"})
    assert answer.json == {"fields": {"version": stored(app, letter).version}}
    refused = clerk.post(
        f"/documents/{letter}/edit",
        data=typed | {"facts.consequence": "Hai."},
        headers={"Accept": "application/json"},
    )
    assert refused.status_code == 422
    assert "người khác sửa" in refused.json["message"]
    assert stored(app, letter).facts["consequence"] == "Một."


def test_what_makes_no_sense_comes_back_as_typed(app: Flask, clerk: FlaskClient, letter: int):
    typed = facts_of(app, letter) | {"facts.deadline": "30/02/2026"}
    answer = clerk.post(f"/documents/{letter}/edit", data=typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Không có ngày 30/02/2026" in page
    assert 'value="30/02/2026"' in page


def test_lists_grow_and_shrink_without_scripts(app: Flask, clerk: FlaskClient, letter: int):
    clerk.post(f"/documents/{letter}/edit", data=facts_of(app, letter) | {"grow": "facts.units"})
    assert len(stored(app, letter).facts["units"]) == 3
    clerk.post(f"/documents/{letter}/edit", data=facts_of(app, letter) | {"shrink": "facts.units.2"})
    assert len(stored(app, letter).facts["units"]) == 2


def test_preparing_an_incomplete_paper_points_at_the_gaps(app: Flask, clerk: FlaskClient, letter: int):
    typed = facts_of(app, letter) | {"facts.deadline": "", "act": "prepare"}
    answer = clerk.post(f"/documents/{letter}/edit", data=typed, follow_redirects=True)
    page = answer.get_data(as_text=True)
    assert "Chưa trình được" in page
    assert 'href="#facts-deadline"' in page
    assert stored(app, letter).state is DocumentState.DRAFT
    lacking = clerk.get(f"/documents/{letter}/paper").get_data(as_text=True)
    assert "Thời hạn mới phải hoàn thành" in lacking
    assert "facts" not in lacking


def test_the_way_from_draft_to_reader(app: Flask, clerk: FlaskClient, leader: FlaskClient, letter: int):
    commune = sign_in(app, app.config["PEOPLE"]["xaanbinh"])
    assert commune.get(f"/documents/{letter}").status_code == 404
    issue(clerk, leader, letter)
    assert stored(app, letter).symbol == "01-CV/VPTU"
    assert commune.get(f"/documents/{letter}.pdf").status_code == 404
    clerk.post(f"/documents/{letter}/send")
    assert commune.get(f"/documents/{letter}").status_code == 200
    assert commune.get(f"/documents/{letter}.pdf").status_code == 200
    assert "01-CV/VPTU" in clerk.get("/registers/").get_data(as_text=True)


def test_the_leader_s_reason_reaches_the_drafter(
    app: Flask, clerk: FlaskClient, leader: FlaskClient, letter: int
):
    clerk.post(f"/documents/{letter}/prepare")
    refused = leader.post(f"/documents/{letter}/return", data={"reason": ""})
    assert refused.status_code == 422
    leader.post(f"/documents/{letter}/return", data={"reason": "Thiếu Đảng uỷ xã Bình Thạnh"})
    assert "Thiếu Đảng uỷ xã Bình Thạnh" in clerk.get(f"/documents/{letter}/edit").get_data(as_text=True)


@pytest.mark.parametrize("move", ["sign-off", "return", "revoke"])
def test_the_clerk_has_no_leader_s_moves(app: Flask, clerk: FlaskClient, letter: int, move: str):
    clerk.post(f"/documents/{letter}/prepare")
    answer = clerk.post(f"/documents/{letter}/{move}", data={"reason": "thử"})
    assert answer.status_code in (403, 422)
    assert stored(app, letter).state is DocumentState.PREPARED


def test_a_move_nobody_knows_is_not_found(clerk: FlaskClient, letter: int):
    assert clerk.post(f"/documents/{letter}/shred").status_code == 404


def test_files_open_and_bear_speaking_names(clerk: FlaskClient, leader: FlaskClient, letter: int):
    issue(clerk, leader, letter)
    word, pdf = (clerk.get(f"/documents/{letter}.{kind}") for kind in ("docx", "pdf"))
    assert "CV-01-VPTU-" in word.headers["Content-Disposition"]
    assert word.headers["Content-Disposition"].startswith("attachment")
    assert word.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in word.headers["Content-Security-Policy"]
    assert open_docx(io.BytesIO(word.data)).paragraphs
    assert len(pypdfium2.PdfDocument(pdf.data)) == 2


def test_a_worker_keeps_the_files_of_what_was_issued(
    app: Flask, clerk: FlaskClient, leader: FlaskClient, letter: int
):
    issue(clerk, leader, letter)
    drawn = clerk.get(f"/documents/{letter}.pdf").data
    with app.app_context():
        work.work_off()
        with runtime().unit_of_work() as session:
            assert {file.kind for file in session.scalars(select(DrawnFile))} == {"docx", "pdf"}
    assert clerk.get(f"/documents/{letter}.pdf").data == drawn


def test_the_paper_is_shown_page_by_page(clerk: FlaskClient, letter: int):
    page = clerk.get(f"/documents/{letter}/paper").get_data(as_text=True)
    assert page.count("<img") == 2
    picture = clerk.get(f"/documents/{letter}/pages/1.png")
    assert (picture.mimetype, picture.data[:4]) == ("image/png", b"\x89PNG")
    assert clerk.get(f"/documents/{letter}/pages/3.png").status_code == 404


def test_others_get_neither_page_nor_picture(app: Flask, letter: int):
    stranger = sign_in(app, app.config["PEOPLE"]["xaanbinh"])
    for address in ("", "/paper", "/pages/1.png", ".docx", "/edit"):
        assert stranger.get(f"/documents/{letter}{address}").status_code == 404


def test_a_replacement_begins_with_the_same_facts(
    app: Flask, clerk: FlaskClient, leader: FlaskClient, letter: int
):
    issue(clerk, leader, letter)
    answer = clerk.post(f"/documents/{letter}/replace")
    better = int(answer.location.split("/")[-2])
    assert stored(app, better).facts == stored(app, letter).facts
    assert stored(app, better).replaces_id == letter


def test_the_list_tells_apart_letters_of_one_subject(app: Flask, clerk: FlaskClient, letter: int):
    with app.app_context(), runtime().unit_of_work() as session:
        to = [unit.short_name for unit in session.get_one(OfficialDocument, letter).recipients]
    assert to[0] in clerk.get("/documents/").text


def test_the_list_keeps_its_budget(app: Flask, clerk: FlaskClient, letter: int):
    clerk.get("/documents/")
    with counted_queries(app) as statements:
        assert clerk.get("/documents/").status_code == 200
    assert len(statements) <= LIST_BUDGET, "\n".join(statements)


def test_the_record_keeps_its_budget(app: Flask, clerk: FlaskClient, letter: int):
    clerk.get(f"/documents/{letter}")
    with counted_queries(app) as statements:
        assert clerk.get(f"/documents/{letter}").status_code == 200
    assert len(statements) <= RECORD_BUDGET, "\n".join(statements)


def test_the_list_is_taken_away_as_a_sheet(clerk: FlaskClient, letter: int):
    with clerk.get("/documents/?format=xlsx") as answer:
        assert ZipFile(io.BytesIO(answer.data)).testzip() is None


def test_the_office_words_its_letter(app: Flask, clerk: FlaskClient, letter: int):
    wording = "@trích yếu: {{ subject }}\nLời văn của văn phòng."
    assert clerk.post("/documents/forms/reminder-letter", data={"wording": wording}).status_code == 302
    clerk.post(f"/documents/{letter}/prepare")
    assert stored(app, letter).text.startswith("Lời văn của văn phòng.")
    clerk.post("/documents/forms/reminder-letter", data={"wording": wording, "act": "restore"})
    assert "có sẵn" in clerk.get("/documents/forms").get_data(as_text=True)


def test_a_misspelt_field_is_named_and_the_wording_kept(clerk: FlaskClient):
    answer = clerk.post("/documents/forms/reminder-letter", data={"wording": "{{ subjct }}\n{{ monitr }}"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Dòng 1: không có trường “subjct”" in page
    assert "Dòng 2: không có trường “monitr”" in page
    assert "{{ subjct }}" in page


def test_a_wording_is_tried_before_it_is_kept(clerk: FlaskClient):
    good = clerk.post(
        "/documents/forms/reminder-letter/paper", data={"wording": "@trích yếu: {{ subject }}\nMột câu."}
    )
    assert 'src="data:image/png;base64,' in good.get_data(as_text=True)
    bad = clerk.post("/documents/forms/reminder-letter/paper", data={"wording": "{{ subjct }}"})
    assert "subjct" in bad.get_data(as_text=True)
    assert clerk.get("/documents/forms/nothing").status_code == 404


def test_anybody_may_have_a_file_checked(app: Flask, clerk: FlaskClient, letter: int):
    commune = sign_in(app, app.config["PEOPLE"]["xaanbinh"])
    word = clerk.get(f"/documents/{letter}.docx").data
    answer = upload(commune, "cv.docx", word)
    assert answer.status_code == 200
    plain = io.BytesIO()
    blank = open_docx()
    blank.add_paragraph("Số: 5-CV/TU")
    blank.save(plain)
    page = upload(commune, "thu.docx", plain.getvalue()).get_data(as_text=True)
    assert "chỗ chưa đúng thể thức" in page
    repaired = upload(commune, "thu.docx", plain.getvalue(), act="repair")
    assert "thu-da-sua.docx" in repaired.headers["Content-Disposition"]
    assert open_docx(io.BytesIO(repaired.data)).sections[0].left_margin.mm == pytest.approx(30, abs=0.1)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", b""), ("a.docx", b"MZ not a document"), ("a.pdf", b"%PDF-broken"), ("a.exe", b"x")],
)
def test_a_file_that_is_none_is_explained(clerk: FlaskClient, name: str, content: bytes):
    answer = upload(clerk, name, content)
    assert answer.status_code == 422
    assert "faults" in answer.get_data(as_text=True)


def upload(client: FlaskClient, name: str, content: bytes, **more: str):
    """Drop a file on the page of the check."""
    data = {"file": (io.BytesIO(content), name), "profile": "party-2026", **more}
    return client.post("/documents/check", data=data, content_type="multipart/form-data")


def test_a_batch_is_drafted_moved_and_drawn(app: Flask, clerk: FlaskClient, leader: FlaskClient):
    started = clerk.post("/documents/new", data=wanted(app, each="y"))
    assert started.location.endswith("/documents/batches/1")
    waiting = clerk.get("/documents/batches/1")
    assert waiting.headers["Refresh"]
    with app.app_context():
        work.work_off()
    page = clerk.get("/documents/batches/1")
    assert "Refresh" not in page.headers
    assert page.get_data(as_text=True).count("dự thảo</") >= 2
    names = ZipFile(io.BytesIO(clerk.get("/documents/batches/1.zip").data)).namelist()
    assert len(names) == 4
    assert len(pypdfium2.PdfDocument(clerk.get("/documents/batches/1.pdf").data)) == 4
    for client, move in ((clerk, "prepare"), (leader, "sign-off"), (clerk, "issue")):
        assert client.post(f"/documents/batches/1/{move}").status_code == 302
    symbols = clerk.get("/documents/batches/1").get_data(as_text=True)
    assert "01-CV/VPTU" in symbols
    assert "02-CV/VPTU" in symbols


def test_a_page_is_found_again_by_search(app: Flask, clerk: FlaskClient, leader: FlaskClient, letter: int):
    issue(clerk, leader, letter)
    with app.app_context():
        work.work_off()
    found = clerk.get("/search/?q=01-CV/VPTU").get_data(as_text=True)
    assert f"/documents/{letter}" in found


def test_drafting_by_the_address_of_a_directive(app: Flask, clerk: FlaskClient):
    page = clerk.get(f"/documents/new?form=reminder-letter&directive={app.config['DIRECTIVE']}")
    assert "selected" in page.get_data(as_text=True)


def test_people_of_units_have_no_drafting_desk(app: Flask):
    commune = sign_in(app, app.config["PEOPLE"]["xaanbinh"])
    for address in ("/documents/new", "/documents/forms", "/documents/batches"):
        assert commune.get(address).status_code == 404
