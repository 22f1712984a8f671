"""What makes a function a verb of the office: its permission is checked and its act recorded, always."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy.orm import Session

from workflows import aftermath, audit, permissions
from workflows.calendar import local_day
from workflows.db import Base
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission, Subject


@dataclass(frozen=True)
class Verb:
    """What an act is called in the trail, and the permission it needs."""

    action: str
    permission: Permission


VERBS: dict[str, Verb] = {}
FOLLOWED: set[str] = set()

S = TypeVar("S")
B = TypeVar("B", bound=Base)
P = ParamSpec("P")
R = TypeVar("R")


def verb(
    action: str, permission: Permission
) -> Callable[[Callable[Concatenate[Session, S, P], R]], Callable[Concatenate[Session, S, P], R]]:
    """Make `function(session, subject, *, by, at, …)` check the permission, act, and record the act.

    The record names the result when it is a row (something was made), otherwise the subject; a keyword
    `reason` becomes its note; for whoever acts in the posts of an absent person it names that person. The
    search entry of what was touched is renewed after the commit.
    """
    VERBS[action] = spoken = Verb(action, permission)

    def decorate(
        function: Callable[Concatenate[Session, S, P], R],
    ) -> Callable[Concatenate[Session, S, P], R]:
        @wraps(function)
        def perform(session: Session, subject: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            by, at = cast(Person, kwargs["by"]), cast(datetime, kwargs["at"])
            permissions.require(by, permission, cast(Subject, subject), on=local_day(at))
            absent = permissions.acting_for(by, permission, cast(Subject, subject), on=local_day(at))
            before = audit.snapshot(subject)
            result = function(session, subject, *args, **kwargs)
            session.flush()
            made = result if isinstance(result, Base) and result is not subject else None
            entry = audit.record(
                session,
                action=action,
                subject=made or subject,
                by=by,
                instead_of=absent,
                at=at,
                note=str(kwargs.get("reason") or ""),
                changes={} if made is not None else audit.differences(before, audit.snapshot(subject)),
            )
            _file_anew(session, subject, made, at)
            if action in FOLLOWED:
                session.flush()
                aftermath.hand_over(session, "tell", at=at, entry=entry.id)
            return result

        perform.verb = spoken  # type: ignore[attr-defined]
        return perform

    return decorate


def once_a_sitting(
    act: Callable[Concatenate[Session, B, P], R],
) -> Callable[Concatenate[Session, B, P], R]:
    """Let the trail say once what a sitting changed: pages save what is typed every few seconds."""
    action = act.verb.action  # type: ignore[attr-defined]

    @wraps(act)
    def fold(session: Session, subject: B, /, *args: P.args, **kwargs: P.kwargs) -> R:
        result = act(session, subject, *args, **kwargs)
        audit.fold_newest(session, subject, action=action)
        return result

    return fold


def follow(*actions: str) -> None:
    """Have the record of these acts handed over after the commit (job "tell"), so that others can be told."""
    FOLLOWED.update(actions)


def _file_anew(session: Session, subject: object, made: object, at: datetime) -> None:
    for touched in _touched(subject, made):
        if isinstance(touched, Base) and (id_ := getattr(touched, "id", None)) is not None:
            aftermath.hand_over(session, "index", at=at, kind=audit.kind_of(touched), id=id_)


def _touched(subject: object, made: object) -> tuple[object, ...]:
    """What has to be filed anew: a note is found with its task; an office is no other for what it makes."""
    return (made,) if made is not None and isinstance(subject, Unit) else (made, subject)
