"""The story of a form: designed, published, and a next version begun that waits on the desk."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from workflows import regimes
from workflows.regimes.forms.designing import Design
from workflows.sample_office.chance import chance
from workflows.sample_office.scene import Scene
from workflows.sample_office.timeline import Story, office_hour

_AFTER_THE_BEGINNING, _NEXT_VERSION = timedelta(days=20), timedelta(days=60)
_HELD = "lua_chon_1"
_FORM: dict[str, Any] = {
    "title": "Kết quả học tập, quán triệt nghị quyết",
    "sections": [
        {
            "code": "phan_1",
            "title": "I. Người tham gia",
            "parts": [
                {"code": "so_1", "label": "Đảng viên được triệu tập", "kind": "number", "unit": "người"},
                {"code": "so_2", "label": "Đảng viên tham dự", "kind": "number", "unit": "người"},
                {
                    "code": "tinh_1",
                    "label": "Tỷ lệ tham dự",
                    "kind": "number",
                    "formula": "so_2 / so_1 * 100",
                    "unit": "%",
                    "decimals": 1,
                },
            ],
        },
        {
            "code": "phan_2",
            "title": "II. Hội nghị",
            "parts": [
                {"code": _HELD, "label": "Có tổ chức hội nghị", "kind": "choice", "choices": ["Có", "Không"]},
                {
                    "code": "bang_1",
                    "label": "Hội nghị theo hình thức",
                    "rows": [{"code": "h1", "label": "Trực tiếp"}, {"code": "h2", "label": "Trực tuyến"}],
                    "columns": [
                        {"code": "c1", "label": "Số hội nghị"},
                        {"code": "c2", "label": "Số người dự"},
                        {"code": "c3", "label": "Điểm cầu"},
                    ],
                    "greyed": ["bang_1.h1.c3"],
                    "total_row": "Tổng số",
                    "decimals": 0,
                    "when": [{"cell": _HELD, "sign": "=", "value": "Có"}],
                },
                {"code": "tep_1", "label": "Danh sách người vắng", "kind": "file"},
            ],
        },
    ],
    "rules": [
        {
            "code": "quy_tac_1",
            "left": "so_2",
            "operator": "<=",
            "right": "so_1",
            "importance": "error",
            "sentence": "Số tham dự không thể nhiều hơn số được triệu tập.",
        },
        {
            "code": "quy_tac_2",
            "left": "so_1",
            "operator": ">=",
            "right": "previous(so_2)",
            "importance": "warning",
            "sentence": "Số được triệu tập ít hơn số tham dự kỳ trước.",
        },
    ],
}


def form_stories(scene: Scene, *, since: datetime) -> Iterator[Story]:
    """The form of the studies, and its next version."""
    yield _design(scene, since)


def _design(scene: Scene, since: datetime) -> Story:
    clerk, dice = scene.clerk(scene.office), chance(scene.seed, "form")
    at = yield office_hour((since + _AFTER_THE_BEGINNING).date(), dice, now=scene.now)
    form = regimes.draft_form(
        scene.session, scene.office, title=_FORM["title"], definition=_FORM, by=clerk, at=at
    )
    at = yield office_hour((since + _AFTER_THE_BEGINNING).date(), dice, now=scene.now)
    regimes.publish_draft(scene.session, form, version=form.version, by=clerk, at=at)
    at = yield office_hour((since + _NEXT_VERSION).date(), dice, now=scene.now)
    draft = regimes.draft_version(scene.session, form, by=clerk, at=at)
    scene.session.flush()
    design = Design(draft.definition)
    design.change(design.add_part("phan_1", "number"), {"label": "Người dự ngoài Đảng", "required": False})
    regimes.edit_form(scene.session, draft, definition=design.data, version=draft.version, by=clerk, at=at)
