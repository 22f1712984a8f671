"""Reading directives: what a person may see, what resembles a new paper, what cites what."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from workflows.directives.models import Directive, DirectiveLink, ImportDraft, directive_audience
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


def cited_by(session: Session, directive: Directive) -> Sequence[DirectiveLink]:
    """The links that lead to a directive from others."""
    wanted = select(DirectiveLink).where(DirectiveLink.target_id == directive.id).order_by(DirectiveLink.id)
    return session.scalars(wanted).all()


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


def open_drafts(session: Session, person: Person) -> Sequence[ImportDraft]:
    """What a person has taken in and not yet confirmed, newest first."""
    wanted = (
        select(ImportDraft)
        .where(ImportDraft.person_id == person.id, ImportDraft.directive_id.is_(None))
        .order_by(ImportDraft.changed_at.desc())
    )
    return session.scalars(wanted).all()
