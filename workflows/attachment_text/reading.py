"""A file of whatever kind → its text, or the reason why there is none; knows no table."""

from dataclasses import dataclass
from zipfile import BadZipFile

from workflows.attachment_text import sheets
from workflows.directives.reading.extraction import Limits, extract
from workflows.errors import DomainError
from workflows.wording import N_

# what an index takes of one text
LONGEST_TEXT = 200_000
# a picture of many pages would keep all that comes after it waiting
LIMITS = Limits(pages=400, scanned_pages=20, scan_seconds=180, seconds=45)

GONE = N_("Không còn nội dung tệp trong kho lưu trữ; chỉ tìm được theo tên tệp.")
FAILED = N_("Không đọc được nội dung tệp; chỉ tìm được theo tên tệp. Mở tệp, lưu lại rồi đính kèm lại.")


@dataclass(frozen=True)
class ReadText:
    """The text of a file, or a reason in its place."""

    text: str = ""
    reason: str = ""


def read(content: bytes, *, name: str) -> ReadText:
    """Read a file by what is in it; slow, and never fails: hostile and broken files give their reason."""
    try:
        found = sheets.extract(content, LIMITS)
        text = found if found is not None else extract(content, filename=name, limits=LIMITS).text
    except DomainError as error:
        return ReadText(reason=str(error))
    except (ValueError, KeyError, IndexError, RecursionError, BadZipFile, MemoryError):
        # libraries fail in ways of their own on files made to break them
        return ReadText(reason=FAILED)
    # PostgreSQL keeps no zero bytes, and no half letters
    plain = text.replace("\0", " ").encode("utf-8", "ignore").decode()
    return ReadText(text=plain[:LONGEST_TEXT])
