"""Taking a roster in: first everything is checked and nothing written, then it is written in chunks.

Whoever runs this hands over how to open a short transaction, so that others can write between two chunks and
progress can be seen. A run that was cut off goes on after the last row it had done.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from workflows.members.models import Branch, Member, Membership, Movement
from workflows.members.rosters.bulk import reserve, write
from workflows.members.rosters.columns import Field
from workflows.members.rosters.models import ImportState, RosterImport
from workflows.members.rosters.reading import Person, Problem, Reader
from workflows.members.rosters.register import (
    Known,
    Place,
    Places,
    Seen,
    already_there,
    known,
    repeated,
    unknown_unit,
)
from workflows.members.rosters.sheets import Row, Rows
from workflows.members.states import BranchKind, MembershipState, MovementKind

CHUNK = 4_000
MOST_PROBLEMS_KEPT = 1_000
Transaction = Callable[[], AbstractContextManager[Session]]
Numbered = tuple[int, Row]
Placed = tuple[Person, Place | int]


@dataclass
class _Pass:
    """One going through of a roster: its rows read, placed and compared."""

    roster: RosterImport
    reader: Reader
    places: Places
    seen: Seen

    @classmethod
    def of(cls, session: Session, roster: RosterImport, secret: bytes) -> "_Pass":
        mapping = {Field(name): place for name, place in roster.mapping.items()}
        needs_branch = roster.branch_id is None
        reader = Reader(mapping, as_of=roster.as_of, secret=secret, needs_branch=needs_branch)
        return cls(roster, reader, Places.read(session, roster, roster.as_of), Seen())

    def good(self, session: Session, rows: Sequence[Numbered]) -> tuple[list[Placed], Known]:
        """The rows of a chunk that can go in; what is wrong with the others is added to the problems."""
        placed: list[Placed] = []
        for number, row in rows:
            person = self.reader.read(number, row)
            if person is not None and (where := self._place(person)) is not None:
                placed.append((person, where))
        register = known(session, self.roster.unit.organisation or "", placed)
        return [each for each in placed if self._fits(*each, register)], register

    def _place(self, person: Person) -> Place | int | None:
        where = self.places.of(person)
        if where is None:
            self.reader.problems.append(unknown_unit(self.roster, person))
            return None
        again = repeated(self.roster, person, where, self.seen)
        if again is not None:
            self.reader.problems.append(again)
            return None
        return where

    def _fits(self, person: Person, where: Place | int, register: Known) -> bool:
        found = already_there(self.roster, person, where, register)
        if found is not None:
            self.reader.problems.append(found)
        return found is None

    def problems(self) -> list[Problem]:
        """What was found since the last asking."""
        found, self.reader.problems = self.reader.problems, []
        return found


def check(reading: Session, transaction: Transaction, import_id: int, content: bytes, secret: bytes) -> None:
    """Go through the whole roster and note what is wrong, row by row; nothing enters the register."""
    roster = reading.get_one(RosterImport, import_id)
    going = _Pass.of(reading, roster, secret)
    total = good = wrong = 0
    kept: list[list[Any]] = []
    for rows in _chunks(roster, content):
        fitting, _ = going.good(reading, rows)
        total, good = total + len(rows), good + len(fitting)
        found = going.problems()
        wrong += len(found)
        kept += [problem.as_data() for problem in found[: MOST_PROBLEMS_KEPT - len(kept)]]
        with transaction() as session:
            _note(session, import_id, done_rows=total, total_rows=total, good_rows=good)
    with transaction() as session:
        roster = session.get_one(RosterImport, import_id)
        roster.problems, roster.problem_count = kept, wrong
        roster.total_rows = roster.done_rows = total
        roster.good_rows, roster.state = good, ImportState.CHECKED


def take_in(
    reading: Session, transaction: Transaction, import_id: int, content: bytes, secret: bytes, at: datetime
) -> None:
    """Write the good rows of a checked roster, chunk by chunk, each in a transaction with its progress."""
    roster = reading.get_one(RosterImport, import_id)
    going = _Pass.of(reading, roster, secret)
    done = 0
    for rows in _chunks(roster, content):
        done += len(rows)
        with transaction() as session:
            held = session.get_one(RosterImport, import_id, with_for_update=True)
            if done <= held.done_rows:
                # Written before the run was cut off: only remembered, so that repetitions are known.
                _remember(going, rows)
                continue
            fitting, register = going.good(session, rows)
            going.problems()
            _write(session, held, going.places, fitting, register, at)
            held.done_rows = done
    with transaction() as session:
        held = session.get_one(RosterImport, import_id)
        held.state, held.finished_at = ImportState.DONE, at


def _remember(going: _Pass, rows: Sequence[Numbered]) -> None:
    for number, row in rows:
        person = going.reader.read(number, row)
        if person is not None and (where := going.places.of(person)) is not None:
            repeated(going.roster, person, where, going.seen)
    going.problems()


def _chunks(roster: RosterImport, content: bytes) -> Iterator[list[Numbered]]:
    rows = (each for each in Rows(content, roster.file_name) if each[0] > roster.head_rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _note(session: Session, import_id: int, **values: int) -> None:
    roster = session.get_one(RosterImport, import_id)
    for name, value in values.items():
        setattr(roster, name, value)


def _write(
    session: Session,
    roster: RosterImport,
    places: Places,
    fitting: Sequence[Placed],
    register: Known,
    at: datetime,
) -> None:
    """Insert members, memberships and movements of a chunk, many rows a statement."""
    _found_branches(session, roster, places, {where for _, where in fitting if not isinstance(where, int)})
    organisation = roster.unit.organisation or ""
    fresh = [person for person, _ in fitting if person.key not in register.gone]
    member_ids = dict(zip((p.row for p in fresh), reserve(session, Member, len(fresh)), strict=True))
    membership_ids = reserve(session, Membership, len(fitting))
    movement_ids = reserve(session, Movement, len(fitting))
    base = {"organisation": organisation, "import_id": roster.id, "version": 1, "erased_at": None}
    write(session, Member, [{**p.values(), **base, "id": member_ids[p.row]} for p in fresh])
    memberships, movements = [], []
    for (person, where), id_, movement_id in zip(fitting, membership_ids, movement_ids, strict=True):
        branch_id = where if isinstance(where, int) else places.branches[where]
        member_id = member_ids[person.row] if person.row in member_ids else register.gone[person.key or ""]
        memberships.append(_membership(id_, member_id, branch_id, person, roster))
        movements.append(_movement(movement_id, id_, branch_id, roster, at))
    write(session, Membership, memberships)
    write(session, Movement, movements)


def _membership(
    id_: int, member_id: int, branch_id: int, person: Person, roster: RosterImport
) -> dict[str, Any]:
    return {
        "id": id_,
        "member_id": member_id,
        "branch_id": branch_id,
        "state": MembershipState.ACTIVE,
        "since": roster.as_of,
        "card_number": person.card,
        "joined_on": person.joined_on,
        "import_id": roster.id,
        "version": 1,
    }


def _movement(
    id_: int, membership_id: int, branch_id: int, roster: RosterImport, at: datetime
) -> dict[str, Any]:
    return {
        "id": id_,
        "membership_id": membership_id,
        "branch_id": branch_id,
        "kind": MovementKind.ENROLLED,
        "delta": 1,
        "on": roster.as_of,
        "paper": "",
        "reason": "",
        "note": "",
        "counters_id": None,
        "transfer_id": None,
        "import_id": roster.id,
        "by_id": roster.by_id,
        "at": at,
    }


def _found_branches(session: Session, roster: RosterImport, places: Places, wanted: set[Any]) -> None:
    """Found the branches a chunk names for the first time."""
    missing = sorted(wanted - places.branches.keys())
    ids = reserve(session, Branch, len(missing))
    rows = [
        {
            "id": id_,
            "unit_id": unit_id,
            "parent_id": None,
            "path": f"/{id_}/",
            "kind": BranchKind.BRANCH,
            "name": " ".join(places.founded[(unit_id, folded)].split()),
            "founded_on": _founded_on(roster),
            "dissolved_on": None,
            "import_id": roster.id,
            "version": 1,
        }
        for (unit_id, folded), id_ in zip(missing, ids, strict=True)
    ]
    write(session, Branch, rows)
    places.branches.update(zip(missing, ids, strict=True))


def _founded_on(roster: RosterImport) -> date:
    # Rosters do not say when a branch was founded; it was there on the day they stand for.
    return roster.as_of
