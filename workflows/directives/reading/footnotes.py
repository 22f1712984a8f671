"""Notes at the foot of pages, which extraction leaves in the middle of a text."""

import re
from collections.abc import Sequence

from workflows.directives.reading.model import Footnote
from workflows.directives.reading.text import Line, LineKind, fold

_BRACKETED = re.compile(r"\s*\[(?P<mark>\d{1,2})\]\s*(?=\S)")
_SUPERSCRIPT = re.compile(r"\s*<sup>\s*(?P<mark>\d{1,2})\s*</sup>\s*(?=\S)", re.IGNORECASE)
_PLAIN = re.compile(r"\s*(?P<mark>\d{1,2})(?:\s+|(?=[A-ZĐ]))(?=[^\W\d_])")
_CITING = re.compile(
    r"(?:theo|tai|nhu|xem|cac|gom|quy dinh|nghi|luat|bo luat|quyet|chi thi|ket luan|cong van|ke hoach|thong|"
    r"van ban|huong dan|bao cao|chuong trinh|de an|dac biet|trong do|to trinh|qcvn|tcvn|phap lenh|hien phap|"
    r"so lieu|nguon)"
)
_ENDS = (".", "…", "”", '"', ";")
_LONGEST = 40  # lines


def read_footnotes(text: str, seen: Sequence[Line]) -> tuple[Footnote, ...]:
    """Every note of a clean text, in order.

    A plain figure before words begins a note only if the figure hangs on a word of the text before it.
    """
    hung = _hanging_marks(text)
    starts = {index: mark for index, line in enumerate(seen) if (mark := _mark(text, line, hung))}
    return tuple(_note(text, seen, index, mark, starts) for index, mark in starts.items())


def _hanging_marks(text: str) -> dict[str, int]:
    """Figures glued to the end of a word, each with the place where it first hangs."""
    found: dict[str, int] = {}
    for match in re.finditer(r"(?:(?<=[^\W\d_])|(?<=QH\d\d))\d{1,2}(?=[\s,.;:)”\"]|$)", text):
        found.setdefault(match.group(), match.start())
    for match in re.finditer(r"<sup>\s*(\d{1,2})\s*</sup>", text, re.IGNORECASE):
        found.setdefault(match[1], match.start())
    return found


def _mark(text: str, line: Line, hung: dict[str, int]) -> str | None:
    if line.kind is not LineKind.TEXT:
        return None
    own = text[line.start : line.end]
    if sure := _BRACKETED.match(own) or _SUPERSCRIPT.match(own):
        return sure["mark"]
    plain = _PLAIN.match(line.text)
    if not plain or hung.get(plain["mark"], len(text)) > line.start:
        return None
    return plain["mark"] if _CITING.match(fold(line.text[plain.end() : plain.end() + 20])) else None


def _note(text: str, seen: Sequence[Line], index: int, mark: str, starts: dict[int, str]) -> Footnote:
    last = index
    for at in range(index + 1, min(len(seen), index + _LONGEST)):
        line = seen[at]
        if at in starts or line.kind is LineKind.PAGE:
            break
        if line.kind is LineKind.TEXT:
            if seen[at - 1].kind is LineKind.BLANK and seen[last].words.endswith(_ENDS):
                break
            last = at
    span = seen[index].start, seen[last].end
    words = re.sub(r"^\W*\d{1,2}\W*", "", " ".join(line.words for line in seen[index : last + 1]))
    return Footnote(mark, " ".join(words.split()), span)
