"""The places of the office: what stands at the left of every page, and what waits there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, cast

from flask import Flask, current_app, g, request
from flask_login import current_user
from sqlalchemy import Select, select

from webapp.access import may_anywhere, me
from webapp.runtime import session, today
from workflows.db import kept_plans
from workflows.organisations import Unit
from workflows.people import Person, Role
from workflows.permissions import Permission
from workflows.wording import N_

Count = Callable[[Person, date], Select[int]]
NOTICES = "notices.index"
PEOPLE_REMEMBERED = 100
# Pages of their own that people look for at another place.
WITHIN = {
    "imports": "directives",
    "studies": "directives",
    "plans": "directives",
    "targets": "directives",
    "reviews": "directives",
    "regimes": "reports",
    "report_forms": "reports",
    "reconciliation": "statistics",
    "overview": "home",
    "scores": "home",
    "sheets": "home",
}


@dataclass(frozen=True)
class Place:
    """An entry of the navigation, shown to whoever holds one of the permissions."""

    label: str
    endpoint: str
    permissions: tuple[Permission, ...]

    @property
    def is_here(self) -> bool:
        """Does the page being shown belong to this place?"""
        here = request.blueprint or ""
        return WITHIN.get(here, here) == self.endpoint.partition(".")[0]

    @property
    def waiting(self) -> int:
        """How many things wait here for the signed-in person."""
        return waiting_at(self.endpoint)


PLACES = (
    Place(N_("Việc của tôi"), "home.index", (Permission.OWN_ACCOUNT,)),
    Place(N_("Văn bản chỉ đạo"), "directives.index", (Permission.DIRECTIVE_VIEW,)),
    Place(N_("Nhiệm vụ"), "tasks.index", (Permission.TASK_VIEW,)),
    Place(N_("Báo cáo"), "reports.index", (Permission.REPORT_VIEW,)),
    Place(N_("Thống kê"), "statistics.index", (Permission.STATISTICS_VIEW,)),
    Place(N_("Đoàn viên, hội viên"), "members.index", (Permission.MEMBERS_VIEW,)),
    Place(N_("Soạn thảo"), "documents.index", (Permission.DOCUMENT_DRAFT,)),
    Place(N_("Sổ văn bản"), "registers.index", (Permission.DOCUMENT_VIEW,)),
    Place(N_("Tra cứu"), "search.index", (Permission.OWN_ACCOUNT,)),
    Place(
        N_("Quản trị"),
        "administration.index",
        (
            Permission.PEOPLE_MANAGE,
            Permission.UNITS_MANAGE,
            Permission.CALENDAR_MANAGE,
            Permission.SYSTEM_VIEW,
            Permission.AUDIT_VIEW,
        ),
    ),
)

_counts: dict[str, Count] = {}


def waiting(endpoint: str) -> Callable[[Count], Count]:
    """Register what counts the things that wait for a person at a place (or at the bell: NOTICES)."""

    def register(count: Count) -> Count:
        _counts[endpoint] = count
        return count

    return register


def waiting_at(endpoint: str) -> int:
    """How many things wait for the signed-in person at an endpoint; 0 where nobody counts."""
    if "waiting" not in g:
        g.waiting = _all_waiting()
    return cast(int, g.waiting.get(endpoint, 0))


def _all_waiting() -> dict[str, int]:
    """What waits at the bell and at every place the person may see, counted in one query."""
    counting = [at for at in (NOTICES, *(place.endpoint for place in places())) if at in _counts]
    if not counting:
        return {}
    wanted = _counting_all(tuple(_counts[at] for at in counting), _Asker.of(me(), today()), today())
    with kept_plans(session()):
        return dict(zip(counting, session().execute(wanted).one(), strict=True))


@dataclass(frozen=True)
class _Seat:
    path: str
    organisation: str | None


@dataclass(frozen=True)
class _Post:
    role: Role
    unit_id: int
    reach: str
    unit: _Seat


@dataclass(frozen=True)
class _Asker:
    """All that counts may ask of a person; equal as long as the person acts in the same posts."""

    id: int
    active: bool
    posts: tuple[_Post, ...]

    @classmethod
    def of(cls, person: Person, on: date) -> "_Asker":
        posts = person.appointments_on(on)
        return cls(
            person.id,
            person.active,
            tuple(
                _Post(post.role, post.unit_id, post.reach, _Seat(post.unit.path, post.unit.organisation))
                for post in posts
            ),
        )

    def appointments_on(self, _: date) -> list[_Post]:
        """The posts the person acts in on the day of the count."""
        return list(self.posts)


@lru_cache(maxsize=PEOPLE_REMEMBERED)
def _counting_all(counts: tuple[Count, ...], asker: _Asker, on: date) -> Select[Any]:
    # Every page asks it, and to put it together takes as long as to answer it.
    return select(*(count(cast(Person, asker), on).scalar_subquery() for count in counts))


def places() -> list[Place]:
    """The places that exist and that the signed-in person may see."""
    return [place for place in PLACES if exists(place.endpoint) and any(map(may_anywhere, place.permissions))]


def exists(endpoint: str) -> bool:
    """Is there a page behind this endpoint?"""
    return endpoint in current_app.view_functions


def signed_in() -> bool:
    """Is somebody signed in who may use the whole office, with no key of theirs to see to first?"""
    if not (current_user and current_user.is_authenticated):
        return False
    return not (me().account.must_change or current_user.must_switch_on)


def units() -> list[Unit]:
    """The units the signed-in person serves today."""
    return list(dict.fromkeys(post.unit for post in me().appointments_on(today())))


def committee() -> Unit | None:
    """The body at the head of the signed-in person's branch, whose name stands on top of every page."""
    own = units()
    return session().get(Unit, int(own[0].path.strip("/").split("/")[0])) if own else None


def init_app(app: Flask) -> None:
    """Let templates draw the frame."""
    app.context_processor(
        lambda: {
            "places": places,
            "signed_in": signed_in,
            "my_units": units,
            "committee": committee,
            "endpoint_exists": exists,
            "waiting_at": waiting_at,
        }
    )
