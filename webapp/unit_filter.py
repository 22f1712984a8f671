"""A filter by unit: too many to list, so a link names one by number and people type a part of its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from sqlalchemy import or_, select

from webapp.access import me
from webapp.filters import Arguments, Chip, Condition
from webapp.runtime import session, today
from workflows.db import in_vietnamese_order
from workflows.organisations import Unit
from workflows.permissions import readable_units

MOST_DIGITS = 9


@dataclass(frozen=True)
class Typed:
    """One typed value and the units it means."""

    words: str
    units: Sequence[Unit]

    @property
    def label(self) -> str:
        """The name of the one unit, or what was typed and how many units it means."""
        if len(self.units) == 1:
            return self.units[0].short_name
        return gettext("“%(words)s” (%(count)s đơn vị)", words=self.words, count=len(self.units))


@dataclass(frozen=True)
class Units:
    """Rows whose column holds one of the units: `unit=12` from links, `unit=An Bình` from the keyboard."""

    key: str
    label: str
    column: Any
    kind: str = "unit"
    named_besides: Condition | None = None
    """Units the page names anyhow, though the person may read nothing else of them."""

    def typed(self, arguments: Arguments) -> dict[str, list[str]]:
        """The arguments of the address that are this filter's own."""
        return {self.key: arguments.getlist(self.key)}

    def read(self, arguments: Arguments) -> list[Typed] | None:
        """The units of every value; a value without any is said to have none."""
        wanted = [words for words in dict.fromkeys(arguments.getlist(self.key)) if words.strip()]
        found = [Typed(words, units_meant(words, self.named_besides)) for words in wanted]
        unknown = next((typed.words for typed in found if not typed.units), None)
        if unknown is not None:
            raise ValueError(
                gettext(
                    "%(label)s: không có đơn vị nào tên “%(words)s”, điều kiện này chưa được áp dụng.",
                    label=gettext(self.label),
                    words=unknown[:60],
                )
            )
        return found or None

    def condition(self, value: list[Typed]) -> Condition:
        """Any of the units meant."""
        return self.column.in_({unit.id for typed in value for unit in typed.units})

    def chips(self, value: list[Typed]) -> list[Chip]:
        """One chip a value."""
        return [
            Chip(
                f"{gettext(self.label)}: {one.label}",
                {self.key: [other.words for other in value if other is not one] or None},
            )
            for one in value
        ]


def units_meant(words: str, named_besides: Condition | None = None) -> Sequence[Unit]:
    """The units a number or a part of a name means, among those the signed-in person may read.

    `named_besides` tells of more units that may be meant.
    """
    words = " ".join(words.split())[:200]
    known = readable_units(me(), on=today())
    readable = select(Unit).where(known if named_besides is None else or_(known, named_besides))
    if words.isascii() and words.isdigit():
        return session().scalars(readable.where(Unit.id == int(words[:MOST_DIGITS]))).all()
    named = or_(*(name.icontains(words, autoescape=True) for name in (Unit.name, Unit.short_name)))
    found = session().scalars(readable.where(named).order_by(in_vietnamese_order(Unit.short_name))).all()
    exact = [unit for unit in found if words.casefold() in (unit.name.casefold(), unit.short_name.casefold())]
    return exact or found
