"""Signing in: passwords by argon2id, sessions that end when the account says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import Flask, abort, flash, redirect, request, url_for
from flask import session as cookie
from flask_babel import gettext
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.wrappers import Response

from webapp.errors import wants_json
from webapp.runtime import LOOKING, let_others_write, now, session
from workflows.people import Account, Appointment, Person, Substitution, by_username

hasher = PasswordHasher()
LONGEST_PAUSE = timedelta(hours=2)
LONGEST_SESSION = timedelta(hours=12)
NOTED_AGAIN_AFTER = timedelta(minutes=1)
OPEN_BEFORE_CHANGE = {"account.password", "account.sign_out", "static", "bootstrap.static"}
# Verified when there is no such account, so that the answer takes as long as for a wrong password.
_NOBODY = hasher.hash("nobody")
# Asked by every request, so it is put together once.
_WHO = (
    select(Person)
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
    cookie.clear()
    cookie.update(session_times(now()))
    login_user(SignedIn(account.person, account.epoch))


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
    person = session().execute(_WHO, {"id": int(person_id)}).unique().scalar_one_or_none()
    if person is None or person.account is None or person.account.epoch != int(epoch):
        return None
    return SignedIn(person, person.account.epoch)


def init_app(app: Flask) -> None:
    """Hang the sign-in on the application."""
    manager = LoginManager(app)
    manager.user_loader(load_signed_in)
    manager.unauthorized_handler(_ask_to_sign_in)
    app.before_request(_insist_on_own_password)


def _ask_to_sign_in() -> Response:
    """Lead whoever wants a page to the door; a form that was sent is told, since it cannot be sent on."""
    if request.method not in LOOKING or wants_json():
        abort(401)
    flash(gettext("Đăng nhập để tiếp tục."), "message")
    return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))


def _insist_on_own_password() -> Response | None:
    if request.endpoint in OPEN_BEFORE_CHANGE or not current_user.is_authenticated:
        return None
    if current_user.person.account.must_change:
        return redirect(url_for("account.password"))
    return None
