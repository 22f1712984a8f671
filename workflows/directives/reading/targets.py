"""Figures to be reached: "đạt 60% số đối tượng", "ít nhất 02 khu công nghiệp", "từ 05 mỏ trở lên"."""

import re

from workflows.directives.reading.model import Target
from workflows.directives.reading.text import fold, readable
from workflows.directives.reading.tokens import any_of, squeeze

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_PERCENT = re.compile(rf"(?<![\d/.,-])(?P<low>{_NUMBER})(?:\s?%?\s?-\s?(?P<high>{_NUMBER}))?\s?%")
_UNITS = any_of("""
ha; km2; km; m2; m3; ty dong; trieu dong; nghin ty dong; dong; tan; ho; nguoi; luot nguoi; doan vien;
hoi vien; dang vien; chi bo; chi doan; chi hoi; khu cong nghiep; cum cong nghiep; mo hinh; cong trinh;
doanh nghiep; hop tac xa; du an; mo; lop; cuoc; can; xa; truong; thon; san pham; diem; nha; can ho;
cau lac bo; to hop tac; thanh nien; phu nu; ngoi nha; suat; co so; buoi; hoi nghi; dot; lan; chuyen de;
cong doan co so; to chuc dang; cay; phong trao; tin; bai; de an""")
_CUE = any_of("""
it nhat; toi thieu; phan dau; dat; tu; tren; khoang; khoang tren; thanh lap moi; ket nap; ket nap moi;
phat trien moi; phat trien; hoan thanh; xay dung moi; xay dung; khong qua; khong duoi; toi da; giam;
tang; moi nam; moi thang; bao dam; dam bao; trong moi""")
_COUNT = re.compile(
    rf"\b{_CUE}\s+(?:it nhat\s+|tu\s+|tren\s+|khoang\s+)?(?P<low>{_NUMBER})\s?(?P<unit>{_UNITS})\b"
    r"(?P<per>\s?/\s?(?:nam|thang|quy|tuan))?"
)
_YEARLY = re.compile(r"\b(?:moi nam|hang nam|trung binh moi nam|binh quan moi nam)\b[^.;]{0,60}$")
_TELLS_PAST = re.compile(
    r"\b(?:da|chiem|hien nay|hien co|hien tai|nam truoc|cung ky|moi chi|chi)\s+(?:\w+\s+){0,3}$"
)


def find_targets(text: str, start: int = 0, end: int | None = None) -> tuple[Target, ...]:
    """Figures with their units in `text[start:end]`, each with the words around it."""
    words = readable(text[start:end])
    folded = fold(words).replace("\n", " ")
    found = [*_PERCENT.finditer(folded), *_COUNT.finditer(folded)]
    found.sort(key=lambda match: match.start())
    return tuple(
        _target(words, folded, match)
        for match in found
        if not _TELLS_PAST.search(folded[max(0, match.start() - 30) : match.start()])
    )


def _target(words: str, folded: str, match: re.Match[str]) -> Target:
    groups = match.groupdict()
    if "unit" not in groups:
        unit = "%"
    else:
        unit = squeeze(words[match.start("unit") : match.end("per") if groups["per"] else match.end("unit")])
        if not groups["per"] and _YEARLY.search(folded[max(0, match.start() - 80) : match.start("low")]):
            unit += "/năm"
    low = _figure(groups["low"])
    value = (float(low), float(_figure(groups["high"]))) if groups.get("high") else low
    return Target(value, unit, _around(words, match.start(), match.end()))


def _figure(written: str) -> int | float:
    plain = written.replace(".", "").replace(",", ".")
    return float(plain) if "." in plain else int(plain)


def _around(words: str, start: int, end: int) -> str:
    """The words from the sign before the figure to the sign after it."""
    before = max(words.rfind(sign, max(0, start - 120), start) for sign in ".;:,")
    stops = [place for sign in ".;:,\n" if (place := words.find(sign, end, end + 80)) >= 0]
    return squeeze(
        words[
            before + 1 if before >= 0 else max(0, start - 120) : min(stops, default=min(len(words), end + 80))
        ]
    )
