"""What the styles of a Word file give in the end: each with all that it is based on, and the defaults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn


class Styles:
    """The styles of one file, each settled once."""

    def __init__(self, docx: Any) -> None:
        sheet = docx.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in sheet.findall(qn("w:style"))}
        self._default = next((key for key, style in self._styles.items() if _is_default(style)), "")
        self._defaults = sheet.find(qn("w:docDefaults"))
        self._runs: dict[str, dict[str, Any]] = {}
        self._paragraphs: dict[tuple[str, str], dict[str, str]] = {}

    def letters(self, paragraph: Any, run: Any) -> dict[str, Any]:
        """The run properties in force, by tag: the run's own, its style's, the paragraph's, the defaults."""
        found: dict[str, Any] = {}
        own = run.find(qn("w:rPr"))
        if own is not None:
            found = {element.tag: element for element in own}
            reference = own.find(qn("w:rStyle"))
            if reference is not None:
                for properties in self._chain(reference.get(qn("w:val"), ""), "w:rPr"):
                    found = {element.tag: element for element in properties} | found
        return self._of_style(self._style_of(paragraph)) | found

    def attributes(self, paragraph: Any, name: str) -> dict[str, str]:
        """The attributes of a paragraph property in force, each from the nearest place that sets it."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn(f'w:{name}')}")
        return self._of_paragraph(self._style_of(paragraph), name) | _plain_attributes(own)

    def _of_style(self, style_id: str) -> dict[str, Any]:
        if style_id not in self._runs:
            places = [*self._chain(style_id, "w:rPr"), *self._of_defaults("w:rPr")]
            settled: dict[str, Any] = {}
            for properties in reversed(places):
                settled |= {element.tag: element for element in properties}
            self._runs[style_id] = settled
        return self._runs[style_id]

    def _of_paragraph(self, style_id: str, name: str) -> dict[str, str]:
        if (style_id, name) not in self._paragraphs:
            places = [*self._chain(style_id, "w:pPr"), *self._of_defaults("w:pPr")]
            settled: dict[str, str] = {}
            for properties in reversed(places):
                settled |= _plain_attributes(properties.find(qn(f"w:{name}")))
            self._paragraphs[style_id, name] = settled
        return self._paragraphs[style_id, name]

    def _of_defaults(self, part: str) -> Iterator[Any]:
        if self._defaults is not None:
            yield from self._defaults.iter(qn(part))

    def _style_of(self, paragraph: Any) -> str:
        reference = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        named = reference.get(qn("w:val")) if reference is not None else self._default
        return named if named in self._styles else self._default

    def _chain(self, style_id: str, part: str) -> Iterator[Any]:
        """The properties of a style and of those it is based on, from the nearest out."""
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            properties = style.find(qn(part))
            if properties is not None:
                yield properties
            base = style.find(qn("w:basedOn"))
            style_id = base.get(qn("w:val"), "") if base is not None else ""


def _is_default(style: Any) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")


def _plain_attributes(element: Any) -> dict[str, str]:
    attributes = element.attrib if element is not None else {}
    return {key.rpartition("}")[2]: value for key, value in attributes.items()}
