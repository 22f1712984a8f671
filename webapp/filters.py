"""The filters of lists: read from the address, turned into conditions, shown as chips.

A filter never makes a page fail: what it cannot understand it says in words (ValueError from `read`)
and leaves out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any, Protocol

from flask_babel import gettext
from sqlalchemy import ColumnElement, and_, func, true
from werkzeug.datastructures import MultiDict

from workflows.calendar import LOCAL_ZONE
from workflows.sought_words import all_words_in, all_words_in_sought
from workflows.wording import LabelledEnum

Arguments = MultiDict[str, str]
Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Chip:
    """One condition in force, in words, with the arguments that would take it off the address."""

    words: str
    without: dict[str, Any]


class Filter(Protocol):
    """What a list asks of a filter; `kind` names the macro that draws it."""

    key: str
    label: str
    kind: str

    def read(self, arguments: Arguments) -> Any:
        """The wanted value, or None; ValueError with a sentence for what makes no sense."""

    def condition(self, value: Any) -> Condition:
        """The value as a condition of the query."""

    def chips(self, value: Any) -> list[Chip]:
        """The value in words."""

    def typed(self, arguments: Arguments) -> dict[str, list[str]]:
        """The arguments of the address that are this filter's own."""


class _OwnArguments:
    key: str

    def typed(self, arguments: Arguments) -> dict[str, list[str]]:
        """The arguments of the address that are this filter's own."""
        return {self.key: arguments.getlist(self.key)}


@dataclass(frozen=True)
class Options(_OwnArguments):
    """One or several of a closed set; values outside the set are said to be unknown."""

    key: str
    label: str
    options: Callable[[], Sequence[tuple[str, str]]]
    matches: Callable[[list[str]], Condition]
    several: bool = True
    kind: str = "options"

    @classmethod
    def of(cls, key: str, label: str, members: type[LabelledEnum], column: Any) -> "Options":
        """Members of an enumeration held by a column."""
        return cls(
            key,
            label,
            lambda: [(member.value, gettext(member.label)) for member in members],
            lambda values: column.in_([members(value) for value in values]),
        )

    def read(self, arguments: Arguments) -> list[str] | None:
        """The wanted values in the order of the address, once each."""
        wanted = [value for value in dict.fromkeys(arguments.getlist(self.key)) if value]
        known = {value for value, _ in self.options()} if wanted else set()
        unknown = [value for value in wanted if value not in known]
        if unknown:
            raise ValueError(
                gettext(
                    "%(label)s: không có lựa chọn “%(value)s”, điều kiện này chưa được áp dụng.",
                    label=gettext(self.label),
                    value=unknown[0][:60],
                )
            )
        return wanted or None

    def condition(self, value: list[str]) -> Condition:
        """Any of the values."""
        return self.matches(value)

    def chips(self, value: list[str]) -> list[Chip]:
        """One chip a value."""
        words = dict(self.options())
        return [
            Chip(
                f"{gettext(self.label)}: {words[one]}",
                {self.key: [other for other in value if other != one] or None},
            )
            for one in value
        ]


@dataclass(frozen=True)
class Words(_OwnArguments):
    """Every typed word is in one of the columns, whatever the case, without accents where none were typed.

    `kept` is a column that holds them ready to be looked through (`sought_words.sought`).
    """

    key: str
    label: str
    columns: tuple[Any, ...] = ()
    kept: Any = None
    kind: str = "words"

    def read(self, arguments: Arguments) -> str | None:
        """What was typed."""
        return " ".join(arguments.get(self.key, "").split())[:200] or None

    def condition(self, value: str) -> Condition:
        """All words, each in any column."""
        if self.kept is not None:
            return all_words_in_sought(self.kept, value)
        filled = (func.coalesce(column, "") for column in self.columns)
        # A line break stands in no word, so that none is found across two columns.
        text = reduce(lambda left, right: left + "\n" + right, filled)
        return all_words_in(text, value)

    def chips(self, value: str) -> list[Chip]:
        """What was typed, quoted."""
        return [Chip(f"{gettext(self.label)}: “{value}”", {self.key: None})]


@dataclass(frozen=True)
class Days(_OwnArguments):
    """From a day to a day, both counted in; arguments `key_from` and `key_to`."""

    key: str
    label: str
    column: Any
    is_instant: bool = False
    kind: str = "days"

    def typed(self, arguments: Arguments) -> dict[str, list[str]]:
        """The arguments of the address that are this filter's own."""
        return {name: arguments.getlist(name) for name in (f"{self.key}_from", f"{self.key}_to")}

    def read(self, arguments: Arguments) -> tuple[date | None, date | None] | None:
        """First and last day, either of them open."""
        first, last = (self._day(arguments.get(f"{self.key}_{end}", "")) for end in ("from", "to"))
        if first and last and last < first:
            raise ValueError(
                gettext(
                    "%(label)s: ngày cuối trước ngày đầu, điều kiện này chưa được áp dụng.",
                    label=gettext(self.label),
                )
            )
        return (first, last) if first or last else None

    def _day(self, typed: str) -> date | None:
        typed = typed.strip()
        if not typed:
            return None
        for form in ("%d/%m/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(typed, form).replace(tzinfo=LOCAL_ZONE).date()
            except ValueError:
                continue
        raise ValueError(
            gettext(
                "%(label)s: không có ngày %(typed)s, điều kiện này chưa áp dụng. Ví dụ đúng: 15/12/2026.",
                label=gettext(self.label),
                typed=typed[:20],
            )
        )

    def condition(self, value: tuple[date | None, date | None]) -> Condition:
        """Not before the first day, not after the last."""
        first, last = value
        kept: list[Condition] = []
        if first:
            kept.append(self.column >= self._beginning(first))
        if last and last < date.max:
            kept.append(self.column < self._beginning(last + timedelta(days=1)))
        return and_(true(), *kept)

    def _beginning(self, day: date) -> date | datetime:
        return datetime(day.year, day.month, day.day, tzinfo=LOCAL_ZONE) if self.is_instant else day

    def chips(self, value: tuple[date | None, date | None]) -> list[Chip]:
        """One chip an end."""
        first, last = value
        label, chips = gettext(self.label), []
        if first:
            chips.append(Chip(f"{label} ≥ {first:%d/%m/%Y}", {f"{self.key}_from": None}))
        if last:
            chips.append(Chip(f"{label} ≤ {last:%d/%m/%Y}", {f"{self.key}_to": None}))
        return chips


@dataclass(frozen=True)
class Flag(_OwnArguments):
    """On or not: argument `key=1`."""

    key: str
    label: str
    holds: Callable[[], Condition]
    kind: str = "flag"

    def read(self, arguments: Arguments) -> bool | None:
        """Is it on?"""
        return True if arguments.get(self.key) == "1" else None

    def condition(self, value: bool) -> Condition:
        """The condition, made when it is asked for."""
        return self.holds()

    def chips(self, value: bool) -> list[Chip]:
        """The label says it all."""
        return [Chip(gettext(self.label), {self.key: None})]
