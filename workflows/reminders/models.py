"""Tables of reminders: ladders, quiet hours, notices, mails, what each person chose, drafted letters."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, Versioned, choice, short
from workflows.directives import Directive
from workflows.documents import DocumentBatch, OfficialDocument
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.regimes import Regime
from workflows.reminders.rules import Hours, Steps
from workflows.reminders.states import LetterManner, MailChoice, MailState, NoticeKind
from workflows.wording import N_

USUAL_HOURS = Hours()
USUAL_CHANNELS = {"reminders": MailChoice.AT_ONCE, "events": MailChoice.DIGEST}


class Ladder(Versioned, Base):
    """When who is reminded: the office's own default, or what holds for one directive or one regime."""

    __tablename__ = "reminder_ladder"
    __table_args__ = (
        CheckConstraint("directive_id IS NULL OR regime_id IS NULL", name="for_one_thing"),
        CheckConstraint(
            "after_days >= 0 AND every_days >= 0 AND times >= 0 AND escalation_days >= 0"
            " AND letter_days >= 0 AND committee_days >= 0",
            name="days_not_negative",
        ),
        Index(
            "uq_reminder_ladder_of_office",
            "office_id",
            unique=True,
            sqlite_where=text("directive_id IS NULL AND regime_id IS NULL"),
            postgresql_where=text("directive_id IS NULL AND regime_id IS NULL"),
        ),
        UniqueConstraint("directive_id"),
        UniqueConstraint("regime_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("directive.id", ondelete="CASCADE"))
    regime_id: Mapped[int | None] = mapped_column(ForeignKey("regime.id", ondelete="CASCADE"))
    before_days: Mapped[list[Any]] = mapped_column(comment="working days before the deadline, e.g. [5, 1]")
    on_the_day: Mapped[bool]
    after_days: Mapped[int] = mapped_column(comment="working days after; 0 = not")
    every_days: Mapped[int] = mapped_column(comment="then again every so many working days; 0 = not")
    times: Mapped[int] = mapped_column(comment="how often it is repeated")
    escalation_days: Mapped[int] = mapped_column(comment="per level of the tree; 0 = not")
    letter_days: Mapped[int] = mapped_column(comment="a letter is drafted after these; 0 = not")
    letter_manner: Mapped[LetterManner] = mapped_column(choice(LetterManner))
    committee_days: Mapped[int] = mapped_column(comment="on the committee's list after these; 0 = not")

    office: Mapped[Unit] = relationship()
    directive: Mapped[Directive | None] = relationship()
    regime: Mapped[Regime | None] = relationship()

    @property
    def steps(self) -> Steps:
        """The settings as the rules understand them."""
        return Steps(
            tuple(self.before_days),
            self.on_the_day,
            self.after_days,
            self.every_days,
            self.times,
            self.escalation_days,
            self.letter_days,
            self.letter_manner,
            self.committee_days,
        )

    @property
    def label(self) -> str:
        """What it holds for."""
        about = self.directive or self.regime
        return about.label if about else self.office.name

    def parties(self) -> Parties:
        """The office that sets it."""
        return Parties(office=self.office)


class ReminderHours(Base):
    """Between which hours anything may leave, and when the daily digest does; one row an installation."""

    __tablename__ = "reminder_hours"
    __table_args__ = (CheckConstraint("opens_at <= digest_at AND digest_at < closes_at", name="in_order"),)

    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    opens_at: Mapped[time]
    closes_at: Mapped[time]
    digest_at: Mapped[time]
    urgings_a_day: Mapped[int] = mapped_column(comment="by hand, about one thing")

    office: Mapped[Unit] = relationship()

    @property
    def label(self) -> str:
        """From when to when."""
        return f"{self.opens_at:%H:%M} – {self.closes_at:%H:%M}"

    @property
    def hours(self) -> Hours:
        """The settings as the rules understand them."""
        return Hours(self.opens_at, self.closes_at, self.digest_at, self.urgings_a_day)


class Mail(Base):
    """One e-mail to one person; what it says are its notices, as they stand when it leaves."""

    __tablename__ = "reminder_mail"
    __table_args__ = (
        CheckConstraint("(state = 'sent') <= (sent_at IS NOT NULL)", name="sent_has_its_instant"),
        CheckConstraint("(state = 'sending') <= (claimed_at IS NOT NULL)", name="claimed_has_its_instant"),
        Index("ix_reminder_mail_to_send", "state", "next_try_at"),
        Index("ix_reminder_mail_person", "person_id", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(
        short(40), unique=True, comment="of its Message-ID, the same at each try"
    )
    is_digest: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    state: Mapped[MailState] = mapped_column(choice(MailState), default=MailState.QUEUED)
    next_try_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    interruptions: Mapped[int] = mapped_column(default=0, comment="tries whose end nobody saw")
    reason: Mapped[str] = mapped_column(default="", comment="why the last try failed")

    person: Mapped[Person] = relationship()
    notices: Mapped[list["Notice"]] = relationship(back_populates="mail", order_by="Notice.id")

    @property
    def label(self) -> str:
        """To whom and when."""
        return f"{self.person.full_name}, {self.made_at:%d/%m/%Y}"

    def parties(self) -> Parties:
        """The person it goes to."""
        return Parties(owner_id=self.person_id)


class Notice(Base):
    """Somebody is told once of a thing for one reason; `rung` and `deadline` say which time it is."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint(
            "subject_kind", "subject_id", "deadline", "rung", "person_id", name="uq_notice_once"
        ),
        Index("ix_notice_of_person", "person_id", "id"),
        Index(
            "ix_notice_unread",
            "person_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index(
            "ix_notice_to_mail",
            "person_id",
            sqlite_where=text("to_mail"),
            postgresql_where=text("to_mail"),
        ),
        Index("ix_notice_mail", "mail_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind))
    subject_kind: Mapped[str] = mapped_column(short(40))
    subject_id: Mapped[int]
    deadline: Mapped[date] = mapped_column(comment="the one it is about; the day of an event")
    rung: Mapped[str] = mapped_column(short(40), comment="before-5, due, after-1, again-2, event-71 …")
    number: Mapped[int] = mapped_column(default=0, comment="the how manieth reminder; 0 for events")
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), comment="who caused it; none: the clock"
    )
    words: Mapped[str] = mapped_column(default="", comment="own words of whoever urged, reason of an act")
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    to_mail: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="still to be put into a mail"
    )
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("reminder_mail.id", ondelete="SET NULL"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    mail: Mapped[Mail | None] = relationship(back_populates="notices")

    @property
    def label(self) -> str:
        """Why and by when."""
        return f"{self.kind.label}, {self.deadline:%d/%m/%Y}"

    def parties(self) -> Parties:
        """The person who is told."""
        return Parties(owner_id=self.person_id)


class Channels(Base):
    """How a person wants to be told, and the digest of the private address of the calendar feed."""

    __tablename__ = "reminder_channels"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    reminders: Mapped[MailChoice] = mapped_column(choice(MailChoice))
    events: Mapped[MailChoice] = mapped_column(choice(MailChoice, "mailchoice_of_events"))
    feed_digest: Mapped[str | None] = mapped_column(short(64), unique=True)
    feed_since: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    @property
    def label(self) -> str:
        """Whose choice it is."""
        return self.person.full_name

    def parties(self) -> Parties:
        """The person who chose."""
        return Parties(owner_id=self.person_id)


class ReminderLetter(Base):
    """A letter the ladder had drafted for the late ones under a directive, or of a regime's period."""

    __tablename__ = "reminder_letter"
    __table_args__ = (
        Index("ix_reminder_letter_of_directive", "directive_id"),
        Index("ix_reminder_letter_of_regime", "regime_id", "period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("directive.id", ondelete="CASCADE"))
    regime_id: Mapped[int | None] = mapped_column(ForeignKey("regime.id", ondelete="CASCADE"))
    period: Mapped[str | None] = mapped_column(short(30))
    manner: Mapped[LetterManner] = mapped_column(choice(LetterManner))
    asked_at: Mapped[datetime]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("official_document.id", ondelete="SET NULL"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("document_batch.id", ondelete="SET NULL"))
    refusal: Mapped[str] = mapped_column(default="", comment="why nothing was drafted")

    office: Mapped[Unit] = relationship()
    directive: Mapped[Directive | None] = relationship()
    regime: Mapped[Regime | None] = relationship()
    document: Mapped[OfficialDocument | None] = relationship()
    batch: Mapped[DocumentBatch | None] = relationship()

    @property
    def label(self) -> str:
        """What it is about."""
        about = self.directive or self.regime
        return about.label if about else N_("công văn đôn đốc")

    def parties(self) -> Parties:
        """The office on whose desk it lies."""
        return Parties(office=self.office)


class LetterItem(Base):
    """A late thing that a letter was drafted for; once for each of its deadlines."""

    __tablename__ = "reminder_letter_item"

    subject_kind: Mapped[str] = mapped_column(short(40), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    deadline: Mapped[date] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("reminder_letter.id", ondelete="CASCADE"), index=True)

    letter: Mapped[ReminderLetter] = relationship()
