"""The second step of signing in: secrets kept sealed, codes of the time, codes on paper."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree

import pyotp
import pytest
from cryptography.fernet import Fernet

from tests.support.apps import opened_app
from webapp import second_factor as factor
from workflows.people import Person

AT = datetime(2026, 12, 15, 7, 3, 10, tzinfo=UTC)
# The secret and the codes printed in RFC 6238, appendix B (SHA-1, eight digits, of which we take six).
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
RFC_CODES = {59: "287082", 1111111109: "081804", 1111111111: "050471", 2000000000: "279037"}


@pytest.fixture
def lan(tmp_path: Path, redis_url: str) -> Iterator[Person]:
    """Somebody, within an application whose secrets are its own."""
    with opened_app(tmp_path, database_url="sqlite://", redis_url=redis_url) as app, app.app_context():
        yield Person(id=7, username="lan", full_name="Trần Thị Lan")


@pytest.mark.parametrize("seconds", RFC_CODES)
def test_codes_are_those_of_the_standard(seconds: int):
    at = datetime.fromtimestamp(seconds, UTC)
    assert factor.step_of(RFC_SECRET, RFC_CODES[seconds], at) == seconds // 30


@pytest.mark.parametrize(("drift", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_telephone_may_be_one_step_ahead_or_behind(drift: int, taken: bool):
    code = pyotp.TOTP(RFC_SECRET).at(AT + timedelta(seconds=drift))
    step = factor.step_of(RFC_SECRET, code, AT)
    assert step == (int(AT.timestamp()) + drift) // 30 if taken else step is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "không", "１２３４５６", "⁵"])
def test_what_is_no_code_is_none(typed: str):
    assert factor.step_of(RFC_SECRET, typed, AT) is None


def test_a_code_may_be_typed_with_a_space():
    code = pyotp.TOTP(RFC_SECRET).at(AT)
    assert factor.step_of(RFC_SECRET, f" {code[:3]} {code[3:]}", AT)


def test_a_sealed_secret_opens_for_its_owner_alone(lan: Person):
    secret = factor.new_secret()
    sealed = factor.seal(lan, secret)
    assert secret not in sealed
    assert factor.unseal(lan, sealed) == secret
    assert factor.unseal(Person(id=8), sealed) is None
    assert factor.unseal(lan, sealed[:-2]) is None
    assert factor.unseal(lan, "đây không phải mã") is None


def test_a_secret_shown_an_hour_ago_is_no_longer_taken(lan: Person, monkeypatch: pytest.MonkeyPatch):
    sealed = factor.seal(lan, factor.new_secret())
    ahead = datetime.now(UTC).timestamp() + factor.SECONDS_TO_SWITCH_ON + 60
    assert factor.unseal(lan, sealed, seconds=factor.SECONDS_TO_SWITCH_ON)
    monkeypatch.setattr("cryptography.fernet.time.time", lambda: ahead)
    assert factor.unseal(lan, sealed, seconds=factor.SECONDS_TO_SWITCH_ON) is None
    assert factor.unseal(lan, sealed), "in the database it stays readable"


def test_keys_serve_one_purpose_and_one_installation(lan: Person, tmp_path: Path, redis_url: str):
    keys = {factor._key(lan, "secret"), factor._key(lan, "recovery"), factor._key(Person(id=8), "secret")}
    other = tmp_path / "other"
    other.mkdir()
    with opened_app(other, database_url="sqlite://", redis_url=redis_url) as app, app.app_context():
        keys.add(factor._key(lan, "secret"))
    assert len(keys) == 4
    assert all(Fernet(key) for key in keys)


def test_recovery_codes_are_many_different_and_kept_as_hashes(lan: Person):
    codes = factor.new_recovery_codes()
    assert len(set(codes)) == factor.RECOVERY_CODES
    hashes = [factor.hashed(lan, code) for code in codes]
    assert not any(code in " ".join(hashes) for code in codes)
    assert factor.hashed(lan, codes[0].upper().replace("-", " ")) == hashes[0]
    assert factor.hashed(Person(id=8), codes[0]) != hashes[0]


def test_the_qr_code_is_an_image_in_the_page_that_hands_over_the_secret(lan: Person):
    secret = factor.new_secret()
    address = urlsplit(factor.address_of(lan, secret))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert unquote(address.path) == "/Đôn Đốc:lan"
    assert parse_qs(address.query)["secret"] == [secret]
    kind, image = factor.drawn(address.geturl()).split(",", 1)
    assert kind == "data:image/svg+xml;charset=utf-8"
    root = ElementTree.fromstring(unquote(image))
    assert root.tag.endswith("svg")
    assert not any("style" in element.attrib for element in root.iter())


def test_the_secret_is_typed_in_groups_of_four():
    assert factor.in_groups("ABCDEFGHIJ") == "ABCD EFGH IJ"
