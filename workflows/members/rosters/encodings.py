"""Rosters written with former fonts: found out by the names in them, turned into Unicode. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from workflows.directives.reading.extraction.charsets import from_tcvn3, from_vni

Turn = Callable[[str], str]
# Words hardly any list of Vietnamese names does without, each with a letter that a wrong reading spoils.
_WORD = re.compile(r"\w+")
_FAMILIAR = frozenset(
    _WORD.findall(
        "nguyễn trần lê phạm huỳnh hoàng võ vũ đặng bùi đỗ hồ ngô dương lý đào đoàn thị văn đức hữu thành"
        " hùng dũng tuấn phương hương thuỷ thủy hồng hạnh nữ năm số họ tên ngày sinh giới tính dân tộc thẻ"
        " chi đoàn hội xã phường thôn ấp khu phố"
    )
)
SAMPLE_ROWS = 300


def composed(text: str) -> str:
    """Unicode with its accents composed, whichever way they were typed."""
    return unicodedata.normalize("NFC", text)


TURNS: tuple[Turn, ...] = (composed, from_tcvn3, from_vni)


def turn_for(texts: Iterable[str]) -> Turn:
    """How the texts of a sheet become Unicode: as they are, or from TCVN3 or VNI."""
    sample = " ".join(texts)
    return max(TURNS, key=lambda turn: _familiarity(turn(sample)))


def decode(content: bytes) -> str:
    """The text of a CSV file in whichever code it was written."""
    for mark, code in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(code, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        codes = ("cp1258", "latin-1", "cp1252")
        return max((content.decode(code, errors="replace") for code in codes), key=_best)


def _best(text: str) -> float:
    return max(_familiarity(turn(text[:20_000])) for turn in TURNS)


def _familiarity(text: str) -> float:
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    return sum(word in _FAMILIAR for word in words) / len(words) if words else 0.0
