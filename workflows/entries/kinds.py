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
from workflows.entries.source import Source
from workflows.entries.tasks import TASK
from workflows.reports import ReportState
from workflows.tasks import TaskState
from workflows.wording import N_, LabelledEnum

KINDS = {
    "directive": N_("Văn bản chỉ đạo"),
    "clause": N_("Khoản, mục của văn bản"),
    "task": N_("Nhiệm vụ"),
    "report": N_("Báo cáo"),
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
    "report": REPORT,
    "official_document": DOCUMENT,
    "attachment": ATTACHMENT,
    "comment": COMMENT,
    "unit": UNIT,
    "person": PERSON,
}
