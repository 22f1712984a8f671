"""Tables of people, their appointments and the keys to their accounts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, choice, short
from workflows.organisations import Unit
from workflows.wording import N_, LabelledEnum


class Role(LabelledEnum):
    """What a person does in a unit."""

    OFFICE_CLERK = "office-clerk", N_("chuyên viên văn phòng")
    OFFICE_LEADER = "office-leader", N_("lãnh đạo văn phòng")
    MONITOR = "monitor", N_("cơ quan theo dõi")
    UNIT_CLERK = "unit-clerk", N_("chuyên viên đơn vị")
    UNIT_HEAD = "unit-head", N_("thủ trưởng đơn vị")
    BRANCH_SECRETARY = "branch-secretary", N_("bí thư chi đoàn, chi hội trưởng")
    INSPECTOR = "inspector", N_("kiểm tra, giám sát")
    ADMINISTRATOR = "administrator", N_("quản trị hệ thống")

    @property
    def serves_whole_committee(self) -> bool:
        """Does the role look after everything under the committee that the unit serves?"""
        return self not in (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.MONITOR, Role.BRANCH_SECRETARY)

    @property
    def runs_an_office(self) -> bool:
        """Does the role register papers, assign tasks, draft letters in the name of its unit?"""
        return self in (Role.OFFICE_CLERK, Role.OFFICE_LEADER)


class Person(Base):
    """Somebody who works with the system."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(short(60), unique=True)
    full_name: Mapped[str]
    post: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None] = mapped_column(short(200))
    active: Mapped[bool] = mapped_column(default=True)

    appointments: Mapped[list["Appointment"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="Appointment.id"
    )
    account: Mapped["Account | None"] = relationship(back_populates="person", cascade="all, delete-orphan")
    substitutions: Mapped[list["Substitution"]] = relationship(
        back_populates="absent", foreign_keys="Substitution.absent_id", order_by="Substitution.id"
    )
    standing_in: Mapped[list["Substitution"]] = relationship(
        back_populates="substitute", foreign_keys="Substitution.substitute_id", order_by="Substitution.id"
    )

    @property
    def label(self) -> str:
        """How the trail speaks of the person."""
        return self.full_name

    def own_appointments_on(self, day: date) -> list["Appointment"]:
        """The roles given to the person themselves."""
        return [appointment for appointment in self.appointments if appointment.holds_on(day)]

    def appointments_on(self, day: date) -> list["Appointment"]:
        """The roles the person acts in on a day: their own, and those of the absent they stand in for."""
        lent = [post for absent in self.stands_in_for(day) for post in absent.lendable_on(day)]
        return [*self.own_appointments_on(day), *lent]

    def stands_in_for(self, day: date) -> list["Person"]:
        """The absent whose substitute the person is on a day."""
        return [held.absent for held in self.standing_in if held.holds_on(day) and held.absent.active]

    def lendable_on(self, day: date) -> list["Appointment"]:
        """The roles a substitute acts in: never what was lent to oneself, never the keys of the house."""
        own = self.own_appointments_on(day)
        return [post for post in own if post.role is not Role.ADMINISTRATOR]


class Appointment(Base):
    """A role held in a unit, from a day to a day."""

    __tablename__ = "appointment"
    __table_args__ = (
        UniqueConstraint("person_id", "unit_id", "role", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="ends_after_it_begins"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="appointments")
    unit: Mapped[Unit] = relationship()

    def holds_on(self, day: date) -> bool:
        """Is the role held on that day?"""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def ended_before(self, day: date) -> bool:
        """Was the role given up before that day?"""
        return self.valid_to is not None and self.valid_to < day

    @property
    def reach(self) -> str:
        """The branch of the tree the role covers, as a path: the committee's for those who serve it whole."""
        return reach_of(self.unit, self.role)


def reach_of(unit: Unit, role: Role) -> str:
    """The branch of the tree, as a path, that a role held in a unit covers."""
    return unit.served_branch if role.serves_whole_committee else unit.path


class Substitution(Base):
    """While one person is away, another acts in their posts, from a day to a day."""

    __tablename__ = "substitution"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="ends_after_it_begins"),
        CheckConstraint("absent_id <> substitute_id", name="by_somebody_else"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    absent_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    substitute_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    named_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(comment="called off before its last day was over")

    absent: Mapped[Person] = relationship(foreign_keys=[absent_id], back_populates="substitutions")
    substitute: Mapped[Person] = relationship(foreign_keys=[substitute_id], back_populates="standing_in")

    @property
    def label(self) -> str:
        """Who stands in for whom, as the trail names it."""
        return f"{self.substitute.full_name} → {self.absent.full_name}"

    def holds_on(self, day: date) -> bool:
        """Does the substitute act in the other's posts on that day?"""
        return self.ended_at is None and self.first_day <= day <= self.last_day

    def lasts(self, day: date) -> bool:
        """Is it still to come or under way on that day?"""
        return self.ended_at is None and day <= self.last_day


class Account(Base):
    """What proves a person's identity at the door; the rest of the office never looks at it."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint(
            "(second_factor IS NULL) = (second_factor_step IS NULL)", name="second_factor_has_its_step"
        ),
        CheckConstraint(
            "(second_factor IS NULL) = (recovery_codes IS NULL)", name="second_factor_has_recovery_codes"
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    password_hash: Mapped[str]
    must_change: Mapped[bool] = mapped_column(default=True)
    second_factor: Mapped[str | None] = mapped_column(
        comment="secret of the one-time codes, encrypted, if switched on"
    )
    second_factor_step: Mapped[int | None] = mapped_column(
        comment="time step of the newest code taken; it and those before are taken no more"
    )
    recovery_codes: Mapped[list[Any] | None] = mapped_column(comment="keyed hashes of those not yet used")
    epoch: Mapped[int] = mapped_column(default=0, comment="raised to end every open session")
    signed_in_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="account")

    def end_sessions(self) -> None:
        """Let no cookie given out so far open the door again."""
        self.epoch = (self.epoch or 0) + 1

    def forget_second_factor(self) -> None:
        """Ask for the password alone again."""
        self.second_factor = self.second_factor_step = self.recovery_codes = None


class SignInRules(Base):
    """What the whole installation asks of those who sign in; without the row, a password is enough."""

    __tablename__ = "sign_in_rules"
    __table_args__ = (CheckConstraint("id = 1", name="one_for_all"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    second_factor_roles: Mapped[list[Any]] = mapped_column(
        comment="the roles whose holders must have a second factor"
    )

    @property
    def label(self) -> str:
        """How the trail names them: the roles."""
        return ", ".join(Role(role).label for role in self.second_factor_roles) or "–"

    def demand_second_factor(self, person: Person, *, on: date) -> bool:
        """Does the person act, on that day, in a role that needs a second factor?"""
        return any(post.role in self.second_factor_roles for post in person.appointments_on(on))
