"""What a stranger, a colleague of another place, or a page elsewhere on the web must not achieve."""

import logging
import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.support.apps import opened_app
from tests.support.databases import Databases
from tests.support.everything import Everything, furnish_everything
from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.workflows.office import FOUNDED, NOW, TODAY
from webapp.auth import hasher, session_times
from webapp.config import Settings
from webapp.pages.account import own_address
from webapp.passwords import first_password, is_easily_guessed
from webapp.run import web_command
from webapp.runtime import runtime
from webapp.uploads import name_of
from workflows import entries
from workflows.aftermath import PendingJob
from workflows.audit import AuditEntry, record
from workflows.directives import Directive
from workflows.documents import OfficialDocument
from workflows.organisations import Unit
from workflows.people import Account, Appointment, Person, Role
from workflows.permissions import Permission, allows, tokens_of
from workflows.regimes import ObligationReviewer
from workflows.reports import Report
from workflows.reviews import Review
from workflows.targets import FollowedTarget
from workflows.tasks import Task

# What the parts of addresses mean that name no thing of the office.
WORDS = {
    "kind": "pdf",
    "number": 1,
    "place": 1,
    "move": None,
    "act": "accept",
    "key": "1",
    "tab": "history",
    "name": "given",
}
MOVES = {
    "directives.act": "close",
    "documents.act": "prepare",
    "documents.act_on_batch": "prepare",
    "plans.act": "accept",
    "reports.act": "accept",
    "reports.act_below": "endorse",
    "tasks.act": "receive",
    "tasks.move_together": "receive",
}
# Nothing is drawn of the batch; the insider reads reports and fills in none. No paper is issued, no form
# under way, no member statistics asked for, no unit has gone on as another. Notices lead on to what they
# speak of, and what was looked at together is its author's alone.
NOT_THERE_YET = {
    "documents.sign",
    "documents.unsigned",
    "members.compared",
    "members.heirs",
    "notices.open_notice",
    "notices.thing",
    "report_forms.design",
    "statistics.branches",
    "statistics.unit_series",
    "tasks.together",
    "documents.batch_file",
    "reports.workbook",
    "reports.look_at_workbook",
    "studies.confirm",
}
# Who looked at a member's record is noted, and so is that a notice was read.
NOTED = re.compile(r"\s*(INSERT INTO register_reading|UPDATE notice SET read_at)", re.IGNORECASE)
CHANGES = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)


@pytest.fixture(scope="module")
def app(databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The office with one of each thing, shared by tests that change nothing of it."""
    folder = tmp_path_factory.mktemp("security")
    with opened_app(folder, database_url=databases.create(), redis_url=redis_url) as app:
        with app.app_context(), runtime().unit_of_work() as session:
            app.config["EVERYTHING"] = furnish_everything(session, runtime().files)
        yield app


@pytest.fixture
def everything(app: Flask) -> Everything:
    """The ids of the things."""
    return app.config["EVERYTHING"]


@pytest.fixture
def outsider(app: Flask, everything: Everything) -> FlaskClient:
    """The browser of somebody who may do everything, but only in another commune."""
    return sign_in(app, everything.outsider)


@pytest.fixture
def insider(app: Flask, everything: Everything) -> FlaskClient:
    """The browser of somebody who may do everything in the province."""
    return sign_in(app, everything.insider)


def rules_with_ids(app: Flask, method: str) -> list[Rule]:
    """Every address that names a thing of the office and takes this method."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or ()) and any(name.endswith("_id") for name in rule.arguments)
    ]


def address_of(app: Flask, rule: Rule, everything: Everything) -> str:
    """The address of the thing that exists; a part nobody has explained here fails the test."""
    blueprint = rule.endpoint.partition(".")[0]
    own = {name.removeprefix(f"{blueprint}."): id_ for name, id_ in everything.ids.items()}
    known = {**WORDS, "move": MOVES.get(rule.endpoint), **own}
    unknown = [name for name in rule.arguments if known.get(name) is None]
    assert not unknown, f"say in tests/support/everything.py what {unknown} of {rule} is"
    with app.test_request_context():
        return app.url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})


def token(client: FlaskClient) -> str:
    """The token that the forms of this session carry."""
    page = client.get("/account/password").get_data(as_text=True)
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]


def statuses(app: Flask, client: FlaskClient, method: str, everything: Everything, **sent: object):
    """Address → endpoint and status of everything that names a thing."""
    found = {}
    for rule in rules_with_ids(app, method):
        address = address_of(app, rule, everything)
        answer = client.open(address, method=method, buffered=True, **sent)
        found[address] = rule.endpoint, answer.status_code
    return found


def test_what_a_person_may_not_see_does_not_exist_for_them(
    app: Flask, outsider: FlaskClient, everything: Everything
):
    found = statuses(app, outsider, "GET", everything)
    assert {address: status for address, (_, status) in found.items() if status != 404} == {}


def test_what_a_person_may_not_see_they_cannot_change(
    app: Flask, outsider: FlaskClient, everything: Everything
):
    form = {"csrf_token": token(outsider)}
    with counted_queries(app) as statements:
        found = statuses(app, outsider, "POST", everything, data=form)
    assert {address: status for address, (_, status) in found.items() if status not in (403, 404)} == {}
    assert [statement for statement in statements if CHANGES.match(statement)] == []


def test_those_it_concerns_see_all_of_it_and_looking_changes_nothing(
    app: Flask, insider: FlaskClient, everything: Everything
):
    with counted_queries(app) as statements:
        found = statuses(app, insider, "GET", everything)
    hidden = {address for address, (endpoint, status) in found.items() if status >= 300}
    assert {address for address in hidden if found[address][0] not in NOT_THERE_YET} == set()
    changes = [statement for statement in statements if CHANGES.match(statement)]
    assert [statement for statement in changes if not NOTED.match(statement)] == []


# Every kind that is no part of another.
VIEWS = {
    "directive": (Directive, Permission.DIRECTIVE_VIEW),
    "task": (Task, Permission.TASK_VIEW),
    "followed_target": (FollowedTarget, Permission.TARGET_VIEW),
    "report": (Report, Permission.REPORT_VIEW),
    "review": (Review, Permission.DOCUMENT_VIEW),
    "official_document": (OfficialDocument, Permission.DOCUMENT_VIEW),
    "unit": (Unit, Permission.UNIT_VIEW),
    "person": (Person, Permission.PEOPLE_MANAGE),
}


def test_whoever_accepts_a_report_first_finds_it_from_another_branch(app: Flask):
    # It tries changes out, so it waits for its turn to write; they are rolled back.
    with app.app_context(), runtime().sessions() as session:
        report = session.scalars(select(Report).order_by(Report.id)).first()
        clerk = session.scalars(select(Person).where(Person.username == "bantuyengiao")).one()
        agency = clerk.appointments[0].unit
        agency.organisation = "youth"
        report.obligation.reviewers.append(ObligationReviewer(level=1, unit=agency))
        session.flush()
        (filed,) = entries.of(session, "report", [report.id])
        assert filed.tokens & tokens_of(clerk, on=TODAY)
        assert entries.count_visible(session, "report", clerk, on=TODAY) == 1
        agency.organisation = None
        session.flush()
        (filed,) = entries.of(session, "report", [report.id])
        assert not filed.tokens & tokens_of(clerk, on=TODAY)
        assert entries.count_visible(session, "report", clerk, on=TODAY) == 0


def test_every_kind_is_a_thing_or_a_part():
    assert entries.SOURCES.keys() == VIEWS.keys() | PARTS


# Seen by whoever sees what they hang on or stand in, which the entry's address names.
PARTS = {"clause", "attachment", "comment"}
WHOLES = {"directives": "directive", "tasks": "task", "targets": "followed_target"}


@pytest.mark.parametrize("kind", sorted(PARTS))
def test_parts_are_listed_and_found_by_whoever_opens_the_whole(app: Flask, kind: str):
    with app.app_context(), runtime().reading() as session:
        source = entries.SOURCES[kind]
        ids = session.scalars(source.ids()).all()
        filed = {entries.split_key(entry.key)[1]: entry for entry in entries.of(session, kind, ids)}
        assert filed.keys() == set(ids) != set()
        for person in session.scalars(select(Person)):
            listed = set(session.scalars(select(source.key).where(source.visible_to(person, TODAY))))
            tokens = tokens_of(person, on=TODAY)
            assert listed == {id_ for id_, entry in filed.items() if entry.tokens & tokens}, person.full_name
            opened = {id_ for id_, entry in filed.items() if _opens(session, person, entry.url)}
            assert opened == listed, person.full_name


def _opens(session: Session, person: Person, url: str) -> bool:
    """May the person read the thing at the address of an entry?"""
    kind, _, id_ = url.strip("/").partition("#")[0].rpartition("/")
    if kind.startswith("reports"):
        report = session.scalars(select(Report).where(Report.obligation_id == int(id_))).one()
        return allows(person, Permission.REPORT_VIEW, report, on=TODAY)
    table, view = VIEWS[WHOLES[kind]]
    return allows(person, view, session.get_one(table, int(id_)), on=TODAY)


@pytest.mark.parametrize("kind", VIEWS)
def test_record_list_and_search_agree_on_who_sees_what(app: Flask, kind: str):
    table, view = VIEWS[kind]
    with app.app_context(), runtime().reading() as session:
        staff = Person(username="nguoivptu", full_name="Người VPTU", active=True)
        staff.appointments = [
            Appointment(unit=office_unit(session), role=Role.UNIT_CLERK, valid_from=FOUNDED)
        ]
        rows = session.scalars(select(table)).all()
        filed = {entry.key: entry.tokens for entry in entries.of(session, kind, [row.id for row in rows])}
        for person in [*session.scalars(select(Person)), staff]:
            source = entries.SOURCES[kind]
            opened = {row.id for row in rows if allows(person, view, row, on=TODAY)}
            listed = set(session.scalars(select(source.key).where(source.visible_to(person, TODAY))))
            tokens = tokens_of(person, on=TODAY)
            found = {row.id for row in rows if filed[entries.key(kind, row.id)] & tokens}
            assert opened == listed == found, (person.full_name, [post.role for post in person.appointments])


def test_an_inspector_reads_only_what_was_done_in_their_branch(
    app: Flask, insider: FlaskClient, outsider: FlaskClient, everything: Everything
):
    with app.app_context(), runtime().unit_of_work() as session:
        clerk = session.scalars(select(Person).where(Person.username == "chuyenvien")).one()
        outside = session.get_one(Person, everything.outsider)
        clerk.appointments.append(
            Appointment(
                unit=outside.appointments[0].unit,
                role=Role.UNIT_CLERK,
                valid_from=FOUNDED,
                valid_to=FOUNDED,
            )
        )
        record(session, action="unit.add", subject=office_unit(session), by=None, at=NOW)
        record(session, action="person.sign-in", subject=outside, by=outside, at=NOW)
    whole, part = (client.get("/administration/trail").text for client in (insider, outsider))
    assert all(name in whole for name in ("Đỗ Thị An", "Hệ thống</td>", "Người nguoingoai"))
    assert "Người nguoingoai" in part
    assert not any(name in part for name in ("Đỗ Thị An", "Hệ thống</td>"))


def office_unit(session: Session) -> Unit:
    """The office of the province."""
    return session.scalars(select(Unit).where(Unit.code == "VPTU")).one()


def test_an_id_that_no_row_can_have_leads_nowhere(app: Flask, insider: FlaskClient):
    for address in (f"/tasks/{2**31}", f"/tasks/{10**30}", f"/tasks/new?directive={10**30}", "/tasks/0"):
        assert insider.get(address).status_code == 404, address
    for address in ("/search/?q=a&since=9999-12-31T23:59:59-14:00", f"/report-forms/new?of={10**30}"):
        assert insider.get(address).status_code in (200, 404), address


def test_zero_bytes_are_refused_at_the_door(insider: FlaskClient):
    assert insider.get("/search/?q=%00").status_code == 400
    assert insider.post("/search/saved", data={"name": "a\0b", "q": "nước"}).status_code == 400


def test_nobody_signed_in_is_led_to_the_door_and_back(app: Flask, everything: Everything):
    stranger = app.test_client()
    for method in ("GET", "POST"):
        for rule in rules_with_ids(app, method):
            answer = stranger.open(address_of(app, rule, everything), method=method)
            assert answer.status_code in (302, 400), "a form without token is refused before anything else"
    answer = stranger.get("/tasks/1?tab=a")
    assert answer.location == "/account/sign-in?next=/tasks/1?tab%3Da"


def test_a_script_or_a_form_of_somebody_signed_out_is_told(app: Flask):
    client = app.test_client()
    page = client.get("/account/sign-in").text
    sent = {"csrf_token": re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]}
    assert client.post("/account/password", data=sent).status_code == 401
    answer = client.get("/search/suggest?q=a", headers={"Accept": "application/json"})
    assert (answer.status_code, "Đăng nhập lại" in answer.json["message"]) == (401, True)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", ""])
def test_only_the_hosts_of_the_office_are_answered(app: Flask, host: str):
    answer = app.test_client().get("/account/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "không thuộc hệ thống" in answer.text
    assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        " /tasks/",
        "",
        None,
    ],
)
def test_nobody_is_led_away_from_the_office(app: Flask, wanted: str | None):
    with app.test_request_context():
        assert own_address(wanted) == "/"
        assert own_address("/tasks/?state=done") == "/tasks/?state=done"


def test_every_form_needs_its_token(app: Flask, insider: FlaskClient, everything: Everything):
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    known = {**WORDS, "code": "vi", "move": "receive", "kind": "task"}
    with counted_queries(app) as statements, app.test_request_context():
        for rule in posts:
            named = any(name.endswith("_id") for name in rule.arguments)
            address = (
                address_of(app, rule, everything)
                if named
                else app.url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})
            )
            answer = insider.post(address, headers={"Accept": "application/json"})
            assert (answer.status_code, answer.json["kind"]) == (400, "form-expired"), address
    assert [statement for statement in statements if CHANGES.match(statement)] == []


def test_nothing_but_static_files_is_kept_by_a_cache(
    app: Flask, insider: FlaskClient, everything: Everything
):
    addresses = [address_of(app, rule, everything) for rule in rules_with_ids(app, "GET")]
    for address in ("/", "/account/password", "/tasks/?format=xlsx", "/no-such-page", *addresses):
        with insider.get(address) as answer:
            assert answer.headers["Cache-Control"] == "no-store", address
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert app.test_client().get("/account/sign-in").headers["Cache-Control"] == "no-store"


def test_files_can_only_be_saved(app: Flask, insider: FlaskClient, everything: Everything):
    ids = everything.ids
    files = (
        f"/directives/{ids['directive_id']}/original",
        f"/tasks/{ids['task_id']}/files/{ids['tasks.attachment_id']}",
        f"/reports/{ids['period']}/{ids['obligation_id']}/files/{ids['reports.attachment_id']}",
        f"/documents/unit-reports/{ids['report_id']}.docx",
    )
    for address in files:
        with insider.get(address) as answer:
            assert answer.status_code == 200, address
            assert answer.headers["Content-Disposition"].startswith("attachment"), address
            assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox", address


def test_a_name_of_a_file_breaks_no_line():
    assert name_of("C:\\tep\\a\r\nSet-Cookie: x=1.pdf") == "aSet-Cookie: x=1.pdf"
    assert name_of("../../etc/passwd") == "passwd"


def test_far_too_large_a_body_is_refused_before_it_is_read(tmp_path: Path, app: Flask):
    command = web_command(app.extensions["dondoc"].settings)
    assert f"--max-request-body-size={4 * 50 * 1024 * 1024}" in command
    assert not any(word.startswith("--trusted-proxy") for word in command)
    settings = Settings.from_env({"INSTANCE_DIR": str(tmp_path), "TRUSTED_PROXY": "10.0.0.2"})
    assert "--trusted-proxy=10.0.0.2" in web_command(settings)


def test_too_large_a_file_gets_its_sentence(app: Flask, insider: FlaskClient):
    limit = app.config["MAX_CONTENT_LENGTH"]
    announced = {"CONTENT_LENGTH": str(limit + 1), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = insider.post("/imports/", environ_overrides=announced)
    assert (answer.status_code, "dung lượng" in answer.text) == (413, True)


def test_a_bomb_is_refused_wherever_a_file_is_opened(app: Flask, insider: FlaskClient):
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(250 * 1024 * 1024))
    for address, field in (("/documents/check", "file"), ("/imports/", "files")):
        sent = {"csrf_token": token(insider), field: (BytesIO(packed.getvalue()), "van-ban.docx")}
        answer = insider.post(address, data={**sent, "profile": "party-2026"})
        assert (answer.status_code, "bất thường" in answer.text) == (422, True), address


def test_the_folder_of_the_office_is_nobody_elses(tmp_path: Path):
    settings = Settings.from_env({"INSTANCE_DIR": str(tmp_path / "instance")})
    assert stat.S_IMODE(settings.instance_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE((settings.instance_dir / "secret-key").stat().st_mode) == 0o600


def test_jobs_carry_ids_and_nothing_about_people(app: Flask, everything: Everything):
    with app.app_context(), runtime().reading() as session:
        jobs = session.scalars(select(PendingJob)).all()
    assert len(jobs) > 5
    for job in jobs:
        assert job.arguments.keys() <= {"kind", "id", "entry"}
        assert isinstance(job.arguments.get("id", 0), int)
        assert isinstance(job.arguments.get("entry", 0), int)
        assert str(job.arguments.get("kind", "")).isidentifier() or "kind" not in job.arguments


@pytest.fixture
def newcomer(app: Flask, everything: Everything, request: pytest.FixtureRequest) -> Iterator[int]:
    """Somebody with the password "mot cau dai de nho", whose account is as before afterwards."""
    with app.app_context(), runtime().unit_of_work() as session:
        account = session.get_one(Account, everything.insider)
        account.password_hash = hasher.hash(PASSWORD)
    yield everything.insider
    with app.app_context(), runtime().unit_of_work() as session:
        account = session.get_one(Account, everything.insider)
        account.password_hash, account.epoch = "!", 0


PASSWORD = "mot cau dai de nho"


def come_in(app: Flask, username: str = "nguoitrong", password: str = PASSWORD, address: str = "10.1.1.1"):
    """A browser that has tried to sign in, and the answer it got."""
    client = app.test_client()
    page = client.get("/account/sign-in").text
    sent = {"csrf_token": re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]}
    sent |= {"username": username, "password": password}
    return client, client.post("/account/sign-in", data=sent, environ_base={"REMOTE_ADDR": address})


def test_signing_in_begins_a_new_session(app: Flask, newcomer: int):
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    page = client.get("/account/sign-in").text
    sent = {"csrf_token": re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]}
    answer = client.post("/account/sign-in", data={**sent, "username": "nguoitrong", "password": PASSWORD})
    assert answer.status_code == 302
    assert {"HttpOnly", "SameSite=Lax"} <= set(answer.headers["Set-Cookie"].split("; "))
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "csrf_token" not in cookie


def test_whoever_signs_out_ends_the_copies_of_their_cookie_too(app: Flask, newcomer: int):
    client, _ = come_in(app)
    copied = client.get_cookie("session").value
    thief = app.test_client()
    thief.set_cookie("session", copied)
    assert thief.get("/account/password").status_code == 200
    assert client.post("/account/sign-out", data={"csrf_token": token(client)}).status_code == 302
    thief.set_cookie("session", copied)
    assert thief.get("/account/password").status_code == 302


@pytest.mark.parametrize(
    ("begun", "seen", "status"),
    [
        (timedelta(hours=1), timedelta(minutes=30), 200),
        (timedelta(hours=3), timedelta(hours=2, minutes=1), 302),
        (timedelta(hours=12, minutes=1), timedelta(minutes=1), 302),
    ],
)
def test_a_session_ends_by_itself(
    app: Flask, everything: Everything, begun: timedelta, seen: timedelta, status: int
):
    client, now = sign_in(app, everything.insider), datetime.now(UTC)
    with client.session_transaction() as cookie:
        cookie["begun"], cookie["seen"] = (
            session_times(now - begun)["begun"],
            session_times(now - seen)["seen"],
        )
    assert client.get("/account/password").status_code == status


def test_use_keeps_a_session_open(app: Flask, everything: Everything):
    client, now = sign_in(app, everything.insider), datetime.now(UTC)
    with client.session_transaction() as cookie:
        cookie["seen"] = int((now - timedelta(hours=1)).timestamp())
    client.get("/account/password")
    with client.session_transaction() as cookie:
        assert cookie["seen"] >= int(now.timestamp())


def test_a_cookie_without_times_is_none(app: Flask, everything: Everything):
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = f"{everything.insider}:0"
    assert client.get("/account/password").status_code == 302


def test_passwords_of_one_account_cannot_be_tried_from_many_places(app: Flask, newcomer: int):
    tried = [come_in(app, "lanhdao", f"sai mat khau {n}", f"10.2.{n}.1")[1].status_code for n in range(12)]
    assert tried == [422] * 10 + [429] * 2
    assert come_in(app, address="10.2.1.1")[1].status_code == 302, "others still come in"


def test_an_agency_behind_one_address_is_not_kept_out_by_working(app: Flask, newcomer: int):
    answers = {come_in(app, address="10.3.3.3")[1].status_code for _ in range(35)}
    assert answers == {302}


def test_passwords_of_many_accounts_cannot_be_tried_from_one_place(app: Flask, newcomer: int):
    tried = [come_in(app, f"ten.{n}", "sai mat khau", "10.4.4.4")[1].status_code for n in range(32)]
    assert tried == [422] * 30 + [429] * 2


def test_no_account_and_a_wrong_password_look_the_same(app: Flask, newcomer: int):
    texts = {
        re.sub(r'value="[^"]*"', "", come_in(app, name, "sai mat khau", "10.5.5.5")[1].text)
        for name in ("nguoitrong", "khong.co.ai")
    }
    assert len(texts) == 1


def test_passwords_reach_neither_log_nor_trail(app: Flask, newcomer: int, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    client, _ = come_in(app)
    come_in(app, password="sai mat khau nay")
    new = "mot cau khac con dai hon"
    sent = {"csrf_token": token(client), "current": PASSWORD, "new": new, "again": new}
    assert client.post("/account/password", data=sent).status_code == 302
    with app.app_context(), runtime().reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action.startswith("person."))).all()
        told = caplog.text + "".join(f"{entry.note}{entry.changes}" for entry in entries)
    assert {"person.sign-in", "person.change-password"} <= {entry.action for entry in entries}
    assert not any(word in told for word in (PASSWORD, new, "sai mat khau nay", "$argon2"))


@pytest.mark.parametrize(
    "password", ["1234567890", "aaaaaaaaaaaa", "qwertyuiop", "matkhau2026", "0987654321", "abcdefghij"]
)
def test_what_everybody_tries_first_is_no_password(password: str):
    assert is_easily_guessed(password)


def test_first_passwords_and_sentences_are_good_ones():
    assert not any(is_easily_guessed(word) for word in (PASSWORD, first_password(), "Bưởi-Diễn 38 cây"))
