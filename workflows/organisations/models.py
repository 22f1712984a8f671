"""Tables of the tree of bodies."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, choice, short
from workflows.wording import N_, LabelledEnum


class UnitKind(LabelledEnum):
    """What sort of body a unit is; groups, statistics and permissions ask for it."""

    PARTY_COMMITTEE = "party-committee", N_("cấp uỷ")
    PARTY_OFFICE = "party-office", N_("văn phòng cấp uỷ")
    PARTY_BODY = "party-body", N_("cơ quan tham mưu, giúp việc")
    STATE_BODY = "state-body", N_("cơ quan nhà nước")
    FRONT = "front", N_("Mặt trận Tổ quốc")
    ORGANISATION = "organisation", N_("tổ chức chính trị - xã hội")
    ASSOCIATION = "association", N_("hội quần chúng")
    BRANCH = "branch", N_("chi bộ, chi đoàn, chi hội")


class Level(LabelledEnum):
    """The storey of government a unit belongs to, after the reform of 2025 and before it."""

    NATION = "nation", N_("Trung ương")
    PROVINCE = "province", N_("cấp tỉnh")
    DISTRICT = "district", N_("cấp huyện")
    COMMUNE = "commune", N_("cấp xã")
    BASE = "base", N_("cơ sở")


group_member = Table(
    "unit_group_member",
    Base.metadata,
    Column("group_id", ForeignKey("unit_group.id", ondelete="CASCADE"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Unit(Base):
    """A body of the political system; its path of ids makes branches of the tree one comparison."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("dissolved_on IS NULL OR founded_on <= dissolved_on", name="lives_forwards"),
        Index("ix_unit_branch", "path", postgresql_ops={"path": "text_pattern_ops"}),
        Index("ix_unit_kind_level", "kind", "level"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(short(60), unique=True, comment="stable key, e.g. VPTU, DU-AN-BINH")
    name: Mapped[str]
    short_name: Mapped[str]
    kind: Mapped[UnitKind] = mapped_column(choice(UnitKind))
    level: Mapped[Level] = mapped_column(choice(Level))
    organisation: Mapped[str | None] = mapped_column(
        short(40), index=True, comment="family across levels, e.g. youth, women; null outside the six"
    )
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    path: Mapped[str] = mapped_column(short(200), comment="ids from the root: /1/7/31/")
    founded_on: Mapped[date]
    dissolved_on: Mapped[date | None]
    needs_sign_off: Mapped[bool] = mapped_column(
        default=False, comment="reports need the head's signing off before they are submitted"
    )

    parent: Mapped["Unit | None"] = relationship(remote_side=[id])
    aliases: Mapped[list["UnitAlias"]] = relationship(back_populates="unit", cascade="all, delete-orphan")
    letterheads: Mapped[list["Letterhead"]] = relationship(
        back_populates="unit", cascade="all, delete-orphan", order_by="Letterhead.valid_from"
    )

    def existed_on(self, day: date) -> bool:
        """Was the unit in being on that day?"""
        return self.founded_on <= day and (self.dissolved_on is None or day < self.dissolved_on)

    @property
    def served_branch(self) -> str:
        """The branch looked after from here, as a path: a committee's own, else that of the body above."""
        if self.kind is UnitKind.PARTY_COMMITTEE or self.parent_id is None:
            return self.path
        return self.path.rsplit("/", 2)[0] + "/"

    def is_within(self, other: "Unit") -> bool:
        """Is this unit the other one, or below it in the tree?"""
        return self.path.startswith(other.path)


class UnitAlias(Base):
    """Another name under which directives speak of a unit: an abbreviation, an old name."""

    __tablename__ = "unit_alias"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"))
    name: Mapped[str]

    unit: Mapped[Unit] = relationship(back_populates="aliases")


class Succession(Base):
    """One unit went on as another: merged, split, renamed; series and names follow it."""

    __tablename__ = "succession"
    __table_args__ = (CheckConstraint("predecessor_id <> successor_id", name="goes_on_as_another"),)

    predecessor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
    happened_on: Mapped[date]
    source: Mapped[str] = mapped_column(comment="the decision that ordered it")

    predecessor: Mapped[Unit] = relationship(foreign_keys=[predecessor_id])
    successor: Mapped[Unit] = relationship(foreign_keys=[successor_id])


class UnitGroup(Base):
    """A name that stands for many units: "các đảng uỷ trực thuộc Tỉnh uỷ"."""

    __tablename__ = "unit_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    aliases: Mapped[list[Any]] = mapped_column(default=list)

    members: Mapped[list[Unit]] = relationship(secondary=group_member, order_by=Unit.id)


class Letterhead(Base):
    """How a unit's papers begin, from a day on (official-format, 1 and 2)."""

    __tablename__ = "letterhead"
    __table_args__ = (UniqueConstraint("unit_id", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"))
    valid_from: Mapped[date]
    upper_line: Mapped[str | None] = mapped_column(comment="the body above, printed upright")
    issuing_lines: Mapped[str] = mapped_column(comment="the body itself, one line each, printed bold")
    profile: Mapped[str] = mapped_column(short(40), comment="family of measures: party, state, front, youth")
    symbol: Mapped[str] = mapped_column(short(40), comment="e.g. TU, VPTU, ĐU")
    place: Mapped[str]

    unit: Mapped[Unit] = relationship(back_populates="letterheads")
