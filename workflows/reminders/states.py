"""What a notice may be about, how a mail stands, which channels a person may choose."""

from workflows.wording import N_, LabelledEnum


class NoticeKind(LabelledEnum):
    """Why somebody is told of a thing."""

    BEFORE = "before", N_("sắp đến hạn")
    DUE = "due", N_("đến hạn")
    OVERDUE = "overdue", N_("quá hạn")
    ESCALATED = "escalated", N_("đơn vị trực thuộc quá hạn")
    COMMITTEE = "committee", N_("quá hạn lâu, cần báo cáo Thường trực")
    URGED = "urged", N_("văn phòng đôn đốc")
    LETTER = "letter", N_("dự thảo công văn đôn đốc")
    ASSIGNED = "assigned", N_("được giao chủ trì")
    TAKING_PART = "taking-part", N_("được giao phối hợp")
    RETURNED = "returned", N_("bị trả lại")
    CHANGED = "changed", N_("có thay đổi")
    ASKED = "asked", N_("chờ quyết định")
    DECIDED = "decided", N_("đã có quyết định")
    MENTIONED = "mentioned", N_("được nhắc đến")
    INFORMED = "informed", N_("được gửi để biết")


REMINDERS = frozenset(
    {
        NoticeKind.BEFORE,
        NoticeKind.DUE,
        NoticeKind.OVERDUE,
        NoticeKind.ESCALATED,
        NoticeKind.COMMITTEE,
        NoticeKind.URGED,
    }
)
# What the clock says by itself; people's own words always stand.
OF_LADDERS = REMINDERS - {NoticeKind.URGED}


class MailChoice(LabelledEnum):
    """How a person wants to be told by e-mail."""

    AT_ONCE = "at-once", N_("gửi ngay, các nội dung cùng lúc chung một thư")
    DIGEST = "digest", N_("mỗi ngày làm việc một thư tổng hợp")
    NONE = "none", N_("không gửi thư")


class MailState(LabelledEnum):
    """How far a mail has come.

    SENDING was claimed by a worker. One found SENDING long after was cut off in the middle: nobody knows
    whether it left. It is sent once more under the same Message-ID, and never a third time.
    """

    QUEUED = "queued", N_("chờ gửi")
    SENDING = "sending", N_("đang gửi")
    SENT = "sent", N_("đã gửi")
    FAILED = "failed", N_("chưa gửi được, sẽ gửi lại")
    ABANDONED = "abandoned", N_("không gửi được")
    UNCERTAIN = "uncertain", N_("không rõ đã tới chưa")


class LetterManner(LabelledEnum):
    """Whether the late ones under a directive get one letter together or one each."""

    TOGETHER = "together", N_("một công văn chung")
    EACH = "each", N_("mỗi đơn vị một công văn")
