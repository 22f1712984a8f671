"""Which line is which component: recognised by what it says and where it stands, not by how it is set."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from document_templates.check.observed import Line, Paper
from document_templates.profiles import Profile

NUMBER = re.compile(r"^Số\s*:?\s*[\d\s]*\s*[-/]\s*[\w&/-]+$")
PLACE_DATE = re.compile(r"^[^,]{2,40},?\s*ngày.*tháng.*năm")
LETTER_SUBJECT = re.compile(r"^(về việc|v/v)\b", re.IGNORECASE)
ADDRESSEE = re.compile(r"^Kính (gửi|trình)", re.IGNORECASE)
RECIPIENTS = re.compile(r"^Nơi nhận", re.IGNORECASE)
APPENDIX = re.compile(r"^Phụ lục(\s+(?P<numeral>\d+|[IVXLC]+))?$", re.IGNORECASE)
MARK = re.compile(r"^(\*+|-{2,})$")
PART = re.compile(r"^[IVX]+\s*[-.]\s")
_DRAFT = re.compile(r"^Dự thảo", re.IGNORECASE)
_URGENCY = re.compile(r"^(KHẨN|THƯỢNG KHẨN|HO[ẢA]\s*TỐC|HỎA TỐC)")
_TITLE_ROOM = 4.0


def folded(text: str) -> str:
    """Upper case without the marks that offices write in two ways (uỷ/ủy, hoà/hòa)."""
    bare = unicodedata.normalize("NFD", text.upper())
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).replace("Đ", "D")


@dataclass
class Components:
    """The lines of each component by the key of its style; `appendices` follow the main document."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    appendices: list[Line] = field(default_factory=list)

    def __getitem__(self, key: str) -> list[Line]:
        return self.lines.get(key, [])

    def put(self, key: str, *lines: Line) -> None:
        self.lines.setdefault(key, []).extend(lines)

    def text(self, key: str) -> str:
        """The words of a component."""
        return " ".join(line.text for line in self[key])


def recognise(paper: Paper, profile: Profile) -> Components:
    """Sort the lines of a paper into components."""
    found = Components()
    lines = [line for line in paper.lines if not line.framed]
    first = next((at for at, line in enumerate(lines) if _begins_appendix(line)), len(lines))
    main, found.appendices = lines[:first], lines[first:]
    head, rest = _split_head(main)
    _sort_head(head, found, profile, word=paper.kind == "word")
    matter, closing = _split_closing(rest)
    _sort_titles(matter, found, profile, paper)
    _sort_closing(closing, found)
    return found


def _begins_appendix(line: Line) -> bool:
    return bool(APPENDIX.match(line.text)) and not line.in_table


def _split_head(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The two-column heading, to the last line beside the text of number and date."""
    marks = [
        at for at, line in enumerate(lines[:40]) if NUMBER.match(line.text) or PLACE_DATE.match(line.text)
    ]
    if not marks:
        return [], lines
    end = marks[-1] + 1 if len(marks) < 3 else marks[1] + 1
    while (
        end < len(lines) and (lines[end].side == "left" or _is_beside(lines[end])) and _may_follow(lines[end])
    ):
        end += 1
    return lines[:end], lines[end:]


def _is_beside(line: Line) -> bool:
    return bool(PLACE_DATE.match(line.text)) and line.side == "right"


def _may_follow(line: Line) -> bool:
    return not (ADDRESSEE.match(line.text) or RECIPIENTS.match(line.text)) and not line.in_table


def _sort_head(head: list[Line], found: Components, profile: Profile, *, word: bool) -> None:
    national = [folded(line) for line in profile.rules.heading]
    issuers: list[Line] = []
    after_number = False
    for line in head:
        text = folded(line.text)
        if PLACE_DATE.match(line.text):
            found.put("place_date", line)
        elif NUMBER.match(line.text):
            found.put("number", line)
            after_number = True
        elif text in national:
            found.put("motto" if national.index(text) else "heading", line)
        elif line.side == "right":
            found.put("heading", line)
        elif MARK.match(line.text):
            found.put("issuer_mark", line)
        elif after_number:
            found.put(_beneath_number(line), line)
        else:
            issuers.append(line)
    _sort_issuers(issuers, found, word=word)


def _beneath_number(line: Line) -> str:
    if _DRAFT.match(line.text):
        return "draft"
    if _URGENCY.match(line.text):
        return "urgency"
    return "circulation" if line.text.isupper() else "letter_subject"


def _sort_issuers(lines: list[Line], found: Components, *, word: bool) -> None:
    """The issuing body is the last; in a PDF its lines are told from the body above by their weight."""
    if not lines:
        return
    weights = [bool(line.most("bold")) for line in lines]
    start = len(lines) - 1
    if not word and len(set(weights)) == 1:
        start = 0
    while not word and start and weights[start - 1] == weights[-1]:
        start -= 1
    found.put("upper_body", *lines[:start])
    found.put("issuer", *lines[start:])


def _split_closing(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    for at, line in enumerate(lines):
        if RECIPIENTS.match(line.text) and not line.in_table:
            while at and _may_sign(lines[at - 1]):
                at -= 1
            return lines[:at], lines[at:]
    return lines, []


def _may_sign(line: Line) -> bool:
    """A line that stands beside the text and is in capitals or bold, as authority, post and name are."""
    return line.side in ("left", "right") and (line.text.isupper() or bool(line.most("bold")))


def _sort_titles(lines: list[Line], found: Components, profile: Profile, paper: Paper) -> None:
    names = {folded(name) for name in profile.types}
    at = 0
    if lines and folded(lines[0].text) in names:
        found.put("type_name", lines[0])
        at = _take(lines, 1, _title_test(paper), found, "subject", most=1 if paper.kind == "word" else 8)
    if at < len(lines) and MARK.match(lines[at].text):
        found.put("subject_mark", lines[at])
        at += 1
    if at < len(lines) and ADDRESSEE.match(lines[at].text):
        found.put("addressee", lines[at])
        at = _take(lines, at + 1, _hangs(paper), found, "addressee", most=10_000)
    centred = _title_test(paper)
    for line in lines[at:]:
        caption = paper.kind == "pdf" and bool(line.most("bold")) and centred(line)
        if not line.in_table and not MARK.match(line.text) and not caption:
            found.put("part" if PART.match(line.text) and line.text.isupper() else "body", line)


def _take(
    lines: Sequence[Line], at: int, belongs: Callable[[Line], bool], found: Components, key: str, *, most: int
) -> int:
    end = at
    while end < len(lines) and end - at < most and belongs(lines[end]) and not MARK.match(lines[end].text):
        end += 1
    found.put(key, *lines[at:end])
    return end


def _title_test(paper: Paper) -> Callable[[Line], bool]:
    """In a PDF the lines of a title stand in the middle, clear of both margins."""
    if paper.kind == "word":
        return lambda line: not ADDRESSEE.match(line.text)
    sheet = paper.sheets[0]
    left, right = sheet.left or 0, sheet.right or 0
    middle = (left + sheet.width - right) / 2

    def centred(line: Line) -> bool:
        start, end = line.left or 0, line.right or 0
        return (
            abs((start + end) / 2 - middle) < 1.5
            and start > left + _TITLE_ROOM
            and not ADDRESSEE.match(line.text)
        )

    return centred


def _hangs(paper: Paper) -> Callable[[Line], bool]:
    start = 25.0 if paper.kind == "word" else 25.0 + (paper.sheets[0].left or 0)
    return lambda line: (line.left or 0) > start


def _sort_closing(lines: list[Line], found: Components) -> None:
    """Signers stand on the right, or on both sides of a joint document; recipients under their label."""
    label = next((at for at, line in enumerate(lines) if RECIPIENTS.match(line.text)), len(lines))
    signers: dict[str, list[Line]] = {"left": [], "right": []}
    for at, line in enumerate(lines):
        if line.side == "left" and at < label:
            signers["left"].append(line)
        elif not line.in_table and not _names_recipients(line):
            signers["right"].append(line)
    for side in signers.values():
        capitals = [line for line in side if line.text.isupper()]
        found.put("authority", *capitals[:-1])
        found.put("post", *capitals[-1:])
        found.put("signer", *(line for line in side if line not in capitals))
    ended = False
    for line in lines[label:]:
        if _names_recipients(line) and not line.in_table:
            found.put(_beneath_label(line, ended=ended), line)
            ended = ended or (line.text.endswith(".") and not RECIPIENTS.match(line.text))


def _names_recipients(line: Line) -> bool:
    """Recipients stand on the left; where they run across the page, they are neither capitals nor bold."""
    if line.side in ("left", "right"):
        return line.side == "left"
    return bool(RECIPIENTS.match(line.text)) or not (line.text.isupper() or line.most("bold"))


def _beneath_label(line: Line, *, ended: bool) -> str:
    if RECIPIENTS.match(line.text):
        return "recipients_label"
    return "drafter" if ended and not line.text.startswith("-") else "recipient"
