"""The second step of signing in: codes of an application on the telephone (RFC 6238), and codes on paper.

The secret is kept sealed with a key of its own for each person, recovery codes as keyed hashes: whoever
reads the database alone can sign in as nobody.
"""

import base64
import hashlib
import hmac
import logging
from datetime import datetime

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from webapp.passwords import first_password
from webapp.runtime import now, runtime, session
from workflows import administration
from workflows.errors import Refused
from workflows.people import Person
from workflows.wording import N_

log = logging.getLogger("dondoc")
ISSUER = "Đôn Đốc"
KEY_TOO_OLD = N_(
    "Trang mở quá lâu nên khoá cũ không dùng được nữa. Xoá mục vừa thêm trong ứng dụng,"
    " quét hình mới ở trên rồi nhập mã mới."
)
UNREADABLE = N_(
    "Hệ thống không đọc được khoá xác thực của tài khoản; nhập lại không giúp được."
    " Nhờ quản trị hệ thống gỡ xác thực hai bước rồi bật lại."
)
DIGITS = 6
# Steps of 30 seconds by which the clock of a telephone may be ahead or behind.
DRIFT = 1
RECOVERY_CODES = 10
SECONDS_TO_SWITCH_ON = 3600


def new_secret() -> str:
    """A random secret of 160 bits, in the letters an application takes."""
    return pyotp.random_base32()


def in_groups(secret: str) -> str:
    """The secret as a person types it: groups of four."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def address_of(person: Person, secret: str) -> str:
    """The secret as applications take it over: an otpauth address."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.username, issuer_name=ISSUER)


def drawn(address: str) -> str:
    """An address as a QR code, which lies in the page itself as an image."""
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=4, light="white")


def seal(person: Person, secret: str) -> str:
    """The secret as it may lie in the database or travel through a form."""
    return Fernet(_key(person, "secret")).encrypt(secret.encode()).decode()


def unseal(person: Person, sealed: str, *, seconds: int | None = None) -> str | None:
    """The secret, if it was sealed here, for this person, and at most so many seconds ago."""
    try:
        return Fernet(_key(person, "secret")).decrypt(sealed.encode(), ttl=seconds).decode()
    except InvalidToken:
        return None


def new_recovery_codes() -> list[str]:
    """Codes for when the telephone is lost; about 59 bits each, so that a quick hash keeps them."""
    return [first_password() for _ in range(RECOVERY_CODES)]


def hashed(person: Person, recovery_code: str) -> str:
    """What is kept of a recovery code, however it was spaced."""
    return hmac.new(_key(person, "recovery"), _bare(recovery_code).encode(), hashlib.sha256).hexdigest()


def step_of(secret: str, typed: str, at: datetime) -> int | None:
    """The time step whose code was typed, among those that may be on a telephone at this instant."""
    totp, code = pyotp.TOTP(secret, digits=DIGITS), _bare(typed).encode()
    here = totp.timecode(at)
    near = range(here - DRIFT, here + DRIFT + 1)
    return next((step for step in near if hmac.compare_digest(totp.generate_otp(step).encode(), code)), None)


def is_on_paper(typed: str) -> bool:
    """Is this a recovery code, or what should be one? Codes of the application are few digits."""
    code = _bare(typed)
    return not code.isdecimal() or len(code) >= 2 * DIGITS


def prove(person: Person, typed: str) -> None:
    """Take a code of the application or a recovery code, once; anything else is refused."""
    code = _bare(typed)
    if is_on_paper(typed):
        administration.use_recovery_code(session(), person, code=hashed(person, code), by=person, at=now())
        return
    step = step_of(_secret_of(person), code, now())
    if step is None:
        raise Refused(administration.WRONG_CODE)
    administration.take_code(session(), person, step=step, by=person, at=now())


def _secret_of(person: Person) -> str:
    sealed = person.account.second_factor if person.account else None
    secret = unseal(person, sealed) if sealed else None
    if secret is None:
        log.error("the second factor of person %s cannot be read: was MEMBERS_SECRET changed?", person.id)
        raise Refused(UNREADABLE)
    return secret


def _bare(typed: str) -> str:
    return "".join(typed.split()).replace("-", "").lower()


def _key(person: Person, purpose: str) -> bytes:
    # Not of the key of the sessions, which may be changed at any time.
    kept = runtime().settings.members_secret.encode()
    info = f"second factor, {purpose}, person {person.id}".encode()
    return base64.urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=info).derive(kept))
