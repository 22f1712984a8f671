"""What a unit types into a form: numbers, words and comments by cell, read without losing anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.errors import said
from webapp.forms.base import DayField, OfficeForm
from workflows import reports
from workflows.errors import Refused
from workflows.files import Attachment
from workflows.regimes.forms import Field, Form, Grid, Reckoned, Section
from workflows.reports import Content, Usual
from workflows.wording import N_, Phrase

NUMBER, WORDS, NOTE, CONFIRM = "number:", "words:", "note:", "confirm:"
CONFIRMED = N_("Đã kiểm tra lại, số liệu đúng.")
FREE_ROWS = 3
NOTED_CELL, NOTED_WORDS = "noted-cell:", "noted-words:"


@dataclass
class Sheet:
    """One filled-in form as typed, and what is wrong with it, cell by cell."""

    form: Form
    typed: dict[str, str] = field(default_factory=dict)
    nil: bool = False
    faults: dict[str, list[str]] = field(default_factory=dict)
    before: Mapping[str, Decimal] = field(default_factory=dict)
    usual: Mapping[str, Usual] = field(default_factory=dict)
    asked_elsewhere: Mapping[str, Phrase] = field(default_factory=dict)
    files: list[Attachment] = field(default_factory=list)

    @classmethod
    def of(cls, form: Form, content: Content) -> "Sheet":
        """The sheet as it was last kept; what does not apply stands where it was typed."""
        numbers = {cell.name for cell in form.number_cells()}
        typed = {NUMBER + cell: reports.written(value) for cell, value in content.figures.items()}
        typed |= {
            NUMBER + cell: reports.written(Decimal(text))
            for cell, text in content.aside.items()
            if cell in numbers
        }
        typed |= {WORDS + code: text for code, text in content.aside.items() if code not in numbers}
        typed |= {WORDS + code: text for code, text in content.narrative.items()}
        typed |= {NOTE + cell: text for cell, text in content.notes.items()}
        return cls(form, typed, content.nil)

    @classmethod
    def sent(cls, form: Form, values: Mapping[str, str]) -> "Sheet":
        """The sheet as it was just sent."""
        known = {name: text for name, text in values.items() if name.startswith((NUMBER, WORDS, NOTE))}
        for grid in form.grids():
            # A new comment in a grid names its cell beside it; there is no room for a box at each cell.
            cell, words = values.get(NOTED_CELL + grid.code, ""), values.get(NOTED_WORDS + grid.code, "")
            if words.strip() and cell in dict(grid.cells()):
                known[NOTE + cell] = words
        for name in values:
            cell = name.removeprefix(CONFIRM)
            if name.startswith(CONFIRM) and cell in form.labels and not known.get(NOTE + cell, "").strip():
                known[NOTE + cell] = gettext(CONFIRMED)
        for cell in form.formulas:
            known.pop(NUMBER + cell, None)
        return cls(form, known, values.get("nil") == "1")

    def content(self) -> Content:
        """What was said; numbers that are none are left out and named in `faults`."""
        figures: dict[str, Decimal] = {}
        for cell in self.form.number_cells():
            if cell.formula is not None and NUMBER + cell.name not in self.typed:
                continue
            try:
                value = reports.number(self.typed.get(NUMBER + cell.name, ""))
            except Refused as refusal:
                self.fault(cell.name, f"{cell.label}: {said(refusal)}")
                continue
            if value is not None:
                figures[cell.name] = value
        narrative = {
            asked.code: self.typed.get(WORDS + asked.code, "").replace("\r\n", "\n")
            for asked in self.form.fields()
            if asked.kind != "number" and self.typed.get(WORDS + asked.code, "").strip()
        }
        notes = {
            name.removeprefix(NOTE): text.strip()
            for name, text in self.typed.items()
            if name.startswith(NOTE) and text.strip()
        }
        return Content(self.nil, figures, narrative, notes)

    def add_words(self, code: str, words: str) -> None:
        """Put a paragraph behind what stands in a field of words."""
        said = self.typed.get(WORDS + code, "").rstrip()
        self.typed[WORDS + code] = f"{said}\n{words}" if said else words

    def fault(self, cell: str, sentence: str) -> None:
        """Say what is wrong with a cell."""
        self.faults.setdefault(cell, []).append(sentence)

    def number(self, cell: str) -> str:
        """What stands in a number cell, typed or reckoned."""
        if cell in self.form.formulas and NUMBER + cell not in self.typed:
            figure = self.reckoned.figures.get(cell)
            return "" if figure is None else reports.written(figure)
        return self.typed.get(NUMBER + cell, "")

    @cached_property
    def reckoned(self) -> Reckoned:
        """What follows from what was typed: calculated cells, parts that do not apply."""
        return reports.reckoned(self.form, self.understood, self.before)

    def applies(self, part: Field | Grid) -> bool:
        """Is a part asked for, as things stand?"""
        return not any(name in self.reckoned.hidden for name in part.names()[:1])

    def applying(self, section: Section) -> bool:
        """Is anything of a section asked for?"""
        return any(self.applies(part) for part in section.parts)

    def is_unusual(self, cell: str) -> bool:
        """Does a figure lie outside what the unit usually reports, and nobody said why?"""
        usual, figure = self.usual.get(cell), self.reckoned.figures.get(cell)
        if usual is None or figure is None or cell in self.form.formulas:
            return False
        return not usual.holds(figure) and not self.note(cell).strip()

    def questions(self, cell: str) -> list[Phrase]:
        """What is asked about a figure that nobody has explained."""
        asked = [self.usual[cell].question(self.label(cell))] if self.is_unusual(cell) else []
        if cell in self.asked_elsewhere and not self.note(cell).strip():
            asked.append(self.asked_elsewhere[cell])
        return asked

    def files_of(self, code: str) -> list[Attachment]:
        """The files that answer a field."""
        return [file for file in self.files if file.place == code]

    def engine(self) -> dict[str, Any]:
        """What the browser needs to reckon along; empty for a form without calculations and conditions."""
        form = self.form
        if not form.order:
            return {}
        places = {cell.name: cell.measure.decimals for cell in form.number_cells()}
        return {
            "order": form.order,
            "formulas": {cell: formula.tree.data() for cell, formula in form.formulas.items()},
            "uses": {cell: sorted(formula.cells) for cell, formula in form.formulas.items()},
            "conditions": {
                cell: [[one.cell, one.sign, one.value] for one in conditions]
                for cell, conditions in form.conditions.items()
            },
            "required": [cell.name for cell in form.number_cells() if cell.required],
            "places": {cell: places[cell] for cell in form.formulas},
            "before": {cell: float(figure) for cell, figure in self.before.items()},
        }

    def words(self, code: str) -> str:
        """What stands in a field of words."""
        return self.typed.get(WORDS + code, "")

    def note(self, cell: str) -> str:
        """The comment at a cell."""
        return self.typed.get(NOTE + cell, "")

    def label(self, cell: str) -> str:
        """What a cell or field is called."""
        return self.labels.get(cell, cell)

    @property
    def labels(self) -> dict[str, str]:
        """Cell → what it is called, in the order of the form."""
        return self.form.labels

    def total(self, cells: Iterable[str]) -> str:
        """The sum of the numbers in some cells, as far as they are numbers; empty when all are blank."""
        figures = self.reckoned.figures
        known = [figures[cell] for cell in cells if cell in figures]
        return reports.written(sum(known, Decimal(0))) if known else ""

    @cached_property
    def understood(self) -> Content:
        """What was said, as far as it can be read; nothing is named as wrong."""
        return Sheet(self.form, self.typed, self.nil).content()


class ExtendForm(OfficeForm):
    """Until when one unit may hand in, and why."""

    until = DayField(lazy_gettext("Hạn nộp mới"), [InputRequired(lazy_gettext("Nhập ngày."))])
    reason = TextAreaField(
        lazy_gettext("Lý do"), [InputRequired(lazy_gettext("Ghi lý do.")), Length(max=2_000)]
    )


@dataclass
class Returning:
    """What the office types when it gives a report back: a general reason, and reasons at cells."""

    reason: str = ""
    cells: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def sent(cls, values: MultiDict[str, str]) -> "Returning":
        """What was just sent; cell and reason stand beside each other."""
        pairs = zip(values.getlist("why-cell"), values.getlist("why-words"), strict=False)
        return cls(values.get("reason", ""), [(cell, why) for cell, why in pairs if why.strip()])

    def named(self) -> list[tuple[str, str]]:
        """The reasons at cells; one that names no cell belongs to the general reason."""
        return [(cell, why) for cell, why in self.cells if cell]

    def general(self) -> str:
        """The general reason with those that name no cell."""
        return "\n".join(filter(None, [self.reason.strip(), *(why for cell, why in self.cells if not cell)]))

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What was typed and some free rows."""
        return [*self.cells, *[("", "")] * FREE_ROWS]
