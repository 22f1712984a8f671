"""How a report moves along its table, and what is said when it cannot."""

from datetime import date

from workflows.calendar import LOCAL_ZONE
from workflows.errors import Conflict
from workflows.people import Person
from workflows.permissions import allows
from workflows.reports.models import Report
from workflows.reports.states import MOVES, ReportMove, ReportState, target_of


def moves_open_to(person: Person, report: Report, *, on: date) -> list[ReportMove]:
    """What the person may do with the report now; draws the buttons."""
    return [
        move
        for move, step in MOVES.items()
        if is_open(report, move) and allows(person, step.permission, report, on=on)
    ]


def is_open(report: Report, move: ReportMove) -> bool:
    """May the move be made from where the report stands, whoever makes it?"""
    if move is ReportMove.HAND_DOWN and not report.endorsements:
        return False
    return report.state in MOVES[move].sources


def move(report: Report, move: ReportMove, *, levels_to_come: int = 0) -> None:
    """Make the move, or say who was quicker."""
    if not is_open(report, move):
        raise wrong_state(report, move.label)
    report.state = target_of(move, levels_to_come=levels_to_come)


def wrong_state(report: Report, what: str) -> Conflict:
    """Why something cannot be done with the report as it stands."""
    newest = report.editions[-1] if report.editions else None
    if report.state in (ReportState.SUBMITTED, ReportState.UNDER_REVIEW) and newest is not None:
        return Conflict(
            "Báo cáo này đã được %(person)s nộp lúc %(moment)s và đang chờ tiếp nhận. Không cần nộp lại; muốn"
            " sửa thì đề nghị nơi tiếp nhận trả lại.",
            person=newest.submitted_by.full_name,
            moment=f"{newest.submitted_at.astimezone(LOCAL_ZONE):%H:%M %d/%m/%Y}",
        )
    return Conflict(
        "Chưa thực hiện được “%(what)s”: báo cáo đang ở trạng thái %(state)s, có thể người khác vừa xử lý."
        " Tải lại trang để xem trạng thái mới.",
        what=what,
        state=report.state.label,
    )
