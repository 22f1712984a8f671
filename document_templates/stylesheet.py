"""A profile as CSS: the same styles that Word gets, and the same places on the page."""

from functools import lru_cache

from document_templates.profiles import Page, Profile, Separator, TextStyle

FONTS = '"Times New Roman", "Liberation Serif", "Tinos", serif'
ADDRESSEES_LEFT = 30.0
ADDRESSEES_LABEL = 22.0
"""Millimetres: where several addressees begin, and the room their label takes."""
ADDRESSEES_GAP = 12.0
"""Points above and below the addressees, and between a front without them and the matter."""
RULE_GAP = 2.5
"""Points between a component and the line under it."""
CELL_PADDING = (2.0, 3.0, 1.5)
"""Points inside the cells of a table: above and below, at the sides, at the sides of crowded cells."""

ELEMENTS = """
head, title, meta, link { display: none }
html, body, main, section, div, p, h1, h2, h3, h4 { display: block }
em { font-style: italic } strong, th { font-weight: bold }
h1, h2, h3, h4 { bookmark-label: content(text); break-after: avoid; break-inside: avoid }
table { display: table; box-sizing: border-box; text-indent: initial }
colgroup { display: table-column-group } col { display: table-column }
thead { display: table-header-group } tbody { display: table-row-group }
tr { display: table-row } td, th { display: table-cell }
thead, tbody { vertical-align: middle } tr, td, th { vertical-align: inherit }
img { overflow: hidden }
br::before { content: "\\A"; white-space: pre-line }
.note::footnote-call { content: counter(footnote); vertical-align: super; font-size: smaller;
  line-height: inherit }
.note::footnote-marker { content: counter(footnote) ". " }
@page { @top-center { text-align: center } }
"""
"""What the elements of our pages are, in place of WeasyPrint's sheet for all of HTML, which makes six
pseudo-elements for each: a tenth of the time of a letter. An element new to the pages needs a line here."""

_FIXED = f"""
html {{ font-family: {FONTS}; font-kerning: none; font-variant-ligatures: none; color: #000 }}
html, body, main, section, p, h1, h2, h3, h4 {{ margin: 0; padding: 0; font-weight: normal }}
p, h1, h2, h3, h4 {{ orphans: 2; widows: 2; overflow-wrap: break-word; bookmark-level: none }}
h1 {{ bookmark-level: 1 }} h2 {{ bookmark-level: 2 }} h3 {{ bookmark-level: 3 }} h4 {{ bookmark-level: 4 }}
.front, .band {{ display: table; table-layout: fixed; width: 100% }}
.row {{ display: table-row }}
.cell {{ display: table-cell; vertical-align: top }}
.copy-line {{ height: .75pt; background: #000; margin-bottom: 6pt }}
.front + .body {{ margin-top: {ADDRESSEES_GAP}pt }}
.whole {{ white-space: nowrap }}
.ruled {{ display: inline-block; max-width: 100%; position: relative }}
.ruled::after {{ content: ""; position: absolute; top: calc(100% + {RULE_GAP}pt); border-top: .75pt solid }}
.addressees {{ margin: {ADDRESSEES_GAP}pt 0 }}
.addressee.one {{ margin: {ADDRESSEES_GAP}pt 0; text-align: center }}
.addressee.many {{ margin-left: {ADDRESSEES_LEFT + ADDRESSEES_LABEL}mm }}
.addressee .label {{ display: inline-block; width: {ADDRESSEES_LABEL}mm; margin-left: -{ADDRESSEES_LABEL}mm;
  white-space: pre }}
.data {{ table-layout: fixed; width: 100%; border-collapse: collapse; margin: 0 }}
.data + .figure, .data + p, .data + h2, .data + h3, .data + h4 {{ margin-top: 6pt }}
.data th, .data td {{ border: .5pt solid #000; padding: {CELL_PADDING[0]}pt {CELL_PADDING[1]}pt;
  overflow-wrap: break-word; vertical-align: middle }}
.data th {{ text-align: center; font-weight: bold }}
.data thead {{ display: table-header-group }}
.data tr {{ break-inside: avoid }}
.data .group td, .data .total td {{ font-weight: bold }}
.data.table_tiny th, .data.table_tiny td {{ padding-left: {CELL_PADDING[2]}pt;
  padding-right: {CELL_PADDING[2]}pt }}
.data .center {{ text-align: center }} .data .right {{ text-align: right }}
.figure {{ break-inside: avoid }}
.picture img {{ max-width: 100% }}
.page-break {{ break-after: page }}
.band .cell {{ padding-top: 6pt }}
.band {{ break-inside: avoid; break-before: avoid }}
.band.long {{ break-inside: auto }}
.contact::before {{ content: ""; display: block; height: .75pt; background: #000; margin-bottom: 2pt }}
"""
_PAPER = """
.at-foot { float: footnote }
.contact-first { counter-reset: footnote -1 }
.at-foot::footnote-call, .at-foot::footnote-marker { content: none }
.note { float: footnote }
.appendix { break-before: page }
main + .appendix, .appendix { page: upright }
.appendix.landscape { page: wide }
body.landscape main { page: first-wide }
"""
_SCREEN = """
body { background: #e9ebee; padding: 8mm 0 }
.sheet { background: #fff; margin: 0 auto 8mm; box-shadow: 0 0 2mm #0003; box-sizing: border-box }
.page-break { border-top: 1px dashed #888; margin: 4mm 0 }
.note { font-style: italic } .note::before { content: " [" } .note::after { content: "]" }
.sheet { position: relative }
.at-foot { position: absolute }
"""


@lru_cache(maxsize=16)
def for_paper(profile: Profile, *, two_sided: bool = False) -> str:
    """The stylesheet of a profile for the PDF."""
    return _common(profile) + _PAPER + _pages(profile, two_sided)


@lru_cache(maxsize=16)
def for_screen(profile: Profile) -> str:
    """The stylesheet of a profile for the preview in a browser."""
    page = profile.page
    turned = f"width: {page.height}mm; min-height: {page.width}mm"
    padding = f"padding: {page.top}mm {page.right}mm {page.bottom}mm {page.left}mm"
    return "".join(
        (
            _common(profile),
            _SCREEN,
            f".sheet {{ width: {page.width}mm; min-height: {page.height}mm; {padding} }}\n",
            f".landscape.sheet, body.landscape main.sheet {{ {turned} }}\n",
            f".at-foot {{ left: {page.left}mm; right: {page.right}mm; bottom: {page.bottom}mm }}\n",
        )
    )


def _common(profile: Profile) -> str:
    share = profile.page.issuer_share
    widths = "".join(f".w{share} {{ width: {share}% }}\n" for share in range(1, 101))
    styles = "".join(_rule(style) for style in profile.styles.values())
    lines = "".join(_line(place, separator) for place, separator in profile.separators.items())
    side = f".issuer-side {{ width: {share}% }} .recipients-side {{ width: 45% }}\n"
    return styles + _FIXED + lines + side + widths


def _rule(style: TextStyle) -> str:
    properties = {
        "font-size": f"{style.size}pt",
        "line-height": f"{style.pitch}pt",
        "text-align": style.align,
        "font-weight": "bold" if style.bold else "normal",
        "font-style": "italic" if style.italic else "normal",
        "text-decoration": "underline" if style.underline else "none",
        "text-indent": f"{style.indent}mm",
        "margin": f"{style.before}pt 0 {style.after}pt {style.left}mm",
        "break-after": "avoid" if style.keep else "auto",
    }
    return f".{style.key} {{ {'; '.join(f'{name}: {given}' for name, given in properties.items())} }}\n"


def _line(place: str, separator: Separator) -> str:
    if not separator.line:
        return ""
    return f".{place}-rule::after {{ left: {50 - separator.line * 50}%; width: {separator.line * 100}% }}\n"


def _pages(profile: Profile, two_sided: bool) -> str:
    page, number = profile.page, profile.styles["page_number"]
    margins = f"margin: {page.top}mm {page.right}mm {page.bottom}mm {page.left}mm"
    silent = "@top-center { content: none }"
    return f"""
@page {{ size: A4; {margins};
  @top-center {{ content: counter(page); font: {number.size}pt/{number.pitch}pt {FONTS}; vertical-align: top;
    padding-top: {page.number_from_top}mm }}
  @footnote {{ margin-top: 6pt }} }}
@page wide {{ size: A4 landscape }} @page first-wide {{ size: A4 landscape }}
@page :first {{ {silent} }}
@page upright:nth(1 of upright) {{ counter-reset: page 1; {silent} }}
@page wide:nth(1 of wide) {{ counter-reset: page 1; {silent} }}
{_mirrored(page) if two_sided else ""}"""


def _mirrored(page: Page) -> str:
    """Back sides: the wide margin on the right."""
    return f"@page :left {{ margin-left: {page.right}mm; margin-right: {page.left}mm }}\n"
