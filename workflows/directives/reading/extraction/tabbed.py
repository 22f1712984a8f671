"""Headings and signatures typed with tabs instead of a table: two columns, to be read one by one."""

import re
from itertools import takewhile

_RIGHT = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM", re.IGNORECASE)
_LEFT = re.compile(r"\s*Nơi nhận", re.IGNORECASE)
MOST_LINES = 40
LONGEST_LINE = 90


def parted(lines: list[str]) -> list[str]:
    """The same lines, with every block of two tabbed columns turned into left lines, then right lines."""
    texts: list[str] = []
    at = 0
    while at < len(lines):
        end = _end(lines, at) if _opens(lines[at]) else at
        if end > at:
            texts += _columns(lines[at:end])
            at = end
        else:
            texts.append(lines[at])
            at += 1
    return texts


def _opens(line: str) -> bool:
    left, tab, right = line.partition("\t")
    return bool(tab and left.strip() and right.strip() and (_RIGHT.search(right) or _LEFT.match(left)))


def _end(lines: list[str], start: int) -> int:
    """The line after the block: beyond its last tabbed line and the lines that hang directly below that."""
    near = list(takewhile(_is_short, lines[start : start + MOST_LINES]))
    last = max(at for at, line in enumerate(near) if "\t" in line.strip())
    below = takewhile(str.strip, near[last + 1 :])
    return start + last + 1 + len(list(below))


def _is_short(line: str) -> bool:
    return len(line) <= LONGEST_LINE


def _columns(lines: list[str]) -> list[str]:
    pairs = [line.partition("\t") for line in lines]
    left = [before.rstrip() for before, _, _ in pairs]
    right = [after.replace("\t", " ").strip() for _, _, after in pairs]
    return [*left, "", *_without_outer_blanks(right), ""]


def _without_outer_blanks(lines: list[str]) -> list[str]:
    return "\n".join(lines).strip("\n").split("\n")
