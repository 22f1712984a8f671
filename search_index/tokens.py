"""The analyser: the words of Vietnamese text and the numbers of documents, with their places."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from search_index.normalise import folded, spelt

# the symbol of a kind of paper; only before one of these may a number be written with spaces around its dash
SYMBOLS = (
    "ct", "cv", "nq", "kl", "qd", "kh", "bc", "hd", "tb", "ttr", "tt", "nd", "ctr", "ctrh", "ctph",
    "qc", "qdi", "tlt", "ttlt", "gm", "bb", "gt", "pa", "da", "vbhn", "cd", "pc", "gb", "lenh",
)  # fmt: skip
_SYMBOL = "|".join(sorted(SYMBOLS, key=len, reverse=True)).replace("d", "[dđ]")
_GROUP = r"[^\W\d_][^\W_]*(?:&[^\W_]+)?"
_SPACED_DASH = r"(?:\s{1,2}[-/]\s{0,2}|[-/]\s{1,2})"
_NUMBER = (
    r"\d{1,6}[a-zđ]?(?:\s?/\s?(?:19|20)\d\d)?"
    rf"(?:(?:[-/]{_GROUP})+|{_SPACED_DASH}(?:{_SYMBOL})(?![^\W_])(?:\s{{0,2}}[-/]\s{{0,2}}{_GROUP})*)"
)
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|(?P<word>[^\W_]+)", re.IGNORECASE)
_PART = re.compile(r"\d+|[^\W\d_]+")
_LONGEST_WORD = 48


class Token(NamedTuple):
    """A word or a document number: `exact` keeps accents, `folded` has none."""

    exact: str
    folded: str
    number: bool = False

    @property
    def marked(self) -> bool:
        """Whether the word carries an accent or is spelt with đ."""
        return self.exact != self.folded


def tokens(text: str) -> list[Token]:
    """The words and document numbers of a clean text, in order."""
    return [_token(number, word[:_LONGEST_WORD]) for number, word in _TOKEN.findall(text)]


@lru_cache(maxsize=65_536)
def _token(number: str, word: str) -> Token:
    """Read once what every paper has many times."""
    if number:
        joined = join_number(number)
        return Token(joined, joined, number=True)
    return Token(*spelt(word))


def number_at(text: str, place: int) -> re.Match[str] | None:
    """The document number that begins at this place of a clean text, odd spaces included."""
    match = _TOKEN.match(text, place)
    return match if match and match["number"] else None


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


def pairs(sequence: Sequence[Token]) -> Iterator[str]:
    """The terms for neighbouring words; document numbers have no neighbours."""
    for first, second in pairwise(sequence):
        if not first.number and not second.number:
            yield pair(first.folded, second.folded)
