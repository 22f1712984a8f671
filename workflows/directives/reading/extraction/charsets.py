"""Bytes and old fonts → Unicode: UTF-8, UTF-16, Windows-1258, and the former codes TCVN3 and VNI."""

import re
import unicodedata
from collections.abc import Callable, Iterator

# TCVN 5712:1993 (the fonts named .Vn…): where each letter stood in the upper half of the table.
_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
# VNI: a plain letter, then a letter that stands for its marks.
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HATS = {
    **{"â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303"},
    **{"ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309"},
    **{"ü": "\u0306\u0303", "ë": "\u0306\u0323"},
}
_VNI_MARKS = {**_VNI_TONES, **_VNI_HATS}
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = re.compile(f"([aeoôuöy])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_SINGLE)}])", re.IGNORECASE)

# Small words that no Vietnamese page does without, each with a letter that a wrong reading spoils.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "của và các được những với là đã để có không một về người việc này năm tỉnh thực hiện nhiệm vụ ủy uỷ "
        "công tác đảng đoàn số độc lập tự hạnh phúc kế hoạch chỉ thị ngày tháng tại nơi nhận lưu",
    )
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
SAMPLE = 20_000


def decode(data: bytes) -> str | None:
    """The text of a plain file in whichever code it was written; None if it is no text."""
    for mark, code in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _readable(data.decode(code, errors="replace"))
    try:
        return _readable(repaired(data.decode("utf-8")))
    except UnicodeDecodeError:
        pass
    readings = [text for text in map(_readable, _readings(data)) if text is not None]
    return max(readings, key=_familiarity, default=None)


def repaired(text: str) -> str:
    """Text that was typed with a former Vietnamese font, as Unicode; other text unchanged."""
    if _familiarity(text) > 0.05:
        return text
    return max((text, from_tcvn3(text), from_vni(text)), key=_familiarity)


def from_tcvn3(text: str) -> str:
    """Text in TCVN3 that was taken for Latin-1."""
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def from_vni(text: str) -> str:
    """Text in VNI that was taken for Windows-1252."""

    def turned(found: re.Match[str]) -> str:
        base, mark, single = found.groups()
        return _vni_single(single) if single else _vni_single(base) + _VNI_MARKS[mark.lower()]

    return unicodedata.normalize("NFC", _VNI.sub(turned, text))


def _vni_single(letter: str) -> str:
    small = _VNI_SINGLE.get(letter.lower(), letter.lower())
    return small.upper() if letter.isupper() else small


def _readings(data: bytes) -> Iterator[str]:
    if data[1:200:2].count(0) > 40 or data[:200:2].count(0) > 40:
        yield data.decode("utf-16-le" if data[1:200:2].count(0) > 40 else "utf-16-be", errors="replace")
    codes: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("cp1258", str),
        ("latin-1", from_tcvn3),
        ("cp1252", from_vni),
        ("cp1252", str),
    )
    for code, turn in codes:
        yield turn(data.decode(code, errors="replace"))


def _readable(text: str) -> str | None:
    """The text unless it is full of controls, as the bytes of a program are."""
    sample = text[:SAMPLE]
    return text if len(_CONTROL.findall(sample)) <= max(2, len(sample) // 50) else None


def _familiarity(text: str) -> float:
    """The share of words that are common Vietnamese words with marks."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text[:SAMPLE]).lower())
    return sum(word in _COMMON for word in words) / len(words) if words else 0.0
