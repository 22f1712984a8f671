"""The analyser: words of Vietnamese text and numbers of documents, with the place where each stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from search_index.normalise import canonical, folded

# a symbol of a kind of paper; only after one of these may a number be written with spaces around its dash
SYMBOLS = (
    "ct cv nq kl qd kh bc hd tb ttr tt nd ctr ctrh ctph qc qdi tlt ttlt gm bb gt pa da vbhn cd pc gb lenh"
).split()
_SYMBOL = "|".join(sorted((re.escape(symbol) for symbol in SYMBOLS), key=len, reverse=True)).replace(
    "d", "[dđ]"
)
_WORD = re.compile(r"[^\W_]+")
_YEAR = r"(?:\s?/\s?(?:19|20)\d\d)?"
_GROUP = r"[^\W\d_][^\W_]*(?:&[^\W_]+)?"
_NUMBER = re.compile(
    rf"\d{{1,6}}[a-zđ]?{_YEAR}(?:"
    rf"(?:[-/]{_GROUP})+"
    rf"|\s{{1,2}}[-/]\s{{0,2}}(?:{_SYMBOL})(?![^\W_])(?:\s{{0,2}}[-/]\s{{0,2}}{_GROUP})*"
    rf"|[-/]\s{{1,2}}(?:{_SYMBOL})(?![^\W_])(?:\s{{0,2}}[-/]\s{{0,2}}{_GROUP})*"
    r")",
    re.IGNORECASE,
)
_PART = re.compile(r"\d+|[^\W\d_]+")
_LONGEST_WORD = 48


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a document number: `exact` keeps the accents, `folded` has none; start and end are places in the text."""

    exact: str
    folded: str
    start: int
    end: int
    number: bool = False

    @property
    def marked(self) -> bool:
        """Whether the word carries an accent or is spelt with đ."""
        return self.exact != self.folded


def tokens(text: str) -> Iterator[Token]:
    """The words and document numbers of a clean text, in order."""
    place = 0
    while match := _WORD.search(text, place):
        start, end = match.span()
        if number := number_at(text, start):
            joined = join_number(number.group())
            yield Token(joined, joined, start, number.end(), number=True)
            end = number.end()
        else:
            word = match.group()[:_LONGEST_WORD]
            yield Token(canonical(word), folded(word), start, end)
        place = end


def number_at(text: str, place: int) -> re.Match[str] | None:
    """The document number that begins at this place of a clean text, odd spaces included."""
    return _NUMBER.match(text, place) if text[place : place + 1].isdigit() else None


def number_parts(number: str) -> list[str]:
    """The digits and letters of a document number: 15/2024/NĐ-CP → 15, 2024, nd, cp."""
    return _PART.findall(folded(number))


def join_number(number: str) -> str:
    """A document number in the one form in which it is indexed: 11 - CT/TU → 11-ct-tu."""
    return "-".join(number_parts(number))


def number_forms(number: str) -> list[str]:
    """Every form under which a number is found, from its first part to the whole, also without its year."""
    parts = number_parts(number)
    forms = _beginnings(parts)
    if len(parts) > 2 and len(parts[1]) == 4 and parts[1].isdigit():
        forms += _beginnings([parts[0], *parts[2:]])
    return list(dict.fromkeys(forms))


def _beginnings(parts: list[str]) -> list[str]:
    return ["-".join(parts[:length]) for length in range(1, len(parts) + 1)]


def pair(first: str, second: str) -> str:
    """The term for two neighbouring folded words."""
    return f"{first}_{second}"


def pairs(words: list[Token]) -> Iterator[str]:
    """The terms for neighbouring words; document numbers have no neighbours."""
    for first, second in pairwise(words):
        if not first.number and not second.number:
            yield pair(first.folded, second.folded)
