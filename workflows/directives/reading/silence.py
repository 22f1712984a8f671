"""Passages that give nobody anything to do: aims and causes, openings, closing formulas."""

import re

from workflows.directives.reading.clauses import Passage, Rank
from workflows.directives.reading.duties import is_empty_call
from workflows.directives.reading.subjects import How, Sentences, Subject
from workflows.directives.reading.text import fold
from workflows.directives.reading.tokens import any_of

_STANDING_OF_THINGS = """
muc dich; muc tieu; quan diem; tinh hinh; ton tai; han che; nguyen nhan; danh gia; dac diem; bai hoc;
boi canh; su can thiet; thuc trang; uu diem; khuyet diem"""
_SILENT = re.compile(
    "(?:cac |mot so |ve |nhung )?"
    + any_of(
        _STANDING_OF_THINGS,
        """
        yeu cau(?= chung|$|,); ket qua; can cu; pham vi; doi tuong; kinh phi; chi tieu; dinh huong; thoi gian;
        phuong cham; nguyen tac; dia diem; thanh phan; hinh thuc""",
    )
    + r"\b"
)
_ACCOUNT = re.compile(
    "(?:khai quat |cac |mot so )?"
    + any_of(_STANDING_OF_THINGS, "ket qua dat duoc; ket qua thuc hien; phan thu nhat; kho khan, vuong mac")
    + r"\b"
)
_DESCRIBED = re.compile(
    any_of("""
        noi dung; thoi gian; dia diem; kinh phi; thanh phan; doi tuong; hinh thuc; phuong thuc; so luong;
        muc dich; yeu cau; ket qua; chu de; danh nghia; quy mo; pham vi; to dan; tai lieu; phuong tien""")
    + r"\b[^:.]{0,40}:"
)
_FORMULA = re.compile(
    any_of(r"""
        tren day la; trong qua trinh trien khai; trong qua trinh thuc hien; trong qua trinh to chuc;
        nhan duoc; trong khi cho; van ban nay; cong van nay; ke hoach nay; chi thi nay; nghi quyet nay;
        ket luan nay; thong bao nay; \(; noi nhan; neu co kho khan; neu co vuong mac; moi thac mac;
        moi vuong mac; moi thong tin""")
)
_LONGEST_HEADING = 25


def is_silent_heading(passage: Passage, words: str) -> bool:
    """Whether the passage heads a section that tells of aims, causes or costs."""
    if passage.rank >= Rank.DASH or not _SILENT.match(fold(words)):
        return False
    return len(words.split()) <= _LONGEST_HEADING or words.split(":")[0].isupper()


def is_account(words: str) -> bool:
    """Whether a heading announces how things stand or what is aimed at, so that nobody has to act."""
    words = words.strip()
    return len(words.split()) <= _LONGEST_HEADING and bool(_ACCOUNT.match(fold(words)))


def is_description(words: str) -> bool:
    """Whether an item only describes, under a label: "Nội dung báo cáo: …"."""
    return bool(_DESCRIBED.match(fold(words)))


def is_formula(passage: Passage, words: str) -> bool:
    """Whether an unnumbered paragraph is one of the formulas that close a document."""
    return passage.rank is Rank.PARAGRAPH and bool(_FORMULA.match(fold(words)))


def is_title(words: str) -> bool:
    """Whether the words of a numbered passage only head what follows."""
    return not words.rstrip('”" ').endswith((".", ";"))


def is_call_to_all(passage: Passage, said: Sentences, subject: Subject, *, closing: bool) -> bool:
    """Whether a paragraph only calls for carrying the document out, or, `closing` it, calls upon groups."""
    if passage.rank is not Rank.PARAGRAPH or subject.how not in (How.CALLED, How.SUBJECT):
        return False
    if closing and subject.how is How.CALLED and all(body.group for body in subject.bodies):
        return True
    words = said.tokens[subject.end :]
    stop = next((at for at, token in enumerate(words) if token.word in (".", ";")), len(words))
    return is_empty_call(words[:stop])
