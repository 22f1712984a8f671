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
    UNDER_REVIEW = "under-review", N_("đã nộp, chờ cấp trên tiếp nhận")
    SUBMITTED = "submitted", N_("đã nộp, chờ tiếp nhận")
    RETURNED = "returned", N_("trả lại")
    ACCEPTED = "accepted", N_("đã tiếp nhận")


class ReportMove(LabelledEnum):
    """What may happen to a report; the label is the word on the button."""

    PROPOSE = "propose", N_("Trình thủ trưởng duyệt")
    SIGN_OFF = "sign-off", N_("Duyệt báo cáo")
    SUBMIT = "submit", N_("Nộp báo cáo")
    ENDORSE = "endorse", N_("Tiếp nhận, chuyển cấp trên")
    TURN_DOWN = "turn-down", N_("Trả lại đơn vị kèm lý do")
    RETURN = "return", N_("Trả lại kèm lý do")
    HAND_DOWN = "hand-down", N_("Trả về cấp dưới xem lại")
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
    # Where levels stand between unit and office, it goes to the first of them: see `target_of`.
    ReportMove.SUBMIT: Step(EDITABLE, ReportState.SUBMITTED, Permission.REPORT_WRITE),
    ReportMove.ENDORSE: Step(
        frozenset({ReportState.UNDER_REVIEW}), ReportState.SUBMITTED, Permission.REPORT_ENDORSE
    ),
    ReportMove.TURN_DOWN: Step(
        frozenset({ReportState.UNDER_REVIEW}),
        ReportState.RETURNED,
        Permission.REPORT_ENDORSE,
        needs_reason=True,
    ),
    ReportMove.HAND_DOWN: Step(
        frozenset({ReportState.SUBMITTED}),
        ReportState.UNDER_REVIEW,
        Permission.REPORT_REVIEW,
        needs_reason=True,
    ),
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


def target_of(move: ReportMove, *, levels_to_come: int) -> ReportState:
    """Where a move leads: what goes up comes to the office when no level is left in between."""
    if move in (ReportMove.SUBMIT, ReportMove.ENDORSE) and levels_to_come:
        return ReportState.UNDER_REVIEW
    return MOVES[move].target


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
        case ReportState.SUBMITTED | ReportState.UNDER_REVIEW:
            return Standing.SUBMITTED_LATE if late else Standing.SUBMITTED
    if submitted_on is not None:
        return Standing.RETURNED
    return Standing.MISSING if timely_until < today else Standing.AWAITED
