"""What a unit types into a form: numbers, words and comments by cell, read without losing anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from werkzeug.datastructures import MultiDict

from webapp.errors import said
from workflows import reports
from workflows.errors import Refused
from workflows.regimes.forms import Form
from workflows.reports import Content

NUMBER, WORDS, NOTE = "number:", "words:", "note:"
FREE_ROWS = 3
NOTED_CELL, NOTED_WORDS = "noted-cell:", "noted-words:"


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
        for grid in form.grids():
            # A new comment in a grid names its cell beside it; there is no room for a box at each cell.
            cell, words = values.get(NOTED_CELL + grid.code, ""), values.get(NOTED_WORDS + grid.code, "")
            if words.strip() and cell in dict(grid.cells()):
                known[NOTE + cell] = words
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

    def label(self, cell: str) -> str:
        """What a cell or field is called."""
        return self.labels.get(cell, cell)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Cell → what it is called, in the order of the form."""
        fields = {asked.code: asked.label for asked in self.form.fields()}
        cells = {cell.name: cell.label for cell in self.form.number_cells()}
        order = [name for section in self.form.sections for part in section.parts for name in part.names()]
        return {name: cells.get(name) or fields[name] for name in order}

    def total(self, cells: Iterable[str]) -> str:
        """The sum of the numbers in some cells, as far as they are numbers; empty when all are blank."""
        known = [self._known.figures[cell] for cell in cells if cell in self._known.figures]
        return reports.written(sum(known, Decimal(0))) if known else ""

    @cached_property
    def _known(self) -> Content:
        return Sheet(self.form, self.typed, self.nil).content()


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
