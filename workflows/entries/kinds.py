"""The kinds of things that can be found, in the order in which they are filed."""

from typing import Any

from workflows.directives import DirectiveState
from workflows.documents import DocumentState
from workflows.entries.attachments import ATTACHMENT
from workflows.entries.comments import COMMENT
from workflows.entries.directives import CLAUSE, DIRECTIVE
from workflows.entries.documents import DOCUMENT
from workflows.entries.house import PERSON, UNIT
from workflows.entries.reports import REPORT
from workflows.entries.reviews import REVIEW
from workflows.entries.source import Source
from workflows.entries.targets import TARGET
from workflows.entries.tasks import TASK
from workflows.reports import ReportState
from workflows.tasks import TaskState
from workflows.wording import N_, LabelledEnum

KINDS = {
    "directive": N_("Văn bản chỉ đạo"),
    "clause": N_("Khoản, mục của văn bản"),
    "task": N_("Nhiệm vụ"),
    "followed_target": N_("Chỉ tiêu"),
    "report": N_("Báo cáo"),
    "review": N_("Sơ kết, tổng kết"),
    "official_document": N_("Văn bản của văn phòng"),
    "attachment": N_("Tệp đính kèm"),
    "comment": N_("Ý kiến trao đổi"),
    "unit": N_("Đơn vị"),
    "person": N_("Người dùng"),
}

STATES: dict[str, type[LabelledEnum]] = {
    "directive": DirectiveState,
    "task": TaskState,
    "report": ReportState,
    "official_document": DocumentState,
}

SOURCES: dict[str, Source[Any]] = {
    "directive": DIRECTIVE,
    "clause": CLAUSE,
    "task": TASK,
    "followed_target": TARGET,
    "report": REPORT,
    "review": REVIEW,
    "official_document": DOCUMENT,
    "attachment": ATTACHMENT,
    "comment": COMMENT,
    "unit": UNIT,
    "person": PERSON,
}
