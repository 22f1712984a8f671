"""The form of member statistics: cells, and the identities between them (follow-up, Member statistics)."""

from typing import Any

from workflows.wording import N_

CODE = "member-statistics"

ORGANISATIONS = {
    "union": N_("Công đoàn"),
    "youth": N_("Đoàn Thanh niên"),
    "women": N_("Hội Phụ nữ"),
    "farmers": N_("Hội Nông dân"),
    "veterans": N_("Hội Cựu chiến binh"),
    "front": N_("Mặt trận Tổ quốc"),
    "associations": N_("Hội quần chúng"),
}

ELIGIBLE, OPENING, CLOSING = "eligible", "opening", "closing"
INCREASES = {"admitted": N_("Kết nạp"), "transferred_in": N_("Chuyển đến")}
DECREASES = {
    "transferred_out": N_("Chuyển đi"),
    "struck_off": N_("Đưa ra khỏi danh sách"),
    "left": N_("Từ trần, trưởng thành"),
}
PARTS = {
    "female": N_("Nữ"),
    "ethnic_minority": N_("Dân tộc thiểu số"),
    "religious": N_("Tôn giáo"),
    "party_members": N_("Đảng viên"),
    "non_state": N_("Ngoài khu vực nhà nước"),
}
BRANCHES = {"branches": N_("Số chi đoàn, chi hội"), "cells": N_("Số tổ, phân đoàn")}
GRADES = {
    "grade_1": N_("Xếp loại bậc 1"),
    "grade_2": N_("Xếp loại bậc 2"),
    "grade_3": N_("Xếp loại bậc 3"),
    "grade_4": N_("Xếp loại bậc 4"),
    "grade_5": N_("Xếp loại bậc 5"),
}
LABELS = {
    ELIGIBLE: N_("Tổng số đối tượng"),
    OPENING: N_("Đầu kỳ"),
    **INCREASES,
    **DECREASES,
    CLOSING: N_("Cuối kỳ"),
    **PARTS,
    **BRANCHES,
    **GRADES,
}


def definition() -> dict[str, Any]:
    """The form as data, with every identity of the specification."""
    return {
        "title": N_("Thống kê đoàn viên, hội viên"),
        "sections": [
            {
                "title": N_("Đối tượng"),
                "fields": [
                    _number(ELIGIBLE, LABELS[ELIGIBLE]),
                    _words("eligible_source", N_("Nguồn số liệu đối tượng")),
                    {**_words("eligible_day", N_("Ngày của số liệu đối tượng")), "kind": "date"},
                ],
            },
            {
                "title": N_("Biến động trong kỳ"),
                "fields": [
                    _number(code, LABELS[code]) for code in (OPENING, *INCREASES, *DECREASES, CLOSING)
                ],
            },
            {"title": N_("Trong đó"), "fields": [_number(code, label) for code, label in PARTS.items()]},
            {
                "title": N_("Chi đoàn, chi hội và xếp loại"),
                "fields": [
                    *(_number(code, label) for code, label in BRANCHES.items()),
                    *({**_number(code, label), "required": False} for code, label in GRADES.items()),
                ],
            },
        ],
        "rules": _rules(),
    }


def _number(code: str, label: str) -> dict[str, Any]:
    return {"code": code, "label": label, "kind": "number", "required": True}


def _words(code: str, label: str) -> dict[str, Any]:
    return {"code": code, "label": label, "kind": "narrative", "required": True}


def _rules() -> list[dict[str, Any]]:
    movements = f"{OPENING} + {' + '.join(INCREASES)} - {' - '.join(DECREASES)}"
    chain = N_("Số cuối kỳ phải bằng đầu kỳ cộng tăng trừ giảm.")
    before = N_("Số đầu kỳ phải bằng số cuối kỳ trước.")
    graded = N_("Số chi đoàn, chi hội được xếp loại nhiều hơn số hiện có.")
    eligible = N_("Số đoàn viên, hội viên nhiều hơn số đối tượng; nếu đúng, ghi chú tại ô này.")
    return [
        _rule(CLOSING, "=", movements, "error", chain),
        _rule(OPENING, "=", f"previous({CLOSING})", "error", before),
        *(
            _rule(part, "<=", CLOSING, "error", f"{label}: không thể nhiều hơn tổng số cuối kỳ.")
            for part, label in PARTS.items()
        ),
        _rule(" + ".join(GRADES), "<=", "branches", "error", graded),
        _rule(CLOSING, "<=", ELIGIBLE, "warning", eligible),
    ]


def _rule(left: str, operator: str, right: str, importance: str, sentence: str) -> dict[str, Any]:
    return {
        "left": left,
        "operator": operator,
        "right": right,
        "importance": importance,
        "sentence": sentence,
    }
