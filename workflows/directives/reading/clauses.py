"""Numbered passages of a directive: roman, arabic, letters, dash items and the paragraphs between them.

An address tells the way to a passage: `II.3`, `1.a`, `4/d2` (second dash item under 4), `5/p2` (second
paragraph of 5). Gaps in the numbering are the author's business; wrapped lines that begin with a dash are no
items.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from workflows.directives.reading.model import Clause, Footnote, Span
from workflows.directives.reading.text import Line, LineKind, lines, readable
from workflows.directives.reading.tokens import squeeze

_HEADING_LENGTH = 160
_WIDEST_WRAP = 150
_LARGEST_GAP = 4
_SHORTEST_WRAP = 40
_SHARE_OF_FULL_LINES = 0.5
_SHARE_OF_BROKEN_LINES = 0.4
_PARAGRAPH_INDENT = 3


class Rank(IntEnum):
    """How deep a kind of mark stands; a passage lies under the nearest earlier one of lower rank."""

    BODY = 0
    PART = 1
    CAPITAL = 2
    ROMAN = 3
    ARABIC = 4
    SECOND = 5
    THIRD = 6
    BRACKETED = 7
    LETTER = 8
    DASH = 9
    PLUS = 10
    PARAGRAPH = 11


@dataclass(frozen=True)
class Mark:
    """The mark at the head of a passage; `width` counts the characters it takes."""

    rank: Rank
    label: str
    width: int


@dataclass
class Passage:
    """A passage with its words after the mark. `parent` is None at the top.

    `children`, `dashes` and `paragraphs` count what stands under it; `listed` tells how many items its parent
    had before it.
    """

    address: str
    rank: Rank
    start: int
    end: int
    parent: "Passage | None" = None
    label: str = ""
    children: int = 0
    dashes: int = 0
    paragraphs: int = 1
    listed: int = 0


_ROMANS = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}
_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_LETTERS_OF_LISTS = "abcdđeghiklmnopqrstuvxy"
_MARKS: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    (Rank.PART, re.compile(r"((?:PHẦN|Phần|CHƯƠNG|Chương)\s+(?:THỨ\s+\w+|thứ\s+\w+|[IVX]+|\d+))\b[\s.:]*")),
    (Rank.PART, re.compile(r"(Điều\s+\d{1,2})\s?[.:]\s*(?=\S)")),
    (Rank.ROMAN, re.compile(r"([IVX]{1,4})\s?[.)/-]\s*(?=[^\W\d_])")),
    (Rank.CAPITAL, re.compile(r"([A-E])\s?[.)/-]\s+(?=[^\W\d_])")),
    (Rank.THIRD, re.compile(r"(\d{1,2}\.\d{1,2}\.\d{1,2})\s?[.):]?\s+(?=\D)")),
    (Rank.SECOND, re.compile(r"(\d{1,2}\.\d{1,2})\s?[.):]?\s*(?=[^\W\d_]|[“\"])")),
    (Rank.ARABIC, re.compile(r"(\d{1,2})\s?(?:[.):/-]|\.-)\s*(?=[^\W\d_]|[“\"'(])")),
    (Rank.BRACKETED, re.compile(r"\((\d{1,2}|[ivx]{1,5})\)\s?[.:]?\s*(?=\S)")),
    (Rank.LETTER, re.compile(r"\(?([a-zđ])\s?[.)/]\s*(?=[^\W\d_]|[“\"])")),
    (Rank.LETTER, re.compile(r"([a-zđ])\s?-\s+(?=[^\W\d_])")),
    (Rank.PLUS, re.compile(r"[+○◦]\s*(?=\S)")),
    (Rank.DASH, re.compile(r"[-•*·●]\s*(?=\S)")),
)
_FOOTNOTE = re.compile(r"<sup>|\[\d{1,2}\]\s|[⁽(][¹²³⁴⁵⁶⁷⁸⁹⁰]+[⁾)]")
_UNFINISHED = ("-", ",")
_FURNITURE = (LineKind.PAGE, LineKind.STAMP, LineKind.RULE)
_ENDED = re.compile(r"[.;:!?…/][\"”’)*]*$")


def read_clauses(
    text: str, span: Span, footnotes: Iterable[Footnote] = (), tables: Iterable[Span] = ()
) -> list[Passage]:
    """The passages of `text[span]` in order, each with its own words, not those of the passages under it.

    Footnotes and tables are left out.
    """
    reader = _Reader(text, span)
    noted = [*(note.span for note in footnotes), *tables]
    for line in _lines_of(text, span, noted):
        reader.take(line)
    return reader.passages


def as_clause(text: str, passage: Passage) -> Clause:
    """The passage as it is stored."""
    words = squeeze(readable(text[passage.start : passage.end]))
    return Clause(
        passage.address, heading_of(words), (passage.start, passage.end), text[passage.start : passage.end]
    )


def heading_of(words: str) -> str:
    """The heading of a passage: its words as far as the first colon, or its first sentence when short."""
    first = re.split(r"(?<=[.;])\s|:", words, maxsplit=1)[0]
    return first if len(first) <= _HEADING_LENGTH else first[:_HEADING_LENGTH].rsplit(" ", 1)[0] + "…"


def without_furniture(text: str, footnotes: Iterable[Footnote] = ()) -> str:
    """The readable form of a text with page numbers, stamps and footnotes blanked out; same length."""
    seen = list(readable(text))
    away = [(line.start, line.end) for line in lines(text) if line.kind in _FURNITURE]
    for start, end in [*away, *(note.span for note in footnotes)]:
        seen[start:end] = " " * (min(end, len(seen)) - start)
    return "".join(seen)


def _lines_of(text: str, span: Span, footnotes: Sequence[Span]) -> Iterator[Line]:
    """The lines inside the span without page furniture and footnotes."""
    in_note = False
    for line in lines(text):
        if line.end <= span[0] or line.start >= span[1]:
            continue
        if line.kind is LineKind.BLANK:
            in_note = False
        elif line.kind is LineKind.TEXT:
            in_note = in_note or bool(_FOOTNOTE.match(text[line.start : line.end].lstrip()))
            if in_note or any(start <= line.start < end for start, end in footnotes):
                continue
        else:
            continue
        yield line


@dataclass
class _Reader:
    """Takes lines one by one; holds the passages above the present one."""

    text: str
    span: Span
    passages: list[Passage] = field(default_factory=list)
    above: list[Passage] = field(default_factory=list)
    blank: bool = True
    last: Line | None = None
    width: int = 0
    margin: int = 0

    def __post_init__(self) -> None:
        self.width = _wrap_width(self.text[self.span[0] : self.span[1]])
        self.margin = _margin(self.text[self.span[0] : self.span[1]])
        self.above = [Passage("", Rank.BODY, self.span[0], self.span[0], paragraphs=0)]

    def take(self, line: Line) -> None:
        if line.kind is LineKind.BLANK:
            self.blank = True
            return
        mark = read_mark(line.words)
        if mark and self._is_item(line, mark):
            self._open(line, mark)
        elif self.passages and self._continues(line):
            self._extend(line)
        else:
            self._open(line, Mark(Rank.PARAGRAPH, "", 0))
        self.blank, self.last = False, line

    def _is_item(self, line: Line, mark: Mark) -> bool:
        if mark.rank in (Rank.DASH, Rank.PLUS, Rank.BRACKETED):
            return self._is_loose_item(line, mark)
        siblings = [above for above in self.above if above.rank is mark.rank]
        if mark.rank is Rank.PART or mark.rank in (Rank.SECOND, Rank.THIRD):
            return True
        before = _ordinal(siblings[-1]) if siblings else 0
        now = _ordinal_of(mark)
        if mark.rank is Rank.LETTER and not siblings:
            return now == 1
        return now == 1 or before < now <= before + _LARGEST_GAP or self._rested()

    def _is_loose_item(self, line: Line, mark: Mark) -> bool:
        following = line.words[mark.width : mark.width + 1]
        if self._rested() or self.last is None:
            return True
        if following.islower():
            return False
        return not self._full(self.last) or self._is_indented(line) or self._after_heading()

    def _after_heading(self) -> bool:
        """Whether the line before is the only one of a numbered passage."""
        passage = self.passages[-1] if self.passages else None
        return (
            passage is not None
            and passage.rank < Rank.DASH
            and self.last is not None
            and passage.start > self.last.start
        )

    def _rested(self) -> bool:
        """Whether the words before this line came to an end."""
        return self.last is None or bool(_ENDED.search(self.last.words))

    def _full(self, line: Line) -> bool:
        return bool(self.width) and len(line.text.rstrip()) >= 0.8 * self.width

    def _continues(self, line: Line) -> bool:
        """Whether an unmarked line runs on from the passage before it."""
        first = line.words[0]
        if first.islower() or (not first.isalpha() and not self._rested()):
            return True
        if self.last is not None and self.last.words.endswith(_UNFINISHED):
            return True
        if self.last is None or self.blank or not self._full(self.last) or self._is_indented(line):
            return False
        return not self._rested() or _indent(line) <= _indent(self.last)

    def _is_indented(self, line: Line) -> bool:
        """Whether the line begins further in than wrapped lines do, as the first line of a paragraph."""
        return _indent(line) >= self.margin + _PARAGRAPH_INDENT

    def _extend(self, line: Line) -> None:
        passage = self.passages[-1]
        passage.end = line.start + len(line.text.rstrip())

    def _open(self, line: Line, mark: Mark) -> None:
        indent = _indent(line)
        start = line.start + indent + mark.width
        end = line.start + len(line.text.rstrip())
        parent = self._parent(mark, line)
        listed = parent.children
        passage = Passage(
            _address(parent, mark), mark.rank, start, max(start, end), parent, mark.label, listed=listed
        )
        parent.children += mark.rank is not Rank.PARAGRAPH
        if mark.rank is not Rank.PARAGRAPH:
            self.above.append(passage)
        self.passages.append(passage)

    def _parent(self, mark: Mark, line: Line) -> Passage:
        if mark.rank is Rank.PARAGRAPH:
            if _is_closing(line.words) and self.above[-1].rank >= Rank.DASH:
                self._leave(Rank.SECOND)
            self._leave(Rank.DASH)
        else:
            self._leave(mark.rank)
        return self.above[-1]

    def _leave(self, rank: Rank) -> None:
        while self.above[-1].rank >= rank:
            self.above.pop()


_CLOSING = re.compile(r"(?:Giao|Yêu cầu|Đề nghị|Trong quá trình|Căn cứ|Nhận được|Định kỳ)\b")


def _is_closing(words: str) -> bool:
    """Whether a paragraph after a list speaks for the whole clause again."""
    return bool(_CLOSING.match(words))


def read_mark(words: str) -> Mark | None:
    """The mark that a line begins with, as far as its form goes."""
    for rank, form in _MARKS:
        found = form.match(words)
        if found:
            label = found.group(1) if form.groups else ""
            if rank is Rank.ROMAN and label not in _ROMANS:
                continue
            return Mark(rank, label, found.end())
    return None


def _ordinal(passage: Passage) -> int:
    return _ordinal_of(Mark(passage.rank, passage.label, 0))


def _ordinal_of(mark: Mark) -> int:
    if mark.rank is Rank.ROMAN:
        return _ROMANS[mark.label]
    if mark.rank is Rank.CAPITAL:
        return ord(mark.label) - ord("A") + 1
    if mark.rank is Rank.LETTER:
        return _LETTERS.index(mark.label) + 1
    return int(mark.label.split(".")[-1])


def _address(parent: Passage, mark: Mark) -> str:
    if mark.rank is Rank.PARAGRAPH:
        parent.paragraphs += 1
        return f"{parent.address or 'body'}/p{parent.paragraphs}"
    if mark.rank in (Rank.DASH, Rank.PLUS):
        parent.dashes += 1
        return f"{parent.address or 'body'}/d{parent.dashes}"
    if mark.rank is Rank.BRACKETED:
        return f"{parent.address}({mark.label})"
    while (
        parent.rank in (Rank.ARABIC, Rank.SECOND) and mark.rank in (Rank.SECOND, Rank.THIRD) and parent.parent
    ):
        parent = parent.parent
    return f"{parent.address}.{mark.label}" if parent.address else mark.label


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _wrap_width(text: str) -> int:
    """The length at which lines were wrapped, or 0 where every paragraph is one line.

    Wrapped lines are alike in length and mostly break off in mid-sentence.
    """
    rows = [row for line in text.split("\n") if len(row := line.rstrip()) > _SHORTEST_WRAP]
    lengths = sorted(map(len, rows))
    if not lengths or lengths[-1] > 2 * _WIDEST_WRAP:
        return 0
    typical = lengths[(len(lengths) * 3) // 4]
    full = [row for row in rows if len(row) >= 0.8 * typical]
    broken = sum(not _ENDED.search(row) for row in full)
    wrapped = len(full) >= _SHARE_OF_FULL_LINES * len(rows) and broken >= _SHARE_OF_BROKEN_LINES * len(full)
    return typical if typical <= _WIDEST_WRAP and wrapped else 0


def _margin(text: str) -> int:
    """The most usual indent of lines."""
    indents = Counter(len(line) - len(line.lstrip()) for line in text.split("\n") if line.strip())
    return indents.most_common(1)[0][0] if indents else 0
