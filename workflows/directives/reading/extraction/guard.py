"""Know a file by its content, not by its name, and refuse what is hostile or cannot be read."""

import lzma
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from itertools import chain
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from workflows.directives.reading.extraction.models import MEGABYTE, Kind, Limits
from workflows.errors import TooLarge, Unreadable
from workflows.wording import N_

EMPTY = N_("Tệp rỗng: không có nội dung nào để đọc. Hãy kiểm tra tệp gốc rồi tải lên lại.")
OVER_LIMIT = N_(
    "Tệp lớn hơn mức cho phép: %(size)s MB, trong khi giới hạn là %(limit)s MB. "
    "Hãy giảm độ phân giải bản quét hoặc tách phụ lục thành tệp riêng."
)
PROGRAM = N_(
    "Tệp này là một chương trình, không phải văn bản, dù tên tệp có đuôi khác. "
    "Không mở tệp này; hãy báo người gửi và xin lại văn bản gốc."
)
MACROS = N_(
    "Tệp có chứa macro (mã lệnh) nên không được nhận vì lý do an toàn. "
    "Hãy mở tệp, lưu lại dưới dạng .docx không có macro rồi tải lên."
)
PASSWORD = N_(
    "Tệp được đặt mật khẩu nên không đọc được. "
    "Hãy gỡ mật khẩu hoặc xuất lại tệp không có mật khẩu rồi tải lên."
)
BOMB = N_(
    "Tệp nén bất thường: khi giải nén vượt quá mức cho phép (%(limit)s), có thể gây hại cho máy chủ. "
    "Hãy mở tệp bằng Word, lưu lại rồi tải lên."
)
ENTITIES = N_(
    "Tệp chứa khai báo thực thể XML, là thủ thuật có thể gây hại, nên không được nhận. "
    "Hãy xin người gửi tệp khác hoặc lưu lại bằng Word rồi tải lên."
)
TOO_DEEP = N_(
    "Tệp có cấu trúc lồng nhau quá sâu so với một văn bản thông thường nên không được đọc. "
    "Hãy mở bằng Word, lưu lại rồi tải lên."
)
BROKEN = N_(
    "Tệp bị hỏng: nội dung bên trong không còn nguyên vẹn. "
    "Hãy mở bằng phần mềm soạn thảo, lưu lại rồi tải lên."
)
SPREADSHEET = N_(
    "Tệp này là bảng tính hoặc trình chiếu, không phải văn bản. "
    "Hãy tải lên văn bản chỉ đạo dạng .docx hoặc .pdf."
)
ARCHIVE = N_("Tệp này là tệp nén chứa các tệp khác. Hãy giải nén rồi tải lên từng văn bản.")
WEB_PAGE = N_(
    "Tệp này là trang web (HTML) dù tên tệp có đuôi khác. Hãy mở bằng Word, lưu thành .docx rồi tải lên."
)
PICTURE = N_("Tệp này là ảnh thuộc loại chưa đọc được. Hãy chuyển ảnh thành PDF, PNG hoặc JPEG rồi tải lên.")
UNKNOWN = N_("Không nhận ra loại tệp này. Hãy tải lên văn bản dạng .docx, .pdf, .doc hoặc .txt.")

MAX_DEPTH = 200
MOST_TAGS = 2_000_000
_ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_EXECUTABLE = (b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
)
_OTHER_PICTURE = (b"GIF8", b"BM", b"RIFF", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x1cftyp", b"8BPS")
_WEB = (b"<!doctype html", b"<html")


def recognise(data: bytes, limits: Limits) -> Kind:
    """The kind of a file by its first bytes; raises Unreadable or TooLarge for what is not taken."""
    if len(data) > limits.file_bytes:
        raise TooLarge(OVER_LIMIT, size=_megabytes(len(data)), limit=_megabytes(limits.file_bytes))
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable(EMPTY)
    if data.startswith(_ZIP):
        return _kind_of_archive(Archive(data, limits))
    if data.startswith(_OLE):
        return _kind_of_compound(data)
    if data.startswith(b"{\\rtf"):
        return Kind.RTF
    return _kind_by_first_bytes(data)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}".replace(".", ",")


def _kind_by_first_bytes(data: bytes) -> Kind:
    if data.startswith(_EXECUTABLE) or (data.startswith(b"MZ") and b"\x00" in data[:512]):
        raise Unreadable(PROGRAM)
    for start, kind in _PICTURES:
        if data.startswith(start):
            return kind
    if data.startswith(_OTHER_PICTURE) and b"\x00" in data[:512]:
        raise Unreadable(PICTURE)
    if data.startswith(_PACKED):
        raise Unreadable(ARCHIVE)
    # Some scanners write a few bytes of their own before the mark.
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b"startxref" in data):
        return Kind.PDF
    opening = data[:4096].lower().removeprefix(b"\xef\xbb\xbf").lstrip()
    if opening.startswith(_WEB):
        raise Unreadable(WEB_PAGE)
    if opening.startswith(b"<") and b"edxml" in opening:
        return Kind.EDXML
    return Kind.TEXT


def _kind_of_compound(data: bytes) -> Kind:
    """Old Office files keep the names of their streams in UTF-16 within the file."""

    def has_stream(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has_stream("EncryptedPackage") or _is_locked_word_file(data):
        raise Unreadable(PASSWORD)
    if has_stream("_VBA_PROJECT"):
        raise Unreadable(MACROS)
    if has_stream("WordDocument"):
        return Kind.DOC
    raise Unreadable(SPREADSHEET if has_stream("Workbook") or has_stream("PowerPoint") else UNKNOWN)


def _is_locked_word_file(data: bytes) -> bool:
    """[MS-DOC] 2.5.2: the text stream begins with A5EC; bit 8 of the flags at offset 10 says encrypted."""
    starts = (at for at in range(512, len(data) - 12, 512) if data.startswith(b"\xec\xa5", at))
    first = next(starts, None)
    return first is not None and bool(data[first + 11] & 0x01)


def _kind_of_archive(archive: "Archive") -> Kind:
    names = {name.lower() for name in archive.names}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable(MACROS)
    if any(name.startswith("word/document") for name in names):
        return Kind.DOCX
    if b"opendocument.text" in archive.read("mimetype"):
        return Kind.ODT
    if any(name.startswith(("xl/", "ppt/")) for name in names) or "mimetype" in names:
        raise Unreadable(SPREADSHEET)
    raise Unreadable(ARCHIVE)


class Archive:
    """A zip file whose declared and true sizes were both checked before anything else is read."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raises Unreadable for a bomb, a broken or a locked archive."""
        # Counted before opening: the index alone of a million entries would fill the memory.
        if data.count(b"PK\x01\x02") > limits.archive_entries:
            raise Unreadable(BOMB, limit=f"{limits.archive_entries} tệp con")
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._check(self._zip.infolist())
        except _ZIP_ERRORS as error:
            raise Unreadable(BROKEN) from error

    @property
    def names(self) -> list[str]:
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """The content of one part; nothing where it is missing."""
        return self._zip.read(name) if name in self._zip.NameToInfo else b""

    def xml(self, name: str) -> Element | None:
        """One part as a tree; None where it is missing. Raises Unreadable."""
        entry = self._zip.NameToInfo.get(name)
        if entry and entry.file_size > self._limits.xml_bytes:
            raise Unreadable(BOMB, limit=f"{_megabytes(self._limits.xml_bytes)} MB")
        data = self.read(name)
        return parse_xml(data) if data else None

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise Unreadable(PASSWORD)
        declared = sum(entry.file_size for entry in entries)
        if declared > self._limits.inflated_bytes or self._inflated(entries) > self._limits.inflated_bytes:
            raise Unreadable(BOMB, limit=f"{_megabytes(self._limits.inflated_bytes)} MB")

    def _inflated(self, entries: list[zipfile.ZipInfo]) -> int:
        """What the entries truly hold, counted only until it is too much."""
        total = 0
        for entry in entries:
            with self._zip.open(entry) as part:
                while piece := part.read(MEGABYTE):
                    total += len(piece)
                    if total > self._limits.inflated_bytes:
                        return total
        return total


def parse_xml(data: bytes) -> Element:
    """A tree from XML without document type, entities or absurd depth; raises Unreadable."""
    if data.count(b"<") > MOST_TAGS:
        raise Unreadable(BOMB, limit=f"{MOST_TAGS // 1_000_000} triệu thẻ XML")
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unreadable(ENTITIES) from error
    except (ParseError, LookupError, ValueError) as error:
        raise Unreadable(BROKEN) from error
    level: Iterable[Element] = [root]
    for _ in range(MAX_DEPTH):
        level = list(chain.from_iterable(level))
        if not level:
            return root
    raise Unreadable(TOO_DEEP)
