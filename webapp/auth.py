"""Signing in: passwords by argon2id, sessions that end when the account says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import Flask, abort, flash, g, redirect, request, url_for
from flask import session as cookie
from flask_babel import gettext
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import bindparam, select, true
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.wrappers import Response

from webapp.errors import wants_json
from webapp.runtime import LOOKING, let_others_write, now, session, today
from workflows.errors import NotAllowed
from workflows.people import Account, Appointment, Person, SignInRules, Substitution, by_username
from workflows.wording import N_

hasher = PasswordHasher()
LONGEST_PAUSE = timedelta(hours=2)
LONGEST_SESSION = timedelta(hours=12)
NOTED_AGAIN_AFTER = timedelta(minutes=1)
HALFWAY_LASTS = timedelta(minutes=5)
ALWAYS_OPEN = {"account.sign_out", "account.language", "static", "bootstrap.static"}
# What was sent before one's own keys are in order is not taken; the browser still has it.
FIRST = {
    "account.password": N_(
        "Chưa nhận: tài khoản phải đổi mật khẩu trước. Nội dung đã nhập vẫn còn ở trang đang nhập."
        " Mở trang đầu ở một thẻ khác để đổi, rồi tải lại trang đang nhập và gửi lại;"
        " cẩn thận thì chép nội dung ra trước."
    ),
    "account.switch_on": N_(
        "Chưa nhận: vai trò của bạn bắt buộc xác thực hai bước. Nội dung đã nhập vẫn còn ở trang đang nhập."
        " Mở trang đầu ở một thẻ khác để bật, rồi tải lại trang đang nhập và gửi lại;"
        " cẩn thận thì chép nội dung ra trước."
    ),
}
# Verified when there is no such account, so that the answer takes as long as for a wrong password.
_NOBODY = hasher.hash("nobody")
# Asked by every request, so it is put together once.
_WHO = (
    select(Person, SignInRules)
    .outerjoin(SignInRules, true())
    .where(Person.id == bindparam("id"), Person.active)
    .options(
        selectinload(Person.appointments).joinedload(Appointment.unit),
        joinedload(Person.account),
        joinedload(Person.standing_in).joinedload(Substitution.absent),
        joinedload(Person.substitutions).joinedload(Substitution.substitute),
    )
)


@dataclass
class SignedIn(UserMixin):
    """What the session remembers of a person: the id, and the epoch of the account."""

    person: Person
    epoch: int
    must_switch_on: bool = False

    def get_id(self) -> str:
        """The value kept in the signed cookie."""
        return f"{self.person.id}:{self.epoch}"


def check_password(username: str, password: str) -> Account | None:
    """The account, if name and password belong together."""
    person = by_username(session(), username)
    account = person.account if person else None
    let_others_write()
    try:
        hasher.verify(account.password_hash if account else _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return account


def begin_session(account: Account) -> None:
    """Let somebody in, with a cookie that holds nothing of what it held before."""
    _clear_cookie()
    cookie.update(session_times(now()))
    login_user(SignedIn(account.person, account.epoch))


def begin_halfway(account: Account) -> None:
    """Note that the password was right, for a few minutes; it opens nothing but the page of the code."""
    _clear_cookie()
    until = int((now() + HALFWAY_LASTS).timestamp())
    cookie["halfway"] = {"person": account.person_id, "epoch": account.epoch, "until": until}


def halfway() -> Account | None:
    """The account whose password was right a few minutes ago and whose code is still to come."""
    half = cookie.get("halfway")
    if half is None or now().timestamp() > half["until"]:
        return None
    account = session().get(Account, half["person"])
    if account is None or not account.person.active or account.epoch != half["epoch"]:
        return None
    return account if account.second_factor else None


def _clear_cookie() -> None:
    cookie.clear()
    # What is drawn by this request must carry a token of the new cookie, not of the one before.
    g.pop("csrf_token", None)


def session_times(at: datetime) -> dict[str, int]:
    """What a cookie says of a session that begins now: when it began and was last used, in epoch seconds."""
    return {"begun": int(at.timestamp()), "seen": int(at.timestamp())}


def end_session() -> None:
    """Forget who this was."""
    logout_user()
    cookie.clear()


def _lasts(at: datetime) -> bool:
    """Is the session neither too old nor too long unused? A use is noted, once a minute at most."""
    moment = at.timestamp()
    pause = moment - cookie.get("seen", 0)
    lasts = (
        pause <= LONGEST_PAUSE.total_seconds()
        and moment - cookie.get("begun", 0) <= LONGEST_SESSION.total_seconds()
    )
    if lasts and pause > NOTED_AGAIN_AFTER.total_seconds():
        cookie["seen"] = int(moment)
    return lasts


def load_signed_in(key: str) -> SignedIn | None:
    """The person behind a cookie, unless the session is over or the account was closed."""
    person_id, _, epoch = key.partition(":")
    if not (person_id.isdigit() and epoch.isdigit() and _lasts(now())):
        return None
    found = session().execute(_WHO, {"id": int(person_id)}).unique().one_or_none()
    if found is None or found.Person.account is None or found.Person.account.epoch != int(epoch):
        return None
    return SignedIn(found.Person, int(epoch), _must_switch_on(*found))


def _must_switch_on(person: Person, rules: SignInRules | None) -> bool:
    has_it = person.account is not None and person.account.second_factor is not None
    return rules is not None and not has_it and rules.demand_second_factor(person, on=today())


def init_app(app: Flask) -> None:
    """Hang the sign-in on the application."""
    manager = LoginManager(app)
    manager.user_loader(load_signed_in)
    manager.unauthorized_handler(_ask_to_sign_in)
    app.before_request(_insist_on_own_keys)


def _ask_to_sign_in() -> Response:
    """Lead whoever wants a page to the door; a form that was sent is told, since it cannot be sent on."""
    if request.method not in LOOKING or wants_json():
        abort(401)
    flash(gettext("Đăng nhập để tiếp tục."), "message")
    return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))


def _insist_on_own_keys() -> Response | None:
    """Lead whoever has a first password, or no second factor but must, there before anything else.

    What was sent is refused in words, since it cannot be sent on: a script would take the page for success.
    """
    if request.endpoint in ALWAYS_OPEN or not current_user.is_authenticated:
        return None
    if current_user.person.account.must_change:
        wanted = "account.password"
    elif current_user.must_switch_on:
        wanted = "account.switch_on"
    else:
        return None
    if request.endpoint == wanted:
        return None
    if request.method not in LOOKING or wants_json():
        raise NotAllowed(FIRST[wanted])
    return redirect(url_for(wanted))
