"""Reading directives: what a person may see, what resembles a new paper, what cites what."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from workflows.directives.models import (
    Directive,
    DirectiveLink,
    ImportDraft,
    LikenessKey,
    ReadingCorrection,
    directive_audience,
)
from workflows.directives.reading.similarity import Signature, near_duplicates
from workflows.directives.rules import identity, number_key
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import readable_units


def visible_to(person: Person, *, on: date) -> ColumnElement[bool]:
    """The directives a person may read: those of their offices and those sent to their units."""
    units = select(Unit.id).where(readable_units(person, on=on))
    sent = select(directive_audience.c.directive_id).where(directive_audience.c.unit_id.in_(units))
    return or_(Directive.office_id.in_(units), Directive.id.in_(sent))


def all_visible(person: Person, *, on: date) -> Select[Directive]:
    """The directives a person may read, to be narrowed and sorted by a list."""
    return select(Directive).where(visible_to(person, on=on))


def same_paper(
    session: Session, office: Unit, *, number: str | None, issuer: str, issued_on: date | None, sha256: str
) -> Directive | None:
    """The directive already registered from the same file, or with the same number, issuer and date."""
    same = [Directive.sha256 == sha256]
    if key := identity(number, issuer, issued_on):
        same.append(Directive.identity == key)
    return session.scalar(select(Directive).where(Directive.office_id == office.id, or_(*same)).limit(1))


def cited_by(session: Session, directive: Directive, person: Person, *, on: date) -> Sequence[DirectiveLink]:
    """The links that lead to a directive from others that the person may read."""
    wanted = (
        select(DirectiveLink)
        .join(DirectiveLink.directive)
        .where(DirectiveLink.target_id == directive.id, visible_to(person, on=on))
        .options(joinedload(DirectiveLink.directive))
        .order_by(Directive.issued_on, DirectiveLink.id)
    )
    return session.scalars(wanted).unique().all()


def readable_among(session: Session, ids: Iterable[int], person: Person, *, on: date) -> set[int]:
    """Which of these directives the person may read."""
    wanted = select(Directive.id).where(Directive.id.in_(list(ids)), visible_to(person, on=on))
    return set(session.scalars(wanted))


def find_by_number(session: Session, office: Unit, number: str, issued_on: date | None) -> Directive | None:
    """The registered directive that a citation means; the date decides between bodies with equal symbols."""
    key = number_key(number).replace("-", " ")
    wanted = select(Directive).where(
        Directive.office_id == office.id, Directive.identity.startswith(f"{key}|")
    )
    if issued_on is not None:
        wanted = wanted.where(Directive.issued_on == issued_on)
    found = session.scalars(wanted.limit(2)).all()
    return found[0] if len(found) == 1 else None


def alike(session: Session, office: Unit, likeness: str) -> list[tuple[Directive, float]]:
    """Registered directives whose text agrees by nine tenths or more, the most alike first."""
    signature = Signature.parse(likeness)
    candidates = (
        select(Directive)
        .where(Directive.office_id == office.id, Directive.likeness.is_not(None))
        .where(
            Directive.id.in_(select(LikenessKey.directive_id).where(LikenessKey.key.in_(signature.keys())))
        )
    )
    known = [(one, Signature.parse(one.likeness or "")) for one in session.scalars(candidates)]
    return near_duplicates(signature, known)


def corrections_kept(session: Session, person: Person, *, on: date) -> Sequence[ReadingCorrection]:
    """What people corrected in the readings of directives the person may read, oldest first."""
    wanted = (
        select(ReadingCorrection)
        .join(ReadingCorrection.directive)
        .where(visible_to(person, on=on))
        .options(joinedload(ReadingCorrection.directive), joinedload(ReadingCorrection.person))
        .order_by(ReadingCorrection.id)
    )
    return session.scalars(wanted).all()


def draft_of_file(session: Session, office: Unit, sha256: str) -> ImportDraft | None:
    """The draft in which the same file already waits to be confirmed."""
    waiting = select(ImportDraft).where(
        ImportDraft.office_id == office.id, ImportDraft.sha256 == sha256, ImportDraft.directive_id.is_(None)
    )
    return session.scalar(waiting.limit(1))


def open_drafts(session: Session, person: Person) -> Sequence[ImportDraft]:
    """What a person has taken in and not yet confirmed, newest first."""
    wanted = (
        select(ImportDraft)
        .where(ImportDraft.person_id == person.id, ImportDraft.directive_id.is_(None))
        .order_by(ImportDraft.changed_at.desc())
    )
    return session.scalars(wanted).all()
