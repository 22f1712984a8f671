"""Lines that name a part of a task by a label: "Đơn vị chủ trì: …", "Thời gian hoàn thành: …"."""

import re
from dataclasses import dataclass
from enum import StrEnum

from workflows.directives.reading.text import fold
from workflows.directives.reading.tokens import any_of


class Role(StrEnum):
    """The part of a task that a label, or the head of a column, announces."""

    LEAD = "lead"
    COORDINATE = "coordinate"
    MONITOR = "monitor"
    TIME = "time"
    PRODUCT = "product"
    MATTER = "matter"
    NUMBER = "number"
    NOTE = "note"


_WHO = any_of("""
co quan; don vi; so, nganh; so, ban, nganh; cac co quan; cac don vi; nganh; bo phan; to chuc; noi; ca nhan;
lanh dao; nguoi""")
_DOES = any_of("chi dao; chu tri; to chuc; thuc hien")
_WATCHES = any_of("theo doi; don doc; kiem tra, don doc; giam sat; phu trach")
_PRODUCTS = any_of("san pham; ket qua; hinh thuc van ban; du kien san pham; van ban")
_MATTERS = any_of("nhiem vu; noi dung; cong viec; nhom nhiem vu; hoat dong; giai phap; chi tieu; viec")
_FORMS: tuple[tuple[Role, str], ...] = (
    (Role.NUMBER, any_of("tt; stt; so tt; so thu tu")),
    (Role.COORDINATE, rf"(?:{_WHO}[^:]{{0,20}}\s)?phoi hop(?:\s[^:]{{0,30}})?"),
    (Role.LEAD, rf"(?:{_WHO}[^:]{{0,30}}\s)?(?:chu tri|dau moi)[^:]{{0,40}}"),
    (Role.LEAD, rf"{_WHO}\s+(?:thuc hien|duoc giao|chiu trach nhiem)[^:]{{0,30}}"),
    (Role.LEAD, rf"(?:phan cong|trach nhiem|giao trach nhiem)\s{_DOES}[^:]{{0,30}}|trach nhiem|phan cong"),
    (Role.MONITOR, rf"(?:{_WHO}\s+)?{_WATCHES}[^:]{{0,30}}"),
    (Role.TIME, r"(?:thoi gian|thoi han|tien do|han)(?:\s[^:]{0,40})?"),
    (Role.PRODUCT, rf"{_PRODUCTS}(?:\s[^:]{{0,40}})?"),
    (Role.NOTE, r"(?:ghi chu|can cu)(?:\s[^:]{0,40})?"),
    (Role.MATTER, rf"(?:ten |noi dung |cac )?{_MATTERS}[^:]{{0,50}}"),
)
_ROLES = tuple((role, re.compile(form)) for role, form in _FORMS)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Label:
    """What a line announces, and where the words after its colon begin."""

    role: Role
    start: int


def role_of(words: str) -> Role | None:
    """The part of a task that a label or the head of a column means."""
    folded = " ".join(fold(words).replace(";", ",").split())
    return next((role for role, form in _ROLES if form.fullmatch(folded)), None)


def read_label(line: str) -> Label | None:
    """The label at the head of a line, if it has one that concerns bodies or time."""
    colon = line.find(":", 0, _LONGEST)
    if colon < 0:
        return None
    role = role_of(line[:colon].strip(" -+*()"))
    if role in (Role.LEAD, Role.COORDINATE, Role.MONITOR, Role.TIME, Role.PRODUCT):
        return Label(role, colon + 1)
    return None
