"""The wizard without scripts: from the file to the directive, and every bad file with its sentence."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.apps import opened_app
from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.workflows.directives.paper import PAPER
from tests.workflows.office import found_office
from webapp.runtime import now, runtime
from workflows import directives, regimes
from workflows.directives import Directive, ImportDraft, ReadingCorrection, Sheet
from workflows.organisations import UnitGroup
from workflows.people import Person
from workflows.regimes import Regime
from workflows.tasks import Task

QUERIES_OF_THE_BENCH = 20
BIGGEST_PAGE = 200 * 1024


@pytest.fixture
def app(fresh_database_url: str, redis_url: str, tmp_path) -> Iterator[Flask]:
    """An office for one test alone; person 1 is its clerk."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), runtime().unit_of_work() as session:
            office = found_office(session)
            session.add(UnitGroup(name="Các đảng uỷ xã, phường", members=list(office.communes)))
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The clerk's browser."""
    return sign_in(app, 1)


def hand_in(client: FlaskClient, content: bytes = PAPER.encode(), name: str = "15-CT-TU.txt"):
    """Send one file."""
    return client.post("/imports/", data={"files": (BytesIO(content), name)})


@pytest.fixture
def bench(client: FlaskClient) -> str:
    """The address of the paper's draft."""
    return hand_in(client).headers["Location"]


def sheet_of(app: Flask) -> Sheet:
    """The sheet of the only draft."""
    with app.app_context(), runtime().unit_of_work() as session:
        return directives.sheet_of(session.scalars(select(ImportDraft)).one())


def count(app: Flask, kind: type) -> int:
    """How many rows of a kind there are."""
    with app.app_context(), runtime().unit_of_work() as session:
        return len(session.scalars(select(kind)).all())


def test_a_file_is_read_and_opened(app: Flask, client: FlaskClient):
    answer = hand_in(client)
    assert answer.status_code == 302
    with counted_queries(app) as statements:
        page = client.get(answer.headers["Location"])
    assert "về chăm lo người cao tuổi neo đơn" in page.text
    assert page.text.count('class="proposal ') == 3
    assert len(statements) <= QUERIES_OF_THE_BENCH
    assert len(page.data) < BIGGEST_PAGE


@pytest.mark.parametrize(
    ("content", "name", "status", "words"),
    [
        (b"", "rong.docx", 422, "Tệp rỗng"),
        (b"MZ\x90\x00" + bytes(300), "van-ban.docx", 422, "chương trình"),
        (f"TỐI MẬT\n{PAPER}".encode(), "mat.txt", 422, "đóng dấu mật"),
        (b"PK\x03\x04" + bytes(60), "hong.docx", 422, "hỏng"),
    ],
)
def test_a_bad_file_gets_its_sentence_and_leaves_nothing(
    app: Flask, client: FlaskClient, content: bytes, name: str, status: int, words: str
):
    answer = hand_in(client, content, name)
    assert answer.status_code == status
    assert words in answer.text
    assert name in answer.text
    assert count(app, ImportDraft) == 0


def test_no_file_at_all_is_said(client: FlaskClient):
    answer = client.post("/imports/", data={})
    assert answer.status_code == 422
    assert "Chưa có tệp nào" in answer.text


def test_of_several_files_the_good_ones_are_kept(app: Flask, client: FlaskClient):
    files = [(BytesIO(PAPER.encode()), "tot.txt"), (BytesIO(b""), "rong.txt")]
    answer = client.post("/imports/", data={"files": files})
    assert answer.status_code == 422
    assert "Tệp rỗng" in answer.text
    assert count(app, ImportDraft) == 1


def test_a_text_that_is_no_directive_is_said_to_be_none(client: FlaskClient):
    answer = hand_in(client, "Hôm nay trời đẹp. Mẹ đi chợ mua rau.".encode(), "thu.txt")
    assert "không giống một văn bản chỉ đạo" in client.get(answer.headers["Location"]).text


def test_accepting_leads_to_the_next_open_proposal(app: Flask, client: FlaskClient, bench: str):
    answer = client.post(f"{bench}/proposals/1/accept")
    assert answer.headers["Location"].endswith("#p-2")
    assert [p.decision.value for p in sheet_of(app).proposals] == ["accepted", "open", "open"]


def test_accepting_what_has_no_unit_opens_it_for_correction(app: Flask, client: FlaskClient, bench: str):
    answer = client.post(f"{bench}/proposals/3/accept")
    assert "edit=3" in answer.headers["Location"]
    assert "Chưa nhận ra đơn vị chủ trì" in client.get(answer.headers["Location"]).text
    assert sheet_of(app).find("3").decision.value == "open"


def test_a_correction_is_kept_and_accepted_in_one_go(app: Flask, client: FlaskClient, bench: str):
    typed = {
        "title": "Hướng dẫn vận động kinh phí",
        "lead-0": "Ban Tuyên giáo và Dân vận Tỉnh uỷ",
        "lead-1": "",
        "deadline": "15/12/2026",
        "cadences": ["monthly"],
        "targets-0-value": "1.200,5",
        "targets-0-unit": "triệu đồng",
        "accept": "1",
    }
    assert client.post(f"{bench}/proposals/3", data=typed).status_code == 302
    made = sheet_of(app).find("3")
    assert made.lead == ("Ban Tuyên giáo và Dân vận Tỉnh uỷ",)
    assert made.deadline.isoformat() == "2026-12-15"
    assert [cadence.value for cadence in made.cadences] == ["monthly"]
    assert str(made.targets[0].value) == "1200.5"
    assert made.decision.value == "accepted"


def test_a_day_that_does_not_exist_keeps_what_was_typed(app: Flask, client: FlaskClient, bench: str):
    answer = client.post(f"{bench}/proposals/1", data={"title": "Việc đang gõ", "deadline": "31/02/2027"})
    assert answer.status_code == 422
    assert "Không có ngày 31/02/2027" in answer.text
    assert "Việc đang gõ" in answer.text
    assert sheet_of(app).find("1").title != "Việc đang gõ"


def test_drafts_are_saved_while_one_types(app: Flask, client: FlaskClient, bench: str):
    asked = {"Accept": "application/json"}
    saved = client.post(f"{bench}/header", data={"subject": "về việc khác", "type": "KH"}, headers=asked)
    assert (saved.status_code, saved.json) == (200, {"fields": {}})
    assert sheet_of(app).registration.subject == "về việc khác"
    refused = client.post(f"{bench}/header", data={"issued_on": "hôm qua"}, headers=asked)
    assert refused.status_code == 422
    assert "hôm qua" in refused.json["message"]


def test_split_merge_discard_and_take_up_again(app: Flask, client: FlaskClient, bench: str):
    for act, keys in (
        ("2/split", ["1", "2", "n1", "3"]),
        ("n1/merge", ["1", "2", "3"]),
        ("3/discard", ["1", "2", "3"]),
    ):
        assert client.post(f"{bench}/proposals/{act}").status_code == 302
        assert [p.key for p in sheet_of(app).proposals] == keys
    client.post(f"{bench}/proposals/3/reopen")
    assert sheet_of(app).find("3").decision.value == "open"


def test_what_cannot_be_split_is_said(client: FlaskClient, bench: str):
    answer = client.post(f"{bench}/proposals/3/split", follow_redirects=True)
    assert "không tách được" in answer.text


def test_a_marked_passage_or_a_copied_sentence_becomes_a_task(app: Flask, client: FlaskClient, bench: str):
    added = client.post(f"{bench}/proposals", data={"start": "10", "end": "30"})
    assert "edit=n1" in added.headers["Location"]
    client.post(f"{bench}/proposals", data={"quote": "Chỉ thị này phổ biến đến chi bộ."})
    assert sheet_of(app).find("n2").quote == "Chỉ thị này phổ biến đến chi bộ."
    missing = client.post(f"{bench}/proposals", data={"quote": "câu tự nghĩ ra"})
    assert missing.status_code == 422
    assert "Không tìm thấy đoạn này" in missing.text
    assert "câu tự nghĩ ra" in missing.text


@pytest.mark.parametrize("address", ["proposals/99/accept", "proposals/1/bay", "proposals/99"])
def test_what_is_not_there_is_not_found(client: FlaskClient, bench: str, address: str):
    assert client.post(f"{bench}/{address}").status_code == 404


def test_ticks_and_one_button_register_without_scripts(app: Flask, client: FlaskClient, bench: str):
    ticked = client.post(f"{bench}/decide", data={"keys": ["1", "2"]})
    preview = client.get(ticked.headers["Location"])
    assert "2 đề xuất đã chấp nhận thành 4 nhiệm vụ" in preview.text
    assert "Còn 1 đề xuất chưa quyết định" in preview.text
    done = client.post(f"{bench}/confirm")
    assert done.headers["Location"] == "/directives/1"
    assert count(app, Task) == 4
    assert client.get(bench).headers["Location"] == "/directives/1"


def test_everything_sure_is_accepted_at_once(app: Flask, client: FlaskClient, bench: str):
    client.post(f"{bench}/decide", data={"all": "1"})
    assert [p.decision.value for p in sheet_of(app).proposals] == ["accepted", "accepted", "open"]


def test_the_rule_of_a_deadline_is_shown_corrected_and_becomes_turns_or_regimes(
    app: Flask, client: FlaskClient, bench: str
):
    with app.app_context(), runtime().unit_of_work() as session:
        clerk = session.get_one(Person, 1)
        fields = [{"code": "n", "label": "Số lượt", "kind": "number"}]
        form = {"title": "Biểu kết quả", "sections": [{"title": "I", "fields": fields}]}
        office = clerk.appointments[0].unit
        regimes.publish_form(session, office, code="ket-qua", definition=form, by=clerk, at=now())
    typed = {
        "title": "Báo cáo kết quả thăm hỏi",
        "lead-0": "Các đảng uỷ xã, phường",
        "cadences": ["half-yearly", "yearly", "ad-hoc"],
        "due_kind": "day-of-last-month",
        "due_number": "15",
        "accept": "1",
    }
    client.post(f"{bench}/proposals/2", data=typed)
    assert "ngày 15 của tháng cuối kỳ" in client.get(bench).text
    preview = client.get(f"{bench}/confirm").text
    assert '<option value="turns" selected>' in preview
    assert "lập chế độ báo cáo theo biểu: Biểu kết quả (bản 1)" in preview
    client.post(f"{bench}/confirm", data={"again-2": "1"})
    assert count(app, Regime) == 2
    assert "Báo cáo kết quả thăm hỏi (6 tháng)" in client.get("/regimes/").text


@pytest.mark.parametrize("number", ["", "0", "32"])
def test_a_rule_that_is_half_typed_is_kept_and_said_on_the_card(
    app: Flask, client: FlaskClient, bench: str, number: str
):
    known = sheet_of(app).find("1")
    typed = {
        "title": known.title,
        "lead-0": known.lead[0],
        "cadences": ["monthly"],
        "due_kind": "day-after-period",
        "due_number": number,
        "accept": "1",
    }
    assert client.post(f"{bench}/proposals/1", data=typed).status_code == 302
    for address in (bench, f"{bench}/confirm"):
        page = client.get(address)
        assert page.status_code == 200
        assert "Ngày trong tháng là số từ 1 đến 31." in page.text
        assert "again-1" not in page.text
    assert client.post(f"{bench}/confirm").status_code == 422
    assert client.get(f"{bench}?edit=1").status_code == 200


def test_a_header_that_cannot_be_is_refused_and_nothing_is_half_done(
    app: Flask, client: FlaskClient, bench: str
):
    client.post(f"{bench}/header", data={"number": "15-CT/TU", "type": "CT", "subject": "", "issuer": "x"})
    answer = client.post(f"{bench}/confirm")
    assert answer.status_code == 422
    assert "Nhập trích yếu" in answer.text
    assert "Nhập ngày ban hành" in answer.text
    assert count(app, Directive) == 0


def test_the_same_paper_again_is_refused_with_a_way_to_it(app: Flask, client: FlaskClient, bench: str):
    client.post(f"{bench}/confirm")
    same_file = hand_in(client)
    assert same_file.status_code == 409
    assert 'href="/directives/1"' in same_file.text
    same_paper = hand_in(client, PAPER.replace("chuyển biến", "chuyển biến tốt").encode()).headers["Location"]
    page = client.get(same_paper).text
    assert "đã có trong hệ thống" in page
    assert 'href="/directives/1"' in page
    assert client.post(f"{same_paper}/confirm").status_code == 409
    assert count(app, Directive) == 1


def test_nearly_the_same_text_is_warned_of(client: FlaskClient, bench: str):
    client.post(f"{bench}/confirm")
    other = PAPER.replace("15-CT/TU", "18-CT/TU").replace("thăm hỏi", "thăm hỏi, động viên")
    page = client.get(hand_in(client, other.encode()).headers["Location"]).text
    assert "Có thể là bản sao hoặc bản sửa" in page


def test_corrections_are_kept(app: Flask, client: FlaskClient, bench: str):
    client.post(f"{bench}/proposals/3/discard")
    client.post(f"{bench}/confirm")
    assert count(app, ReadingCorrection) == 1


def test_a_draft_can_be_thrown_away(app: Flask, client: FlaskClient, bench: str):
    assert client.post(f"{bench}/discard").headers["Location"] == "/imports/"
    assert count(app, ImportDraft) == 0


def test_only_the_office_takes_papers_in(app: Flask, bench: str):
    commune_clerk = sign_in(app, 8)
    for address in ("/imports/", bench, f"{bench}/confirm"):
        assert commune_clerk.get(address).status_code == 404


def test_a_deadline_counted_from_the_issue_shows_its_words_and_the_day_it_makes(app: Flask):
    client = sign_in(app, 1)
    words = "trong thời hạn 30 ngày kể từ ngày ban hành Chỉ thị này"
    paper = PAPER.replace("hoàn thành trước ngày 30/11/2026", words)
    bench = hand_in(client, paper.encode()).headers["Location"]
    client.post(f"{bench}/proposals/1/accept")
    confirming = client.get(f"{bench}/confirm").text
    assert "30 ngày kể từ ngày ban hành: <strong>04/11/2026</strong>" in confirming
    assert words in confirming

    moved = {"number": "15-CT/TU", "type": "CT", "issuer": "Tỉnh uỷ", "subject": "về việc chung"}
    client.post(f"{bench}/header", data={**moved, "issued_on": "31/12/9999"})
    assert client.get(f"{bench}/confirm").status_code == 200
    client.post(f"{bench}/header", data={**moved, "issued_on": "06/10/2026"})
    assert client.post(f"{bench}/confirm").status_code == 302
    with app.app_context(), runtime().unit_of_work() as session:
        assert f"{session.scalars(select(Task)).one().deadline:%d/%m/%Y}" == "05/11/2026"
