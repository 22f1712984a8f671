"""Reads the language of the search box; what cannot be read is left out, and a note says so.

Words, "side by side", -without, and fields: loại:CT số:11-CT/TU cơ quan:"Tỉnh đoàn" năm:2024-2025
trạng thái:quá-hạn từ:01/01/2025 đến:31/12/2025 kind:task.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from search_index.days import first_day, last_day
from search_index.normalise import clean, unaccented
from search_index.notes import N_, Note
from search_index.query import Filters, Phrase, Query, Tree, Vocabulary
from search_index.tokens import Token, number_at, number_parts, tokens

MOST_WORDS = 24
LONGEST_TEXT = 2_000
_FIELD = re.compile(r"(loai|so|co quan|nam|trang thai|tu|den|kind)\s?:\s?")
_BARE = re.compile(r'[^\s"]+')
_YEARS = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)\d\d)?")
OVERDUE = "qua han"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the query: its text, the field before it, whether it was quoted or taken away."""

    text: str
    field: str = ""
    quoted: bool = False
    minus: bool = False


def parse(query: Query, vocabulary: Vocabulary) -> Tree:
    """Read a query into a tree; never fails."""
    text = clean(query.text)
    notes: list[Note] = []
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT]
        notes.append(Note(N_("Câu tìm quá dài: chỉ đọc %(most)s ký tự đầu."), {"most": LONGEST_TEXT}))
    if text.count('"') % 2:
        head, _, tail = text.rpartition('"')
        text = f"{head} {tail}"
        notes.append(Note(N_("Dấu ngoặc kép chưa đóng: đã tìm như các từ rời.")))
    reader = _Reader(vocabulary, query.today, notes)
    for piece in _pieces(text):
        reader.read(piece)
    if text and not reader.has_read_anything():
        notes.append(Note(N_("Câu tìm không có chữ hay số nào: đang hiện tất cả.")))
    return reader.tree(unfinished=query.typing and query.text[-1:].isalnum())


def _pieces(text: str) -> Iterator[_Piece]:
    plain = unaccented(text)
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        minus = _excludes(text, place)
        place += minus
        name = _FIELD.match(plain, place)
        place = name.end() if name else place
        value, quoted, place = _value(text, place)
        yield _Piece(value, name.group(1) if name else "", quoted, minus)


def _excludes(text: str, place: int) -> bool:
    """Whether a dash begins here that takes the following word or phrase away."""
    return text[place] == "-" and text[place + 1 : place + 2] not in ("", "-", " ")


def _value(text: str, place: int) -> tuple[str, bool, int]:
    """The value that begins here, whether it was quoted, and where it ends."""
    if text.startswith('"', place):
        end = text.index('"', place + 1)
        return text[place + 1 : end], True, end + 1
    found = number_at(text, place) or _BARE.match(text, place)
    return (found.group(), False, found.end()) if found else ("", False, place + 1)


@dataclass
class _Reader:
    vocabulary: Vocabulary
    today: date | None
    notes: list[Note]
    words: list[Token] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    without: list[Phrase] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    agencies: list[Phrase] = field(default_factory=list)
    filters: Filters = field(default_factory=Filters)

    def read(self, piece: _Piece) -> None:
        """Put a piece of the query where it belongs."""
        words = tuple(tokens(piece.text))
        if piece.minus and not piece.field:
            self._exclude(words, piece)
        elif piece.field:
            if piece.minus or not words or not _FIELDS[piece.field](self, piece.text, words):
                self._ignore(piece)
        elif piece.quoted and len(words) > 1:
            self.phrases.append(Phrase(words))
        else:
            self._add(words)

    def has_read_anything(self) -> bool:
        """Whether any piece said what to find."""
        found = (self.words, self.phrases, self.without, self.numbers, self.agencies, self.notes)
        return any(found) or self.filters != Filters()

    def tree(self, *, unfinished: bool) -> Tree:
        """The tree of everything read."""
        words = tuple({word.exact: word for word in self.words}.values())
        if len(words) > MOST_WORDS:
            self.notes.append(Note(N_("Chỉ tìm theo %(most)s từ đầu của câu."), {"most": MOST_WORDS}))
        return Tree(
            words=words[:MOST_WORDS],
            phrases=tuple(self.phrases[:MOST_WORDS]),
            without=tuple(self.without[:MOST_WORDS]),
            numbers=tuple(self.numbers),
            agencies=tuple(self.agencies),
            restrictions=self.filters,
            unfinished=unfinished and bool(self.words) and len(words) <= MOST_WORDS,
            notes=tuple(self.notes),
        )

    def _add(self, words: tuple[Token, ...]) -> None:
        """Keep loose words; "số" before a number is no word: papers file their number without it."""
        for word in words:
            if self.words and self.words[-1].folded == "so" and (word.number or word.folded.isdigit()):
                self.words.pop()
            self.words.append(word)

    def _exclude(self, words: tuple[Token, ...], piece: _Piece) -> None:
        if words:
            self.without.append(Phrase(words))
        else:
            self._ignore(piece)

    def _ignore(self, piece: _Piece) -> None:
        self.notes.append(
            Note(N_("Đã bỏ qua “%(part)s”: chưa hiểu phần này."), {"part": _as_typed(piece)[:60]})
        )

    def _narrow(self, name: str, values: frozenset[object]) -> None:
        self.filters = replace(self.filters, **{name: getattr(self.filters, name) | values})

    def read_type(self, text: str, words: tuple[Token, ...]) -> bool:
        """loại:CT or loại:"chỉ thị"."""
        labels = [label for label in text.split(",") if label.strip()]
        self._narrow(
            "types",
            frozenset(_code(self.vocabulary.types, label) or label.strip().upper() for label in labels),
        )
        return bool(labels)

    def read_kind(self, text: str, words: tuple[Token, ...]) -> bool:
        """kind:task or a label of the vocabulary."""
        self._narrow("kinds", frozenset([_code(self.vocabulary.kinds, text) or text.lower()]))
        return True

    def read_state(self, text: str, words: tuple[Token, ...]) -> bool:
        """trạng thái:quá-hạn or a label of the vocabulary."""
        code = _code(self.vocabulary.states, text)
        if code:
            self._narrow("states", frozenset([code]))
        elif _label(text) == OVERDUE and self.today:
            self.filters = replace(self.filters, overdue=True)
        else:
            return False
        return True

    def read_number(self, text: str, words: tuple[Token, ...]) -> bool:
        """số:11-CT/TU, whole or its beginning."""
        self.numbers.append("-".join(number_parts(text)))
        return True

    def read_agency(self, text: str, words: tuple[Token, ...]) -> bool:
        """cơ quan:"Tỉnh đoàn"."""
        self.agencies.append(Phrase(words))
        return True

    def read_year(self, text: str, words: tuple[Token, ...]) -> bool:
        """năm:2025 or năm:2024-2025."""
        if not _YEARS.fullmatch(text):
            return False
        years = [int(year) for year in text.split("-")]
        self._narrow("years", frozenset(range(min(years), max(years) + 1)))
        return True

    def read_since(self, text: str, words: tuple[Token, ...]) -> bool:
        """từ:01/01/2025, từ:01/2025 or từ:2025."""
        found = first_day(text)
        self.filters = replace(self.filters, since=found or self.filters.since)
        return found is not None

    def read_until(self, text: str, words: tuple[Token, ...]) -> bool:
        """đến:31/12/2025, đến:12/2025 or đến:2025."""
        found = last_day(text)
        self.filters = replace(self.filters, until=found or self.filters.until)
        return found is not None


_FIELDS: Mapping[str, Callable[[_Reader, str, tuple[Token, ...]], bool]] = {
    "loai": _Reader.read_type,
    "so": _Reader.read_number,
    "co quan": _Reader.read_agency,
    "nam": _Reader.read_year,
    "trang thai": _Reader.read_state,
    "tu": _Reader.read_since,
    "den": _Reader.read_until,
    "kind": _Reader.read_kind,
}  # fmt: skip
_NAMES = {
    "loai": "loại", "so": "số", "co quan": "cơ quan", "nam": "năm", "trang thai": "trạng thái", "tu": "từ",
    "den": "đến", "kind": "kind", "": "",
}  # fmt: skip


def _as_typed(piece: _Piece) -> str:
    text = f'"{piece.text}"' if piece.quoted else piece.text
    return f"{'-' if piece.minus else ''}{_NAMES[piece.field]}{':' if piece.field else ''}{text}"


def _label(text: str) -> str:
    return " ".join(unaccented(text).replace("-", " ").replace("_", " ").split())


def _code(codes: Mapping[str, str], text: str) -> str | None:
    wanted = _label(text)
    return next((code for label, code in codes.items() if wanted in (_label(label), _label(code))), None)
