"""Papers as files and as pictures: drawn on demand, remembered while nothing in them changes."""

import threading
from collections import OrderedDict
from io import BytesIO

import pypdfium2
from flask import Response, send_file

from document_templates import pdfium_turn
from webapp.runtime import runtime, session, today
from workflows import documents
from workflows.documents import MEDIA_TYPES, Kind, OfficialDocument, Paper

DOTS_PER_POINT = 1.5
REMEMBERED = 24
FILE_POLICY = "default-src 'none'; sandbox"

_guard = threading.Lock()
_drawn: OrderedDict[tuple[str, Kind], bytes] = OrderedDict()


def file_of(document: OfficialDocument, kind: Kind) -> bytes:
    """The Word or PDF file of a document: the kept one of an issued paper, else drawn from its facts."""
    if kept := documents.drawn_file(session(), document, kind):
        return runtime().files.read(kept)
    return drawn(documents.paper_of(session(), document, on=today()), kind)


def drawn(paper: Paper, kind: Kind) -> bytes:
    """The file of a paper, drawn once as long as it is asked for again and again."""
    key = (paper.digest, kind)
    with _guard:
        if key in _drawn:
            _drawn.move_to_end(key)
            return _drawn[key]
    content = paper.drawn(kind)
    with _guard:
        _drawn[key] = content
        while len(_drawn) > REMEMBERED:
            _drawn.popitem(last=False)
    return content


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pdfium_turn.taken:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_picture(pdf: bytes, number: int) -> bytes | None:
    """A page (from 1) as a PNG picture; None past the end."""
    with pdfium_turn.taken:
        document = pypdfium2.PdfDocument(pdf)
        try:
            # The image of a signature is drawn as part of its form field.
            document.init_forms()
            if not 1 <= number <= len(document):
                return None
            bitmap = document[number - 1].render(scale=DOTS_PER_POINT)
            colours = bitmap.to_numpy()
            is_coloured = bool((colours[..., 0] != colours[..., 2]).any())
            picture = bitmap.to_pil()
        finally:
            document.close()
    written = BytesIO()
    # A page of text is three times smaller in grey; a chart keeps its colours.
    (picture if is_coloured else picture.convert("L")).save(written, "PNG")
    return written.getvalue()


def download(content: bytes, kind: str, name: str) -> Response:
    """A file (docx, pdf, zip) to be saved, never to be run by a browser."""
    media_type = {**MEDIA_TYPES, "zip": "application/zip"}[kind]
    answer = send_file(BytesIO(content), media_type, as_attachment=True, download_name=name)
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    return answer
