"""What a unit is asked when it confirms that a directive was studied: when, how, how many."""

from collections.abc import Sequence
from typing import Any

from workflows.regimes import FormVersion
from workflows.regimes.forms import read
from workflows.wording import N_

CODE = "study-confirmation"
STUDIED_ON, WAY, NOTE = "studied_on", "way", "note"
CELLS, ATTENDING, EXPECTED = "cells", "attending", "expected"
NUMBERS = {
    CELLS: N_("Số chi bộ, tổ chức trực thuộc đã học tập"),
    ATTENDING: N_("Số người đã dự"),
    EXPECTED: N_("Tổng số người phải học tập"),
}
# What an office starts with; from its first request on it keeps its own list.
WAYS = (
    N_("Hội nghị trực tiếp"),
    N_("Hội nghị trực tuyến"),
    N_("Sinh hoạt chi bộ"),
    N_("Lồng ghép trong cuộc họp khác"),
    N_("Gửi tài liệu tự nghiên cứu"),
)


def definition(ways: Sequence[str] = WAYS) -> dict[str, Any]:
    """The form as data, with the office's ways of studying."""
    units = {CELLS: "", ATTENDING: "người", EXPECTED: "người"}
    return {
        "title": N_("Xác nhận học tập, quán triệt"),
        "sections": [
            {
                "title": N_("Việc học tập, quán triệt"),
                "fields": [
                    _asked(STUDIED_ON, N_("Ngày hoàn thành"), "date"),
                    {**_asked(WAY, N_("Hình thức"), "choice"), "choices": list(ways)},
                    *(
                        {**_asked(code, label, "number"), "unit": units[code]}
                        for code, label in NUMBERS.items()
                    ),
                    {**_asked(NOTE, N_("Ghi chú"), "narrative"), "required": False},
                ],
            }
        ],
        "rules": [
            {
                "left": ATTENDING,
                "operator": "<=",
                "right": EXPECTED,
                "importance": "error",
                "sentence": N_("Số người đã dự không thể nhiều hơn tổng số người phải học tập."),
            }
        ],
    }


def ways_of(version: FormVersion | None) -> list[str]:
    """The ways a version of the form offers; those to start with where there is none yet."""
    if version is None:
        return list(WAYS)
    return next(list(field.choices) for field in read(version.definition).fields() if field.code == WAY)


def _asked(code: str, label: str, kind: str) -> dict[str, Any]:
    return {"code": code, "label": label, "kind": kind, "required": True}
