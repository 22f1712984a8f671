"""What stands above the body: letterhead, number, place and date, title, subject, addressees."""

from collections.abc import Sequence

from workflows.directives.reading.addressees import addressees_from, is_address_line
from workflows.directives.reading.letterheads import Heading, read_letterhead, take_mark
from workflows.directives.reading.text import Line, LineKind, cells
from workflows.directives.reading.titles import heading_lines, read_title, title_line


def read_heading(seen: Sequence[Line], *, damaged: bool = False) -> Heading:
    """Read a text from its first line to where its body begins.

    `damaged` says that OCR lost the accents, so that words must be taken for what they resemble.
    """
    heading = Heading()
    title = title_line(seen, damaged=damaged)
    address = _address_line(seen, title)
    stop = min(index for index in (title, address, len(seen)) if index is not None)
    following = read_letterhead(heading, seen[:stop], damaged=damaged)
    if title is not None and title == stop:
        following = read_title(heading, seen, title, damaged=damaged)
    if address is not None and not any(line.kind is LineKind.TEXT for line in seen[following:address]):
        for cell in cells(seen[address].text)[:1]:
            take_mark(heading, cell.text)
        heading.addressees, following = addressees_from(seen, address)
    if title is None and address is None and following == len(seen):
        following = _second_text_line(seen)
    heading.end = seen[following].start if following < len(seen) else (seen[-1].end if seen else 0)
    return heading


def _second_text_line(seen: Sequence[Line]) -> int:
    """Where the body begins in a text of which nothing but its first line can be a heading."""
    texts = [index for index, line in enumerate(seen) if line.kind is LineKind.TEXT]
    return texts[1] if len(texts) > 1 else 0


def _address_line(seen: Sequence[Line], title: int | None) -> int | None:
    """The line of "Kính gửi"; under a title it counts only near it."""
    for index, line in heading_lines(seen):
        if title is not None and index > title + 14:
            return None
        if is_address_line(line.text):
            return index
    return None
