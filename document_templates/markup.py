"""Light block marks → blocks: what a line of a wording becomes.

One line is one paragraph. `# `, `## `, `### ` head parts, sections, clauses; `- ` and `+ ` are items;
`> ` are grounds (căn cứ); `| a | b |` are tables, whose first row is the head ("Tăng > Kết nạp" stands under
"Tăng"), `|= …` a row over the whole width, `|+ …` a row of totals. Inside a line **đậm**, *nghiêng* and
[[chú thích]]. A line that begins with `@` sets a component or begins something: see MARKS.
"""

from __future__ import annotations

import base64
import re
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from document_templates import vietnamese, wording
from document_templates.blocks import (
    Basis,
    Block,
    Chart,
    ChartKind,
    Heading,
    ListItem,
    Orientation,
    PageBreak,
    Paragraph,
    Picture,
    Row,
    RowKind,
    Run,
    Series,
    Table,
    Text,
    plain,
)
from document_templates.columns import columns_of
from document_templates.errors import DocumentError, Problem, WordingError
from document_templates.pictures import check_picture

MARKS = {
    "trích yếu": "trích yếu của văn bản",
    "kính gửi": "nơi nhận văn bản, trên cùng dòng hoặc mỗi nơi một dòng “- ”",
    "kính trình": "nơi trình",
    "nơi nhận": "mỗi nơi một dòng “- ”",
    "bảng": "bề rộng các cột của bảng ngay dưới, tính theo phần trăm",
    "biểu đồ cột": "tên biểu đồ; bảng số liệu ở ngay dưới",
    "biểu đồ đường": "tên biểu đồ; bảng số liệu ở ngay dưới",
    "đơn vị": "đơn vị tính của biểu đồ",
    "mục tiêu": "đường mục tiêu của biểu đồ: số | nhãn",
    "hình": "tệp hình | chú thích",
    "loại bản sao": "sao y bản chính, sao lục hoặc trích sao",
    "kèm theo": "văn bản mà phụ lục này kèm theo, khi không phải chính văn bản đang soạn",
    "phụ lục": "phụ lục khổ đứng, theo sau là tên",
    "phụ lục ngang": "phụ lục khổ ngang, theo sau là tên",
    "ngắt trang": "sang trang mới",
}
"""The marks after @, each with what it does."""

_HEADINGS = {"# ": 1, "## ": 2, "### ": 3}
_ITEMS = {"- ": 1, "+ ": 2}
_INLINE = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\*(?P<italic>[^*]+)\*|\[\[(?P<note>.+?)\]\]")
_ROW_KINDS: dict[str, RowKind] = {"|=": "group", "|+": "total"}


@dataclass(frozen=True)
class Annex:
    """An appendix as worded, before its number and reference are known."""

    title: str
    orientation: Orientation
    blocks: tuple[Block, ...]
    reference: str = ""


@dataclass(frozen=True)
class Matter:
    """Everything a wording says: the components that belong to the words, the matter, the appendices."""

    subject: str = ""
    addressee_label: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    copy_kind: str = ""
    blocks: tuple[Block, ...] = ()
    annexes: tuple[Annex, ...] = ()


def read(text: str) -> Matter:
    """The blocks of a filled wording; a WordingError naming every line that cannot be read."""
    reader = _Reader()
    for line in text.split("\n"):
        reader.take(line.strip())
    reader.finish()
    if reader.problems:
        raise WordingError(reader.problems)
    return reader.matter


def text_of(line: str) -> Text:
    """A line with its bold, italic and footnote marks as runs."""
    runs: list[Run] = []
    at = 0
    for found in _INLINE.finditer(line):
        runs += _run(line[at : found.start()])
        if found["note"] is not None:
            runs[-1:] = [replace(runs[-1] if runs else Run(""), note=wording.shown(found["note"]).strip())]
        else:
            styled = found["bold"] or found["italic"]
            runs += _run(styled, bold=found["bold"] is not None, italic=found["italic"] is not None)
        at = found.end()
    return (*runs, *_run(line[at:]))


def _run(text: str, *, bold: bool = False, italic: bool = False) -> list[Run]:
    printed = wording.shown(text)
    return [Run(printed, bold, italic)] if printed else []


@dataclass
class _Reader:
    """Reads line by line; rows gather until another line closes the table or chart they belong to."""

    matter: Matter = field(default_factory=Matter)
    problems: list[Problem] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    chart: Chart | None = None
    names: str = ""
    annex: Annex | None = None

    def take(self, line: str) -> None:
        """Read one line."""
        try:
            if line.startswith("|"):
                self.rows.append(_row(line))
            elif line.startswith("@"):
                self._mark(line)
            elif line:
                self._line(line)
            else:
                self._close_rows()
        except DocumentError as refusal:
            self.problems.append(Problem(0, f"“{_excerpt(line)}”: {refusal}"))

    def finish(self) -> None:
        """Close whatever is still open at the end of the text."""
        try:
            self._close_rows()
        except DocumentError as refusal:
            self.problems.append(Problem(0, str(refusal)))
        self._close_part()

    def _line(self, line: str) -> None:
        self._close_rows()
        if self.names and line.startswith("- "):
            self._add_names((wording.shown(line[2:]).strip(),))
            return
        self.names = ""
        self.blocks.append(_block(line))

    def _mark(self, line: str) -> None:
        name, _, rest = line[1:].partition(":")
        name = " ".join(name.lower().split())
        if name not in MARKS:
            near = get_close_matches(name, MARKS, n=1)
            guess = f" Có phải “@{near[0]}”?" if near else f" Các dấu dùng được: @{', @'.join(MARKS)}."
            raise DocumentError("không có dấu “@%(name)s”.%(guess)s", name=name, guess=guess)
        if name not in ("đơn vị", "mục tiêu"):
            self._close_rows()
        self.names = ""
        _READERS[name](self, name, rest.strip())

    def _set_subject(self, _name: str, rest: str) -> None:
        self.matter = replace(self.matter, subject=wording.shown(rest).strip())

    def _set_copy_kind(self, _name: str, rest: str) -> None:
        self.matter = replace(self.matter, copy_kind=wording.shown(rest).strip())

    def _begin_names(self, name: str, rest: str) -> None:
        self.names = name
        if name != "nơi nhận":
            self.matter = replace(self.matter, addressee_label=f"{name.capitalize()}:")
        if rest:
            self._add_names((wording.shown(rest).strip(),))

    def _add_names(self, names: tuple[str, ...]) -> None:
        if self.names == "nơi nhận":
            self.matter = replace(self.matter, recipients=self.matter.recipients + names)
        else:
            self.matter = replace(self.matter, addressees=self.matter.addressees + names)

    def _set_widths(self, _name: str, rest: str) -> None:
        self.widths = [_percent(part) for part in rest.split(",")] if rest else []

    def _begin_chart(self, name: str, rest: str) -> None:
        kind: ChartKind = "bars" if name == "biểu đồ cột" else "lines"
        self.chart = Chart(kind, wording.shown(rest).strip(), (), ())

    def _set_unit(self, _name: str, rest: str) -> None:
        self.chart = replace(self._open_chart(), unit=wording.shown(rest).strip())

    def _set_target(self, _name: str, rest: str) -> None:
        value, _, label = rest.partition("|")
        target = vietnamese.read_number(wording.shown(value))
        self.chart = replace(self._open_chart(), target=target, target_label=wording.shown(label).strip())

    def _open_chart(self) -> Chart:
        if self.chart is None:
            raise DocumentError("dấu này phải đứng ngay dưới một “@biểu đồ”.")
        return self.chart

    def _add_picture(self, _name: str, rest: str) -> None:
        encoded, _, caption = rest.partition("|")
        try:
            data = base64.b64decode(wording.shown(encoded).strip(), validate=True)
        except (NotBase64, ValueError) as error:
            raise DocumentError("hình không đọc được. Chọn lại tệp hình PNG hoặc JPEG.") from error
        check_picture(data)
        self.blocks.append(Picture(data, wording.shown(caption).strip()))

    def _begin_annex(self, name: str, rest: str) -> None:
        self._close_part()
        self.annex = Annex(
            wording.shown(rest).strip(), "landscape" if name == "phụ lục ngang" else "portrait", ()
        )

    def _set_reference(self, _name: str, rest: str) -> None:
        if self.annex is None:
            raise DocumentError("dấu này phải đứng dưới một “@phụ lục”.")
        self.annex = replace(self.annex, reference=wording.shown(rest).strip())

    def _break_page(self, _name: str, _rest: str) -> None:
        self.blocks.append(PageBreak())

    def _close_part(self) -> None:
        if self.annex is None:
            self.matter = replace(self.matter, blocks=tuple(self.blocks))
        else:
            annex = replace(self.annex, blocks=tuple(self.blocks))
            self.matter = replace(self.matter, annexes=(*self.matter.annexes, annex))
        self.blocks = []

    def _close_rows(self) -> None:
        rows, chart, widths = self.rows, self.chart, self.widths
        if rows or chart:
            self.rows, self.chart, self.widths = [], None, []
        if chart:
            self.blocks.append(_chart(chart, rows))
        elif rows:
            self.blocks.append(_table(rows, widths))


_READERS: dict[str, Callable[[_Reader, str, str], None]] = {
    "trích yếu": _Reader._set_subject,
    "kính gửi": _Reader._begin_names,
    "kính trình": _Reader._begin_names,
    "nơi nhận": _Reader._begin_names,
    "bảng": _Reader._set_widths,
    "biểu đồ cột": _Reader._begin_chart,
    "biểu đồ đường": _Reader._begin_chart,
    "đơn vị": _Reader._set_unit,
    "mục tiêu": _Reader._set_target,
    "hình": _Reader._add_picture,
    "loại bản sao": _Reader._set_copy_kind,
    "kèm theo": _Reader._set_reference,
    "phụ lục": _Reader._begin_annex,
    "phụ lục ngang": _Reader._begin_annex,
    "ngắt trang": _Reader._break_page,
}


def _block(line: str) -> Block:
    for mark, level in _HEADINGS.items():
        if line.startswith(mark):
            return Heading(level, text_of(line[len(mark) :].strip()))
    for mark, level in _ITEMS.items():
        if line.startswith(mark):
            return ListItem(text_of(line[len(mark) :].strip()), level)
    if line.startswith("> "):
        return Basis(text_of(line[2:].strip()))
    return Paragraph(text_of(line))


def _row(line: str) -> Row:
    kind = _ROW_KINDS.get(line[:2], "plain")
    inside = line[1 if kind == "plain" else 2 :].strip().removesuffix("|")
    return Row(tuple(text_of(cell.strip()) for cell in inside.split("|")), kind)


def _table(rows: list[Row], widths: list[int]) -> Table:
    head, *body = rows
    titles = [tuple(part.strip() for part in plain(cell).split(" > ")) for cell in head.cells]
    for row in body:
        if row.kind != "group" and len(row.cells) != len(titles):
            raise DocumentError(
                "bảng có %(columns)d cột nhưng một hàng có %(cells)d ô: “%(row)s”. Thêm hoặc bớt dấu |.",
                columns=len(titles),
                cells=len(row.cells),
                row=_excerpt(" | ".join(map(plain, row.cells))),
            )
    return Table(columns_of(titles, body, widths), tuple(body))


def _chart(chart: Chart, rows: list[Row]) -> Chart:
    if len(rows) < 2 or any(len(row.cells) != len(rows[0].cells) or len(row.cells) < 2 for row in rows):
        raise DocumentError(
            "biểu đồ “%(title)s” cần một bảng số liệu ngay dưới, ít nhất hai cột và hai hàng.",
            title=chart.title,
        )
    table = [[plain(cell).strip() for cell in row.cells] for row in rows]
    series = tuple(
        Series(table[0][at], tuple(vietnamese.read_number(row[at]) for row in table[1:]))
        for at in range(1, len(table[0]))
    )
    return replace(chart, categories=tuple(row[0] for row in table[1:]), series=series)


def _percent(part: str) -> int:
    try:
        return int(wording.shown(part).strip().removesuffix("%"))
    except ValueError as error:
        raise DocumentError("bề rộng cột “%(part)s” phải là số phần trăm.", part=part.strip()) from error


def _excerpt(line: str) -> str:
    shown = wording.shown(line)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
