"""What a unit says in a report, as plain data; what follows from it; what changed since. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from workflows.errors import Refused
from workflows.regimes.forms import Form, Reckoned, reckon
from workflows.regimes.forms.figures import unpunctuated

LARGEST = Decimal(10) ** 15


@dataclass(frozen=True)
class Content:
    """The answer itself: numbers by cell, words by field, comments by cell; a blank cell is absent.

    What was typed into parts that do not apply stands aside (numbers as text): kept, but not counted.
    A field of files holds their names, one a line.
    """

    nil: bool = False
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    aside: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Plain data for an edition; numbers as text, so that nothing is rounded."""
        return {
            "nil": self.nil,
            "figures": {cell: _plain(value) for cell, value in sorted(self.figures.items())},
            "narrative": dict(self.narrative),
            "notes": dict(self.notes),
            "aside": dict(self.aside),
        }

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Content":
        """The content of an edition."""
        figures = {cell: Decimal(value) for cell, value in data.get("figures", {}).items()}
        said, notes, aside = (data.get(key, {}) for key in ("narrative", "notes", "aside"))
        return cls(bool(data.get("nil")), figures, said, notes, aside)


@dataclass(frozen=True)
class Change:
    """A cell that says something else than before."""

    cell: str
    label: str
    before: str
    after: str


def number(typed: str) -> Decimal | None:
    """A number as Vietnamese offices write it (1.234,5); none for a blank; a refusal says what is wrong."""
    plain = unpunctuated(typed)
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise Refused("“%(typed)s” không phải là số. Nhập số, ví dụ 1.234,5.", typed=typed[:40]) from None
    if not value.is_finite() or abs(value) >= LARGEST:
        raise Refused("“%(typed)s” quá lớn. Kiểm tra lại số liệu.", typed=typed[:40])
    return round(value, 4)


def reckoned(form: Form, content: Content, before: Mapping[str, Decimal]) -> Reckoned:
    """What follows from the figures and words of an answer, those that stand aside among them."""
    numbers = {cell.name for cell in form.number_cells()}
    figures = {cell: Decimal(value) for cell, value in content.aside.items() if cell in numbers}
    said = {code: text for code, text in content.aside.items() if code not in numbers}
    return reckon(form, {**figures, **content.figures}, {**said, **content.narrative}, before)


def settled(form: Form, content: Content, before: Mapping[str, Decimal]) -> Content:
    """The answer with its calculated cells reckoned and what does not apply put aside."""
    if content.nil or not (form.order or content.aside):
        return content
    found = reckoned(form, content, before)
    figures, narrative = {**content.figures}, {**content.narrative}
    aside = {cell: _plain(figures[cell]) for cell in found.hidden & figures.keys() - form.formulas.keys()}
    aside |= {code: narrative.pop(code) for code in found.hidden & narrative.keys()}
    aside |= {
        cell: text for cell, text in content.aside.items() if cell in found.hidden and cell not in aside
    }
    said = {code: content.aside[code] for code in content.aside.keys() - found.hidden - found.figures.keys()}
    return replace(content, figures=found.figures, narrative={**said, **narrative}, aside=aside)


def changes(form: Form, before: Content, after: Content) -> list[Change]:
    """What an answer says differently from an earlier edition, in the order of the form."""
    old, new = _as_words(before), _as_words(after)
    return [
        Change(cell, label, old.get(cell, ""), new.get(cell, ""))
        for cell, label in form.labels.items()
        if old.get(cell, "") != new.get(cell, "")
    ]


def note_changes(form: Form, before: Content, after: Content) -> list[Change]:
    """What is said differently in the comments at cells, in the order of the form."""
    return [
        Change(cell, label, before.notes.get(cell, ""), after.notes.get(cell, ""))
        for cell, label in form.labels.items()
        if before.notes.get(cell, "") != after.notes.get(cell, "")
    ]


def written(value: Decimal) -> str:
    """A number as Vietnamese offices write it."""
    whole, _, part = _plain(value).partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "-" if whole.startswith("-") and int(whole) == 0 else ""
    return f"{sign}{grouped},{part}" if part else grouped


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _as_words(content: Content) -> dict[str, str]:
    return {**content.narrative, **{cell: written(value) for cell, value in content.figures.items()}}
