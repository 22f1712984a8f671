"""The title of a document, which prints the name of its type, and the subject under it."""

import re
from collections.abc import Sequence

from workflows.directives.reading.addressees import is_address_line
from workflows.directives.reading.letterheads import Heading, is_own_number, take_mark
from workflows.directives.reading.phrases import has_word, is_upper, letters, one_line, opens_body
from workflows.directives.reading.text import Line, LineKind, cells, fold
from workflows.directives.reading.types import type_of_damaged_title, type_of_title

_ZONE = 70  # lines of text in which a heading ends
_PARAGRAPH = 200  # a line this long is no part of a heading
_LETTERHEAD = 12  # lines of text that a letterhead fills at most


def heading_lines(seen: Sequence[Line]) -> list[tuple[int, Line]]:
    """The lines of text, with their places, among which title and addressees are to be sought."""
    found: list[tuple[int, Line]] = []
    for index, line in enumerate(seen):
        if len(line.words) > _PARAGRAPH or len(found) >= _ZONE:
            break
        if line.kind is LineKind.TEXT:
            found.append((index, line))
    return found


def title_line(seen: Sequence[Line], *, damaged: bool) -> int | None:
    """The line that prints the name of a type as a title, before any paragraph.

    A letterhead can name a programme or a project; such a line stands above the number of the document.
    """
    found: list[int] = []
    zone = heading_lines(seen)
    for place, (index, line) in enumerate(zone):
        if opens_body(line.text):
            break
        if _is_title(" ".join(line.words.split())) or any(_is_title(cell.text) for cell in cells(line.text)):
            if not any(is_own_number(after.text) for _, after in zone[place + 1 : place + _LETTERHEAD]):
                return index
            found.append(index)
    if damaged and not found:
        found = [index for index, line in zone if _is_damaged_title(line.words)]
    return found[0] if found else None


def _is_damaged_title(words: str) -> bool:
    return is_upper(words) and len(words) < 40 and type_of_damaged_title(words) is not None


def _is_title(words: str) -> bool:
    typed = type_of_title(words)
    if typed is None:
        return False
    named = re.match(rf"\W*(?:\w+\s+){{{typed[1] - 1}}}\w+", words)
    if named is None:
        return False
    alone = fold(named.group()).strip() == fold(words).strip(" :*-")
    return is_upper(named.group()) or (alone and named.group().lstrip(" *")[:1].isupper())


_BY = re.compile(
    r"\W*cua\s+(?=ban\b|tinh\b|thanh\b|uy\b|dang\b|bo\b|huyen\b|hoi\b|chu\b|thu\b|doan\b|quan\b)"
)


def read_title(heading: Heading, seen: Sequence[Line], title: int, *, damaged: bool) -> int:
    """Read the title and the subject under it; returns the line after them."""
    words = "  ".join(cell.text for cell in cells(seen[title].text))
    typed = type_of_title(words)
    rest = words
    if typed:
        heading.title = typed[0]
        named = re.match(rf"\W*(?:\w+\W+){{{typed[1] - 1}}}\w+", words)
        rest = words[named.end() :] if named else ""
    elif damaged:
        heading.title, rest = type_of_damaged_title(words), ""
    subject: list[str] = []
    if letters(rest):
        _take_subject_line(heading, subject, rest.strip(" :*"))
    index = title + 1
    while index < len(seen) and _continues_subject(seen, index, subject):
        if seen[index].kind is LineKind.TEXT and has_word(seen[index].words):
            _take_subject_line(heading, subject, seen[index].words)
        index += 1
    heading.subject = one_line(subject)
    return index


def _take_subject_line(heading: Heading, subject: list[str], words: str) -> None:
    by = _BY.match(fold(words))
    alone = words[:1].isupper() and len(words) < 60 and " về " not in words
    if by and not subject and not heading.by and (is_upper(words) or alone):
        heading.by = words[by.end() :].strip(" *:")
    elif heading.by and not subject and is_upper(words) and re.match(r"(?:tinh|khoa|dang bo)\b", fold(words)):
        heading.by += " " + words
    elif not (take_mark(heading, words)):
        subject.append(words)


def _continues_subject(seen: Sequence[Line], index: int, subject: list[str]) -> bool:
    """Does a subject go on at this line? Blank lines stand before it; a new paragraph ends it."""
    line = seen[index]
    if line.kind is LineKind.BLANK:
        return not subject or _goes_on_after_blank(seen, index, subject)
    if line.kind is not LineKind.TEXT:
        return not subject
    if is_address_line(line.text) or line.words.startswith("("):
        return False
    if not subject:
        return len(line.words) < _PARAGRAPH * 2
    if opens_body(line.text) or len(line.words) > _PARAGRAPH or _steps_out(seen[index - 1], line):
        return False
    return is_upper(subject[-1]) or not is_upper(line.words) or len(line.words) < 12


def _steps_out(before: Line, line: Line) -> bool:
    """Does a paragraph begin at the margin under a centred line?"""
    indents = [len(text) - len(text.lstrip()) for text in (before.text, line.text)]
    return line.words[:1].isupper() and indents[0] - indents[1] >= 10 and indents[1] <= 12


def _goes_on_after_blank(seen: Sequence[Line], index: int, subject: list[str]) -> bool:
    """A subject set in separate paragraphs goes on in small letters."""
    following = next((line for line in seen[index : index + 3] if line.kind is not LineKind.BLANK), None)
    return (
        following is not None
        and following.kind is LineKind.TEXT
        and following.words[:1].islower()
        and len(following.words) < 120
        and not subject[-1].endswith((".", ":"))
    )
