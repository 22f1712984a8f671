"""What an official document is made of before anyone draws it: plain frozen data, every string as printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from document_templates.profiles import Profile

Orientation = Literal["portrait", "landscape"]
Alignment = Literal["left", "center", "right"]
RowKind = Literal["plain", "group", "total"]
ChartKind = Literal["bars", "lines"]


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; `note` is the text of a footnote called after it."""

    text: str
    bold: bool = False
    italic: bool = False
    note: str = ""


Text = tuple[Run, ...]


def plain(text: Text) -> str:
    """The words of a text without its styles and notes."""
    return "".join(run.text for run in text)


@dataclass(frozen=True)
class Heading:
    """A numbered heading; level 1 is a part ("I- …"), 2 a section ("1. …"), 3 a clause ("a) …")."""

    level: int
    text: Text


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the matter."""

    text: Text


@dataclass(frozen=True)
class Basis:
    """One ground of the document (căn cứ), printed in the manner of its profile."""

    text: Text


@dataclass(frozen=True)
class ListItem:
    """A dashed item; level 2 hangs under level 1 and takes a plus sign."""

    text: Text
    level: int = 1


@dataclass(frozen=True)
class Column:
    """A column of a table: its titles from the top down, its share of the width in whole percent."""

    titles: tuple[str, ...]
    width: int
    align: Alignment = "left"


@dataclass(frozen=True)
class Row:
    """A row of a table; a group row has one cell over the whole width."""

    cells: tuple[Text, ...]
    kind: RowKind = "plain"


@dataclass(frozen=True)
class Table:
    """A table whose head repeats on every page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Series:
    """One set of values of a chart; None is a value not known."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """A drawing of figures; `target` is a line with its label."""

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    target: float | None = None
    target_label: str = ""


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG picture with the words that stand for it."""

    data: bytes
    caption: str


@dataclass(frozen=True)
class PageBreak:
    """The matter goes on on a new page."""


Block = Heading | Paragraph | Basis | ListItem | Table | Chart | Picture | PageBreak


@dataclass(frozen=True)
class Appendix:
    """A section of its own, numbered on its own from page 1."""

    label: str
    title: tuple[str, ...]
    reference: str
    blocks: tuple[Block, ...]
    orientation: Orientation = "portrait"


@dataclass(frozen=True)
class Front:
    """The components above the matter on page 1; an empty string is a component this document lacks."""

    upper_body: tuple[str, ...]
    issuer: tuple[str, ...]
    heading: tuple[str, ...]
    number: str
    place_date: str
    letter_subject: tuple[str, ...] = ()
    urgency: str = ""
    circulation: str = ""
    draft: str = ""
    type_name: str = ""
    subject: tuple[str, ...] = ()
    addressee_label: str = ""
    addressees: tuple[str, ...] = ()
    copy_kind: str = ""


@dataclass(frozen=True)
class Signature:
    """Who signs: authority lines and post in capitals, name as written; the space between stays empty."""

    authority: tuple[str, ...]
    post: str
    name: str


@dataclass(frozen=True)
class Closing:
    """The components after the matter; the first signature is the lead body's and stands on the right."""

    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...]
    drafter: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Document:
    """A whole document in one profile, ready for either draughtsman."""

    profile: Profile
    title: str
    body: tuple[Block, ...]
    front: Front | None = None
    closing: Closing | None = None
    appendices: tuple[Appendix, ...] = ()
    orientation: Orientation = "portrait"
    dated: date | None = None
    two_sided: bool = False

    @property
    def contact_at_foot(self) -> bool:
        """Whether the contact line stands at the foot of its page: on the last page footnotes come first."""
        return self.profile.rules.contact_page == "first" or not self.has_notes

    @property
    def has_notes(self) -> bool:
        """Are there footnotes in the matter?"""
        return any(run.note for block in self.body for run in _runs(block))


def _runs(block: Block) -> Iterator[Run]:
    if isinstance(block, Table):
        yield from (run for row in block.rows for cell in row.cells for run in cell)
    elif isinstance(block, Heading | Paragraph | Basis | ListItem):
        yield from block.text
