"""What goes into an extraction and what comes out; the words and lines that geometry works on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from workflows.directives.reading.model import Header

MEGABYTE = 1024 * 1024


class Kind(StrEnum):
    """The kinds of file that can be read, by the media type each is known under."""

    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    DOC = "application/msword"
    RTF = "application/rtf"
    ODT = "application/vnd.oasis.opendocument.text"
    PDF = "application/pdf"
    TEXT = "text/plain"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    EDXML = "application/edxml+xml"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a hostile or clumsy upload may cost; sizes in bytes, times in seconds."""

    file_bytes: int = 50 * MEGABYTE
    inflated_bytes: int = 200 * MEGABYTE
    xml_bytes: int = 24 * MEGABYTE
    archive_entries: int = 2_000
    pages: int = 600
    scanned_pages: int = 60
    characters: int = 5_000_000
    memory_bytes: int = 1024 * MEGABYTE
    seconds: float = 60.0
    scan_seconds: float = 600.0
    seconds_per_scanned_page: float = 45.0


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file: NFC, line breaks as LF, one table row a line with tabs between its cells.

    Notes are Vietnamese sentences about what was left out or read with less certainty. The header hint comes
    from an electronic envelope, where there was one.
    """

    text: str
    media_type: str
    pages: int | None = None
    notes: tuple[str, ...] = ()
    header_hint: Header | None = None


class Word(NamedTuple):
    """A word on a page: a box in points from the top left corner, its baseline and its height of line."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    spaced: bool = True


class Rule(NamedTuple):
    """A straight drawn line, horizontal or vertical, in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


class Line(NamedTuple):
    """Words that stand side by side on one baseline without a wide gap."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page as geometry; `pictured` says that a picture covers much of it."""

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    pictured: bool = False
