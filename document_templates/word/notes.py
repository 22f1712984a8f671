"""Footnotes of a Word file, which python-docx cannot write itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls

_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0">'
    "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)


@dataclass
class Notes:
    """The notes called so far, numbered from 1 in the order of their calls."""

    texts: list[str] = field(default_factory=list)

    def add(self, text: str) -> int:
        """Take a note; its number."""
        self.texts.append(text)
        return len(self.texts)


def attach(docx: Any, notes: Notes, style: str) -> None:
    """Put the notes into the file; a file without notes stays without the part."""
    if not notes.texts:
        return
    written = "".join(_note(number, text, style) for number, text in enumerate(notes.texts, 1))
    whole = f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}{written}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, whole.encode(), docx.part.package)
    docx.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _note(number: int, text: str, style: str) -> str:
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
    )
