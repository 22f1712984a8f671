"""Two steps at the door: what opens it, what does not, and who is led to switch the second one on."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests.support.apps import opened_app
from tests.support.queries import counted_queries
from tests.support.small_office import CLERK, employ, furnish, sign_in
from webapp import second_factor as factor
from webapp.auth import hasher
from webapp.limits import limiter
from webapp.runtime import runtime
from workflows.audit import AuditEntry
from workflows.people import Account, Role, SignInRules

PASSWORD = "mot cau dai de nho"
HASH = hasher.hash(PASSWORD)
HEAD = 2
DOOR, SECOND = "/account/sign-in", "/account/second-factor"
CODE = re.compile(r"<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){2})</code>")


@pytest.fixture
def app(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The small office with an administrator (lan) and the head of a unit (truong), for one test alone."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), runtime().unit_of_work() as session:
            furnish(session)
            employ(session, HEAD, "truong", "Lê Thị Mai", Role.UNIT_HEAD, unit_id=2, password_hash=HASH)
            session.get_one(Account, CLERK).password_hash = HASH
        with app.app_context():
            limiter.reset()
        yield app


class Telephone:
    """An application that knows a secret."""

    def __init__(self, secret: str) -> None:
        self.totp = pyotp.TOTP(secret)

    def code(self, steps: int = 0) -> str:
        """What it shows, some steps of 30 seconds from now."""
        if steps < 0 and time.time() % 30 > 27:
            # A code of the past must still be taken when it arrives.
            time.sleep(3)
        return self.totp.at(datetime.now(UTC) + timedelta(seconds=30 * steps))


def switch_on(client: FlaskClient) -> tuple[Telephone, list[str]]:
    """Switch the second step on as a person does; the telephone and the recovery codes."""
    telephone, sent = offered(client)
    told = client.post("/account/two-step/on", data={**sent, "code": telephone.code(-1)})
    assert told.status_code == 200, told.text
    return telephone, CODE.findall(told.text)


def offered(client: FlaskClient) -> tuple[Telephone, dict[str, str]]:
    """A telephone that scanned the page on which it is switched on; what that page sends beside the code."""
    page = client.get("/account/two-step/on").text
    (secret,) = re.findall(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    (sealed,) = re.findall(r'name="sealed"[^>]*value="([^"]+)"', page)
    return Telephone(secret.replace(" ", "")), {"sealed": sealed, "current": PASSWORD}


def password_step(app: Flask, query: str = "", username: str = "truong") -> tuple[FlaskClient, TestResponse]:
    """A browser in which the password was right."""
    client = app.test_client()
    return client, client.post(DOOR + query, data={"username": username, "password": PASSWORD})


def is_inside(client: FlaskClient) -> bool:
    return client.get("/account/password").status_code == 200


def acts(app: Flask) -> list[str]:
    with app.app_context(), runtime().reading() as session:
        return [entry.action for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


@pytest.fixture
def switched_on(app: Flask) -> tuple[Telephone, list[str]]:
    """The head's telephone and recovery codes."""
    return switch_on(sign_in(app, HEAD))


def test_it_is_switched_on_by_one_code_and_recovery_codes_are_shown_once(app: Flask):
    client = sign_in(app, HEAD)
    elsewhere = sign_in(app, HEAD)
    assert "Chưa bật" in client.get("/account/two-step").text
    _, codes = switch_on(client)
    assert len(set(codes)) == 10
    assert "Còn 10 mã dự phòng" in client.get("/account/two-step").text
    assert not any(code in client.get("/account/two-step").text for code in codes)
    assert client.get("/account/two-step/on").location == "/account/two-step"
    assert not is_inside(elsewhere), "other sessions end"


def test_the_recovery_codes_can_be_kept_as_a_file(app: Flask):
    client = sign_in(app, HEAD)
    telephone, sent = offered(client)
    told = client.post("/account/two-step/on", data={**sent, "code": telephone.code()}).text
    (file,) = re.findall(r'href="data:text/plain;charset=utf-8,([^"]+)"', told)
    assert set(CODE.findall(told)) <= set(unquote(file).split())


def test_a_wrong_first_code_switches_nothing_on_and_keeps_the_secret(app: Flask):
    client = sign_in(app, HEAD)
    telephone, sent = offered(client)
    again = client.post("/account/two-step/on", data={**sent, "code": "abc"})
    assert again.status_code == 422
    assert "Chờ mã mới hiện trên ứng dụng" in again.text
    assert factor.in_groups(telephone.totp.secret) in again.text
    forged = client.post("/account/two-step/on", data={**sent, "sealed": "đây là giả", "code": "123456"})
    assert forged.status_code == 422
    assert "Chưa bật" in client.get("/account/two-step").text


def test_nobody_at_a_desk_left_open_binds_a_telephone(app: Flask):
    client = sign_in(app, HEAD)
    telephone, sent = offered(client)
    answers = [
        client.post(
            "/account/two-step/on", data={**sent, "code": telephone.code(), "current": f"sai {number}"}
        ).status_code
        for number in range(11)
    ]
    assert answers == [422] * 10 + [429]
    assert "Chưa bật" in client.get("/account/two-step").text


def test_a_page_left_open_too_long_says_that_its_key_is_gone(app: Flask, monkeypatch: pytest.MonkeyPatch):
    client = sign_in(app, HEAD)
    telephone, sent = offered(client)
    monkeypatch.setattr(factor, "SECONDS_TO_SWITCH_ON", -1)
    for password in (PASSWORD, "sai mat khau"):
        late = client.post(
            "/account/two-step/on", data={**sent, "code": telephone.code(), "current": password}
        )
        assert late.status_code == 422
        assert "quét hình mới" in late.text
        assert "Chờ mã mới hiện trên ứng dụng" not in late.text


def test_the_password_alone_opens_nothing(app: Flask, switched_on: tuple[Telephone, list[str]]):
    client, answer = password_step(app)
    assert (answer.status_code, answer.location) == (302, SECOND)
    for address in ("/", "/tasks/", "/account/password", "/account/two-step", "/account/two-step/off"):
        assert DOOR in client.get(address).location, address
    assert client.post("/account/two-step/off", data={}).status_code == 401
    assert not is_inside(client)


def test_password_and_code_open_the_door_where_one_wanted_to_go(
    app: Flask, switched_on: tuple[Telephone, list[str]]
):
    client, answer = password_step(app, "?next=/tasks/?state=done")
    page = client.get(answer.location).text
    assert "one-time-code" in page
    assert "Lê Thị Mai" not in page, "the page tells nothing of the account"
    answer = client.post(answer.location, data={"code": switched_on[0].code()})
    assert answer.location == "/tasks/?state=done"
    assert is_inside(client)
    assert acts(app)[-2:] == ["person.take-code", "person.sign-in"]


def test_nobody_is_led_away_after_the_second_step(app: Flask, switched_on: tuple[Telephone, list[str]]):
    client, answer = password_step(app, "?next=//evil.example")
    assert client.post(answer.location, data={"code": switched_on[0].code()}).location == "/"


def test_a_code_is_never_taken_twice(app: Flask, switched_on: tuple[Telephone, list[str]]):
    code = switched_on[0].code()
    first, _ = password_step(app)
    assert first.post(SECOND, data={"code": code}).status_code == 302
    second, _ = password_step(app)
    refused = second.post(SECOND, data={"code": code})
    assert (refused.status_code, is_inside(second)) == (422, False)
    assert second.post(SECOND, data={"code": switched_on[0].code(1)}).status_code == 302


def test_of_hands_that_send_one_code_at_once_one_comes_in(
    app: Flask, switched_on: tuple[Telephone, list[str]]
):
    clients = [password_step(app)[0] for _ in range(4)]
    for code in (switched_on[0].code(1), switched_on[1][0]):
        with ThreadPoolExecutor(len(clients)) as hands:
            answers = hands.map(partial(give, code), clients)
        assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422], code
        clients = [password_step(app)[0] for _ in range(4)]


def give(code: str, client: FlaskClient) -> TestResponse:
    """Send a code at the second step."""
    return client.post(SECOND, data={"code": code})


def test_the_first_code_is_not_taken_at_the_door(app: Flask, switched_on: tuple[Telephone, list[str]]):
    client, _ = password_step(app)
    assert client.post(SECOND, data={"code": switched_on[0].code(-1)}).status_code == 422


def test_a_telephone_far_from_the_time_is_refused(app: Flask, switched_on: tuple[Telephone, list[str]]):
    client, _ = password_step(app)
    assert client.post(SECOND, data={"code": switched_on[0].code(3)}).status_code == 422


def test_codes_cannot_be_tried_from_many_places(app: Flask, switched_on: tuple[Telephone, list[str]]):
    answers = []
    for number in range(12):
        client, _ = password_step(app)
        place = {"REMOTE_ADDR": f"10.7.{number}.1"}
        answers.append(client.post(SECOND, data={"code": "12345"}, environ_base=place).status_code)
    assert answers == [422] * 10 + [429] * 2
    client, _ = password_step(app)
    late = client.post(SECOND, data={"code": switched_on[0].code()}, environ_base={"REMOTE_ADDR": "10.8.1.1"})
    assert late.status_code == 429, "not even the right one, for a while"
    assert re.search(r"Thử lại từ \d\d:\d\d \d\d/\d\d/\d{4}; .* quản trị", late.text)
    paper = client.post(f"{SECOND}?paper=1", data={"code": switched_on[1][0]})
    assert paper.status_code == 302, "whoever guesses codes does not bar the way of paper"


def test_hands_that_guess_at_once_are_counted_one_by_one(
    app: Flask, switched_on: tuple[Telephone, list[str]]
):
    clients = [password_step(app)[0] for _ in range(16)]
    with ThreadPoolExecutor(len(clients)) as hands:
        answers = hands.map(partial(give, "12345"), clients)
    assert sorted(answer.status_code for answer in answers) == [422] * 10 + [429] * 6


def test_the_owner_is_told_of_wrong_codes_after_the_right_password(
    app: Flask, switched_on: tuple[Telephone, list[str]], caplog: pytest.LogCaptureFixture
):
    for _ in range(2):
        password_step(app)[0].post(SECOND, data={"code": "12345"})
    assert f"a wrong code after the right password: person {HEAD}, from 127.0.0.1" in caplog.text
    assert "12345" not in caplog.text
    assert acts(app)[-2:] == ["person.give-wrong-code"] * 2
    for code, told in ((switched_on[1][0], True), (switched_on[1][1], False)):
        client, _ = password_step(app)
        client.post(SECOND, data={"code": code})
        assert ("có 2 lần nhập sai mã" in client.get("/account/two-step").text) == told


def test_a_recovery_code_opens_the_door_once(app: Flask, switched_on: tuple[Telephone, list[str]]):
    paper = switched_on[1][3]
    client, _ = password_step(app)
    assert "Mã dự phòng" in client.get(f"{SECOND}?paper=1").text
    assert client.post(f"{SECOND}?paper=1", data={"code": paper.upper()}).status_code == 302
    assert "Còn 9 mã" in client.get("/account/two-step").text
    again, _ = password_step(app)
    refused = again.post(SECOND, data={"code": paper})
    assert refused.status_code == 422
    assert "Mã dự phòng chưa đúng" in refused.text


def test_who_has_few_recovery_codes_is_told(app: Flask, switched_on: tuple[Telephone, list[str]]):
    for number, code in enumerate(switched_on[1][:7]):
        client, _ = password_step(app)
        assert client.post(SECOND, data={"code": code}).status_code == 302
        told = "Lập mã mới" in client.get("/account/two-step").text.split("<h1>")[0]
        assert told == (number == 6)


def test_the_half_way_lasts_a_few_minutes(app: Flask, switched_on: tuple[Telephone, list[str]]):
    client, _ = password_step(app)
    with client.session_transaction() as cookie:
        assert set(cookie) == {"halfway"}
        cookie["halfway"] = {**cookie["halfway"], "until": int(datetime.now(UTC).timestamp()) - 1}
    late = client.post(f"{SECOND}?next=/tasks/", data={"code": switched_on[0].code()})
    assert late.location == f"{DOOR}?next=/tasks/"
    assert "quá thời gian" in client.get(DOOR).text
    assert app.test_client().get(SECOND).location == DOOR


@pytest.mark.parametrize("change", [{"epoch": 9}, {"second_factor": None}], ids=["epoch", "reset"])
def test_the_half_way_ends_with_what_it_began_with(
    app: Flask, switched_on: tuple[Telephone, list[str]], change: dict
):
    client, _ = password_step(app)
    with app.app_context(), runtime().unit_of_work() as session:
        both = {} if "epoch" in change else {"second_factor_step": None, "recovery_codes": None}
        session.execute(update(Account).where(Account.person_id == HEAD).values(**change, **both))
    assert DOOR in client.post(SECOND, data={"code": switched_on[0].code()}).location


def test_both_steps_begin_a_new_cookie(app: Flask, switched_on: tuple[Telephone, list[str]]):
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["planted"] = "x"
    client.post(DOOR, data={"username": "truong", "password": PASSWORD})
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        cookie["planted"] = "x"
    client.post(SECOND, data={"code": switched_on[0].code()})
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "halfway" not in cookie
        assert cookie["_user_id"] == f"{HEAD}:1"


def test_a_wrong_password_says_the_same_with_and_without_a_second_step(
    app: Flask, switched_on: tuple[Telephone, list[str]]
):
    texts = set()
    for name in ("truong", "lan", "khong.co.ai"):
        answer = app.test_client().post(DOOR, data={"username": name, "password": "sai mat khau"})
        assert answer.status_code == 422
        texts.add(re.sub(r'value="[^"]*"', "", answer.text))
    assert len(texts) == 1


def test_new_recovery_codes_and_switching_off_ask_for_password_and_code(app: Flask):
    client = sign_in(app, HEAD)
    telephone, old = switch_on(client)
    for page in ("codes", "off"):
        for sent in (
            {"current": "sai mat khau", "code": telephone.code()},
            {"current": PASSWORD, "code": "không đúng"},
            {"current": PASSWORD},
        ):
            assert client.post(f"/account/two-step/{page}", data=sent).status_code == 422
    told = client.post("/account/two-step/codes", data={"current": PASSWORD, "code": telephone.code()})
    new = CODE.findall(told.text)
    assert len(new) == 10
    assert not set(new) & set(old)
    off = {"current": PASSWORD, "code": old[0]}
    assert client.post("/account/two-step/off", data=off).status_code == 422
    assert client.post("/account/two-step/off", data={**off, "code": new[0]}).status_code == 302
    assert password_step(app)[1].location == "/"


def test_tokens_fit_the_page_that_shows_the_codes(app: Flask):
    app.config["WTF_CSRF_ENABLED"] = True
    client = sign_in(app, HEAD)
    telephone, sent = offered(client)
    page = client.get("/account/two-step/on").text
    sent["csrf_token"] = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[-1]
    told = client.post("/account/two-step/on", data={**sent, "code": telephone.code()}).text
    (token, *_) = re.findall(r'name="csrf_token" value="([^"]+)"', told)
    assert client.post("/account/sign-out", data={"csrf_token": token}).location == DOOR


def test_whoever_must_have_it_is_led_to_it_before_anything_else(app: Flask):
    keeper, head = sign_in(app), sign_in(app, HEAD)
    assert keeper.post("/administration/sign-in", data={"roles": ["unit-head"]}).status_code == 302
    assert keeper.get("/").status_code == 200, "of other roles nothing is asked"
    for address in ("/", "/tasks/", "/account/two-step", "/account/password"):
        assert head.get(address).location == "/account/two-step/on", address
    page = head.get("/account/two-step/on").text
    assert "bắt buộc" in page
    assert 'class="places"' not in page
    assert "Đăng xuất" in page
    assert head.post("/account/language/en", data={"back": "/account/two-step/on"}).status_code == 302
    assert '<html lang="en">' in head.get("/account/two-step/on").text
    head.post("/account/language/vi")
    telephone, _ = switch_on(head)
    assert head.get("/tasks/").status_code == 200
    assert "phải bật lại ngay" in head.get("/account/two-step/off").text
    sent = {"current": PASSWORD, "code": telephone.code()}
    assert head.post("/account/two-step/off", data=sent).status_code == 302, "for another telephone"
    assert head.get("/account/two-step").location == "/account/two-step/on"


def test_what_is_sent_before_the_second_step_is_on_is_refused_and_never_led_away(app: Flask):
    head = sign_in(app, HEAD)
    demand(app, Role.UNIT_HEAD)
    script = {"Accept": "application/json"}
    for answer in (
        head.post("/reports/2026-11/1/draft", data={"x": "đã gõ"}, headers=script, follow_redirects=True),
        head.get("/search/suggest", headers=script),
    ):
        assert (answer.status_code, answer.mimetype) == (403, "application/json")
        assert "bắt buộc xác thực hai bước" in answer.json["message"]
        assert "vẫn còn ở trang đang nhập" in answer.json["message"]
    assert head.post("/tasks/new", data={"title": "đã gõ"}).status_code == 403
    with app.app_context(), runtime().unit_of_work() as session:
        session.get_one(Account, HEAD).must_change = True
    assert "đổi mật khẩu" in head.post("/tasks/new", headers=script).json["message"]


def demand(app: Flask, *roles: Role) -> None:
    with app.app_context(), runtime().unit_of_work() as session:
        session.merge(SignInRules(id=1, second_factor_roles=[role.value for role in roles]))


def test_a_first_password_comes_before_the_second_step(app: Flask):
    sign_in(app).post("/administration/sign-in", data={"roles": ["unit-head"]})
    with app.app_context(), runtime().unit_of_work() as session:
        session.get_one(Account, HEAD).must_change = True
    head = sign_in(app, HEAD)
    assert head.get("/account/two-step/on").location == "/account/password"
    new = "mot cau khac con dai hon"
    head.post("/account/password", data={"current": PASSWORD, "new": new, "again": new})
    assert head.get("/").location == "/account/two-step/on"


def test_the_rules_are_shown_and_kept(app: Flask):
    keeper = sign_in(app)
    every = [role.value for role in Role]
    assert keeper.post("/administration/sign-in", data={"roles": every}).status_code == 302
    assert keeper.get("/administration/sign-in").location == "/account/two-step/on", "the administrator too"
    switch_on(keeper)
    page = keeper.get("/administration/sign-in").text
    assert len(re.findall(r'<input[^>]*checked[^>]*name="roles"', page)) == len(every)
    keeper.post("/administration/sign-in", data={"csrf_token": "-"})
    assert "checked" not in keeper.get("/administration/sign-in").text
    assert keeper.post("/administration/sign-in", data={"roles": ["vua"]}).status_code == 422
    assert sign_in(app, HEAD).get("/administration/sign-in").status_code == 404
    assert acts(app).count("sign-in.require-second-factor") == 2


def test_the_administrator_sees_who_has_it_and_resets_it(
    app: Flask, switched_on: tuple[Telephone, list[str]]
):
    keeper = sign_in(app)
    with_it = keeper.get("/administration/people?words=truong").text
    assert "đã bật" in with_it
    without = keeper.get("/administration/people?without_second_factor=1").text
    assert "Trần Thị Lan" in without
    assert "Lê Thị Mai" not in without
    assert keeper.get("/administration/people?sort=second_factor").status_code == 200
    page = keeper.get(f"/administration/people/{HEAD}").text
    assert "Gỡ xác thực hai bước" in page
    assert keeper.post(f"/administration/people/{HEAD}/second-factor").status_code == 302
    client, answer = password_step(app)
    assert (answer.location, is_inside(client)) == ("/", True)
    page = keeper.get(f"/administration/people/{HEAD}").text
    assert "gỡ xác thực hai bước" in page, "in the history"
    assert keeper.post(f"/administration/people/{HEAD}/second-factor").status_code == 422


def test_a_factor_that_cannot_be_read_lets_nobody_in_and_breaks_nothing(
    app: Flask, switched_on: tuple[Telephone, list[str]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(factor, "_key", lambda person, purpose: b"A" * 43 + b"=")
    client, _ = password_step(app)
    for code in (switched_on[0].code(), switched_on[1][0]):
        assert client.post(SECOND, data={"code": code}).status_code == 422
    assert "không đọc được" in client.post(SECOND, data={"code": switched_on[0].code()}).text


def test_secrets_and_codes_reach_neither_log_nor_trail_nor_cookie(
    app: Flask, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("DEBUG")
    telephone, codes = switch_on(sign_in(app, HEAD))
    client, _ = password_step(app)
    code = telephone.code()
    client.post(SECOND, data={"code": code})
    with app.app_context(), runtime().reading() as session:
        account = session.get_one(Account, HEAD)
        kept = f"{account.second_factor} {account.recovery_codes}"
        told = "".join(f"{e.note}{e.changes}{e.subject_label}" for e in session.scalars(select(AuditEntry)))
    with client.session_transaction() as cookie:
        told += str(dict(cookie)) + caplog.text + kept
    assert not any(word in told for word in (telephone.totp.secret, code, *codes))


def test_being_led_asks_no_further_query(app: Flask):
    head = sign_in(app, HEAD)
    counts = {}
    for role, leads in ((Role.ADMINISTRATOR, "/"), (Role.UNIT_HEAD, "/account/two-step/on")):
        demand(app, role)
        with counted_queries(app) as statements:
            # Answers at once, when it is known who is there.
            assert head.get(DOOR).location == leads
        counts[role] = len(statements)
    assert counts[Role.ADMINISTRATOR] == counts[Role.UNIT_HEAD] > 0
