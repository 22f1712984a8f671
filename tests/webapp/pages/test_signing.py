# ruff: noqa: F811 (fixtures of a neighbour are named as arguments)
"""Signing over HTTP, the signatures found in files, and the list of trusted roots."""

import io
import logging
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from sqlalchemy import select

from tests.support.certificates import PASSPHRASE, authority, key_file, weak_key
from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.webapp.pages.test_documents import app, clerk, issue, leader, letter, stored  # noqa: F401
from webapp import papers, work
from webapp.jobs import sweep_signatures
from webapp.runtime import runtime
from workflows import documents, files, signatures
from workflows.aftermath import PendingJob
from workflows.audit import AuditEntry
from workflows.directives import Directive
from workflows.documents import OfficialDocument
from workflows.signatures.keys import open_key

TODAY = datetime.now(UTC)
LISTED = 12


@pytest.fixture
def issued(app: Flask, clerk: FlaskClient, leader: FlaskClient, letter: int) -> int:
    """The letter with its number, to be signed by the leader."""
    with app.app_context(), runtime().unit_of_work() as session:
        kept = session.get_one(OfficialDocument, letter)
        kept.particulars = {
            **kept.particulars,
            "signatories": [{"post": "Chánh Văn phòng", "name": "Lê Văn Bách", "authority": []}],
        }
    issue(clerk, leader, letter)
    return letter


@pytest.fixture
def chief(app: Flask) -> FlaskClient:
    """The browser of the administrator."""
    return sign_in(app, app.config["PEOPLE"]["quantri"])


def drawing(*, transparent: bool = True, size: tuple[int, int] = (300, 120)) -> bytes:
    """The image of a signature."""
    picture = Image.new("RGBA", size, (255, 255, 255, 0 if transparent else 255))
    ImageDraw.Draw(picture).line([(10, 100), (80, 10), (160, 100), (280, 30)], (20, 40, 180, 255), 6)
    saved = io.BytesIO()
    picture.save(saved, "PNG")
    return saved.getvalue()


def sign(client: FlaskClient, document_id: int, key: bytes, passphrase: str = PASSPHRASE, **more: bytes):
    """Hand over a key file and its passphrase."""
    sent = {"key": (io.BytesIO(key), "khoa.p12"), "passphrase": passphrase}
    sent |= {name: (io.BytesIO(content), f"{name}.png") for name, content in more.items()}
    return client.post(f"/documents/{document_id}/sign", data=sent)


def pdf_of(client: FlaskClient, document_id: int, name: str = "") -> bytes:
    """The PDF as it is handed out."""
    return client.get(f"/documents/{document_id}{name or '.pdf'}").data


def test_the_signed_paper_is_downloaded_from_then_on(app: Flask, leader: FlaskClient, issued: int):
    assert f"/documents/{issued}/sign" in leader.get(f"/documents/{issued}").get_data(as_text=True)
    before = pdf_of(leader, issued)
    assert sign(leader, issued, key_file(), image=drawing()).status_code == 302
    after = pdf_of(leader, issued)
    assert after.startswith(before)
    assert pdf_of(leader, issued, "/unsigned.pdf") == before
    page = leader.get(f"/documents/{issued}").get_data(as_text=True)
    assert "Tải PDF đã ký" in page
    assert f"/documents/{issued}/sign" not in page


def test_the_image_stands_above_the_name(app: Flask, leader: FlaskClient, issued: int):
    before = blue_part(pdf_of(leader, issued))
    sign(leader, issued, key_file(), image=drawing())
    assert not before
    assert blue_part(pdf_of(leader, issued))


def blue_part(pdf: bytes):
    """Which pixels of the first page are blue."""
    picture = Image.open(io.BytesIO(papers.page_picture(pdf, 1))).convert("RGB")
    return [(red, green, blue) for red, green, blue in picture.get_flattened_data() if blue - red > 60]


def test_the_page_says_what_the_worker_found(
    app: Flask, leader: FlaskClient, chief: FlaskClient, issued: int
):
    sign(leader, issued, key_file())
    work_off(app)
    assert "không có trong danh sách tin cậy" in leader.get(f"/documents/{issued}").get_data(as_text=True)
    assert add_root(chief, authority().pem).status_code == 302
    work_off(app)
    page = leader.get(f"/documents/{issued}").get_data(as_text=True)
    assert "chứng thư được cơ quan tin cậy" in page.casefold()
    assert "nguyên vẹn từ khi ký" in page.casefold()
    assert "Lê Văn Bách, Văn phòng Tỉnh uỷ" in page


def work_off(app: Flask) -> None:
    """Let the worker do all there is."""
    with app.app_context():
        work.work_off()


def add_root(client: FlaskClient, content: bytes):
    """Hand in a certificate to be trusted."""
    return client.post("/administration/trust", data={"file": (io.BytesIO(content), "goc.cer")})


EARLY, LATE = TODAY + timedelta(days=30), TODAY - timedelta(days=30)
REFUSALS = {
    "wrong passphrase": (lambda: (key_file(), "sai"), "Mật khẩu không mở được"),
    "no passphrase": (lambda: (key_file(), ""), "Mật khẩu không mở được"),
    "not a key file": (lambda: (b"%PDF-1.7", PASSPHRASE), "không phải tệp khoá PKCS#12"),
    "an empty file": (lambda: (b"", PASSPHRASE), "không phải tệp khoá PKCS#12"),
    "a huge file": (lambda: (b"0" * 100_000, PASSPHRASE), "không phải tệp khoá PKCS#12"),
    "expired": (lambda: (key_file(until=LATE), PASSPHRASE), "đã hết hạn"),
    "not yet valid": (lambda: (key_file(since=EARLY), PASSPHRASE), "có hiệu lực từ ngày"),
    "weak": (lambda: (key_file(key=weak_key()), PASSPHRASE), "quá yếu"),
    "not for signing": (lambda: (key_file(signs=False), PASSPHRASE), "không được cấp để ký"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_key_that_does_not_do_is_explained(app: Flask, leader: FlaskClient, issued: int, case: str):
    made, sentence = REFUSALS[case]
    key, passphrase = made()
    answer = sign(leader, issued, key, passphrase)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert stored(app, issued).signed_sha256 is None


@pytest.mark.parametrize(
    ("image", "sentence"),
    [
        (b"GIF89a", "không phải ảnh PNG"),
        (drawing(transparent=False), "nền trong suốt"),
        (b"\x89PNG" + b"0" * 400_000, "lớn hơn 300 kB"),
        (drawing(size=(2_100, 2_000)), "còn dưới 4 triệu điểm ảnh"),
    ],
)
def test_an_image_that_does_not_do_is_explained(
    app: Flask,
    leader: FlaskClient,
    issued: int,
    image: bytes,
    sentence: str,
):
    answer = sign(leader, issued, key_file(), image=image)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)


def test_others_are_led_back_to_the_paper(app: Flask, clerk: FlaskClient, issued: int):
    assert f"/documents/{issued}/sign" not in clerk.get(f"/documents/{issued}").get_data(as_text=True)
    assert sign(clerk, issued, key_file()).status_code == 404
    commune = sign_in(app, app.config["PEOPLE"]["xaanbinh"])
    assert sign(commune, issued, key_file()).status_code == 404


def test_a_draft_is_not_signed(app: Flask, leader: FlaskClient, letter: int):
    assert sign(leader, letter, key_file()).status_code == 302
    assert stored(app, letter).signed_sha256 is None


def test_passphrase_and_key_leave_no_trace(app: Flask, leader: FlaskClient, issued: int, caplog):
    caplog.set_level(logging.DEBUG)
    secret = "một mật khẩu rất riêng"
    for passphrase in ("sai", secret):
        answer = sign(leader, issued, key_file(passphrase=secret), passphrase)
        assert secret not in answer.get_data(as_text=True)
    with app.app_context(), runtime().unit_of_work() as session:
        rows = [*session.scalars(select(AuditEntry)), *session.scalars(select(PendingJob))]
        assert not any(secret in str(vars(row)) for row in rows)
    assert secret not in caplog.text
    assert not any(secret.encode() in kept.read_bytes() for kept in app_files(app))


def app_files(app: Flask):
    """Every file the office has written."""
    folder = app.extensions["dondoc"].settings.instance_dir
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_signed_directive_shows_its_signatures(app: Flask, leader: FlaskClient, issued: int):
    sign(leader, issued, key_file())
    directive = directive_with(app, pdf_of(leader, issued))
    assert "1 chữ ký số" not in leader.get(f"/directives/{directive}").get_data(as_text=True)
    with app.app_context(), runtime().unit_of_work() as session:
        assert len(signatures.unread(session)) == 1
    sweep(app)
    page = leader.get(f"/directives/{directive}").get_data(as_text=True)
    assert "1 chữ ký số" in page
    assert "nguyên vẹn" in page.casefold()


@pytest.mark.parametrize("content", [b"%PDF-1.7 broken", b"%PDF-1.7 /ByteRange [0 9 9 9] broken"])
def test_a_broken_file_does_not_break_the_page(app: Flask, leader: FlaskClient, content: bytes):
    directive = directive_with(app, content)
    sweep(app)
    answer = leader.get(f"/directives/{directive}")
    assert answer.status_code == 200
    found = "chữ ký hỏng" in answer.get_data(as_text=True).casefold()
    assert found == (b"ByteRange" in content)


def directive_with(app: Flask, content: bytes) -> int:
    """Let the directive have come as this PDF."""
    with app.app_context(), runtime().unit_of_work() as session:
        kept = files.keep(
            session, runtime().files, content, media_type="application/pdf", at=datetime.now(UTC)
        )
        directive = session.get_one(Directive, app.config["DIRECTIVE"])
        directive.sha256, directive.file_name = kept.sha256, "ct.pdf"
        return directive.id


def sweep(app: Flask) -> None:
    """Let the clock find what nobody has verified, and the worker verify it."""
    with app.app_context():
        with runtime().unit_of_work() as session:
            sweep_signatures(runtime(), session, datetime.now(UTC))
        work.work_off()


def test_looking_at_a_paper_verifies_nothing(app: Flask, leader: FlaskClient, issued: int, monkeypatch):
    sign(leader, issued, key_file())
    work_off(app)
    monkeypatch.setattr("workflows.signatures.verifying.verify", None)
    with counted_queries(app) as statements:
        assert leader.get(f"/documents/{issued}").status_code == 200
    assert sum("signature_reading" in statement for statement in statements) == 1


def test_roots_are_listed_and_dropped(app: Flask, chief: FlaskClient):
    assert "Chưa có chứng thư gốc nào" in chief.get("/administration/trust").get_data(as_text=True)
    assert add_root(chief, authority().der).status_code == 302
    with counted_queries(app) as statements:
        page = chief.get("/administration/trust").get_data(as_text=True)
    assert len(statements) <= LISTED
    assert "Tổ chức chứng thực thử nghiệm" in page
    assert "còn hiệu lực" in page.casefold()
    again = add_root(chief, authority().pem)
    assert "đã có trong danh sách" in again.get_data(as_text=True)
    assert chief.post("/administration/trust/1/drop").status_code == 302
    assert chief.post("/administration/trust/1/drop").status_code == 404
    with app.app_context(), runtime().unit_of_work() as session:
        acts = set(session.scalars(select(AuditEntry.action)))
    assert {"trust.add-root", "trust.drop-root"} <= acts


def test_several_roots_come_in_one_file(app: Flask, chief: FlaskClient):
    both = authority().pem + authority("Tổ chức thứ hai").pem
    assert add_root(chief, both).status_code == 302
    assert "Tổ chức thứ hai" in chief.get("/administration/trust?words=thứ hai").get_data(as_text=True)


@pytest.mark.parametrize(
    "content", [b"", b"x", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_what_is_no_certificate_is_explained(app: Flask, chief: FlaskClient, content: bytes):
    answer = add_root(chief, content)
    assert answer.status_code == 422
    assert "chứng thư" in answer.get_data(as_text=True)


def test_a_signers_certificate_is_no_root(app: Flask, chief: FlaskClient):
    own = open_key(key_file(), PASSPHRASE, at=TODAY).certificate.dump()
    answer = add_root(chief, own)
    assert answer.status_code == 422
    assert "không phải của nơi cấp" in answer.get_data(as_text=True)


def test_only_who_keeps_the_whole_house_keeps_the_list(app: Flask, leader: FlaskClient):
    assert leader.get("/administration/trust").status_code == 404
    assert add_root(leader, authority().der).status_code == 404


def test_names_left_are_shown_for_a_joint_paper(app: Flask, leader: FlaskClient, issued: int):
    with app.app_context(), runtime().unit_of_work() as session:
        kept = session.get_one(OfficialDocument, issued)
        kept.particulars = {
            **kept.particulars,
            "signatories": [
                *kept.particulars["signatories"],
                {"post": "Trưởng ban", "name": "Bùi Thị Hà", "authority": []},
            ],
        }
        assert documents.signatories_left(kept) == ["Lê Văn Bách", "Bùi Thị Hà"]
    sign(leader, issued, key_file())
    assert "chờ Bùi Thị Hà ký" in leader.get(f"/documents/{issued}").get_data(as_text=True)
