"""Files that units hand in with what they say: taken by what is in them, never by their name alone."""

from datetime import datetime
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from sqlalchemy.orm import Session

from workflows.errors import TooLarge, Unreadable
from workflows.files import FileStore, StoredFile, keep

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BEGINNINGS = {
    "pdf": b"%PDF",
    "docx": ZIP,
    "xlsx": ZIP,
    "pptx": ZIP,
    "odt": ZIP,
    "ods": ZIP,
    "doc": OLE,
    "xls": OLE,
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "png": b"\x89PNG",
}
MEDIA_TYPE = "application/octet-stream"
MACROS = "vbaProject.bin"


def keep_evidence(
    session: Session, store: FileStore, content: bytes, *, name: str, size_limit: int, at: datetime
) -> StoredFile:
    """Store a file that may be handed in; a refusal says what is wrong with it."""
    check(name, content, size_limit=size_limit)
    return keep(session, store, content, media_type=MEDIA_TYPE, at=at)


def check(name: str, content: bytes, *, size_limit: int) -> None:
    """Refuse what is empty, too large, of another kind than its name says, or holds macros."""
    if not content:
        raise Unreadable("Tệp %(name)s trống. Kiểm tra lại tệp rồi gửi lại.", name=name)
    if len(content) > size_limit:
        raise TooLarge(
            "Tệp %(name)s lớn hơn mức %(limit)s MB. Nén hoặc tách tệp rồi gửi lại.",
            name=name,
            limit=size_limit // 1024**2,
        )
    ending = name.rpartition(".")[2].lower()
    if ending not in BEGINNINGS:
        raise Unreadable(
            "Không nhận loại tệp của %(name)s. Gửi tệp PDF, Word, Excel, OpenDocument hoặc ảnh JPG, PNG.",
            name=name,
        )
    if not content.startswith(BEGINNINGS[ending]):
        raise Unreadable(
            "Nội dung tệp %(name)s không phải loại ghi ở tên tệp. Mở tệp, lưu lại đúng loại rồi gửi lại.",
            name=name,
        )
    if BEGINNINGS[ending] == ZIP and _holds_macros(content):
        raise Unreadable("Tệp %(name)s chứa macro nên không được nhận. Lưu lại không có macro.", name=name)


def _holds_macros(content: bytes) -> bool:
    try:
        with ZipFile(BytesIO(content)) as parts:
            return any(part.endswith(MACROS) for part in parts.namelist())
    except BadZipFile:
        return True
