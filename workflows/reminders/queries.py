"""Reading reminders: the ladders, what a person was told, what was told of a thing, what left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    distinct,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from workflows.organisations import Unit
from workflows.people import Person
from workflows.regimes import Obligation
from workflows.reminders.models import (
    USUAL_CHANNELS,
    USUAL_HOURS,
    Channels,
    Ladder,
    Mail,
    Notice,
    ReminderHours,
    ReminderLetter,
)
from workflows.reminders.rules import Hours, Steps
from workflows.reminders.states import OF_LADDERS, REMINDERS, MailState, NoticeKind
from workflows.reminders.things import ANSWERED, SOURCES, THINGS, Source
from workflows.reports import of_obligation

UNSOLVED = (MailState.FAILED, MailState.ABANDONED, MailState.UNCERTAIN)


def ladders(session: Session) -> dict[tuple[str, int], Steps]:
    """Every ladder by what it holds for: ("office", id), ("directive", id), ("regime", id)."""
    found: dict[tuple[str, int], Steps] = {}
    for ladder in session.scalars(select(Ladder)):
        if ladder.directive_id is not None:
            found["directive", ladder.directive_id] = ladder.steps
        elif ladder.regime_id is not None:
            found["regime", ladder.regime_id] = ladder.steps
        else:
            found["office", ladder.office_id] = ladder.steps
    return found


def ladder_of(
    session: Session, office: Unit, *, directive_id: int | None = None, regime_id: int | None = None
) -> Ladder | None:
    """The row for exactly this, if somebody made one."""
    wanted = select(Ladder).where(
        Ladder.office_id == office.id,
        Ladder.directive_id.is_not_distinct_from(directive_id),
        Ladder.regime_id.is_not_distinct_from(regime_id),
    )
    return session.scalar(wanted)


def ladders_of(session: Session, office: Unit) -> Sequence[Ladder]:
    """The office's own ladders, its default first."""
    wanted = select(Ladder).where(Ladder.office_id == office.id)
    shown = joinedload(Ladder.directive), joinedload(Ladder.regime)
    special = case((and_(Ladder.directive_id.is_(None), Ladder.regime_id.is_(None)), 0), else_=1)
    return session.scalars(wanted.options(*shown).order_by(special, Ladder.id)).all()


def hours_in_force(session: Session) -> Hours:
    """When anything may leave."""
    row = session.scalar(select(ReminderHours).order_by(ReminderHours.office_id).limit(1))
    return row.hours if row else USUAL_HOURS


def channels_of(session: Session, person: Person) -> Channels:
    """How the person wants to be told; the usual ways while nothing was chosen."""
    return session.get(Channels, person.id) or Channels(person_id=person.id, **USUAL_CHANNELS)


def still_visible(person: Person, *, on: date) -> ColumnElement[bool]:
    """The notices whose thing the person may (still) see; all others do not exist for them."""
    seen = [
        and_(Notice.subject_kind == kind, _is_there(thing.model.id, thing.visible(person, on)))  # type: ignore[attr-defined]
        for kind, thing in THINGS.items()
    ]
    return or_(false(), *seen)


def _is_there(key: InstrumentedAttribute[int], visible: ColumnElement[bool]) -> ColumnElement[bool]:
    """Asked notice by notice: a person has few that are unread, and may see very many things."""
    return select(key).where(key == Notice.subject_id, visible).correlate(Notice).exists()


def still_asked() -> ColumnElement[bool]:
    """All notices but the ladder's about what was finished, stopped or put off since."""
    asked = [and_(Notice.subject_kind == kind, _is_open(source)) for kind, source in SOURCES.items()]
    return or_(Notice.kind.not_in(OF_LADDERS), *asked)


def _is_open(source: Source) -> ColumnElement[bool]:
    open_ = source.open_between(date.min, date.max).subquery()
    id_, deadline = open_.c[0], open_.c[7]
    here = (id_ == Notice.subject_id, deadline == Notice.deadline)
    return select(id_).where(*here).correlate(Notice).exists()


def title() -> ColumnElement[str]:
    """The name of the thing a notice is about, as an expression of the query."""
    named = [
        (
            Notice.subject_kind == kind,
            select(thing.title)
            .where(thing.model.id == Notice.subject_id)  # type: ignore[attr-defined]
            .correlate(Notice)
            .scalar_subquery(),
        )
        for kind, thing in THINGS.items()
    ]
    return case(*named, else_=literal(""))


def told(person: Person, *, on: date) -> Select[Notice, str]:
    """What a person was told, with the name of each thing, to be narrowed and sorted."""
    return select(Notice, title().label("title")).where(
        Notice.person_id == person.id, still_visible(person, on=on)
    )


def unread(person: Person, *, on: date) -> Select[int]:
    """How many notices the person has not read."""
    mine = Notice.person_id == person.id, Notice.read_at.is_(None)
    return select(func.count()).select_from(Notice).where(*mine, still_visible(person, on=on))


def log_for(person: Person, *, on: date) -> Select[Notice, str]:
    """What was told to anybody about things this person may see, with names and mails."""
    shown = joinedload(Notice.person), joinedload(Notice.mail)
    return (
        select(Notice, title().label("title"))
        .outerjoin(Notice.mail)
        .join(Person, Person.id == Notice.person_id)
        .where(still_visible(person, on=on))
        .options(*shown)
    )


@dataclass(frozen=True)
class Told:
    """One time that people were reminded of a thing: why, how many of them, how many mails left."""

    notice: Notice
    people: int
    mails: int


def told_about(session: Session, kind: str, subject_id: int, *, limit: int = 20) -> list[Told]:
    """The reminders that left about a thing, newest first."""
    sent = func.sum(case((Mail.state == MailState.SENT, 1), else_=0))
    grouped = (
        select(func.min(Notice.id), func.count(distinct(Notice.person_id)), sent)
        .outerjoin(Notice.mail)
        .where(Notice.subject_kind == kind, Notice.subject_id == subject_id, Notice.kind.in_(REMINDERS))
        .group_by(Notice.rung, Notice.deadline)
        .order_by(func.min(Notice.id).desc())
        .limit(limit)
    )
    rows = session.execute(grouped).all()
    if not rows:
        return []
    wanted = select(Notice).where(Notice.id.in_([first for first, _, _ in rows]))
    notices = {notice.id: notice for notice in session.scalars(wanted)}
    return [Told(notices[first], people, int(mails)) for first, people, mails in rows]


def reminded_last(session: Session, kind: str, ids: Iterable[int]) -> Mapping[int, datetime]:
    """Id → when a reminder about the thing was last made; nothing where none ever was."""
    newest = (
        select(Notice.subject_id, func.max(Notice.made_at))
        .where(Notice.subject_kind == kind, Notice.subject_id.in_(list(ids)), Notice.kind.in_(REMINDERS))
        .group_by(Notice.subject_id)
    )
    return dict(session.execute(newest).all())


def urgings_on(session: Session, kind: str, ids: Iterable[int], day_key: str) -> Mapping[int, int]:
    """Id → how often a thing was urged by hand on a day."""
    counted = (
        select(Notice.subject_id, func.count(distinct(Notice.rung)))
        .where(Notice.subject_kind == kind, Notice.subject_id.in_(list(ids)), Notice.rung.like(f"{day_key}%"))
        .group_by(Notice.subject_id)
    )
    return dict(session.execute(counted).all())


def for_committee(person: Person, *, on: date) -> Select[Notice, str, str]:
    """What is so late that the standing committee is told, and still open, with the unit that owes."""
    first = (
        select(func.min(Notice.id))
        .where(Notice.kind == NoticeKind.COMMITTEE)
        .group_by(Notice.subject_kind, Notice.subject_id, Notice.deadline)
    )
    open_ = union_all(*(_open(kind, source, on) for kind, source in SOURCES.items())).subquery()
    kind, subject_id, unit_id, deadline = open_.c
    same = and_(kind == Notice.subject_kind, subject_id == Notice.subject_id, deadline == Notice.deadline)
    return (
        select(Notice, title().label("title"), Unit.short_name)
        .join(open_, same)
        .join(Unit, Unit.id == unit_id)
        .where(Notice.id.in_(first), still_visible(person, on=on))
    )


def _open(kind: str, source: Source, on: date) -> Select[Any]:
    columns = source.open_between(on - timedelta(days=400), on).subquery().c
    return select(literal(kind), columns[0], columns[2], columns[7])


def unsolved_mails(session: Session) -> int:
    """How many mails did not leave, or may not have."""
    return session.scalar(select(func.count()).select_from(Mail).where(Mail.state.in_(UNSOLVED))) or 0


def letters_of(session: Session, office: Unit, *, limit: int = 10) -> Sequence[ReminderLetter]:
    """The newest letters that ladders had drafted for an office."""
    shown = joinedload(ReminderLetter.directive), joinedload(ReminderLetter.regime)
    wanted = select(ReminderLetter).where(ReminderLetter.office_id == office.id).options(*shown)
    return session.scalars(wanted.order_by(ReminderLetter.id.desc()).limit(limit)).all()


def is_owed(session: Session, obligation: Obligation) -> bool:
    """Is its report still to be handed in?"""
    report = of_obligation(session, obligation)
    return not obligation.waived and (report is None or report.state not in ANSWERED)
