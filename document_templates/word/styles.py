"""A profile as the styles, header and settings of an empty Word file."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

from docx import Document as new_docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from document_templates.profiles import Profile, TextStyle

FONT = "Times New Roman"
TWIPS_PER_MM = 1440 / 25.4
_BUILT_IN = {
    "type_name": ("Title", "Title"),
    "part": ("Heading1", "heading 1"),
    "section": ("Heading2", "heading 2"),
    "clause": ("Heading3", "heading 3"),
    "page_number": ("Header", "header"),
    "note": ("FootnoteText", "footnote text"),
}
_OUTLINE = {"part": 0, "section": 1, "clause": 2, "appendix_label": 0}
_JUSTIFIED = {"justify": "both"}
_DIVIDER = TextStyle("divider", "Ngăn cách", size=1, sizes=(1, 1), pitch=1)
_NORMAL = (
    f'<w:style {nsdecls("w")} w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style>'
)
_COMPATIBLE = (
    '<w:compatSetting w:name="compatibilityMode" w:val="15"'
    ' w:uri="http://schemas.microsoft.com/office/word"/>'
)
_BALLAST = (
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
)
_KEPT = ("Default Paragraph Font", "Normal Table", "No List")


def style_id(key: str) -> str:
    """The id of a profile's style in the Word file: Word's own where Word has one for the purpose."""
    return _BUILT_IN[key][0] if key in _BUILT_IN else "".join(part.capitalize() for part in key.split("_"))


def style_name(style: TextStyle) -> str:
    """The name under which Word lists the style."""
    return _BUILT_IN[style.key][1] if style.key in _BUILT_IN else style.name


def styles_of(profile: Profile) -> dict[str, TextStyle]:
    """The profile's styles, and the 1-point paragraph that Word demands between two tables and after one."""
    return {**profile.styles, _DIVIDER.key: _DIVIDER}


@lru_cache(maxsize=16)
def empty_file(profile: Profile, *, two_sided: bool = False) -> bytes:
    """A Word file with the styles, the page-number header and the settings of a profile, and no text."""
    docx = new_docx()
    _set_styles(docx, profile)
    _set_header(docx)
    _set_settings(docx, two_sided)
    _drop_ballast(docx)
    saved = BytesIO()
    docx.save(saved)
    return saved.getvalue()


def _drop_ballast(docx: Any) -> None:
    """Leave out what the library's own empty file brings: styles for Word 2007, a picture of its page."""
    for relations in (docx.part.rels, docx.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype in _BALLAST:
                del relations[key]


def _set_styles(docx: Any, profile: Profile) -> None:
    sheet = docx.styles.element
    for style in list(docx.styles):
        if style.name not in _KEPT:
            sheet.remove(style.element)
    defaults = sheet.find("{*}docDefaults")
    sheet.replace(defaults, parse_xml(_defaults(profile.styles["body"])))
    sheet.append(parse_xml(_NORMAL))
    for style in styles_of(profile).values():
        sheet.append(parse_xml(_xml(style)))


def _defaults(body: TextStyle) -> str:
    return (
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        f'<w:color w:val="000000"/><w:sz w:val="{body.size * 2:.0f}"/><w:szCs w:val="{body.size * 2:.0f}"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _xml(style: TextStyle) -> str:
    """One paragraph style that says everything itself."""
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="{int(style.key not in _BUILT_IN)}"'
        f' w:styleId="{style_id(style.key)}"><w:name w:val="{style_name(style)}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{_paragraph(style)}</w:pPr><w:rPr>{_letters(style)}</w:rPr></w:style>"
    )


def _paragraph(style: TextStyle) -> str:
    outline = f'<w:outlineLvl w:val="{_OUTLINE[style.key]}"/>' if style.key in _OUTLINE else ""
    rule = ("auto", 240) if style.key == "picture" else ("exact", twips_of_points(style.pitch))
    return (
        f"{'<w:keepNext/>' if style.keep else ''}<w:widowControl/>"
        f'<w:spacing w:before="{twips_of_points(style.before)}" w:after="{twips_of_points(style.after)}"'
        f' w:line="{rule[1]}" w:lineRule="{rule[0]}"/>'
        f'<w:ind w:left="{twips(style.left)}" w:firstLine="{twips(style.indent)}"/>'
        f'<w:jc w:val="{_JUSTIFIED.get(style.align, style.align)}"/>{outline}'
    )


def _letters(style: TextStyle) -> str:
    bold, italic = "" if style.bold else ' w:val="0"', "" if style.italic else ' w:val="0"'
    return (
        f"<w:b{bold}/><w:bCs{bold}/><w:i{italic}/><w:iCs{italic}/>"
        f'<w:sz w:val="{style.size * 2:.0f}"/><w:szCs w:val="{style.size * 2:.0f}"/>'
        f'<w:u w:val="{"single" if style.underline else "none"}"/>'
    )


def twips(millimetres: float) -> int:
    """Twentieths of a point in a length."""
    return round(millimetres * TWIPS_PER_MM)


def twips_of_points(points: float) -> int:
    """Twentieths of a point in so many points."""
    return round(points * 20)


def _set_header(docx: Any) -> None:
    """The page number stands in a header that the first page does not have."""
    section = docx.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.style = docx.styles["Header"]
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>')
    )


def _set_settings(docx: Any, two_sided: bool) -> None:
    settings = docx.settings.element
    for child in list(settings):
        settings.remove(child)
    mirrored = "<w:mirrorMargins/>" if two_sided else ""
    whole = parse_xml(
        f'<w:settings {nsdecls("w")}>{mirrored}<w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{_COMPATIBLE}</w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>'
    )
    settings.extend(list(whole))
