"""What stands in the cells of a task table, and behind the labels of labelled lines: bodies and times."""

import re
from collections.abc import Sequence

from workflows.directives.reading.bodies import read_list
from workflows.directives.reading.body_grammar import read_name
from workflows.directives.reading.cadences import find_cadences
from workflows.directives.reading.deadlines import find_deadlines
from workflows.directives.reading.text import fold
from workflows.directives.reading.tokens import Token, squeeze, tokenise

_ITEM = re.compile(r"^\s*[-+•]\s*")
_SPLIT = re.compile(r";|\n\s*[-+•]\s")
_WORDS_OF_TIME = re.compile(r"thuong xuyen|\bnam\b|\bquy\b|thang|sau khi|\d{4}")
_LONGEST_TIME = 60


def names_in_cell(words: str, *, whole: bool = False) -> tuple[str, ...]:
    """The bodies named in a cell, or after a label, that holds nothing else.

    Words that only describe the last body belong to it. With `whole` there may be none such.
    """
    names: list[str] = []
    for part in _SPLIT.split(words):
        seen = squeeze(_ITEM.sub("", part)).rstrip(".,; ")
        found = _names_in_part(seen, whole) if seen else []
        if found is None:
            return ()
        names += found
    return tuple(dict.fromkeys(names))


def _names_in_part(seen: str, whole: bool) -> list[str] | None:
    """The names in a part without semicolons; None where it holds something else."""
    tokens = tokenise(seen)
    names: list[str] = []
    place = 0
    while place < len(tokens):
        bodies, end = read_list(seen, tokens, place)
        if not bodies or (whole and end < len(tokens)):
            return None
        stop = _next_name(tokens, end)
        names += [*(body.name for body in bodies[:-1]), seen[bodies[-1].span[0] : tokens[stop - 1].end]]
        place = stop + 1
    return names


def _next_name(tokens: Sequence[Token], place: int) -> int:
    """The comma before the next body, or the end where only description follows."""
    while place < len(tokens):
        if tokens[place].word == "," and read_name(tokens, place + 1) is not None:
            return place
        place += 1
    return len(tokens)


def is_about_time(words: str) -> bool:
    """Whether a cell says when or how often."""
    if find_deadlines(words, bare=True) or find_cadences(words):
        return True
    return len(words) < _LONGEST_TIME and bool(_WORDS_OF_TIME.search(fold(words)))
