"""What an office decides once for all its tasks; no province rules it, so none of it is a constant."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from workflows.db import Base, Versioned
from workflows.errors import InvalidFields
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties, Permission
from workflows.verb import verb
from workflows.wording import N_

DUE_SOON_WORKING_DAYS = 5


class TaskSettings(Versioned, Base):
    """The rules of one office for its tasks; an office without a row follows the usual ones."""

    __tablename__ = "task_settings"
    __table_args__ = (CheckConstraint("due_soon_days BETWEEN 0 AND 60", name="soon_within_two_months"),)

    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    due_soon_days: Mapped[int] = mapped_column(default=DUE_SOON_WORKING_DAYS, comment="working days")
    extends_after_deadline: Mapped[bool] = mapped_column(default=False)
    most_extensions: Mapped[int] = mapped_column(default=0, comment="0 = as many as are granted")
    product_needed: Mapped[bool] = mapped_column(default=True, comment="no closing without the named product")

    office: Mapped[Unit] = relationship()

    @property
    def id(self) -> int:
        """The office."""
        return self.office_id

    @property
    def label(self) -> str:
        """How the trail names it."""
        return self.office.short_name

    def parties(self) -> Parties:
        """The office whose rules these are."""
        return Parties(office=self.office)


@dataclass(frozen=True)
class Rules:
    """The rules in force for an office's tasks."""

    due_soon_days: int = DUE_SOON_WORKING_DAYS
    extends_after_deadline: bool = False
    most_extensions: int = 0
    product_needed: bool = True

    def check(self) -> None:
        """Refuse figures that make no sense."""
        wrong: dict[str, str] = {}
        if not 0 <= self.due_soon_days <= 60:
            wrong["due_soon_days"] = N_("Số ngày làm việc phải từ 0 đến 60.")
        if not 0 <= self.most_extensions <= 20:
            wrong["most_extensions"] = N_("Số lần gia hạn phải từ 0 (không giới hạn) đến 20.")
        if wrong:
            raise InvalidFields(wrong)


def rules_of(session: Session, office_id: int) -> Rules:
    """The rules of an office, or the usual ones."""
    kept = session.get(TaskSettings, office_id)
    if kept is None:
        return Rules()
    return Rules(kept.due_soon_days, kept.extends_after_deadline, kept.most_extensions, kept.product_needed)


def soon_days(session: Session) -> int:
    """How many working days ahead a deadline counts as near: as the first of the offices set it."""
    wanted = select(TaskSettings.due_soon_days).order_by(TaskSettings.office_id).limit(1)
    found = session.scalar(wanted)
    return DUE_SOON_WORKING_DAYS if found is None else found


@verb("task.set-rules", Permission.TASK_RULES)
def set_rules(session: Session, office: Unit, *, rules: Rules, by: Person, at: datetime) -> TaskSettings:
    """Decide how the office deals with its tasks from now on."""
    rules.check()
    kept = session.get(TaskSettings, office.id)
    if kept is None:
        kept = TaskSettings(office_id=office.id, office=office)
        session.add(kept)
    for name, value in asdict(rules).items():
        setattr(kept, name, value)
    return kept
