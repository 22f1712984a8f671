"""Papers made for the tests: Word files part by part, PDFs drawn from HTML, scans of these."""

import zipfile
from functools import cache
from io import BytesIO

import pypdfium2 as pdfium
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject
from weasyprint import HTML

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)

LETTERHEAD = """
<table style="width: 100%; text-align: center; border-collapse: collapse"><tr>
<td style="width: 45%; vertical-align: top">TỈNH ỦY AN HÒA<br><b>BAN DÂN VẬN</b><br>*<br>
Số 12-CV/BDVTU</td>
<td style="vertical-align: top"><b>ĐẢNG CỘNG SẢN VIỆT NAM</b><br>
<i>An Hòa, ngày 05 tháng 3 năm 2026</i></td></tr></table>
"""
SIGNATURE = """
<table style="width: 100%; border-collapse: collapse"><tr>
<td style="width: 50%; vertical-align: top; font-size: 12pt">Nơi nhận:<br>- Như trên,
<br>- Thường trực Tỉnh ủy,<br>- Lưu Văn phòng.</td>
<td style="text-align: center; vertical-align: top">K/T TRƯỞNG BAN<br>PHÓ TRƯỞNG BAN<br><br><br>
Lò Văn Mẫu</td>
</tr></table>
"""


def word(body: str, **parts: str) -> bytes:
    """A .docx with this body in WordprocessingML; other parts of word/ by name, underscores for nothing."""
    document = f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"
    named = {
        f"word/{name}.xml": f"<w:{name} {_NAMESPACES}>{inner}</w:{name}>" for name, inner in parts.items()
    }
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **named})


def packed(entries: dict[str, str | bytes]) -> bytes:
    """A zip file."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run; tabs become tabs of Word."""
    inner = "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in text.split("\t"))
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{inner}</w:r></w:p>"


def table(*rows: tuple[str, ...], ruled: bool = False) -> str:
    """A table; a line break in a cell makes a new paragraph."""
    border = '<w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders></w:tblPr>' if ruled else ""
    made = "".join(
        "<w:tr>" + "".join(f"<w:tc>{''.join(map(p, cell.split(chr(10))))}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{border}{made}</w:tbl>"


@cache
def pdf(html: str, page: str = "") -> bytes:
    """A PDF on A4 in 14 points, drawn from HTML; `page` adds rules of @page."""
    style = (
        "@page { size: A4; margin: 20mm 15mm 20mm 30mm; %s } "
        "body { font: 14pt/1.3 'Liberation Serif'; text-align: justify } "
        "p { text-indent: 10mm; margin: 6pt 0 } .ruled { border-collapse: collapse } "
        ".ruled td { border: 0.5pt solid black; padding: 3pt 5pt; vertical-align: top }"
    )
    drawn = HTML(string=f"<style>{style % page}</style>{html}").write_pdf()
    assert isinstance(drawn, bytes)
    return drawn


def stamped(data: bytes, *stamps: tuple[str, float, float, float]) -> bytes:
    """A PDF with (text, x, baseline from the top, size) on page 1, as the annotations of signing programs."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    page = writer.pages[0]
    height = float(page.mediabox.height)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Times-Roman"),
        }
    )
    for text, x, y, size in stamps:
        look = DecodedStreamObject()
        look.set_data(f"BT /F1 {size} Tf 0 {size * 0.25} Td ({text}) Tj ET".encode("latin-1"))
        look.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): _numbers(0, 0, 300, size * 1.5),
                NameObject("/Resources"): DictionaryObject(
                    {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
                ),
            }
        )
        note = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Stamp"),
                NameObject("/F"): FloatObject(4),
                NameObject("/Rect"): _numbers(x, height - y - size * 0.25, x + 300, height - y + size * 1.25),
                NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
            }
        )
        page.setdefault(NameObject("/Annots"), ArrayObject()).append(writer._add_object(note))
    return _written(writer)


def locked(data: bytes) -> bytes:
    """The same PDF behind a password."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    return _written(writer)


def joined(*files: bytes) -> bytes:
    """The pages of several PDFs in one."""
    writer = PdfWriter()
    for file in files:
        writer.append(BytesIO(file))
    return _written(writer)


def pictures(data: bytes, dpi: int = 200) -> list[Image.Image]:
    """The pages of a PDF as grey pictures."""
    with pdfium.PdfDocument(data) as document:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().copy() for page in document]


def scanned(data: bytes, dpi: int = 200) -> bytes:
    """The same pages as pictures, as a scanner makes them."""
    first, *others = pictures(data, dpi)
    file = BytesIO()
    first.save(file, "PDF", resolution=dpi, save_all=True, append_images=others)
    return file.getvalue()


def _numbers(*values: float) -> ArrayObject:
    return ArrayObject(FloatObject(value) for value in values)


def _written(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()
