"""A text cut where marked passages begin and end, so that a page can show each with its marks."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same marks; `begins` are the marks that start with it."""

    text: str
    marks: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A clause of a text with its own pieces; `address` is empty for what stands outside all clauses."""

    address: str
    start: int
    end: int
    pieces: tuple[Piece, ...]


def pieces(text: str, marks: Mapping[str, Span], start: int = 0, end: int | None = None) -> list[Piece]:
    """`text[start:end]` in pieces; marks may overlap, and what lies outside the text is cut off."""
    stop = len(text) if end is None else end
    inside = {key: (max(a, start), min(b, stop)) for key, (a, b) in marks.items() if a < stop and b > start}
    cuts = sorted({start, stop, *(edge for span in inside.values() for edge in span)})
    return [
        Piece(
            text[a:b],
            tuple(key for key, (first, last) in inside.items() if first <= a and b <= last),
            tuple(key for key, (first, _) in inside.items() if first == a and marks[key][0] == a),
        )
        for a, b in pairwise(cuts)
    ]


def blocks(text: str, clauses: Iterable[tuple[str, int]], marks: Mapping[str, Span]) -> list[Block]:
    """The text cut at the lines in which clauses (address, start) begin, each block with its pieces."""
    lines = {text.rfind("\n", 0, start) + 1: address for address, start in clauses if 0 < start < len(text)}
    begun = sorted((line, address) for line, address in lines.items() if line)
    starts = [(0, ""), *begun]
    ends = [start for start, _ in begun] + [len(text)]
    return [
        Block(address, start, end, tuple(pieces(text, marks, start, end)))
        for (start, address), end in zip(starts, ends, strict=True)
    ]


def block_at(found: Sequence[Block], position: int) -> int:
    """The index of the block in which a position of the text lies."""
    return max(bisect_right([block.start for block in found], position) - 1, 0)
