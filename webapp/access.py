"""Who may come in: every route says its permission, every record is fetched or does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort
from flask_login import current_user, login_required
from werkzeug.datastructures import MultiDict

from webapp.runtime import session, today
from workflows import permissions
from workflows.db import Base
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])
Row = TypeVar("Row", bound=Base)
# Beyond them the databases do not answer but fail.
IDS = range(1, 2**31)


def me() -> Person:
    """The person who is signed in (the object itself, never the proxy of the library)."""
    return cast(Person, current_user.person)


def may(permission: Permission, subject: permissions.Subject = None) -> bool:
    """May the signed-in person do this? Draws the buttons of a page."""
    return permissions.allows(me(), permission, subject, on=today())


def may_anywhere(permission: Permission) -> bool:
    """Is there anything at all the signed-in person may do this to? Draws the menu."""
    return permissions.holds_anywhere(me(), permission, on=today())


def own_office() -> Unit:
    """The office in which the signed-in person is clerk or leader."""
    return next(post.unit for post in me().appointments_on(today()) if post.role.runs_an_office)


def guarded(permission: Permission) -> Callable[[View], View]:
    """Open a route to signed-in people who hold the permission for anything; for others it does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def guard(*args: Any, **kwargs: Any) -> Any:
            if not may_anywhere(permission):
                abort(404)
            return view(*args, **kwargs)

        guard.guard = permission  # type: ignore[attr-defined]
        return cast(View, guard)

    return decorate


def public(view: View) -> View:
    """Mark a route that needs no signing in."""
    view.guard = None  # type: ignore[attr-defined]
    return view


def asked_id(values: MultiDict[str, str], name: str) -> int | None:
    """The id of a row in an address or a form; None for what no row can have."""
    id_ = values.get(name, type=int)
    # Looked for in a range, anything that is no number is compared with each of its numbers.
    return id_ if id_ is not None and id_ in IDS else None


def fetch(kind: type[Row], key: Any, permission: Permission) -> Row:
    """The row, if it exists and the signed-in person may do this to it; otherwise 404."""
    row = session().get(kind, key) if key in IDS else None
    if row is None or not permissions.allows(me(), permission, cast(permissions.Subject, row), on=today()):
        abort(404)
    return row
