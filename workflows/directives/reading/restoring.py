"""Names that OCR has robbed of accents and letters, restored from closed lists.

Only names that are at least four fifths alike are restored; everything else stays as it was read.
"""

import re
from difflib import SequenceMatcher

from workflows.directives.reading.text import fold, words

_BODIES = """
Ủy ban nhân dân, Hội đồng nhân dân, Ủy ban Mặt trận Tổ quốc Việt Nam, Tỉnh ủy, Thành ủy, Huyện ủy, Đảng
ủy, Ban Thường vụ, Ban Chấp hành, Văn phòng, Ban Tổ chức, Ban Tuyên giáo, Ban Dân vận, Ban Tuyên giáo và
Dân vận, Ban Nội chính, Ủy ban Kiểm tra, Liên đoàn Lao động, Tổng Liên đoàn Lao động Việt Nam, Hội Liên
hiệp Phụ nữ, Hội Nông dân, Hội Cựu chiến binh, Tỉnh đoàn, Đoàn TNCS Hồ Chí Minh, Sở Nội vụ, Sở Tài
chính, Sở Tư pháp, Sở Công Thương, Sở Xây dựng, Sở Giao thông vận tải, Sở Y tế, Sở Giáo dục và Đào tạo,
Sở Khoa học và Công nghệ, Sở Văn hóa, Thể thao và Du lịch; Sở Văn hóa và Thể thao, Sở Du lịch, Sở Nông
nghiệp và Phát triển nông thôn, Sở Nông nghiệp và Môi trường, Sở Tài nguyên và Môi trường, Sở Lao động -
Thương binh và Xã hội, Sở Ngoại vụ, Sở Thông tin và Truyền thông, Sở Kế hoạch và Đầu tư, Sở Dân tộc và
Tôn giáo, Ban Dân tộc, Công an, Thanh tra, Phòng Giáo dục và Đào tạo
"""
_PROVINCES = """
An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định,
Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng
Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hồ Chí
Minh, Huế, Hưng Yên, Khánh Hòa, Kiên Giang, Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam
Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh,
Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên, Thanh Hóa, Thừa Thiên Huế, Tiền Giang,
Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái
"""
_ROLES = """
Bí thư, Phó Bí thư, Phó Bí thư Thường trực, Chủ tịch, Phó Chủ tịch, Phó Chủ tịch Thường trực, Giám đốc,
Phó Giám đốc, Trưởng ban, Phó Trưởng ban, Phó Trưởng ban Thường trực, Chánh Văn phòng, Phó Chánh Văn
phòng, Trưởng phòng, Phó Trưởng phòng, Bộ trưởng, Thứ trưởng, Cục trưởng, Phó Cục trưởng, Chủ nhiệm, Phó
Chủ nhiệm
"""
_LEVEL = re.compile(r"\b(?P<level>tinh|thanh pho|huyen|quan|xa|phuong)\s+(?P<place>\S.*)")
_LEVELS = {
    "tinh": "tỉnh",
    "thanh pho": "thành phố",
    "huyen": "huyện",
    "quan": "quận",
    "xa": "xã",
    "phuong": "phường",
}


def _listed(names: str) -> dict[str, str]:
    whole = re.split(r"[,;]\s+(?!Thể thao và Du)", " ".join(names.split()))
    return {"".join(words(name)): name for name in whole}


_KNOWN_BODIES, _KNOWN_PROVINCES, _KNOWN_ROLES = _listed(_BODIES), _listed(_PROVINCES), _listed(_ROLES)


def restored_body(line: str) -> str:
    """The name of a body on a damaged line, with its place; the line itself if it resembles none."""
    level = _LEVEL.search(fold(line))
    body = line[: level.start()] if level else line
    name = _nearest(body, _KNOWN_BODIES) or body.strip(" -")
    if level:
        place = line[level.start("place") :].strip(" -")
        name = f"{name} {_LEVELS[level['level']]} {_nearest(place, _KNOWN_PROVINCES) or place}".strip()
    return f"{name} -" if line.rstrip().endswith("-") else name


def restored_role(post: str) -> str | None:
    """The post in capitals that damaged capitals resemble most."""
    found = _nearest(post, _KNOWN_ROLES, least=0.7)
    return found.upper() if found else None


def is_known_role(post: str) -> bool:
    """Is this, in whatever letters, the whole name of a usual post?"""
    return "".join(words(post)) in _KNOWN_ROLES


def _nearest(name: str, known: dict[str, str], *, least: float = 0.8) -> str | None:
    squeezed = "".join(words(name))
    if not squeezed or len(squeezed) > 60:
        return None
    ratio, found = max((SequenceMatcher(None, squeezed, key).ratio(), key) for key in known)
    return known[found] if ratio >= least else None
