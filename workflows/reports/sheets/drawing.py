"""The workbook as a file: laid out to be read and printed, locked but for what is to be filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

from workflows.regimes.forms import Form
from workflows.regimes.forms.reckoning import day_of
from workflows.reports.content import Content
from workflows.reports.sheets.layout import (
    COVER,
    NIL,
    NOTE,
    NOTES,
    STAMP,
    WORDS_WIDE,
    Layout,
    Place,
    Slot,
    lay_out,
)
from workflows.reports.sheets.stamp import Stamp, likeness

WIDE, WIDE_NOTES, NARROW = 44, 70, 17
"""How many letters a column holds: labels, labels of comments, everything else."""
LINE = 15
"""The height of a line of words, in points."""
BOLD = 14
"""How many bold letters go into one line of a narrow column."""
VIETNAMESE = "[$-42A]"
"""Numbers are written 1.234,5 also where the program speaks another language."""
A4 = 9  # the number Excel gives the paper
LONGEST_TEXT = 32_767
LARGEST = 1e15
LISTS_FROM = 3
"""The column of the hidden page in which the first list of choices stands."""
FAINT, FILL, HEAD = "#667085", "#FFFBEA", "#F2F0EB"
WRAPPED = {"text_wrap": True, "valign": "top"}
OPEN = {"locked": False, "border": 1, "bg_color": FILL, "valign": "top"}
SUM = {"border": 1, "num_format": VIETNAMESE + "#,##0.####", "bg_color": HEAD, "valign": "top"}
TITLE_ROW = {"text_wrap": True, "align": "center", "border": 1}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "label": WRAPPED,
    "caption": {"bold": True, "text_wrap": True},
    "head": {**TITLE_ROW, "bold": True, "valign": "vcenter", "bg_color": HEAD},
    "faint": {"font_color": FAINT, "italic": True, "valign": "top"},
    "faint-head": {**TITLE_ROW, "font_color": FAINT, "italic": True, "border_color": "#D0D5DD"},
    "before": {**WRAPPED, "font_color": FAINT, "num_format": VIETNAMESE + "#,##0.####"},
    "total": {**SUM, "bold": True},
    "shown": {**SUM, "italic": True},
    "number": {**OPEN, "num_format": VIETNAMESE + "#,##0"},
    "broken": {"num_format": VIETNAMESE + "#,##0.0###"},
    "date": {**OPEN, "num_format": "dd/mm/yyyy", "align": "left"},
    "words": {**OPEN, **WRAPPED, "num_format": "@"},
}


@dataclass(frozen=True)
class Facts:
    """What the cover says beside the form: title and lines of (label, words)."""

    title: str
    lines: Sequence[tuple[str, str]]
    advice: Sequence[str]


def draw(form: Form, content: Content, before: Content, facts: Facts, stamp: Stamp, *, key: bytes) -> bytes:
    """The .xlsx file; `before` is what the unit said for the period before. `stamp.cells` is made here."""
    # XlsxWriter is loaded only where a workbook is drawn.
    from xlsxwriter import Workbook  # noqa: PLC0415

    written = BytesIO()
    with Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        _Drawing(book, form, content, before).draw(facts, stamp, key)
    return written.getvalue()


class _Drawing:
    def __init__(self, book: Any, form: Form, content: Content, before: Content) -> None:
        self.book, self.content, self.before = book, content, before
        self.plan: Layout = lay_out(form)
        self.formats = {
            name: book.add_format({"font_name": "Arial", **style}) for name, style in STYLES.items()
        }
        self.pages = {name: book.add_worksheet(name) for name in self.plan.pages}
        self.hidden = book.add_worksheet(STAMP)
        self.lists = LISTS_FROM
        self.heights: dict[tuple[str, int], int] = {}

    def draw(self, facts: Facts, stamp: Stamp, key: bytes) -> None:
        for name, page in self.pages.items():
            _prepare(page)
            if name != COVER:
                page.print_area(0, 0, *self.plan.printed(name))
        self._cover(facts)
        for words in self.plan.words:
            self._write(words.place, words.text, words.style)
            if "text_wrap" in STYLES[words.style]:
                self._make_room(words.place, words.text)
        cells = {
            slot.name: likeness(said) for slot in self.plan.slots if (said := self._slot(slot)) is not None
        }
        self._earlier()
        self._sums()
        for (sheet, row), height in self.heights.items():
            self.pages[sheet].set_row(row, height)
        self._stamp(stamp, cells, key)

    def _make_room(self, place: Place, words: str) -> None:
        """Make a row as high as its longest words need: programs do not always do so by themselves."""
        first = WIDE_NOTES if place.sheet == NOTES else WIDE
        letters = BOLD if place.column else first
        lines = sum(max(1, ceil(len(line) / letters)) for line in words.split("\n"))
        if lines > 1:
            self._heighten(place, lines * LINE)

    def _heighten(self, place: Place, height: int) -> None:
        row = (place.sheet, place.row)
        self.heights[row] = max(height, self.heights.get(row, 0))

    def _cover(self, facts: Facts) -> None:
        page = self.pages[COVER]
        page.write_string(0, 0, facts.title, self.formats["title"])
        row = 3
        for label, words in facts.lines:
            page.write_string(row, 0, label, self.formats["label"])
            page.merge_range(row, 1, row, WORDS_WIDE, words, self.formats["caption"])
            row += 1
        for advice in facts.advice:
            page.merge_range(row + 1, 0, row + 1, WORDS_WIDE, advice, self.formats["label"])
            page.set_row(row + 1, 32)
            row += 1

    def _write(self, place: Place, value: str | Decimal, style: str) -> None:
        page, form = self.pages[place.sheet], self.formats[style]
        if isinstance(value, Decimal):
            page.write_number(place.row, place.column, float(value), form)
        else:
            page.write_string(place.row, place.column, value[:LONGEST_TEXT], form)

    def _slot(self, slot: Slot) -> Decimal | str | None:
        """Draw a cell to fill in; what stands in it, or none where Excel could not hold it all."""
        said = self._said(slot)
        if isinstance(said, str) and len(said) > LONGEST_TEXT:
            sentence = "Nội dung dài hơn mức Excel chứa được; sửa trên trang web."
            self._merge(slot.place, sentence, "shown")
            return None
        match slot.kind:
            case "number":
                self._number(slot, said)
            case "narrative":
                self._merge(slot.place, str(said), "words")
                self._heighten(slot.place, 96)
            case "date":
                self._date(slot, str(said))
            case _:
                self._word(slot, str(said))
        return said

    def _said(self, slot: Slot) -> Decimal | str:
        content = self.content
        if slot.name == NIL:
            return "x" if content.nil else ""
        if slot.name.startswith(NOTE):
            return content.notes.get(slot.name.removeprefix(NOTE), "")
        if slot.kind == "number":
            return content.figures.get(slot.name, "")
        return content.narrative.get(slot.name, "")

    def _number(self, slot: Slot, said: Decimal | str) -> None:
        place, page = slot.place, self.pages[slot.place.sheet]
        if isinstance(said, Decimal):
            self._write(place, said, "number")
        else:
            page.write_blank(place.row, place.column, None, self.formats["number"])
        broken = {
            "type": "formula",
            "criteria": f"=MOD({place.address},1)<>0",
            "format": self.formats["broken"],
        }
        page.conditional_format(place.row, place.column, place.row, place.column, broken)
        lowest, highest = _bounds(slot)
        page.data_validation(
            place.row,
            place.column,
            place.row,
            place.column,
            {
                "validate": "integer" if slot.measure.decimals == 0 else "decimal",
                "criteria": "between",
                "minimum": lowest,
                "maximum": highest,
                "error_title": "Không phải số",
                "error_message": "Ô này nhận số. Không có thì ghi 0; chưa có thì để trống.",
            },
        )

    def _date(self, slot: Slot, said: str) -> None:
        place, page = slot.place, self.pages[slot.place.sheet]
        day = day_of(said)
        if day is not None:
            page.write_datetime(place.row, place.column, day, self.formats["date"])
        else:
            page.write_string(place.row, place.column, said, self.formats["date"])

    def _word(self, slot: Slot, said: str) -> None:
        place, page = slot.place, self.pages[slot.place.sheet]
        if slot.kind == "note":
            self._merge(place, said, "words")
            return
        page.write_string(place.row, place.column, said, self.formats["words"])
        self._make_room(place, max(slot.choices, key=len, default=""))
        choices = ("x",) if slot.kind == "nil" else slot.choices
        self.hidden.write_column(0, self.lists, choices)
        source = f"='{STAMP}'!{_column(self.lists)}$1:{_column(self.lists)}${len(choices)}"
        self.lists += 1
        rule = {"validate": "list", "source": source, "error_message": "Chọn một trong các mục có sẵn."}
        page.data_validation(place.row, place.column, place.row, place.column, rule)

    def _merge(self, place: Place, words: str, style: str) -> None:
        page = self.pages[place.sheet]
        page.merge_range(
            place.row, place.column, place.row, place.column + WORDS_WIDE - 1, "", self.formats[style]
        )
        page.write_string(place.row, place.column, words, self.formats[style])

    def _earlier(self) -> None:
        """Last period's answers, and the calculated cells as they stand."""
        for name, place in self.plan.before.items():
            said = self.before.figures.get(name, self.before.narrative.get(name))
            if isinstance(said, str) and "\n" not in said and len(said) < 40:
                self._write(place, said, "before")
            elif isinstance(said, str):
                self._merge(place, said[:LONGEST_TEXT], "before")
                self._heighten(place, 64)
            elif said is not None:
                self._write(place, said, "before")
        for name, place in self.plan.shown.items():
            self._write(place, self.content.figures.get(name, "(tự tính)"), "shown")

    def _sums(self) -> None:
        for total in self.plan.totals:
            page = self.pages[total.place.sheet]
            said = [self.content.figures[name] for name in total.cells if name in self.content.figures]
            page.write_formula(
                total.place.row,
                total.place.column,
                total.formula,
                self.formats["total"],
                float(sum(said, Decimal(0))),
            )

    def _stamp(self, stamp: Stamp, cells: Mapping[str, str], key: bytes) -> None:
        whole = Stamp(stamp.obligation, stamp.unit, stamp.period, stamp.form, stamp.number, dict(cells))
        for row, (name, value) in enumerate(whole.rows(key)):
            self.hidden.write_string(row, 0, name)
            self.hidden.write_string(row, 1, value)
        self.hidden.protect()
        self.hidden.very_hidden()


def _bounds(slot: Slot) -> tuple[float, float]:
    """Between what a number may lie."""
    least, most = slot.measure.minimum, slot.measure.maximum
    lowest = 0.0 if slot.lowest_is_zero else -LARGEST
    return float(least) if least is not None else lowest, float(most) if most is not None else LARGEST


def _prepare(page: Any) -> None:
    page.protect("", {"format_columns": True, "format_rows": True})
    page.set_column(0, 0, WIDE_NOTES if page.name == NOTES else WIDE)
    page.set_column(1, 40, NARROW)
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)


def _column(at: int) -> str:
    """The column of a place, held fast: $D."""
    return "$" + Place("", 0, at).address[:-1]
