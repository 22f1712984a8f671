"""Reorders the first hits of an engine by their stored text: nearness, heading, exact accents."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search_index.engine import Scored
from search_index.entry import Entry
from search_index.normalise import folded, spellings, spelt, unaccented
from search_index.tokens import Token, join_number, number_parts

WINDOW = 60
_WORD = re.compile(r"[^\W_]+")
PHRASE_IN_TITLE, PHRASE_IN_BODY, TITLE_SHARE, COVERED = 4.0, 2.0, 4.0, 3.0
EXACT_WORD, EXACT_PAIR, EXACT_PHRASE = 0.3, 0.7, 1.5


@dataclass(frozen=True, slots=True)
class Judged:
    """A hit with its final score; `convincing`: heading or a passage has the words, or it has that number."""

    entry: Entry
    score: float
    convincing: bool


def rerank(hits: Iterable[Scored], words: Sequence[Token]) -> list[Judged]:
    """The hits in their final order; ties stay as the engine had them."""
    wanted = _Wanted.of(words)
    return sorted((wanted.judge(hit) for hit in hits), key=lambda judged: -judged.score)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The words of a query in the forms in which stored text is compared."""

    words: frozenset[str]
    numbers: frozenset[str]
    phrase: str
    exact_words: frozenset[str]
    exact_pairs: tuple[tuple[str, ...], ...]
    exact_phrase: tuple[str, ...]

    @classmethod
    def of(cls, words: Sequence[Token]) -> "_Wanted":
        """Read them off the words of a query."""
        marked = frozenset(word.exact for word in words if word.marked)
        return cls(
            words=frozenset(word.folded for word in words),
            numbers=frozenset(word.folded for word in words if word.number),
            phrase=" ".join(word.folded for word in words),
            exact_words=marked,
            exact_pairs=tuple(
                spellings(f"{a.exact} {b.exact}") for a, b in pairwise(words) if a.marked or b.marked
            ),
            exact_phrase=spellings(" ".join(word.exact for word in words))
            if marked and len(words) > 1
            else (),
        )

    def judge(self, hit: Scored) -> Judged:
        """Add what heading and body say to the engine's score."""
        entry = hit.entry
        spellings_in_title = [spelt(word) for word in _WORD.findall(entry.title)]
        title = [plain for _, plain in spellings_in_title]
        in_heading = {*title, *number_parts(entry.number)}
        named_side_by_side = _contains(" ".join(title), self.phrase)
        said_side_by_side = len(self.words) > 1 and _contains(unaccented(entry.body), self.phrase)
        bonus = (
            PHRASE_IN_TITLE * named_side_by_side
            + PHRASE_IN_BODY * said_side_by_side
            + TITLE_SHARE * len(self.words & in_heading) / (len(in_heading) + 1)
            + self._accents([exact for exact, _ in spellings_in_title], entry.body)
        )
        is_number = join_number(entry.number) in self.numbers
        covered = self._covered(entry, in_heading)
        convincing = covered or named_side_by_side or said_side_by_side or is_number
        return Judged(entry, hit.score + bonus + COVERED * covered, convincing)

    def _covered(self, entry: Entry, in_heading: set[str]) -> bool:
        """Whether heading, bodies and year together have all the words."""
        missing = self.words - in_heading
        if not missing:
            return True
        around = " ".join((entry.issuer, *entry.units, str(entry.year)))
        return missing <= {folded(word) for word in _WORD.findall(around)}

    def _accents(self, title: Sequence[str], body: str) -> float:
        if not self.exact_words:
            return 0.0
        text = f"{' '.join(title)} {body.lower()}"
        return (
            EXACT_WORD * len(self.exact_words.intersection(title))
            + EXACT_PAIR * sum(_spelt(text, pair) for pair in self.exact_pairs)
            + EXACT_PHRASE * _spelt(text, self.exact_phrase)
        )


def _contains(text: str, phrase: str) -> bool:
    return bool(phrase) and phrase in text and re.search(rf"\b{re.escape(phrase)}\b", text) is not None


def _spelt(text: str, ways: Sequence[str]) -> bool:
    return any(way in text for way in ways)
