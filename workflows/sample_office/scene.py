"""What every story of the sample needs at hand: the session, the units, who acts for whom, the day it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.directives import Directive
from workflows.files import FileStore
from workflows.organisations import Unit
from workflows.people import Person, Role
from workflows.regimes import Regime
from workflows.sample_office.shapes import SampleOffice

HashPassword = Callable[[str], str]


class Staff:
    """Who acts for a unit: the holder of a role in it, or in the nearest unit above it."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._holders: dict[tuple[str, Role], Person] = {}
        for person in people:
            for post in person.appointments:
                self._holders.setdefault((post.unit.path, post.role), person)

    def find(self, unit: Unit, role: Role) -> Person | None:
        """The nearest holder of a role for a unit, if any."""
        path = unit.path
        while path:
            if person := self._holders.get((path, role)):
                return person
            path = path.rstrip("/").rpartition("/")[0] + "/" if path.count("/") > 2 else ""
        return None

    def of(self, unit: Unit, role: Role) -> Person:
        """The nearest holder of a role for a unit; LookupError when nobody acts for it."""
        person = self.find(unit, role)
        if person is None:
            raise LookupError(f"nobody is {role} for {unit.code}")
        return person


@dataclass
class Scene:
    """The stage on which the history of the sample is played."""

    session: Session
    files: FileStore
    sample: SampleOffice
    seed: int
    now: datetime
    units: dict[str, Unit]
    staff: Staff
    directives: dict[str, Directive] = field(default_factory=dict)
    regimes: dict[str, Regime] = field(default_factory=dict)
    obligations: dict[str, dict[tuple[str, str], int]] = field(default_factory=dict)
    members_secret: bytes = b""

    @property
    def today(self) -> date:
        """The day it is."""
        return local_day(self.now)

    @property
    def office(self) -> Unit:
        """The office of the provincial committee."""
        return self.units["VPTU"]

    @property
    def highest_office(self) -> Unit:
        """The office that looks after everything: the nation's where there is one, else the province's."""
        return self.units.get("VPTW", self.office)

    def clerk(self, office: Unit) -> Person:
        """The clerk of an office, who registers, assigns and reviews."""
        return self.staff.of(office, Role.OFFICE_CLERK)

    def leader(self, office: Unit) -> Person:
        """The leader of an office, who decides."""
        return self.staff.of(office, Role.OFFICE_LEADER)
