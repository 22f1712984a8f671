"""What a unit types into a form: numbers, words and comments by cell, read without losing anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from webapp.errors import said
from webapp.forms.base import DayField, OfficeForm
from workflows import reports
from workflows.errors import Refused
from workflows.regimes.forms import Form
from workflows.reports import Content

NUMBER, WORDS, NOTE = "number:", "words:", "note:"


@dataclass
class Sheet:
    """One filled-in form as typed, and what is wrong with it, cell by cell."""

    form: Form
    typed: dict[str, str] = field(default_factory=dict)
    nil: bool = False
    faults: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, form: Form, content: Content) -> "Sheet":
        """The sheet as it was last kept."""
        typed = {NUMBER + cell: reports.written(value) for cell, value in content.figures.items()}
        typed |= {WORDS + code: text for code, text in content.narrative.items()}
        typed |= {NOTE + cell: text for cell, text in content.notes.items()}
        return cls(form, typed, content.nil)

    @classmethod
    def sent(cls, form: Form, values: Mapping[str, str]) -> "Sheet":
        """The sheet as it was just sent."""
        known = {name: text for name, text in values.items() if name.startswith((NUMBER, WORDS, NOTE))}
        return cls(form, known, values.get("nil") == "1")

    def content(self) -> Content:
        """What was said; numbers that are none are left out and named in `faults`."""
        figures: dict[str, Decimal] = {}
        for cell in self.form.number_cells():
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

    def fault(self, cell: str, sentence: str) -> None:
        """Say what is wrong with a cell."""
        self.faults.setdefault(cell, []).append(sentence)

    def number(self, cell: str) -> str:
        """What stands in a number cell."""
        return self.typed.get(NUMBER + cell, "")

    def words(self, code: str) -> str:
        """What stands in a field of words."""
        return self.typed.get(WORDS + code, "")

    def note(self, cell: str) -> str:
        """The comment at a cell."""
        return self.typed.get(NOTE + cell, "")


class ActForm(FlaskForm):
    """An act of one button."""


class ReopenForm(OfficeForm):
    """Until when a locked form is opened again, and why."""

    until = DayField("")
    reason = TextAreaField("", [Length(max=2_000)])
