"""Words with places → lines: side by side on one baseline, parted where a wide gap ends a column."""

import re
from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from workflows.directives.reading.extraction.cleaning import superscript
from workflows.directives.reading.extraction.models import Line, Word

# All in units of the font size.
SAME_BASELINE = 0.3
COLUMN_GAP = 0.95
SMALL = 0.8
RAISED = 0.1
TOUCHING = 0.35
OPENING = 1.2

_LIST_MARK = re.compile(r"[-–—+•*▪➢✓o]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[a-zđ])[.)/]?")
_MARK = re.compile(r"\d{1,2}")


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines of a page from top to bottom, from left to right."""
    lines: list[Line] = []
    for row in _by_baseline(_raise_marks(list(words))):
        lines.extend(line_from(part) for part in _part(row))
    return lines


def line_from(words: list[Word]) -> Line:
    """One line from words that stand side by side."""
    text = words[0].text + "".join((" " if word.spaced else "") + word.text for word in words[1:])
    return Line(
        text,
        words[0].x0,
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
        median(word.baseline for word in words),
        median(word.size for word in words),
    )


def _by_baseline(words: list[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.baseline):
        if rows and word.baseline - rows[-1][0].baseline < SAME_BASELINE * max(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _part(row: list[Word]) -> list[list[Word]]:
    """Cut a row at its wide gaps, but never between the mark of a list item and its words."""
    parts = [[row[0]]]
    for before, word in pairwise(row):
        only_mark = len(parts[-1]) == 1 and _LIST_MARK.fullmatch(before.text)
        if word.x0 - before.x1 > COLUMN_GAP * max(word.size, before.size) and not only_mark:
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def _raise_marks(words: list[Word]) -> list[Word]:
    """Small raised digits become part of the word they hang on, or of the line they open."""
    raised: list[Word] = []
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else None
        if not _MARK.fullmatch(word.text):
            raised.append(word)
        elif raised and _hangs_on(word, raised[-1]) and _near(raised[-1], word, TOUCHING):
            raised[-1] = raised[-1]._replace(text=raised[-1].text + superscript(word.text), x1=word.x1)
        elif following and _hangs_on(word, following) and _near(word, following, OPENING):
            mark = superscript(word.text)
            raised.append(word._replace(text=mark, baseline=following.baseline, size=following.size))
        else:
            raised.append(word)
    return raised


def _hangs_on(mark: Word, word: Word) -> bool:
    lift = word.baseline - mark.baseline
    return mark.size <= SMALL * word.size and RAISED * word.size <= lift <= word.size


def _near(left: Word, right: Word, reach: float) -> bool:
    gap = right.x0 - left.x1
    return -1 <= gap <= reach * max(left.size, right.size)
