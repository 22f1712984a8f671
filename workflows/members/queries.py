"""Reading the register: whose lists a person may see, who is on them, what an organisation has settled."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from workflows.db import in_vietnamese_order
from workflows.members.models import (
    Branch,
    Member,
    Membership,
    Movement,
    RegisterRules,
    Transfer,
    branch_secretary,
)
from workflows.members.rules import Habits, usual_habits
from workflows.members.states import MembershipState
from workflows.organisations import Succession, Unit, existing, successors
from workflows.people import Person, Role, holders
from workflows.permissions import REGISTER_STAFF


def head_of(session: Session, unit: Unit) -> Unit:
    """The uppermost unit of the organisation a unit belongs to, which settles the register's rules."""
    above = [int(id_) for id_ in unit.path.strip("/").split("/")]
    family = select(Unit).where(Unit.id.in_(above), Unit.organisation == unit.organisation)
    return session.scalars(family.order_by(func.length(Unit.path)).limit(1)).one()


def rules_of(session: Session, head: Unit) -> RegisterRules | None:
    """What the organisation has settled itself."""
    return session.scalar(select(RegisterRules).where(RegisterRules.head_id == head.id))


def habits_of(session: Session, unit: Unit) -> Habits:
    """The words and terms that hold for a unit's register."""
    settled = rules_of(session, head_of(session, unit))
    if settled is None:
        return usual_habits(unit.organisation or "")
    return Habits(
        settled.branch_word,
        settled.cell_word,
        tuple(settled.grades),
        tuple(settled.reasons),
        settled.answer_days,
        settled.purpose,
        settled.retention_years,
    )


def register_units(person: Person, *, on: date) -> ColumnElement[bool]:
    """The SQL condition that a joined Unit's whole register is the person's to read.

    The twin of MEMBERS_VIEW for units: the same organisation, at the person's own unit or below it.
    """
    posts = [post for post in person.appointments_on(on) if post.role in REGISTER_STAFF]
    return or_(
        false(),
        *(
            and_(Unit.path.startswith(post.unit.path), Unit.organisation == post.unit.organisation)
            for post in posts
            if post.unit.organisation
        ),
    )


def visible_branches(session: Session, person: Person, *, on: date) -> ColumnElement[bool]:
    """The SQL condition that a Branch joined with its Unit is the person's to read."""
    return or_(register_units(person, on=on), *_entrusted(session, person, on))


def _entrusted(session: Session, person: Person, on: date) -> list[ColumnElement[bool]]:
    """One condition for each branch the person is secretary of, covering what is below it."""
    units = [post.unit_id for post in person.appointments_on(on) if post.role is Role.BRANCH_SECRETARY]
    if not units:
        return []
    own = (
        select(Branch.path, Branch.unit_id)
        .join(branch_secretary, branch_secretary.c.branch_id == Branch.id)
        .where(branch_secretary.c.person_id == person.id, Branch.unit_id.in_(units))
    )
    return [
        and_(Branch.path.startswith(path), Branch.unit_id == unit_id)
        for path, unit_id in session.execute(own)
    ]


def all_branches(session: Session, person: Person, *, on: date) -> Select[Branch]:
    """The branches whose lists the person may read, each with its unit."""
    return (
        select(Branch)
        .join(Branch.unit)
        .options(contains_eager(Branch.unit))
        .where(visible_branches(session, person, on=on))
    )


def all_memberships(session: Session, person: Person, *, on: date) -> Select[Membership]:
    """The memberships the person may read, each with member, branch and unit."""
    return (
        select(Membership)
        .join(Membership.member)
        .join(Membership.branch)
        .join(Branch.unit)
        .options(
            contains_eager(Membership.member),
            contains_eager(Membership.branch).contains_eager(Branch.unit),
        )
        .where(visible_branches(session, person, on=on), _of_own_organisations(person, on))
    )


def _of_own_organisations(person: Person, on: date) -> ColumnElement[bool]:
    """What follows from the branches already; said of members, it lets an index give them in order."""
    return or_(
        false(),
        *(
            Member.organisation == organisation
            for organisation in {post.unit.organisation for post in person.appointments_on(on)}
            if organisation
        ),
    )


def with_member() -> _AbstractLoad:
    """The option that fills a membership's member from the same query."""
    return contains_eager(Membership.member)


def all_transfers(person: Person, *, on: date) -> Select[Transfer]:
    """The handings over that leave or reach a register the person keeps."""
    mine = select(Unit.id).where(register_units(person, on=on))
    sent = select(Branch.id).where(Branch.unit_id.in_(mine))
    return (
        select(Transfer)
        .where(or_(Transfer.to_unit_id.in_(mine), Transfer.from_branch_id.in_(sent)))
        .options(
            joinedload(Transfer.membership).joinedload(Membership.member),
            joinedload(Transfer.from_branch).joinedload(Branch.unit),
            joinedload(Transfer.to_unit),
            joinedload(Transfer.to_branch),
        )
    )


def awaiting_receipt(person: Person, *, on: date) -> ColumnElement[bool]:
    """The SQL condition that a transfer waits for the person to receive or refuse it."""
    return and_(
        Transfer.decided_at.is_(None),
        Transfer.to_unit_id.in_(select(Unit.id).where(register_units(person, on=on))),
    )


def active_counts(session: Session, branch_ids: Iterable[int]) -> dict[int, int]:
    """Branch → how many members it has now."""
    counted = (
        select(Membership.branch_id, func.count())
        .where(Membership.branch_id.in_(list(branch_ids)), Membership.state == MembershipState.ACTIVE)
        .group_by(Membership.branch_id)
    )
    return dict(session.execute(counted).all())


def units_of(session: Session, head: Unit, *, on: date) -> Sequence[Unit]:
    """The units of an organisation in being, from its uppermost unit down."""
    own = existing(on).where(Unit.path.startswith(head.path), Unit.organisation == head.organisation)
    return session.scalars(own).all()


def kept_units(session: Session, person: Person, *, on: date) -> Sequence[Unit]:
    """The units in being whose whole register the person keeps."""
    return session.scalars(existing(on).where(register_units(person, on=on))).all()


def branches_of(session: Session, unit: Unit, *, on: date) -> Sequence[Branch]:
    """The branches of one unit that are in being, each before those below it."""
    lives = (Branch.founded_on <= on) & (Branch.dissolved_on.is_(None) | (Branch.dissolved_on > on))
    wanted = select(Branch).where(Branch.unit_id == unit.id, lives)
    return session.scalars(wanted.order_by(Branch.path)).all()


def heirs_of(session: Session, unit: Unit, *, on: date) -> Sequence[Unit]:
    """The units of its own organisation that a unit went on as, followed to those in being on a day."""
    return [heir for heir in successors(session, unit, on=on) if heir.organisation == unit.organisation]


def receiving_units(session: Session, transfer: Transfer, *, on: date) -> Sequence[Unit]:
    """The units whose branches may receive the member: the one it was sent to and those it went on as."""
    return [transfer.to_unit, *heirs_of(session, transfer.to_unit, on=on)]


def secretaries_without_role(
    session: Session, unit: Unit, branches: Iterable[Branch], *, on: date
) -> Sequence[Person]:
    """Who looks after the branches or what is below them, but reads nothing: no such role in the unit."""
    there = or_(false(), *(Branch.path.startswith(branch.path) for branch in branches))
    entrusted = select(branch_secretary.c.person_id).join(Branch).where(there)
    reading = {person.id for person in holders(session, unit, Role.BRANCH_SECRETARY, on=on)}
    wanted = select(Person).where(Person.active, Person.id.in_(entrusted), Person.id.not_in(reading))
    return session.scalars(wanted.order_by(in_vietnamese_order(Person.full_name), Person.id)).all()


def left_behind(session: Session, person: Person, *, on: date) -> Sequence[Unit]:
    """Units no longer in being that went on as others, while branches the person keeps still hang on them."""
    wanted = (
        select(Unit)
        .where(Unit.dissolved_on <= on, register_units(person, on=on))
        .where(Unit.id.in_(select(Branch.unit_id).where(Branch.dissolved_on.is_(None))))
        .where(Unit.id.in_(select(Succession.predecessor_id)))
    )
    return [unit for unit in session.scalars(wanted.order_by(Unit.path)) if heirs_of(session, unit, on=on)]


def same_identity(session: Session, organisation: str, key: str) -> Member | None:
    """The member of an organisation's register whose identity number has this key."""
    wanted = select(Member).where(Member.organisation == organisation, Member.identity_key == key)
    return session.scalars(wanted.order_by(Member.id).limit(1)).first()


def namesakes(session: Session, member: Member, *, unit: Unit) -> Sequence[Membership]:
    """Active memberships of the same name and birth in the unit: perhaps the same person twice."""
    return session.scalars(
        select(Membership)
        .join(Membership.member)
        .join(Membership.branch)
        .where(
            Branch.unit_id == unit.id,
            Member.folded_name == member.folded_name,
            Member.birth_year == member.birth_year,
            or_(Member.born_on == member.born_on, Member.born_on.is_(None)),
            Member.id != member.id,
            Membership.state == MembershipState.ACTIVE,
        )
        .limit(5)
    ).all()


def movements_of(session: Session, membership: Membership) -> Sequence[Movement]:
    """Everything that happened to a membership, oldest first, with authors and branches."""
    return session.scalars(
        select(Movement)
        .where(Movement.membership_id == membership.id)
        .options(joinedload(Movement.by), joinedload(Movement.branch).joinedload(Branch.unit))
        .order_by(Movement.on, Movement.id)
    ).all()


def open_transfer(session: Session, membership: Membership) -> Transfer | None:
    """The handing over of a membership that still waits for its answer."""
    return session.scalar(
        select(Transfer).where(Transfer.membership_id == membership.id, Transfer.decided_at.is_(None))
    )
