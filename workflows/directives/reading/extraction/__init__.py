"""A file as it arrives → its text: Word, PDF, plain text, old Word, scans and the national envelope."""

from pathlib import Path

from workflows.directives.reading.extraction import docx, guard, legacy, pdf, plain, scan
from workflows.directives.reading.extraction.charsets import repaired
from workflows.directives.reading.extraction.cleaning import tidy
from workflows.directives.reading.extraction.edxml import Attachment, Envelope, read_envelope
from workflows.directives.reading.extraction.models import Extracted, Kind, Limits
from workflows.errors import DomainError, TooLarge, Unreadable
from workflows.wording import N_

__all__ = ["Attachment", "Envelope", "Extracted", "Kind", "Limits", "extract", "read_envelope"]

TOO_LONG = N_(
    "Văn bản quá dài: vượt giới hạn %(limit)s ký tự. Hãy tách phụ lục thành tệp riêng rồi tải lên phần chính."
)
NO_ATTACHMENT = N_(
    "Gói edXML không kèm văn bản nào đọc được. Hãy đề nghị nơi gửi gửi lại gói, hoặc tải lên chính văn bản."
)
OTHER_SUFFIX = N_("Đuôi tên tệp không đúng với nội dung: đã đọc theo nội dung thật của tệp.")
ONLY_CONTENT = N_("Gói edXML chỉ có phần tóm tắt nội dung, không kèm văn bản đọc được.")

# In bytes: what is longer than so many times the limit is too long whatever its code.
LONGEST_LETTER = 4
MOST_ATTACHMENTS = 5

_SUFFIXES = {
    Kind.DOCX: (".docx",),
    Kind.DOC: (".doc",),
    Kind.RTF: (".rtf", ".doc"),
    Kind.ODT: (".odt",),
    Kind.PDF: (".pdf",),
    Kind.TEXT: (".txt", ".text", ""),
    Kind.PNG: (".png",),
    Kind.JPEG: (".jpg", ".jpeg"),
    Kind.TIFF: (".tif", ".tiff"),
    Kind.EDXML: (".edxml", ".xml"),
}


def extract(
    path_or_bytes: Path | str | bytes, *, filename: str = "", limits: Limits | None = None
) -> Extracted:
    """The text of a file, known by its content whatever its name.

    Raises Unreadable for what is hostile, broken or not a document, TooLarge for what exceeds the limits.
    """
    limits = limits or Limits()
    data = _content(path_or_bytes, limits)
    kind = guard.recognise(data, limits)
    read = _read(data, kind, limits)
    text = tidy(repaired(read.text))
    if len(text) > limits.characters:
        raise TooLarge(TOO_LONG, limit=f"{limits.characters:,}".replace(",", "."))
    suffix = Path(filename).suffix.lower()
    renamed = (OTHER_SUFFIX,) if filename and suffix not in _SUFFIXES[kind] else ()
    return Extracted(text, read.media_type, read.pages, (*read.notes, *renamed), read.header_hint)


def _content(path_or_bytes: Path | str | bytes, limits: Limits) -> bytes:
    """The bytes of a file, of a large one no more than shows that it is too large."""
    if isinstance(path_or_bytes, bytes):
        return path_or_bytes
    with Path(path_or_bytes).open("rb") as file:
        return file.read(limits.file_bytes + 1)


def _read(data: bytes, kind: Kind, limits: Limits) -> Extracted:
    match kind:
        case Kind.DOCX:
            return docx.extract(data, limits)
        case Kind.PDF:
            return pdf.extract(data, limits)
        case Kind.DOC | Kind.RTF | Kind.ODT:
            return legacy.extract(data, kind, limits)
        case Kind.PNG | Kind.JPEG | Kind.TIFF:
            return _from_picture(data, kind, limits)
        case Kind.EDXML:
            return _from_envelope(data, limits)
        case Kind.TEXT:
            return plain.extract(data[: LONGEST_LETTER * limits.characters + 1])


def _from_picture(data: bytes, kind: Kind, limits: Limits) -> Extracted:
    text, _notes = pdf.text_of([scan.read_picture(data, limits)])
    if not text.strip():
        raise Unreadable(scan.UNREADABLE)
    return Extracted(text, kind, 1, (pdf.SCANS_READ,))


def _from_envelope(data: bytes, limits: Limits) -> Extracted:
    """The first attachment that can be read, with the header of the envelope."""
    envelope = read_envelope(data)
    for attachment in envelope.attachments[:MOST_ATTACHMENTS]:
        try:
            kind = guard.recognise(attachment.content, limits)
            read = _read(attachment.content, kind, limits) if kind is not Kind.EDXML else None
        except DomainError:
            continue
        if read:
            return Extracted(read.text, Kind.EDXML, read.pages, read.notes, envelope.header)
    if not envelope.content:
        raise Unreadable(NO_ATTACHMENT)
    return Extracted(envelope.content, Kind.EDXML, None, (ONLY_CONTENT,), envelope.header)
