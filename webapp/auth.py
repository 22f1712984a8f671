"""Signing in: passwords by argon2id, sessions that end when the account says so."""

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import Flask, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.wrappers import Response

from webapp.runtime import session
from workflows.people import Account, Appointment, Person, by_username
from workflows.wording import N_

hasher = PasswordHasher()
SHORTEST_PASSWORD = 10
OPEN_BEFORE_CHANGE = {"account.password", "account.sign_out", "static", "bootstrap.static"}
# Verified when there is no such account, so that the answer takes as long as for a wrong password.
_NOBODY = hasher.hash("nobody")


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
    try:
        hasher.verify(account.password_hash if account else _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return account


def load_signed_in(key: str) -> SignedIn | None:
    """The person behind a cookie, unless the account was closed or its sessions ended."""
    person_id, _, epoch = key.partition(":")
    if not (person_id.isdigit() and epoch.isdigit()):
        return None
    person = session().scalar(
        select(Person)
        .where(Person.id == int(person_id), Person.active)
        .options(selectinload(Person.appointments).joinedload(Appointment.unit), joinedload(Person.account))
    )
    if person is None or person.account is None or person.account.epoch != int(epoch):
        return None
    return SignedIn(person, person.account.epoch)


def init_app(app: Flask) -> None:
    """Hang the sign-in on the application."""
    manager = LoginManager(app)
    manager.login_view = "account.sign_in"
    manager.login_message = N_("Đăng nhập để tiếp tục.")
    manager.user_loader(load_signed_in)
    app.before_request(_insist_on_own_password)


def _insist_on_own_password() -> Response | None:
    if request.endpoint in OPEN_BEFORE_CHANGE or not current_user.is_authenticated:
        return None
    if current_user.person.account.must_change:
        return redirect(url_for("account.password"))
    return None
