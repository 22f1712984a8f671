"""A plain text file → text, in whichever code it was written."""

from workflows.directives.reading.extraction.charsets import decode
from workflows.directives.reading.extraction.models import Extracted, Kind
from workflows.errors import Unreadable
from workflows.wording import N_

NO_TEXT = N_(
    "Tệp này không phải văn bản: bên trong là dữ liệu máy, không có chữ để đọc. "
    "Hãy tải lên văn bản dạng .docx, .pdf, .doc hoặc .txt."
)


def extract(data: bytes) -> Extracted:
    """The text of a plain file. Raises Unreadable where there is none."""
    text = decode(data)
    if text is None or not any(map(str.isalnum, text)):
        raise Unreadable(NO_TEXT)
    return Extracted(text, Kind.TEXT)
