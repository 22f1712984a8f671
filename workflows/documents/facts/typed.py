"""Papers that a person words: the facts that can be foreseen, the rest left to be typed."""

from typing import Any

from workflows.documents import rules
from workflows.documents.facts.desk import Desk, about_directive, for_information


def conclusions_notice(desk: Desk) -> dict[str, Any]:
    """The notice of what a meeting concluded."""
    directive = desk.source.subject
    return {
        "subject": f"kết luận về việc thực hiện {rules.brief(directive)}" if directive else "",
        "meeting": "",
        "held_on": desk.day.isoformat(),
        "chair": "",
        "participants": "",
        "agenda": f"nghe báo cáo kết quả thực hiện {rules.brief(directive)}" if directive else "",
        "opinion": "",
        "conclusions": [{"title": "", "text": "", "tasks": []}],
        "monitor": desk.issuer.name,
        "recipients": for_information(desk.issuer),
    }


def plan(desk: Desk) -> dict[str, Any]:
    """The plan for carrying out a directive."""
    directive = desk.source.subject
    return {
        "subject": f"thực hiện {rules.brief(directive)} về {rules.about(directive)}" if directive else "",
        "grounds": [_ground(desk)] if directive else [],
        "purposes": [],
        "requirements": [],
        "targets": [],
        "contents": [{"title": "", "text": "", "tasks": [dict.fromkeys(_WORK, "")]}],
        "arrangements": [f"{desk.issuer.name} theo dõi, đôn đốc, tổng hợp kết quả thực hiện Kế hoạch này."],
        "recipients": for_information(desk.issuer),
    }


_WORK = ("work", "lead", "coordinating", "product", "deadline")


def submission(desk: Desk) -> dict[str, Any]:
    """The submission to the body that decides."""
    above = desk.issuer.parent
    return {
        "subject": "",
        "addressees": [f"Ban Thường vụ {above.short_name}"] if above else [],
        "grounds": [_ground(desk)] if desk.source.subject else [],
        "necessity": "",
        "contents": [{"title": "", "text": ""}],
        "requests": [],
        "recipients": for_information(desk.issuer),
    }


def invitation(desk: Desk) -> dict[str, Any]:
    """The invitation to a meeting."""
    directive = desk.source.subject
    return {
        "subject": f"dự họp về việc thực hiện {rules.brief(directive)}" if directive else "",
        "invited": [],
        "event": "",
        "chair": "",
        "content": "",
        "starts": "8 giờ 00",
        "held_on": desk.calendar.add_working_days(desk.day, 5).isoformat(),
        "venue": f"Phòng họp {desk.issuer.short_name}",
        "preparation": [],
        "copies": for_information(desk.issuer),
    }


def copy_mark(desk: Desk) -> dict[str, Any]:
    """The certified copy of a directive."""
    directive = desk.directive
    cited = about_directive(directive)
    return {
        "kind": "Sao y bản chính",
        "original": {"citation": cited["citation"], "about": cited["about"]},
        "extract": "",
        "recipients": [],
    }


def _ground(desk: Desk) -> str:
    cited = about_directive(desk.directive)
    return f"Căn cứ {cited['citation']} về {cited['about']}"
