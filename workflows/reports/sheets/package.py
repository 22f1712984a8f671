"""Whether a file is a workbook that may be opened at all: kind, size, macros, password, true size."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from workflows.errors import TooLarge, Unreadable
from workflows.wording import N_

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENTRY = b"PK\x01\x02"
MEGABYTE = 1024**2
LARGEST = 8 * MEGABYTE
MOST_INFLATED = 24 * MEGABYTE
MOST_PARTS = 300
DAMAGED = N_(
    "Tệp bị hỏng hoặc không phải bảng Excel (.xlsx). Tải lại bảng Excel từ trang này, điền rồi gửi lại."
)


def check_package(content: bytes) -> None:
    """Refuse what is no workbook, is locked, holds macros, or would fill the memory."""
    if not content:
        raise Unreadable("Tệp trống. Chọn lại tệp bảng Excel đã điền rồi gửi lại.")
    if len(content) > LARGEST:
        raise TooLarge(
            "Tệp lớn hơn mức %(limit)s MB; bảng Excel của một báo cáo nhỏ hơn nhiều. Xoá hình ảnh, nội dung"
            " thừa rồi gửi lại.",
            limit=LARGEST // MEGABYTE,
        )
    if content.startswith(OLE):
        raise Unreadable(
            "Tệp được đặt mật khẩu hoặc lưu ở định dạng Excel cũ (.xls) nên không đọc được. Bỏ mật khẩu, lưu"
            " lại dạng .xlsx rồi gửi lại."
        )
    if not content.startswith(ZIP) or content.count(ENTRY) > MOST_PARTS:
        raise Unreadable(DAMAGED)
    try:
        with ZipFile(BytesIO(content)) as package:
            _check_parts(package.infolist())
    except BadZipFile:
        raise Unreadable(DAMAGED) from None


def _check_parts(parts: list[ZipInfo]) -> None:
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable("Tệp chứa macro nên không được nhận. Lưu lại dạng .xlsx (không macro) rồi gửi lại.")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("Tệp được đặt mật khẩu nên không đọc được. Bỏ mật khẩu rồi gửi lại.")
    if "xl/workbook.xml" not in names:
        raise Unreadable(DAMAGED)
    # Reading a part stops at the size it declares, so what is declared bounds what is unpacked.
    if sum(part.file_size for part in parts) > MOST_INFLATED:
        raise Unreadable(
            "Tệp nén bất thường: khi mở ra lớn hơn mức %(limit)s MB. Tải lại bảng Excel từ trang này rồi điền"
            " lại.",
            limit=MOST_INFLATED // MEGABYTE,
        )
