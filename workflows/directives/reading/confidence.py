"""How sure a proposal is, and why: the reasons stand beside it for the person who confirms."""

from collections.abc import Sequence
from enum import Enum

from workflows.wording import N_


class Ground(Enum):
    """What a lead body is known from: how sure that is, and the words for it."""

    ASSIGNED = 0.95, N_("Văn bản giao đích danh cơ quan này.")
    SUBJECT = 0.9, N_("Cơ quan đứng đầu câu, ngay trước việc phải làm.")
    LABEL = 0.9, N_("Có dòng ghi rõ đơn vị chủ trì.")
    TABLE = 0.85, N_("Đọc từ cột chủ trì trong bảng phụ lục.")
    HEADING = 0.85, N_("Cơ quan nêu ở đề mục phía trên.")
    OPENING = 0.6, N_("Cơ quan chỉ nêu ở câu mở đầu của văn bản.")
    ADDRESSEES = 0.6, N_("Văn bản giao cho các nơi nhận ở phần Kính gửi.")
    WITHIN = 0.7, N_("Cơ quan nêu ở giữa đoạn, không ở đầu.")
    NOBODY = 0.35, N_("Không thấy cơ quan nào được giao; giữ lại vì có thời hạn hoặc chỉ tiêu.")

    def __init__(self, weight: float, reason: str) -> None:
        self.weight = weight
        self.reason = reason


ONLY_GROUPS = N_("Chỉ nêu nhóm cơ quan, chưa nêu tên từng cơ quan.")
RELATIVE_DEADLINE = N_("Thời hạn tính từ một mốc khác; cần điền ngày.")
NO_DEADLINE = N_("Không thấy thời hạn hay định kỳ.")
LONG_PASSAGE = N_("Đoạn dài, có thể gồm nhiều nhiệm vụ.")

_COSTS = {ONLY_GROUPS: 0.1, RELATIVE_DEADLINE: 0.05, NO_DEADLINE: 0.0, LONG_PASSAGE: 0.05}


def weigh(ground: Ground, doubts: Sequence[str]) -> tuple[float, tuple[str, ...]]:
    """Confidence between 0 and 1, and the reasons: first what speaks for the lead, then the doubts."""
    cost = sum(_COSTS[doubt] for doubt in doubts)
    return round(max(0.05, ground.weight - cost), 2), (ground.reason, *doubts)
