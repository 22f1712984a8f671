"""The bodies that a letter or a submission is addressed to."""

import re
from collections.abc import Sequence

from workflows.directives.reading.phrases import BODY_HEAD, has_word, opens_body
from workflows.directives.reading.text import Line, LineKind, fold

_ADDRESS = re.compile(r"(?:^|\s{2,}|\t)\W{0,4}kinh\s{0,3}(?:gui|trinh)\s{0,3}(?::|;|$|(?=\s|-))")
_DASH = re.compile(r"\s*[-•·+*_]\s*")
_NAME = re.compile(r"(?:cac|nhung|dong chi|ong|ba)\s|" + BODY_HEAD.pattern)
_WIDE = 60  # a line this long under a short one belongs to a paragraph
_LONG = 120


def is_address_line(line: str) -> bool:
    """Does a line begin with "Kính gửi" or "Kính trình"?"""
    return bool(_ADDRESS.search(fold(line[:200])))


def addressees_from(seen: Sequence[Line], start: int) -> tuple[tuple[str, ...], int]:
    """The names after "Kính gửi" on line `start`, and the line after them."""
    found = _ADDRESS.search(fold(seen[start].text[:200]))
    first = seen[start].text[found.end() :] if found else seen[start].text
    items: list[str] = []
    column = not first.strip()  # nothing beside "Kính gửi": the names stand in a column below it
    index, gap = start, False
    while index < len(seen) and index < start + 80:
        line = first if index == start else seen[index].text
        if seen[index].kind is LineKind.BLANK or not line.strip():
            gap = bool(items)
        elif not _add(items, line, after_gap=gap, column=column):
            break
        else:
            gap = False
        index += 1
    return tuple(name for item in items for name in split_names(item)), index


def _add(items: list[str], line: str, *, after_gap: bool, column: bool) -> bool:
    """Put a line to the names; False if it is none of theirs any more.

    In a column without dashes every line that begins like the name of a body is a name.
    """
    words = line.strip()
    if _DASH.match(line):
        if items and not _DASH.match(items[0]):
            return False
        items.append(words)
        return True
    if not items:
        items.append(words)
        return True
    ended = items[-1].rstrip()
    if after_gap or ended.endswith(".") or opens_body(line) or len(words) > _LONG:
        return False
    dashed = bool(_DASH.match(items[0]))
    if not dashed and len(words) > _WIDE and words[:1].isupper() and not _goes_on(ended):
        return False
    if ended.endswith(";") or (column and not dashed and _NAME.match(fold(words)) and not _goes_on(ended)):
        if dashed:
            return False
        items.append(words)
    else:
        items[-1] = f"{ended} {words}"
    return True


def _goes_on(ended: str) -> bool:
    """Does a line end in the middle of a name?"""
    return ended.endswith(("-", "(")) or fold(ended).endswith((" va", ",", " cua", " cac", ":"))


def split_names(item: str) -> list[str]:
    """The names in one item: several may follow one another on a line."""
    pieces = re.split(r";\s*[-•·+]?\s*|(?<=[.,])\s+-\s+", item)
    return [name for piece in pieces if has_word(name := trimmed(piece))]


def trimmed(name: str) -> str:
    """A name without its dash and the punctuation after it."""
    return " ".join(_DASH.sub("", name, count=1).split()).strip(" ;,.:*_/")
