"""What belongs to the paper and not to the text: page numbers, running lines, signature stamps."""

import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from workflows.directives.reading.extraction.cleaning import bracketed, opens_note
from workflows.directives.reading.extraction.models import Line
from workflows.wording import N_

LEFT_OUT = N_("Đã lược số trang, dòng lặp lại ở đầu và chân trang.")
STAMPS_LEFT_OUT = N_("Đã lược thông tin của dấu chữ ký số.")

MARGIN = 0.09
RUNNING_PAGES = 3
SMALL = 0.88
NEIGHBOURS = 8

_PAGE_NUMBER = re.compile(r"[-–—]?\s*(?:[Tt]rang\s+)?(\d{1,4})(?:\s*/\s*\d{1,4})?\s*[-–—]?")
_SIGNED_AT = re.compile(r"(?:\d{4}[-./]\d{2}[-./]\d{2}|\d{2}[-./]\d{2}[-./]\d{4})[T ]\d{2}:\d{2}:\d{2}")
_STAMP = re.compile(
    r"(?:Ký bởi|Người ký|Được ký bởi|Ký số bởi|Giờ ký|Ngày ký|Thời gian ký|Signed by|Digitally signed|"
    r"Signature Not Verified|Signature valid|Signing time|Date\s*:\s*\d{4}\.)"
)
_STAMP_NEIGHBOUR = re.compile(r"(?:Email|Cơ quan|Tổ chức|Chức vụ|Reason|Location|Date)\s*:")


@dataclass(slots=True)
class Sheet:
    """The lines of one page, to be relieved of its furniture."""

    height: float
    lines: list[Line]
    footnotes: list[str] = field(default_factory=list)


def relieve(sheets: list[Sheet]) -> tuple[str, ...]:
    """Take furniture out of the lines of all pages, and footnotes out of the way; say what was left out."""
    before = sum(len(sheet.lines) for sheet in sheets)
    body = _body_size(sheets)
    for sheet in sheets:
        stamps = _stamp_lines(sheet.lines, body)
        sheet.lines = [line for line in sheet.lines if line not in stamps]
    unstamped = sum(len(sheet.lines) for sheet in sheets)
    _drop_page_numbers(sheets)
    _drop_running_lines(sheets)
    left = sum(len(sheet.lines) for sheet in sheets)
    for sheet in sheets:
        _move_footnotes(sheet, body)
    dropped = {STAMPS_LEFT_OUT: before > unstamped, LEFT_OUT: unstamped > left}
    return tuple(note for note, was_dropped in dropped.items() if was_dropped)


def _body_size(sheets: Iterable[Sheet]) -> float:
    """The font size in which most of the text stands."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _stamp_lines(lines: list[Line], body: float) -> set[Line]:
    """Lines of signature stamps, with the small lines that stand close below and above them."""
    stamps = {line for line in lines if _STAMP.match(line.text) or _is_moment(line.text)}
    if not stamps:
        return stamps
    downwards = sorted(lines, key=lambda line: line.baseline)
    for ordered in (downwards, downwards[::-1]):
        recent: deque[Line] = deque(maxlen=NEIGHBOURS)
        for line in ordered:
            small = line.size <= SMALL * body or _STAMP_NEIGHBOUR.match(line.text)
            if small and any(_adjoin(line, stamp) for stamp in recent):
                stamps.add(line)
            if line in stamps:
                recent.append(line)
    return stamps


def _is_moment(text: str) -> bool:
    found = _SIGNED_AT.search(text)
    return found is not None and len(text) - len(found.group()) < 20


def _adjoin(line: Line, stamp: Line) -> bool:
    size = max(line.size, stamp.size)
    alike = abs(line.size - stamp.size) < 0.1 * size
    near = 0 < abs(line.baseline - stamp.baseline) < 1.6 * size
    return alike and near and abs(line.x0 - stamp.x0) < 3 * size


def _in_margin(line: Line, sheet: Sheet) -> bool:
    return line.baseline < MARGIN * sheet.height or line.baseline > (1 - MARGIN) * sheet.height


def _drop_page_numbers(sheets: list[Sheet]) -> None:
    """Drop a bare number in the margin that counts with the pages, from 1 or from elsewhere."""
    found: list[tuple[int, Line, int]] = []
    for index, sheet in enumerate(sheets):
        for line in sheet.lines:
            number = _PAGE_NUMBER.fullmatch(line.text)
            if number and _in_margin(line, sheet):
                found.append((index, line, int(number.group(1)) - index - 1))
    shifts = Counter(shift for _, _, shift in found)
    numbers = {(index, line) for index, line, shift in found if shift == 0 or shifts[shift] > 1}
    for index, sheet in enumerate(sheets):
        sheet.lines = [line for line in sheet.lines if (index, line) not in numbers]


def _drop_running_lines(sheets: list[Sheet]) -> None:
    """Drop lines that stand in the margin of at least three pages and of half of all, digits aside."""
    in_margins = ({_running(line) for line in sheet.lines if _in_margin(line, sheet)} for sheet in sheets)
    seen = Counter(chain.from_iterable(in_margins))
    enough = max(RUNNING_PAGES, len(sheets) / 2)
    for sheet in sheets:
        sheet.lines = [
            line for line in sheet.lines if not (_in_margin(line, sheet) and seen[_running(line)] >= enough)
        ]


def _running(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _move_footnotes(sheet: Sheet, body: float) -> None:
    """Small lines at the foot that begin with a raised mark would cut a sentence that runs over the page."""
    at = len(sheet.lines)
    while at and sheet.lines[at - 1].size <= SMALL * body:
        at -= 1
    while at < len(sheet.lines) and not opens_note(sheet.lines[at].text):
        at += 1
    sheet.footnotes = [
        bracketed(line.text) if opens_note(line.text) else line.text for line in sheet.lines[at:]
    ]
    sheet.lines = sheet.lines[:at]
