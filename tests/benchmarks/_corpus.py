"""Invented papers in the manner of an office, as many as wanted, always the same; and sixty things to find."""

import datetime
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search_index import Entry
from search_index.normalise import unaccented

# ruff: noqa: E501 - lists of words
HEADS = """công tác quản lý|công tác phát triển|chất lượng sinh hoạt|phong trào thi đua|công tác đào tạo, bồi dưỡng
công tác kiểm tra, giám sát|việc chăm lo đời sống|việc khen thưởng|công tác tuyên truyền|việc rà soát, thống kê
chế độ thông tin, báo cáo|việc thu, nộp và sử dụng kinh phí|công tác quy hoạch|việc tiếp nhận, giải quyết kiến nghị
việc ứng dụng phần mềm|công tác bảo vệ|việc tổ chức đại hội|việc hỗ trợ vay vốn|công tác vận động|việc sắp xếp lại"""
OBJECTS = """đoàn viên công đoàn|hội viên nông dân|đoàn viên thanh niên|cán bộ chuyên trách|hội viên phụ nữ|cựu chiến binh
đội viên thiếu niên|người lao động khu công nghiệp|hộ nghèo vùng cao|lực lượng cộng tác viên dư luận|báo cáo viên
trí thức trẻ|đồng bào dân tộc thiểu số|doanh nhân trẻ|sinh viên nội trú|ngư dân vùng biển|thợ thủ công làng nghề
giáo viên vùng sâu|nhân viên y tế thôn bản|tổ tự quản đường biên|câu lạc bộ gia đình|tổ hòa giải ở cơ sở
nghệ nhân dân gian|tài xế đường dài|chi hội trưởng|ủy viên ban chấp hành|thủ lĩnh thanh niên|tổ hợp tác thủy sản
công nhân hầm lò|người cao tuổi|người khuyết tật|chủ nhiệm hợp tác xã"""
ACTIONS = (
    "tăng cường|đẩy mạnh|chấn chỉnh|nâng cao hiệu quả|đổi mới|triển khai|sơ kết|tổng kết|thí điểm|tiếp tục"
)
PLACES = """Hòa Phú|Thủy Nguyên|Đồng Lạc|Dương Đàn|Khánh Thọ|Lý Bôn|Mỹ Sơn Thượng|Quế Lâm|Sa Pả|Tân Uyên Bắc
Vĩnh Thuận|Xuân Hoa|Yên Khoái|An Đạo|Bình Giã|Cẩm Duệ|Diên Hải|Đắk Rông|Ea Sô|Gia Hưng|Hàm Rồng|Ia Mơ Nông|Kim Quy
Liên Mạc|Mường Bú|Nậm Khắt|Phú Gia|Quỳnh Thiện|Sơn Trà Hạ|Trà Cổ Nam|Ứng Hoè|Văn Quán|Xã Đàn|Yên Thành Tây
Bàu Cạn|Chư Đăng|Đạ Kho|Hiệp Thuận|Lũng Phìn|Mai Hạ|Ngọc Khê|Ô Lâm|Pà Vầy|Rạch Sỏi|Suối Nho|Thới Lai|U Minh Thượng
Vàm Cống|Xuyên Mộc|Thanh Lòa"""
LEVELS = "huyện|xã|khối cơ quan|cụm thi đua|vùng chuyên canh"
ORGANISATIONS = (
    "Tỉnh đoàn|Hội Nông dân tỉnh|Liên đoàn Lao động tỉnh|Hội Liên hiệp Phụ nữ tỉnh|Hội Cựu chiến binh tỉnh"
)
TYPES = {
    "CT": ("Chỉ thị", "directive"), "CV": ("Công văn", "directive"), "KL": ("Kết luận", "directive"),
    "KH": ("Kế hoạch", "document"), "BC": ("Báo cáo", "report"), "TB": ("Thông báo", "document"),
    "HD": ("Hướng dẫn", "directive"), "NQ": ("Nghị quyết", "directive"),
}  # fmt: skip
ISSUERS = {
    "TU": "Tỉnh ủy",
    "UBND": "Ủy ban nhân dân tỉnh",
    "BTGDV": "Ban Tuyên giáo và Dân vận",
    "TĐTN": "Tỉnh đoàn",
}
STATES = ("new", "assigned", "running", "reported", "accepted", "closed")
SENTENCES = """Thời gian qua, {head} {object} trên địa bàn {place} có chuyển biến, song vẫn còn nơi làm hình thức.
Ban Thường vụ yêu cầu các cấp {action} {head} {object}, coi đây là nhiệm vụ thường xuyên của người đứng đầu.
Giao {organisation} chủ trì, phối hợp với {other} xây dựng kế hoạch và báo cáo trước ngày {day}/{month}/{year}.
Định kỳ hằng quý, {organisation} tổng hợp số liệu về {object}, gửi Văn phòng trước ngày {day} tháng cuối quý.
Phấn đấu đến hết năm {year}, ít nhất {share}% {object} ở {place} được tiếp cận và tham gia sinh hoạt đều đặn.
Kinh phí thực hiện lấy từ nguồn chi thường xuyên và các khoản đóng góp hợp pháp khác theo quy định hiện hành.
Qua kiểm tra {share} cơ sở tại {place}, đoàn công tác ghi nhận hồ sơ còn thiếu, sổ sách chưa khớp với thực tế.
Các đơn vị rà soát lại danh sách {object}, xoá tên người đã chuyển đi, bổ sung người mới đến trước kỳ báo cáo.
Căn cứ văn bản số {cited} về {head} {other_object}, các địa phương chủ động điều chỉnh cho phù hợp tình hình.
Nơi nào để xảy ra chậm trễ, sai sót thì người phụ trách phải giải trình bằng văn bản và chịu trách nhiệm.
Trong quá trình thực hiện, nếu có vướng mắc, đề nghị phản ánh kịp thời về {organisation} để được hướng dẫn.
Mô hình ở {place} cho thấy khi {object} được tham gia bàn bạc từ đầu thì việc triển khai thuận lợi hơn hẳn.
Cần gắn {head} {object} với chuyển đổi số, dùng chung dữ liệu, giảm giấy tờ và giảm số cuộc họp không cần thiết.
Đài, báo địa phương mở chuyên mục giới thiệu gương {object} tiêu biểu, phê phán biểu hiện thờ ơ, né tránh.
Chậm nhất sau {share} ngày, các đơn vị gửi bản đăng ký chỉ tiêu, nêu rõ đầu mối và số điện thoại liên hệ.
Số lượng {object} tăng {share} người so với cùng kỳ, tập trung ở {place} và các thôn, bản giáp ranh.
{organisation} chịu trách nhiệm đôn đốc, định kỳ sơ kết, biểu dương tập thể và cá nhân làm tốt.
Việc thống kê phải trung thực; nghiêm cấm báo cáo khống, báo cáo thay hoặc sao chép số liệu của kỳ trước."""


@dataclass(frozen=True)
class Wanted:
    """A query of somebody who knows what they look for, and the key of what that is."""

    group: str
    text: str
    key: str


@dataclass(frozen=True)
class Paper:
    """What one paper is about; its text follows from this."""

    place: int
    type: str
    number: str
    issuer: str
    action: str
    head: str
    object: str
    scope: str
    organisation: int
    other: int
    date: datetime.date

    @property
    def key(self) -> str:
        """The key of its entry."""
        return f"{TYPES[self.type][1]}:{self.place}"

    @property
    def body(self) -> str:
        """The name of the organisation that it concerns."""
        return _ORGANISATIONS[self.organisation]


def _list(text: str) -> list[str]:
    return [part.strip() for line in text.splitlines() for part in line.split("|")]


_HEADS, _OBJECTS, _ACTIONS, _PLACES = _list(HEADS), _list(OBJECTS), _list(ACTIONS), _list(PLACES)
_ORGANISATIONS = [
    *_list(ORGANISATIONS),
    *(
        f"{kind} {place}"
        for kind in ("Huyện đoàn", "Hội Nông dân xã", "Công đoàn cơ sở")
        for place in _PLACES
    ),
]
UNITS = len(_ORGANISATIONS)


def papers(count: int) -> Iterator[Paper]:
    """The first papers of an endless office."""
    numbers: Counter[tuple[str, str]] = Counter()
    for place in range(count):
        dice = random.Random(place)
        kind, issuer = dice.choice(list(TYPES)), dice.choice(list(ISSUERS))
        numbers[kind, issuer] += 1
        yield Paper(
            place=place,
            type=kind,
            number=f"{numbers[kind, issuer]}-{kind}/{issuer}",
            issuer=ISSUERS[issuer],
            action=dice.choice(_ACTIONS),
            head=dice.choice(_HEADS),
            object=dice.choice(_OBJECTS),
            scope=f"{dice.choice(_list(LEVELS))} {dice.choice(_PLACES)}",
            organisation=dice.randrange(UNITS),
            other=dice.randrange(UNITS),
            date=datetime.date(2019, 1, 1) + datetime.timedelta(days=dice.randrange(2700)),
        )


def entry(paper: Paper) -> Entry:
    """The paper written out, 150 to 900 words long."""
    dice = random.Random(-paper.place - 1)
    words = dice.randint(150, 900)
    text: list[str] = []
    while words > 0:
        sentence = _sentence(dice.choice(_SENTENCES), paper, dice)
        words -= sentence.count(" ") + 1
        text.append(sentence)
    return Entry(
        key=paper.key,
        kind=TYPES[paper.type][1],
        title=f"{TYPES[paper.type][0]} về {paper.action} {paper.head} {paper.object} tại {paper.scope}",
        body=" ".join(text),
        number=paper.number,
        type=paper.type,
        unit_ids=(paper.organisation, paper.other),
        units=(paper.body, _ORGANISATIONS[paper.other]),
        issuer=paper.issuer,
        year=paper.date.year,
        date=paper.date,
        state=dice.choice(STATES),
        tokens=frozenset({"office", f"unit:{paper.organisation}", f"unit:{paper.other}"}),
        url=f"/{paper.key.replace(':', '/')}",
        version="1",
    )


_SENTENCES = SENTENCES.splitlines()


def _sentence(template: str, paper: Paper, dice: random.Random) -> str:
    here = dice.random() < 0.5
    return template.format(
        head=paper.head if here else dice.choice(_HEADS),
        object=paper.object if here else dice.choice(_OBJECTS),
        action=paper.action if here else dice.choice(_ACTIONS),
        place=dice.choice(_PLACES),
        organisation=paper.body if here else dice.choice(_ORGANISATIONS),
        other=dice.choice(_ORGANISATIONS),
        other_object=dice.choice(_OBJECTS),
        cited=f"{dice.randint(1, 400)}-{dice.choice(list(TYPES))}/{dice.choice(list(ISSUERS))}",
        day=dice.randint(1, 28),
        month=dice.randint(1, 12),
        year=paper.date.year,
        share=dice.randint(5, 98),
    )


def wanted(filed: list[Paper]) -> list[Wanted]:
    """Sixty queries, each for the one paper whose heading, number or body and year they name."""
    dice = random.Random(60)
    titled = _alone(filed, lambda paper: (paper.head, paper.object, paper.scope))
    about = Counter(what for paper in filed for what in _bodies_and_year(paper))
    dated = [paper for paper in filed if about[paper.object, paper.body, paper.date.year] == 1]
    groups: list[tuple[str, int, list[Paper], Callable[[Paper], str]]] = [
        ("accents", 15, titled, _remembered),
        ("no accents", 15, titled, lambda paper: unaccented(_remembered(paper))),
        ("numbers", 10, filed, lambda paper: _number_typed(paper.number, dice)),
        ("misspelt", 10, titled, lambda paper: _misspelt(_remembered(paper), dice)),
        ("body and year", 10, dated, lambda paper: f"{paper.object} {paper.body} {paper.date.year}"),
    ]
    return [
        Wanted(group, text(paper), paper.key)
        for group, count, choice, text in groups
        for paper in dice.sample(choice, count)
    ]


def _bodies_and_year(paper: Paper) -> set[tuple[str, str, int]]:
    """What the object, any of its bodies and its year are."""
    bodies = (paper.body, _ORGANISATIONS[paper.other], paper.issuer)
    return {(paper.object, body, paper.date.year) for body in bodies}


def _alone(filed: list[Paper], about: Callable[[Paper], tuple[object, ...]]) -> list[Paper]:
    counts = Counter(map(about, filed))
    return [paper for paper in filed if counts[about(paper)] == 1]


def _remembered(paper: Paper) -> str:
    """A heading as one remembers it: without its first words."""
    return f"{paper.head.split(' ', 1)[1]} {paper.object} {paper.scope}"


def _number_typed(number: str, dice: random.Random) -> str:
    loose = number.replace("-", " ").replace("/", " ").lower()
    return dice.choice([number, number.lower(), number.replace("-", " - "), loose, f"số {number}"])


def _misspelt(text: str, dice: random.Random) -> str:
    """The text with one letter of one word dropped, doubled, swapped with the next or replaced by another."""
    words = text.split(" ")
    place = dice.choice([n for n, word in enumerate(words) if len(word) > 2 and word.isalpha()])
    word = words[place]
    at = dice.randrange(len(word) - 1)
    words[place] = dice.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + dice.choice("bcdghklmnpqrstvx") + word[at + 1 :],
        ]
    )
    return " ".join(words)
