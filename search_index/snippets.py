"""Shows where the words of a query stand: text cut around them, in segments of which some are marked; never HTML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search_index.normalise import aligned, canonical, folded
from search_index.tokens import Token, number_parts

WIDTH = 240
_MOST_MARKS = 200


@dataclass(frozen=True, slots=True)
class Segment:
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
        self._finder = (
            re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})", re.IGNORECASE) if patterns else None
        )

    def marked(self, text: str) -> tuple[Segment, ...]:
        """The whole text with its searched words marked."""
        return tuple(_cut(text, self._places(text), 0, len(text)))

    def snippet(self, text: str) -> tuple[Segment, ...]:
        """The stretch of the text that holds most of the searched words, or its beginning."""
        places = self._places(text)
        start, end = _stretch(text, places)
        return tuple(
            _cut(text, [place for place in places if start <= place[0] and place[1] <= end], start, end)
        )

    def _places(self, text: str) -> list[tuple[int, int, str]]:
        if self._finder is None:
            return []
        found = []
        for match in self._finder.finditer(aligned(text)):
            word = (
                "-".join(number_parts(match.group())) if _is_number(match.group()) else folded(match.group())
            )
            wanted = self._accented.get(word)
            spelt = canonical(text[match.start() : match.end()])
            if not wanted or spelt in wanted or spelt == word:
                found.append((match.start(), match.end(), word))
            if len(found) == _MOST_MARKS:
                break
        return found


def _pattern(word: Token, *, open_end: bool) -> str:
    end = r"[^\W_]*" if open_end else r"(?![^\W_])"
    if word.number:
        return r"\s{0,2}[-/&.]?\s{0,2}".join(map(re.escape, number_parts(word.folded))) + end
    text = re.escape(word.folded)
    # lí is folded to ly and Telex ddoan to doan: find them as they are written
    if re.fullmatch("[hklmst]y", word.folded):
        text = f"{word.folded[0]}[iy]"
    return f"d?{text}{end}" if word.folded.startswith("d") else text + end


def _is_number(text: str) -> bool:
    return text[0].isdigit() and not text.isdigit()


def _stretch(text: str, places: Sequence[tuple[int, int, str]]) -> tuple[int, int]:
    """Where to cut: around the places with most different words, then most places, then first."""
    if not places:
        return 0, _word_end(text, WIDTH)
    best, best_worth = 0, (0, 0)
    last = 0
    for first, (start, _, _) in enumerate(places):
        last = max(last, first)
        while last + 1 < len(places) and places[last + 1][1] <= start + WIDTH * 3 // 4:
            last += 1
        worth = (len({word for _, _, word in places[first : last + 1]}), last - first)
        if worth > best_worth:
            best, best_worth = first, worth
    start = _word_start(text, max(0, places[best][0] - WIDTH // 4))
    return start, _word_end(text, start + WIDTH)


def _word_start(text: str, place: int) -> int:
    return 0 if place == 0 else text.find(" ", place) + 1


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    end = text.rfind(" ", 0, place)
    return end if end > place - WIDTH // 4 else place


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
