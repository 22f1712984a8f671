"""Lines that name a part of a task by a label: "Đơn vị chủ trì: …", "Thời gian hoàn thành: …"."""

import re
from dataclasses import dataclass
from enum import StrEnum

from workflows.directives.reading.text import fold


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


_WHO = r"(?:co quan|don vi|so, nganh|so, ban, nganh|cac co quan|cac don vi|nganh|bo phan|to chuc|noi|ca nhan|lanh dao|nguoi)"
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.NUMBER, re.compile(r"(?:tt|stt|so tt|so thu tu)$")),
    (Role.COORDINATE, re.compile(rf"(?:{_WHO}[^:]{{0,20}}\s)?phoi hop(?:\s[^:]{{0,30}})?$")),
    (Role.LEAD, re.compile(
        rf"(?:{_WHO}[^:]{{0,30}}\s)?(?:chu tri|dau moi)(?:[^:]{{0,40}})?$|{_WHO}\s+(?:thuc hien|duoc giao|chiu trach nhiem)[^:]{{0,30}}$"
        rf"|(?:phan cong|trach nhiem|giao trach nhiem)\s(?:chi dao|chu tri|to chuc|thuc hien)[^:]{{0,30}}$|trach nhiem$|phan cong$")),
    (Role.MONITOR, re.compile(rf"(?:{_WHO}\s+)?(?:theo doi|don doc|kiem tra, don doc|giam sat|phu trach)[^:]{{0,30}}$")),
    (Role.TIME, re.compile(r"(?:thoi gian|thoi han|tien do|han)(?:\s[^:]{0,40})?$")),
    (Role.PRODUCT, re.compile(r"(?:san pham|ket qua|hinh thuc van ban|du kien san pham|van ban)(?:\s[^:]{0,40})?$")),
    (Role.NOTE, re.compile(r"(?:ghi chu|can cu)(?:\s[^:]{0,40})?$")),
    (Role.MATTER, re.compile(r"(?:ten |noi dung |cac )?(?:nhiem vu|noi dung|cong viec|nhom nhiem vu|hoat dong|giai phap|chi tieu|viec)[^:]{0,50}$")),
)  # fmt: skip
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Label:
    """What a line announces, and where the words after its colon begin."""

    role: Role
    start: int


def role_of(words: str) -> Role | None:
    """The part of a task that a label or the head of a column means."""
    folded = " ".join(fold(words).replace(";", ",").split())
    return next((role for role, form in _ROLES if form.match(folded)), None)


def read_label(line: str) -> Label | None:
    """The label at the head of a line, if it has one that concerns bodies or time."""
    colon = line.find(":", 0, _LONGEST)
    if colon < 0:
        return None
    role = role_of(line[:colon].strip(" -+*()"))
    if role in (Role.LEAD, Role.COORDINATE, Role.MONITOR, Role.TIME, Role.PRODUCT):
        return Label(role, colon + 1)
    return None
