"""Words of a text with their places, and closed lists of phrases looked up among them.

Everything the readers of bodies, duties, deadlines and targets know stands in tables of phrases; looking a
phrase up costs no more than its own length, so that reading stays linear in the text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")

_TOKEN = re.compile(r"[^\W_]+(?:&[^\W_]+)*|[^\w\s*#_]")
_TONES = {
    **{"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa"},
    **{"oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe"},
    **{"uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"},
}
_DASHES = str.maketrans("–—−ƣ", "---ư")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign: as compared (`word`), whether it begins with a capital, and where it stands."""

    word: str
    capital: bool
    start: int
    end: int


@lru_cache(maxsize=16384)
def normal(word: str) -> str:
    """The word as it is compared: small letters, tone marks as in `ủy` (not `uỷ`), a plain dash."""
    word = word.lower().translate(_DASHES)
    placed = _TONES.get(word[-2:])
    return word[:-2] + placed if placed and word[-3:-2] != "q" else word


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words and signs of `text[start:end]` in order, with offsets counted in the whole text."""
    stop = len(text) if end is None else end
    return [
        Token(normal(found.group()), found.group()[0].isupper(), found.start(), found.end())
        for found in _TOKEN.finditer(text, start, stop)
    ]


def words_of(phrase: str) -> tuple[str, ...]:
    """The compared words of a phrase."""
    return tuple(normal(found.group()) for found in _TOKEN.finditer(phrase))


def squeeze(text: str) -> str:
    """The text on one line, without marks of emphasis and double spaces."""
    return " ".join(text.replace("*", "").replace("#", "").split())


class _Node(Generic[Meaning]):
    """What may follow after the words so far, and what they mean if a phrase ends here."""

    __slots__ = ("following", "meaning")

    def __init__(self) -> None:
        self.following: dict[str, _Node[Meaning]] = {}
        self.meaning: Meaning | None = None


class Phrases(Generic[Meaning]):
    """A closed vocabulary: phrases of words, each with its meaning, as a tree of words."""

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self._root: _Node[Meaning] = _Node()
        for phrase, meaning in meanings.items():
            node = self._root
            for word in words_of(phrase):
                node = node.following.setdefault(word, _Node())
            node.meaning = meaning

    def at(self, tokens: Sequence[Token], place: int) -> tuple[int, Meaning] | None:
        """The longest phrase beginning at `place`: (place after it, meaning), or None."""
        node, found = self._root, None
        while 0 <= place < len(tokens):
            following = node.following.get(tokens[place].word)
            if following is None:
                break
            node, place = following, place + 1
            if node.meaning is not None:
                found = place, node.meaning
        return found

    def after(self, tokens: Sequence[Token], place: int) -> int:
        """The place after the longest phrase beginning at `place`, or `place` itself where none begins."""
        found = self.at(tokens, place)
        return found[0] if found else place


def entries(*lists: str) -> tuple[str, ...]:
    """The entries of lists, apart by semicolons, each on one line."""
    squeezed = (" ".join(entry.split()) for part in lists for entry in part.split(";"))
    return tuple(dict.fromkeys(entry for entry in squeezed if entry))


def phrases(*lists: str) -> Phrases[str]:
    """A vocabulary of phrases that mean themselves; entries apart by semicolons."""
    return Phrases({entry: entry for entry in entries(*lists)})


def any_of(*lists: str) -> str:
    """A regular expression for any entry of lists, longer ones first; entries apart by semicolons."""
    return "(?:" + "|".join(sorted(entries(*lists), key=lambda entry: (-len(entry), entry))) + ")"


def word_set(words: str) -> frozenset[str]:
    """Single words and signs, apart by spaces, as they are compared."""
    return frozenset(normal(word) for word in words.split())
