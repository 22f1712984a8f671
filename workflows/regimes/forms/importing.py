"""A form that comes as a file from anywhere: nothing in it is believed before it was looked at. Pure."""

import json
import math
import unicodedata
from typing import Any

from workflows.errors import Refused
from workflows.regimes.forms.reading import read

LARGEST = 1_000_000
DEEPEST = 8
LONGEST_TEXT = 5_000


def from_text(text: str) -> dict[str, Any]:
    """The definition in a file, whole and working; a refusal names the line or the place."""
    if len(text) > LARGEST:
        raise Refused("Tệp biểu quá lớn. Chia thành nhiều biểu rồi nhập từng biểu.")
    try:
        data = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        line = f"{fault.lineno}" if isinstance(fault, json.JSONDecodeError) else "1"
        raise Refused("Nội dung biểu không đọc được, sai ở dòng %(line)s. Sửa lại.", line=line) from None
    if not isinstance(data, dict):
        raise Refused("Nội dung biểu không đọc được, sai ở dòng %(line)s. Sửa lại.", line="1")
    definition: dict[str, Any] = plain(data)
    read(definition)
    return definition


def plain(value: Any, place: str = "") -> Any:
    """The same data with words normalised; what a form cannot hold is refused by its place."""
    if place.count(" › ") > DEEPEST:
        raise Refused("Biểu lồng nhau quá sâu tại %(place)s. Bỏ bớt cấp.", place=place[:200])
    match value:
        case dict():
            return {plain(str(key)): plain(one, f"{place} › {key}"[:400]) for key, one in value.items()}
        case list():
            return [plain(one, f"{place} › {number}") for number, one in enumerate(value, 1)]
        case str():
            return _text(value, place)
        case float() if not math.isfinite(value):
            raise Refused("Số tại %(place)s quá lớn. Sửa lại số.", place=place[:200])
        case bool() | int() | float() | None:
            if isinstance(value, int) and abs(value) >= 10**15:
                raise Refused("Số tại %(place)s quá lớn. Sửa lại số.", place=place[:200])
            return value
    raise Refused("Nội dung tại %(place)s không dùng được trong biểu.", place=place[:200])


def _text(text: str, place: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Refused(
            "Chữ tại %(place)s dài quá %(most)s ký tự. Rút gọn lại.", place=place[:200], most=LONGEST_TEXT
        )
    # Half a letter pair or a control character cannot be stored or shown.
    if any(unicodedata.category(letter) in ("Cs", "Cc") and letter not in "\n\t\r" for letter in text):
        raise Refused("Chữ tại %(place)s có ký tự không dùng được. Gõ lại chỗ này.", place=place[:200])
    return unicodedata.normalize("NFC", text)


def _no_number(_: str) -> float:
    raise ValueError
