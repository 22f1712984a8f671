"""Names of persons as they stand under a signature."""

import re

from workflows.directives.reading.phrases import is_upper
from workflows.directives.reading.text import fold, one_spelling

_WORD = re.compile(r"[^\W\d_][^\W\d_'’]*(?:['’][^\W\d_]+)?")
_RANK = re.compile(
    r"(?:(?:GS|PGS|TS|ThS|BS|KS|CN|LS|Ths|BSCKI{1,2}|CKI{1,2})\.?[\s,.]+|Đồng chí\s+|Đ/c\s+|Ông\s+|Bà\s+|"
    r"(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy|uý)\s+)+"
)
_NO_PERSON = re.compile(
    r"van phong|doan (?:tncs|thanh nien|dai bieu|kiem tra|giam sat|cong tac)|dang (?:uy|bo)|hoi dong|uy ban"
)
_SURNAME_LIST = """
an âu bá bạch bàn bành bế bùi ca cà cao cầm châu chảo chẩu chu chung chử cù cung dã danh diệp doãn
dương đàm đặng đào đậu điểu điêu đinh đỗ đoàn đồng đổng đường giang giàng giáp h hà hạ hàn hạng hầu
hồ hoa hoàng hoàn hồng hờ hứa huỳnh k kha khổng khuất kiều kim kpă ksor la lã lại lâm lang lành lầu
lê lều liêu lò lỗ lộc lù lục lữ lương lường lưu lý ly ma mã mạc mạch mai mẫn mè mông mùa na nay ngân
nghiêm ngô ngụy nguyễn nhâm nhan nhữ ninh nông ông ong phạm phan phàn phí phù phùng phương quách
quan quàng quảng rah rcom rmah rơ sầm sì siu sơn sùng tạ tăng tẩn thạch thái thân thang thào thẩm
thi thiều tiêu tô tôn tống tòng trà trần tráng triệu trịnh trương từ tưởng ung uông vàng văn vi viên
võ vòng vũ vừ vương xa y
"""
_SURNAMES = frozenset(_SURNAME_LIST.split())


def name_of(words: str) -> str | None:
    """The name of a person that these words are, without rank or title; None if they are none."""
    bare = _RANK.sub("", " ".join(words.split()).strip(" .*_"))
    parts = bare.split()
    if not 2 <= len(parts) <= 6 or len(bare) > 40:
        return None
    if not all(_WORD.fullmatch(part) and part[0].isupper() for part in parts):
        return None
    if is_upper(bare) and (not begins_with_surname(bare) or _NO_PERSON.match(fold(bare))):
        return None
    return bare


def begins_with_surname(words: str) -> bool:
    """Is the first word a family name of the country?"""
    return bool(words.split()) and one_spelling(words.split()[0]).casefold() in _SURNAMES
