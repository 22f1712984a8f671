"""The moves of a task as a table: from where, to where, who may."""

from workflows.moves import Step
from workflows.permissions import Permission
from workflows.wording import N_, LabelledEnum


class TaskState(LabelledEnum):
    """How far a task has come, by decisions of people."""

    ASSIGNED = "assigned", N_("chưa tiếp nhận")
    RECEIVED = "received", N_("đã tiếp nhận")
    IN_PROGRESS = "in-progress", N_("đang thực hiện")
    AWAITING_CONFIRMATION = "awaiting-confirmation", N_("chờ xác nhận")
    DONE = "done", N_("hoàn thành")
    REFUSED = "refused", N_("từ chối")
    SUSPENDED = "suspended", N_("tạm dừng")
    CANCELLED = "cancelled", N_("huỷ")


class ExtensionState(LabelledEnum):
    """What became of a request for a later deadline."""

    REQUESTED = "requested", N_("chờ quyết định")
    GRANTED = "granted", N_("đồng ý")
    REFUSED = "refused", N_("không đồng ý")
    WITHDRAWN = "withdrawn", N_("đã rút")


class Grade(LabelledEnum):
    """How well a task was done, in the eyes of whoever assigned it."""

    EXCELLENT = "excellent", N_("hoàn thành xuất sắc")
    GOOD = "good", N_("hoàn thành tốt")
    FAIR = "fair", N_("hoàn thành")
    POOR = "poor", N_("hoàn thành, còn hạn chế")


class Timeliness(LabelledEnum):
    """How a task stands against its deadline; computed, never stored."""

    NO_DEADLINE = "no-deadline", N_("không hạn")
    IN_TIME = "in-time", N_("trong hạn")
    DUE_SOON = "due-soon", N_("sắp đến hạn")
    OVERDUE = "overdue", N_("quá hạn")
    DONE_IN_TIME = "done-in-time", N_("hoàn thành đúng hạn")
    DONE_LATE = "done-late", N_("hoàn thành quá hạn")
    STOPPED = "stopped", N_("đã dừng")


class TaskMove(LabelledEnum):
    """What may happen to a task; the label is the word on the button."""

    RECEIVE = "receive", N_("Tiếp nhận")
    REFUSE = "refuse", N_("Từ chối kèm lý do")
    START = "start", N_("Bắt đầu thực hiện")
    SUBMIT = "submit", N_("Báo cáo hoàn thành")
    CONFIRM = "confirm", N_("Xác nhận hoàn thành")
    RETURN = "return", N_("Trả lại kèm lý do")
    SUSPEND = "suspend", N_("Tạm dừng")
    RESUME = "resume", N_("Tiếp tục")
    REASSIGN = "reassign", N_("Chuyển đơn vị chủ trì")
    CANCEL = "cancel", N_("Huỷ nhiệm vụ")
    REOPEN = "reopen", N_("Mở lại")


_OPEN = frozenset({TaskState.ASSIGNED, TaskState.RECEIVED, TaskState.IN_PROGRESS})

MOVES: dict[TaskMove, Step[TaskState]] = {
    TaskMove.RECEIVE: Step(frozenset({TaskState.ASSIGNED}), TaskState.RECEIVED, Permission.TASK_CARRY_OUT),
    TaskMove.REFUSE: Step(
        frozenset({TaskState.ASSIGNED, TaskState.RECEIVED}),
        TaskState.REFUSED,
        Permission.TASK_CARRY_OUT,
        True,
    ),
    TaskMove.START: Step(frozenset({TaskState.RECEIVED}), TaskState.IN_PROGRESS, Permission.TASK_CARRY_OUT),
    TaskMove.SUBMIT: Step(
        frozenset({TaskState.RECEIVED, TaskState.IN_PROGRESS}),
        TaskState.AWAITING_CONFIRMATION,
        Permission.TASK_CARRY_OUT,
    ),
    TaskMove.CONFIRM: Step(
        frozenset({TaskState.AWAITING_CONFIRMATION}), TaskState.DONE, Permission.TASK_DECIDE
    ),
    TaskMove.RETURN: Step(
        frozenset({TaskState.AWAITING_CONFIRMATION}), TaskState.IN_PROGRESS, Permission.TASK_DECIDE, True
    ),
    TaskMove.SUSPEND: Step(
        _OPEN | {TaskState.AWAITING_CONFIRMATION}, TaskState.SUSPENDED, Permission.TASK_DECIDE, True
    ),
    TaskMove.RESUME: Step(frozenset({TaskState.SUSPENDED}), TaskState.IN_PROGRESS, Permission.TASK_DECIDE),
    TaskMove.REASSIGN: Step(_OPEN | {TaskState.REFUSED}, TaskState.ASSIGNED, Permission.TASK_DECIDE, True),
    TaskMove.CANCEL: Step(
        _OPEN | {TaskState.REFUSED, TaskState.SUSPENDED, TaskState.AWAITING_CONFIRMATION},
        TaskState.CANCELLED,
        Permission.TASK_DECIDE,
        True,
    ),
    TaskMove.REOPEN: Step(frozenset({TaskState.DONE}), TaskState.IN_PROGRESS, Permission.TASK_DECIDE, True),
}
