"""Tables of rosters: lists taken in as a whole and taken back as a whole; what a unit's columns mean."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, Versioned, choice, short
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.wording import N_, LabelledEnum


class ImportState(LabelledEnum):
    """How far the taking in of a roster is."""

    UPLOADED = "uploaded", N_("chờ đối chiếu cột")
    CHECKING = "checking", N_("đang kiểm tra")
    CHECKED = "checked", N_("đã kiểm tra, chờ quyết định")
    RUNNING = "running", N_("đang nhập")
    DONE = "done", N_("đã nhập")
    UNDOING = "undoing", N_("đang hoàn tác")
    UNDONE = "undone", N_("đã hoàn tác")
    DISCARDED = "discarded", N_("đã bỏ")


class RosterImport(Versioned, Base):
    """One roster on its way into the register; every row it made names it, so that it can be taken back.

    The file itself holds identity numbers: it is kept in the file store only until the import is over.
    """

    __tablename__ = "roster_import"
    __table_args__ = (CheckConstraint("done_rows <= total_rows", name="no_more_done_than_there_is"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(
        ForeignKey("branch.id", use_alter=True), comment="for rosters without a column of branches"
    )
    file_name: Mapped[str]
    file_sha256: Mapped[str | None] = mapped_column(short(64), comment="none once the file is forgotten")
    sheet: Mapped[str] = mapped_column(default="")
    as_of: Mapped[date] = mapped_column(comment="the day the roster stands for; its rows are enrolled on it")
    mapping: Mapped[dict[str, Any]] = mapped_column(
        default=dict, comment="field → number of the column, from 0"
    )
    head_rows: Mapped[int] = mapped_column(default=1, comment="rows above the first member")
    takes_good_rows: Mapped[bool] = mapped_column(default=False, comment="else all rows or none")
    state: Mapped[ImportState] = mapped_column(choice(ImportState), default=ImportState.UPLOADED)
    total_rows: Mapped[int] = mapped_column(default=0, comment="rows with something in them")
    good_rows: Mapped[int] = mapped_column(default=0)
    done_rows: Mapped[int] = mapped_column(default=0, comment="rows looked at in the present pass")
    problems: Mapped[list[Any]] = mapped_column(
        default=list, comment="[row, column, message, params]: the first ones, never a value of the row"
    )
    problem_count: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship()
    by: Mapped[Person] = relationship()

    @property
    def label(self) -> str:
        """File and unit."""
        return f"{self.file_name}, {self.unit.short_name}"

    def parties(self) -> Parties:
        """The unit whose register it enters."""
        return Parties(responsible=(self.unit,))


class RosterShape(Base):
    """What the columns of a unit's rosters mean, as its last import had them; also the shape of exports."""

    __tablename__ = "roster_shape"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    columns: Mapped[list[Any]] = mapped_column(
        comment="[[head as written, field or nothing], …] from the left"
    )
    remembered_at: Mapped[datetime]
