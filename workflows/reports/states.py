"""The moves of a report as a table: from where, to where, who may."""

from datetime import date

from workflows.moves import Step
from workflows.permissions import Permission
from workflows.wording import N_, LabelledEnum


class ReportState(LabelledEnum):
    """How far a report has come."""

    DRAFT = "draft", N_("đang soạn")
    PROPOSED = "proposed", N_("chờ thủ trưởng duyệt")
    SIGNED_OFF = "signed-off", N_("thủ trưởng đã duyệt")
    SUBMITTED = "submitted", N_("đã nộp, chờ tiếp nhận")
    RETURNED = "returned", N_("trả lại")
    ACCEPTED = "accepted", N_("đã tiếp nhận")


class ReportMove(LabelledEnum):
    """What may happen to a report; the label is the word on the button."""

    PROPOSE = "propose", N_("Trình thủ trưởng duyệt")
    SIGN_OFF = "sign-off", N_("Duyệt báo cáo")
    SUBMIT = "submit", N_("Nộp báo cáo")
    RETURN = "return", N_("Trả lại kèm lý do")
    ACCEPT = "accept", N_("Tiếp nhận báo cáo")
    REOPEN = "reopen", N_("Mở lại để sửa")


class Standing(LabelledEnum):
    """How an obligation stands against time; computed, never stored."""

    AWAITED = "awaited", N_("chưa đến hạn")
    MISSING = "missing", N_("quá hạn chưa nộp")
    RETURNED = "returned", N_("trả lại, chờ nộp lại")
    SUBMITTED = "submitted", N_("đã nộp đúng hạn")
    SUBMITTED_LATE = "submitted-late", N_("nộp muộn")
    ACCEPTED = "accepted", N_("đã tiếp nhận")
    ACCEPTED_LATE = "accepted-late", N_("đã tiếp nhận, nộp muộn")


EDITABLE = frozenset({ReportState.DRAFT, ReportState.PROPOSED, ReportState.SIGNED_OFF, ReportState.RETURNED})

MOVES: dict[ReportMove, Step[ReportState]] = {
    ReportMove.PROPOSE: Step(
        frozenset({ReportState.DRAFT, ReportState.RETURNED}), ReportState.PROPOSED, Permission.REPORT_WRITE
    ),
    ReportMove.SIGN_OFF: Step(
        frozenset({ReportState.DRAFT, ReportState.PROPOSED, ReportState.RETURNED}),
        ReportState.SIGNED_OFF,
        Permission.REPORT_SIGN_OFF,
    ),
    ReportMove.SUBMIT: Step(EDITABLE, ReportState.SUBMITTED, Permission.REPORT_WRITE),
    ReportMove.RETURN: Step(
        frozenset({ReportState.SUBMITTED}), ReportState.RETURNED, Permission.REPORT_REVIEW
    ),
    ReportMove.ACCEPT: Step(
        frozenset({ReportState.SUBMITTED}), ReportState.ACCEPTED, Permission.REPORT_REVIEW
    ),
    ReportMove.REOPEN: Step(
        frozenset({ReportState.ACCEPTED}), ReportState.RETURNED, Permission.REPORT_REVIEW
    ),
}


def standing(
    state: ReportState | None, submitted_on: date | None, timely_until: date, *, today: date
) -> Standing:
    """How an obligation stands on a day; the SQL twin is `queries.standing_sql`.

    What was handed in once and lies with the unit again was returned, however far its mending has come.
    """
    late = submitted_on is not None and submitted_on > timely_until
    match state:
        case ReportState.ACCEPTED:
            return Standing.ACCEPTED_LATE if late else Standing.ACCEPTED
        case ReportState.SUBMITTED:
            return Standing.SUBMITTED_LATE if late else Standing.SUBMITTED
    if submitted_on is not None:
        return Standing.RETURNED
    return Standing.MISSING if timely_until < today else Standing.AWAITED
