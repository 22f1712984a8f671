"""Tables of the register: branches under units, members, their memberships, and all that happened to them.

A branch is no unit of the tree of bodies: there are some 30,000 of them, they own no letterhead, owe no
return and get no task, and every list of units would drown in them. It hangs on the unit it belongs to and
has a tree of its own (tổ hội below chi hội).

A member is a person *as one organisation's register knows them*. Two organisations keep two records of one
person and neither learns of the other's; only a reconciliation lays them side by side.

The ledger of movements is the truth. State, branch and day of a membership repeat what follows from its
movements (states.standing), so that lists need not replay them.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, SmallInteger, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, Versioned, choice, short
from workflows.members.identity import KEY_LENGTH, TAIL_LENGTH
from workflows.members.states import (
    BranchKind,
    MembershipState,
    MovementKind,
    Sector,
    Sex,
    TransferState,
)
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties

branch_secretary = Table(
    "branch_secretary",
    Base.metadata,
    Column("branch_id", ForeignKey("branch.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Branch(Versioned, Base):
    """A chi đoàn, chi hội, tổ hội …: where members meet; belongs to one commune-level unit."""

    __tablename__ = "branch"
    __table_args__ = (
        UniqueConstraint("unit_id", "parent_id", "name"),
        CheckConstraint("dissolved_on IS NULL OR founded_on <= dissolved_on", name="lives_forwards"),
        Index("ix_branch_tree", "path", postgresql_ops={"path": "text_pattern_ops"}),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"), index=True)
    path: Mapped[str] = mapped_column(
        short(120), default="", comment="ids from the uppermost branch: /12/40/"
    )
    kind: Mapped[BranchKind] = mapped_column(choice(BranchKind), default=BranchKind.BRANCH)
    name: Mapped[str]
    founded_on: Mapped[date]
    dissolved_on: Mapped[date | None]
    import_id: Mapped[int | None] = mapped_column(
        ForeignKey("roster_import.id"), index=True, comment="the roster that brought it"
    )

    unit: Mapped[Unit] = relationship()
    parent: Mapped["Branch | None"] = relationship(remote_side=[id])
    secretaries: Mapped[list[Person]] = relationship(secondary=branch_secretary, order_by=Person.id)

    @property
    def label(self) -> str:
        """Name and unit."""
        return f"{self.name}, {self.unit.short_name}"

    def parties(self) -> Parties:
        """The unit it belongs to, and the people entrusted with it."""
        return Parties(responsible=(self.unit,), entrusted=frozenset(person.id for person in self.keepers()))

    def keepers(self) -> list[Person]:
        """The secretaries of the branch and of those above it."""
        return [*self.secretaries, *(self.parent.keepers() if self.parent else [])]


class BranchSeat(Base):
    """The unit a branch belonged to until a day: units merge, and what was told of the past stays told."""

    __tablename__ = "branch_seat"

    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"), primary_key=True)
    until: Mapped[date] = mapped_column(primary_key=True, comment="the first day in the unit it went to")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    unit: Mapped[Unit] = relationship()


class Member(Versioned, Base):
    """A person as the register of one organisation knows them.

    There is no identity number here, only what `identity` makes of it. After an erasure the words are empty
    and the marks the counts stand on (sex, minority, religion, Party, sector) remain.
    """

    PRIVATE: ClassVar[frozenset[str]] = frozenset(
        {
            *("name", "folded_name", "sort_name", "born_on", "birth_year", "sex", "identity_key"),
            *("identity_tail", "identity_digits"),
            *("ethnicity", "ethnic_minority", "religion", "religious", "party_member"),
            *("sector", "occupation", "place"),
        }
    )

    __tablename__ = "member"
    __table_args__ = (
        CheckConstraint("born_on IS NULL OR birth_year IS NOT NULL", name="day_of_birth_has_its_year"),
        CheckConstraint("(identity_key IS NULL) = (identity_tail IS NULL)", name="identity_key_has_its_tail"),
        CheckConstraint(
            "(identity_key IS NULL) = (identity_digits IS NULL)", name="identity_key_has_its_length"
        ),
        Index("ix_member_identity", "organisation", "identity_key"),
        Index("ix_member_namesakes", "folded_name", "birth_year"),
        Index("ix_member_in_order", "organisation", "sort_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(
        short(40), comment="whose register: youth, women … (Unit.organisation)"
    )
    name: Mapped[str] = mapped_column(comment="normal form (identity.normal_name); empty once erased")
    folded_name: Mapped[str] = mapped_column(
        short(120), comment="identity.folded_name: for search and likeness"
    )
    sort_name: Mapped[str] = mapped_column(
        short(160), comment="identity.sort_name: Vietnamese order, given name first"
    )
    born_on: Mapped[date | None]
    birth_year: Mapped[int | None] = mapped_column(SmallInteger, comment="also where only the year is known")
    sex: Mapped[Sex | None] = mapped_column(choice(Sex))
    identity_key: Mapped[str | None] = mapped_column(
        short(KEY_LENGTH),
        comment="HMAC of the identity number under the register's secret (identity.identity_key)",
    )
    identity_tail: Mapped[str | None] = mapped_column(short(TAIL_LENGTH), comment="its last three digits")
    identity_digits: Mapped[int | None] = mapped_column(
        SmallInteger, comment="how many it has: 9 in the old numbering, 12 in the new one"
    )
    ethnicity: Mapped[str] = mapped_column(default="", comment="as written: Kinh, Tày …; empty = unknown")
    ethnic_minority: Mapped[bool] = mapped_column(default=False)
    religion: Mapped[str] = mapped_column(default="", comment="as written; empty = none or unknown")
    religious: Mapped[bool] = mapped_column(default=False)
    party_member: Mapped[bool] = mapped_column(default=False)
    sector: Mapped[Sector | None] = mapped_column(choice(Sector))
    occupation: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="", comment="where the member lives: thôn, khu phố")
    erased_at: Mapped[datetime | None] = mapped_column(comment="personal data removed on request")
    import_id: Mapped[int | None] = mapped_column(ForeignKey("roster_import.id"), index=True)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="member", order_by="Membership.id")

    @property
    def label(self) -> str:
        """What the trail calls the record: its number, for the trail outlives the name."""
        return f"HS-{self.id}"

    def parties(self) -> Parties:
        """Everybody whose branch the member belongs or belonged to last."""
        parts = [membership.branch.parties() for membership in self.memberships]
        return Parties(
            responsible=tuple(unit for part in parts for unit in part.responsible),
            entrusted=frozenset().union(*(part.entrusted for part in parts)),
        )


class Membership(Versioned, Base):
    """A member's belonging to a branch; one may have several, one after the other or side by side."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"card_number"})

    __tablename__ = "membership"
    __table_args__ = (
        Index("ix_membership_of_branch", "branch_id", "state"),
        Index("ix_membership_card", "card_number"),
        Index(
            "ix_membership_ended",
            "since",
            postgresql_where=text("state <> 'active'"),
            sqlite_where=text("state <> 'active'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    branch_id: Mapped[int] = mapped_column(
        ForeignKey("branch.id"), comment="the last branch by its movements"
    )
    state: Mapped[MembershipState] = mapped_column(choice(MembershipState), default=MembershipState.ACTIVE)
    since: Mapped[date | None] = mapped_column(comment="day of the movement the state follows from")
    card_number: Mapped[str | None] = mapped_column(short(40))
    joined_on: Mapped[date | None] = mapped_column(comment="admission into the organisation")
    import_id: Mapped[int | None] = mapped_column(ForeignKey("roster_import.id"), index=True)

    member: Mapped[Member] = relationship(back_populates="memberships")
    branch: Mapped[Branch] = relationship()
    movements: Mapped[list["Movement"]] = relationship(back_populates="membership", order_by="Movement.id")

    @property
    def label(self) -> str:
        """What the trail calls it."""
        return f"HS-{self.member_id}"

    def parties(self) -> Parties:
        """Those who keep its branch."""
        return self.branch.parties()


class Movement(Base):
    """Something that happened to a membership; rows are added, never changed: a mistake is countered.

    For every branch and span of days: members at the end = members at the beginning + the sum of `delta`. A
    correction bears the day of what it corrects and the opposite delta, and `at` tells what was known when.
    """

    __tablename__ = "movement"
    __table_args__ = (
        UniqueConstraint("counters_id", name="uq_movement_countered_once"),
        CheckConstraint("delta IN (-1, 0, 1)", name="moves_one_member"),
        Index("ix_movement_ledger", "branch_id", "on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    branch_id: Mapped[int] = mapped_column(
        ForeignKey("branch.id"), comment="whose number of members it changes"
    )
    kind: Mapped[MovementKind] = mapped_column(choice(MovementKind))
    delta: Mapped[int] = mapped_column(SmallInteger, comment="+1, -1 or 0 members of the branch")
    on: Mapped[date] = mapped_column("on", comment="the day it happened")
    paper: Mapped[str] = mapped_column(default="", comment="number and date of the decision")
    reason: Mapped[str] = mapped_column(
        default="", comment="for striking off: one of the organisation's reasons"
    )
    note: Mapped[str] = mapped_column(default="")
    counters_id: Mapped[int | None] = mapped_column(
        ForeignKey("movement.id"), comment="the movement it takes back"
    )
    transfer_id: Mapped[int | None] = mapped_column(ForeignKey("transfer.id"), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("roster_import.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    membership: Mapped[Membership] = relationship(back_populates="movements")
    branch: Mapped[Branch] = relationship()
    counters: Mapped["Movement | None"] = relationship(remote_side=[id])
    by: Mapped[Person] = relationship()

    @property
    def label(self) -> str:
        """What the trail calls it."""
        return f"{self.kind.label}, {self.membership.label}"

    def parties(self) -> Parties:
        """Those who keep the branch it happened in."""
        return self.branch.parties()


class Transfer(Versioned, Base):
    """A member handed from one branch to another unit of the organisation; both ends must meet.

    The member counts where they were until the other side receives them.
    """

    __tablename__ = "transfer"
    __table_args__ = (
        Index(
            "uq_transfer_one_open",
            "membership_id",
            unique=True,
            postgresql_where=text("state = 'sent'"),
            sqlite_where=text("state = 'sent'"),
        ),
        Index("ix_transfer_inbox", "to_unit_id", "state"),
        CheckConstraint("(state = 'received') <= (to_branch_id IS NOT NULL)", name="received_somewhere"),
        CheckConstraint("(state = 'sent') = (decided_at IS NULL)", name="decided_has_its_instant"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    from_branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"), index=True)
    to_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    to_branch_id: Mapped[int | None] = mapped_column(
        ForeignKey("branch.id"), comment="chosen by the receiver"
    )
    sent_on: Mapped[date]
    answer_by: Mapped[date] = mapped_column(comment="by when the other side is to answer")
    paper: Mapped[str] = mapped_column(default="")
    state: Mapped[TransferState] = mapped_column(choice(TransferState), default=TransferState.SENT)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(default="", comment="why it was refused or withdrawn")

    membership: Mapped[Membership] = relationship()
    from_branch: Mapped[Branch] = relationship(foreign_keys=[from_branch_id])
    to_unit: Mapped[Unit] = relationship()
    to_branch: Mapped[Branch | None] = relationship(foreign_keys=[to_branch_id])
    sent_by: Mapped[Person] = relationship(foreign_keys=[sent_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def label(self) -> str:
        """What the trail calls it."""
        return f"HS-{self.membership.member_id}: {self.from_branch.label} → {self.to_unit.short_name}"

    def parties(self) -> Parties:
        """Who sends and may withdraw; who is to receive."""
        sender = self.from_branch.parties()
        return Parties(
            responsible=sender.responsible, taking_part=(self.to_unit,), entrusted=sender.entrusted
        )


class BranchGrade(Base):
    """How a branch was graded for a year, on the scale of its organisation (1 = best)."""

    __tablename__ = "branch_grade"
    __table_args__ = (CheckConstraint("grade BETWEEN 1 AND 5", name="five_grades_at_most"),)

    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"), primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    grade: Mapped[int] = mapped_column(SmallInteger)
    paper: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    branch: Mapped[Branch] = relationship()


class RegisterRules(Versioned, Base):
    """What an organisation has settled for its register; none = the defaults of `rules`."""

    __tablename__ = "register_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    head_id: Mapped[int] = mapped_column(
        ForeignKey("unit.id"), unique=True, comment="uppermost unit of the organisation"
    )
    branch_word: Mapped[str] = mapped_column(comment="chi đoàn, chi hội …")
    cell_word: Mapped[str] = mapped_column(comment="phân đoàn, tổ hội …")
    grades: Mapped[list[Any]] = mapped_column(comment="words of the grades, best first, five at most")
    reasons: Mapped[list[Any]] = mapped_column(comment="reasons for striking off")
    answer_days: Mapped[int] = mapped_column(comment="days within which a transfer is to be answered")
    purpose: Mapped[str] = mapped_column(comment="what the data are kept for")
    retention_years: Mapped[int] = mapped_column(comment="how long after a membership ended")

    head: Mapped[Unit] = relationship()


class RegisterReading(Base):
    """Who read whose record, or which list, when; never what stood in it."""

    __tablename__ = "register_reading"
    __table_args__ = (Index("ix_register_reading_member", "member_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(
        comment="none for a list; no foreign key, for the log outlives an import that was taken back"
    )
    what: Mapped[str] = mapped_column(short(20), comment="record, list, export")
    scope: Mapped[str] = mapped_column(short(60), default="", comment="of a list: branch:12, unit:5")
    rows: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship()
