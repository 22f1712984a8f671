"""Shows where the words of a query stand: text cut around them, some segments marked; never HTML."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from search_index.normalise import canonical, folded, unaccented
from search_index.tokens import Token, number_parts

WIDTH = 240
_BEFORE = WIDTH // 4


class Segment(NamedTuple):
    """A stretch of shown text, marked when it is a searched word."""

    text: str
    marked: bool = False


class Marker:
    """Finds the searched words of one query in any number of texts."""

    def __init__(self, words: Sequence[Token], *, honour_accents: bool, unfinished: bool = False) -> None:
        self._accented: dict[str, set[str]] = {}
        for word in words:
            # any accent will do for a word typed without
            exact = {word.exact} if honour_accents and word.marked else set()
            self._accented.setdefault(word.folded, set()).update(exact)
        patterns = [_pattern(word, open_end=unfinished and word is words[-1]) for word in words]
        self._finder = re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})") if patterns else None
        self._needles = _needles([word.folded for word in words if not word.number])

    def marked(self, text: str) -> tuple[Segment, ...]:
        """The whole text with its searched words marked."""
        return tuple(_cut(text, self._places(text, unaccented(text), 0, len(text)), 0, len(text)))

    def snippet(self, text: str) -> tuple[Segment, ...]:
        """The stretch of the text that holds most of the searched words, or its beginning."""
        plain = unaccented(text)
        start, end = _around(text, self._densest(plain))
        return tuple(_cut(text, self._places(text, plain, start, end), start, end))

    def _densest(self, plain: str) -> int:
        """A place after which most of what is looked for is found, judged by where each is found first."""
        found = {needle: place for needle in self._needles if (place := plain.find(needle)) >= 0}
        if not found and self._finder and (match := self._finder.search(plain)):
            return match.start()
        after = {
            place: [p for p in found.values() if place <= p < place + WIDTH - _BEFORE]
            for place in found.values()
        }
        return max(after, key=lambda place: len(after[place]), default=0)

    def _places(self, text: str, plain: str, start: int, end: int) -> list[tuple[int, int, str]]:
        if self._finder is None:
            return []
        found = []
        for match in self._finder.finditer(plain, start, end):
            word = _read(match.group())
            wanted = self._accented.get(word)
            spelt = canonical(text[match.start() : match.end()])
            if not wanted or spelt in wanted or spelt == word:
                found.append((match.start(), match.end(), word))
        return found


def _needles(words: list[str]) -> list[str]:
    """All words side by side, each pair, each word: where several of them meet is the place to show."""
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    return list(dict.fromkeys([" ".join(words), *pairs, *words])) if words else []


def _read(found: str) -> str:
    is_number = found[0].isdigit() and not found.isdigit()
    return "-".join(number_parts(found)) if is_number else folded(found)


def _pattern(word: Token, *, open_end: bool) -> str:
    end = r"[^\W_]*" if open_end else r"(?![^\W_])"
    if word.number:
        return r"\s{0,2}[-/&.]?\s{0,2}".join(map(re.escape, number_parts(word.folded))) + end
    text = re.escape(word.folded)
    # lí is folded to ly and Telex ddoan to doan: find them as they are written
    if re.fullmatch("[hklmst]y", word.folded):
        text = f"{word.folded[0]}[iy]"
    return f"d?{text}{end}" if word.folded.startswith("d") else text + end


def _around(text: str, place: int) -> tuple[int, int]:
    start = _word_start(text, max(0, place - _BEFORE))
    return start, _word_end(text, start + WIDTH)


def _word_start(text: str, place: int) -> int:
    return 0 if place == 0 else text.find(" ", place) + 1


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    end = text.rfind(" ", 0, place)
    return end if end > place - _BEFORE else place


def _cut(text: str, places: Sequence[tuple[int, int, str]], start: int, end: int) -> Iterator[Segment]:
    if start > 0:
        yield Segment("… ")
    for first, last, _ in places:
        if first > start:
            yield Segment(text[start:first])
        yield Segment(text[first:last], marked=True)
        start = last
    if start < end:
        yield Segment(text[start:end])
    if end < len(text):
        yield Segment(" …")
