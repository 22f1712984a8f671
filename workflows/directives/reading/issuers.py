"""Who issued a document: the name that letterhead, title, signature and text give together."""

import re
from collections.abc import Sequence

from workflows.directives.reading.phrases import BODY_HEAD, is_upper
from workflows.directives.reading.restoring import restored_body
from workflows.directives.reading.text import fold, one_spelling

# with accents: quận is a level, quản lý is none
_LEVEL = re.compile(
    r"\b(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(?!(?:ủy|đoàn|hội|bộ)\b)\S"
)
_NO_PLACE = re.compile(r"\s(?:cac|co quan|khoi|cong ty|tong|" + BODY_HEAD.pattern.removeprefix(r"\W*") + ")")
_LEVEL_ALONE = re.compile(r"\b(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)$")
_COMMITTEE = re.compile(
    r"\W*(?:(?:tinh|thanh|huyen|thi|quan|dang|khoi)\s+uy|(?:tinh|thanh|huyen|quan)\s+doan|trung uong dang)\b"
)
_SECTOR = re.compile(r"(?:so|bo|cuc|chi cuc|tong cuc|vu|vien|phong|trung tam|hoc vien|thanh tra) (?=\w)")
_INCOMPLETE = re.compile(
    r"\W*(?:ban chap hanh|bch|ban thuong vu|btv|thuong truc|ban can su dang|dang doan|ban van dong|"
    r"uy ban|ubmttq|ban to chuc hoi nghi)\W*$"
)
_COMMON = re.compile(
    r"\W*(?:van phong|ban|uy ban kiem tra|trung tam|thanh tra|co quan|truong chinh tri|bao|hoi dong|to)\b"
)
_STATE_UPPER = re.compile(r"\W*(?:ubnd|uy ban nhan dan)\b\s*")
_GENERAL = re.compile(
    r"\W*(?:van phong|hoi dong|co quan|ban thuong truc|ban thuong vu|ban chap hanh|thuong truc|bch|btv)\W*$"
)


def bodies_in(letterhead: Sequence[str], *, damaged: bool = False) -> list[str]:
    """The names in the lines of a letterhead, upper body first; wrapped names are put together."""
    bodies: list[str] = []
    for line in [restored_body(line) for line in letterhead] if damaged else letterhead:
        words = (
            " ".join(line.split()).strip(" *_-–") if not line.rstrip().endswith("-") else line.strip(" *_")
        )
        if not words:
            continue
        if bodies and not _begins_body(words, bodies[-1]):
            bodies[-1] = f"{bodies[-1]} {words}"
        else:
            bodies.append(words)
    return [body.strip(" -") for body in bodies]


def _begins_body(words: str, before: str) -> bool:
    if (
        before.endswith(("-", ","))
        or fold(before).endswith((" va", " cua"))
        or _INCOMPLETE.match(fold(before))
    ):
        return False
    return bool(BODY_HEAD.match(fold(words))) and not fold(words).startswith("va ")


def name_issuer(bodies: Sequence[str], by: str | None) -> tuple[str | None, str | None]:
    """Issuer and upper body from the names of a letterhead and the body that the title names."""
    names = [sentence_case(body) for body in bodies]
    if not names:
        return (sentence_case(by) if by else None), None
    issuer, upper = names[-1], (names[-2] if len(names) > 1 else None)
    if by:
        return _with_place_of(sentence_case(by), issuer), upper
    return (_completed(issuer, upper) if upper else issuer), upper


def _with_place_of(name: str, committee: str) -> str:
    """ "Ban Thường vụ Tỉnh ủy" of the letterhead "Tỉnh ủy Hà Nam" is that of Hà Nam."""
    found = _COMMITTEE.match(fold(committee))
    place = committee[found.end() :].strip() if found else _place(committee)
    if not place or fold(place) in fold(name):
        return name
    level = _LEVEL_ALONE.search(_small(name))
    if level and _small(place).startswith(level.group()):
        place = place[len(level.group()) :].strip()
    return f"{name} {place}"


def _small(name: str) -> str:
    """Small letters, one tone placement; same length."""
    small = one_spelling(name.lower())
    return small if len(small) == len(name) else fold(name)


def _place(name: str) -> str:
    found = _LEVEL.search(_small(name))
    return name[found.start() :] if found else ""


def _completed(issuer: str, upper: str) -> str:
    """A name that says only what the body is takes from the upper body whose it is."""
    named = _COMMITTEE.match(fold(upper))
    if named and _LEVEL_ALONE.search(_small(issuer)):
        return f"{issuer}{upper[named.end() :]}"
    if _place(issuer) or re.search(r"\bviet nam\b", fold(issuer)):
        return issuer
    if _GENERAL.match(fold(issuer)) or (_COMMITTEE.match(fold(upper)) and _COMMON.match(fold(issuer))):
        return f"{issuer} {upper}"
    if _STATE_UPPER.match(fold(upper)) or _place(upper):
        return f"{issuer} {_place(upper)}".strip()
    return issuer


# ── letters ────────────────────────────────────────────────────────────────────────────────────────────────

_ACRONYMS = frozenset(
    (
        "UBND",
        "HĐND",
        "MTTQ",
        "UBMTTQ",
        "BCH",
        "BTV",
        "TNCS",
        "LHPN",
        "LĐLĐ",
        "CCB",
        "TW",
        "TP",
        "GD&ĐT",
        "KH&CN",
        "TT&TT",
        "CNTT",
        "PCCC",
        "QLDA",
        "BQL",
        "ĐU",
        "BCĐ",
        "NN&PTNT",
        "LĐTBXH",
        "TNMT",
    )
)
# capitals within names, whatever the tone placement
_PROPER = """
Việt Nam, Hồ Chí Minh, Mặt trận Tổ quốc, Trung ương, Tỉnh ủy, Thành ủy, Huyện ủy, Quận ủy, Thị ủy,
Đảng ủy, Đảng bộ, Ủy ban, Hội đồng, Công Thương, Tài chính, Xây dựng, Nội vụ, Tư pháp, Giáo dục, Đào
tạo, Y tế, Khoa học, Công nghệ, Nông nghiệp, Môi trường, Phát triển, Kế hoạch, Đầu tư, Văn hóa, Thể
thao, Du lịch, Lao động, Dân tộc, Tôn giáo, Ngoại vụ, Thông tin, Truyền thông, Giao thông, Tuyên
giáo, Dân vận, Tổ chức, Nội chính, Kiểm tra, Thường vụ, Chấp hành, Nông dân, Phụ nữ, Cựu chiến binh,
Thanh niên, Thanh tra, Công đoàn, Liên hiệp, Tổng Liên đoàn, Thường trực, Chính phủ, Nhà nước, Quốc hội
"""
_CASED = {fold(phrase): phrase for phrase in " ".join(_PROPER.split()).split(", ")}
_PROPER_PATTERN = re.compile(r"\b(?:" + "|".join(sorted(_CASED, key=len, reverse=True)) + r")\b")


def sentence_case(name: str) -> str:
    """A name from a line of capitals as a sentence would write it; other names stay."""
    name = " ".join(name.split())
    if not is_upper(name):
        return name
    cased = " ".join(word if word in _ACRONYMS else word.lower() for word in name.split())
    cased = " - ".join(part[:1].upper() + part[1:] for part in cased.split(" - "))
    if sector := _SECTOR.match(fold(cased)):
        cased = cased[: sector.end()] + cased[sector.end()].upper() + cased[sector.end() + 1 :]
    for found in _PROPER_PATTERN.finditer(fold(cased)):
        cased = cased[: found.start()] + _capitalised(cased, found) + cased[found.end() :]
    if level := _LEVEL.search(_small(cased)):
        place = level.start() if cased[level.end() - 1].isdigit() else level.end() - 1
        head = cased[place:].split(" - ")[0]
        cased = cased[:place] + _title(head) + cased[place + len(head) :]
    elif (committee := _COMMITTEE.match(fold(cased))) and not _NO_PLACE.match(fold(cased), committee.end()):
        cased = cased[: committee.end()] + _title(cased[committee.end() :])
    return cased


def _capitalised(name: str, found: re.Match[str]) -> str:
    pattern = _CASED[found.group()]
    own = name[found.start() : found.end()]
    return "".join(
        letter.upper() if wanted.isupper() else letter for letter, wanted in zip(own, pattern, strict=True)
    )


def _title(words: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in words.split(" "))
