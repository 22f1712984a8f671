"""Named predicates: what a person is to the units a thing concerns."""

from collections.abc import Callable
from datetime import date

from workflows.organisations import Unit
from workflows.people import Appointment, Role
from workflows.permissions.things import Holder, Parties

Predicate = Callable[[Holder, Parties | None, date], bool]


def _reads_along(*roles: Role) -> Predicate:
    """Holds one of the roles over some unit that the thing concerns (or, with no thing, anywhere)."""

    def holds(person: Holder, parties: Parties | None, on: date) -> bool:
        posts = posts_in(person, on, roles)
        if parties is None:
            return bool(posts)
        return any(unit.path.startswith(post.reach) for post in posts for unit in parties.all())

    return holds


def _looks_after(*roles: Role) -> Predicate:
    """Holds one of the roles over the office the thing belongs to, or over every unit if it has none.

    Having a part in a thing gives no say over it: the office of a lead unit must not confirm its own task.
    """

    def holds(person: Holder, parties: Parties | None, on: date) -> bool:
        reaches_ = [post.reach for post in posts_in(person, on, roles)]
        if parties is None:
            return bool(reaches_)
        owners = [parties.office] if parties.office else list(parties.all())
        return bool(owners) and all(any(unit.path.startswith(path) for path in reaches_) for unit in owners)

    return holds


def _heads_all(*roles: Role) -> Predicate:
    """Holds one of the roles over everybody: for what the whole installation shares."""

    def holds(person: Holder, parties: Parties | None, on: date) -> bool:
        return any(is_root(post.reach) for post in posts_in(person, on, roles))

    return holds


def _works_in(part: str, *roles: Role) -> Predicate:
    """Holds one of the roles in a unit that plays this part, or in a unit above it."""

    def holds(person: Holder, parties: Parties | None, on: date) -> bool:
        if parties is None:
            return False
        units = parties.all() if part == "any" else getattr(parties, part)
        posts = posts_in(person, on, roles)
        return any(unit.path.startswith(post.unit.path) for post in posts for unit in units)

    return holds


def _keeps_register(part: str) -> Predicate:
    """Works in a unit of the same organisation that plays this part, or in one above it.

    The body above the organisations reads none of their lists, though it stands above them in the tree.
    """

    def holds(person: Holder, parties: Parties | None, on: date) -> bool:
        if parties is None:
            return False
        units = parties.all() if part == "any" else getattr(parties, part)
        posts = posts_in(person, on, REGISTER_STAFF)
        return any(_keeps(post.unit, unit) for post in posts for unit in units)

    return holds


def _keeps(above: Unit, unit: Unit) -> bool:
    return bool(unit.organisation) and above.organisation == unit.organisation and unit.is_within(above)


def branch_secretary(person: Holder, parties: Parties | None, on: date) -> bool:
    """Is entrusted with the thing, and still secretary in the unit it belongs to."""
    if parties is None or person.id not in parties.entrusted:
        return False
    posts = posts_in(person, on, (Role.BRANCH_SECRETARY,))
    return any(post.unit.id == unit.id for post in posts for unit in parties.responsible)


def posts_in(person: Holder, on: date, roles: tuple[Role, ...]) -> list[Appointment]:
    return [post for post in person.appointments_on(on) if post.role in roles]


def oneself(person: Holder, parties: Parties | None, on: date) -> bool:
    """Only the person the thing belongs to."""
    return parties is None or parties.owner_id == person.id


def told_by_name(person: Holder, parties: Parties | None, on: date) -> bool:
    """A person who was named among those to be told."""
    return parties is not None and person.id in parties.informed_people


_STAFF = (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.MONITOR)
REGISTER_STAFF = (Role.UNIT_CLERK, Role.UNIT_HEAD)

office_clerk = _looks_after(Role.OFFICE_CLERK)
office_leader = _looks_after(Role.OFFICE_LEADER)
administrator = _looks_after(Role.ADMINISTRATOR)
chief_administrator = _heads_all(Role.ADMINISTRATOR)
chief_leader = _heads_all(Role.OFFICE_LEADER)
reading_office = _reads_along(Role.OFFICE_CLERK, Role.OFFICE_LEADER)
inspector = _reads_along(Role.INSPECTOR)
responsible_staff = _works_in("responsible", Role.UNIT_CLERK, Role.UNIT_HEAD)
responsible_head = _works_in("responsible", Role.UNIT_HEAD)
reviewing_staff = _works_in("reviewing", Role.UNIT_CLERK, Role.UNIT_HEAD)
overseeing_staff = _works_in("informed", Role.UNIT_CLERK, Role.UNIT_HEAD)
coordinating_staff = _works_in("taking_part", Role.UNIT_CLERK, Role.UNIT_HEAD)
monitoring_staff = _works_in("monitoring", *_STAFF)
answering_staff = _works_in("responsible", *_STAFF)
concerned_staff = _works_in("any", *_STAFF)
register_readers = _keeps_register("any")
register_keepers = _keeps_register("responsible")
register_receivers = _keeps_register("taking_part")

OFFICE = (office_clerk, office_leader)


def is_root(path: str) -> bool:
    return path.strip("/").isdigit()
