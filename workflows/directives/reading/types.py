"""Types of documents, their abbreviations and the words of their titles, as data.

Party and state use the same letters for most types; where they differ (QĐ is quyết định and quy định, TT is
thông tư and thông tri) the abbreviation stays and the title tells.
"""

from difflib import SequenceMatcher

from workflows.directives.reading.text import fold, words

# abbreviation → names as titles print them; the first is the usual one
NAMES: dict[str, tuple[str, ...]] = {
    "NQ": ("Nghị quyết", "Nghị quyết chuyên đề"),
    "NQLT": ("Nghị quyết liên tịch",),
    "QĐ": ("Quyết định", "Quy định"),
    "QyĐ": ("Quy định",),
    "CT": ("Chỉ thị",),
    "KL": ("Kết luận",),
    "QC": ("Quy chế",),
    "QCPH": ("Quy chế phối hợp",),
    "QT": ("Quy trình",),
    "TT": ("Thông tư", "Thông tri"),
    "TTLT": ("Thông tư liên tịch",),
    "HD": ("Hướng dẫn",),
    "HDLT": ("Hướng dẫn liên tịch",),
    "HDLN": ("Hướng dẫn liên ngành",),
    "TB": ("Thông báo", "Thông báo kết luận"),
    "TC": ("Thông cáo",),
    "BC": ("Báo cáo",),
    "KH": ("Kế hoạch",),
    "KHPH": ("Kế hoạch phối hợp",),
    "KHLT": ("Kế hoạch liên tịch",),
    "KHLN": ("Kế hoạch liên ngành",),
    "QH": ("Quy hoạch",),
    "CTr": ("Chương trình", "Chương trình hành động", "Chương trình công tác"),
    "CTPH": ("Chương trình phối hợp",),
    "ĐA": ("Đề án",),
    "PA": ("Phương án",),
    "DA": ("Dự án",),
    "ĐC": ("Đề cương",),
    "TTr": ("Tờ trình",),
    "CV": ("Công văn",),
    "CĐ": ("Công điện",),
    "GM": ("Giấy mời", "Thư mời"),
    "TM": ("Thư mời",),
    "BB": ("Biên bản",),
    "LKG": ("Lời kêu gọi",),
    "NĐ": ("Nghị định",),
    "L": ("Luật",),
    "PL": ("Pháp lệnh",),
    "Luật": ("Luật", "Bộ luật"),
}

_ALIASES = {"QĐi": "QĐ", "QÐ": "QĐ", "CTHĐ": "CTr", "CTrHĐ": "CTr", "CTHD": "CTr", "TBKL": "TB", "QCh": "QC"}
_BY_FOLDED = {fold(abbreviation): abbreviation for abbreviation in reversed(NAMES)}
_BY_FOLDED |= {fold(alias): abbreviation for alias, abbreviation in _ALIASES.items()}
# "luat" and "l" are no parts of a symbol, HĐ is hợp đồng or hội đồng
_NEVER_SYMBOLS = {"Luật", "L", "HĐ"}


def type_of_token(token: str) -> str | None:
    """The type that a part of a symbol stands for: `CTr`, `CTR` and `Ctr` alike."""
    if token in _NEVER_SYMBOLS:
        return None
    if token in NAMES:
        return token
    found = _BY_FOLDED.get(fold(token))
    return None if found in _NEVER_SYMBOLS else found


# words of a title → abbreviation, longest first so that "kế hoạch phối hợp" is no "kế hoạch"
_TITLES = sorted(
    {
        tuple(words(name)): abbreviation for abbreviation in reversed(NAMES) for name in NAMES[abbreviation]
    }.items(),
    key=lambda item: -len(item[0]),
)


def type_of_title(title: str) -> tuple[str, int] | None:
    """The type that a title line begins with, and how many words of the line name it."""
    line = words(title)
    for name, abbreviation in _TITLES:
        if tuple(line[: len(name)]) == name and abbreviation != "L":
            return abbreviation, len(name)
    return None


def type_of_damaged_title(title: str) -> str | None:
    """The type of a title whose letters OCR has damaged: the one that is at least four fifths alike."""
    line = "".join(words(title))
    alike = [
        (SequenceMatcher(None, line, "".join(name)).ratio(), abbreviation) for name, abbreviation in _TITLES
    ]
    ratio, abbreviation = max(alike)
    return abbreviation if ratio >= 0.8 else None


def names_pattern() -> str:
    """A regular expression for the name of any type in folded text."""
    return "|".join(r"\s+".join(name) for name, _ in _TITLES) + "|van ban"
