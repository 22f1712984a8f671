"""Hệ thống: how the installation is, what waits and what failed, the index."""

import platform
from importlib.metadata import version

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp import health
from webapp.access import guarded, me
from webapp.badges import Badge, Tone
from webapp.health import Level
from webapp.pages.administration import blueprint as administration
from webapp.runtime import now, runtime, session
from workflows import administration as keeping
from workflows import aftermath
from workflows.organisations import roots
from workflows.permissions import Permission
from workflows.wording import N_

LEVELS = {
    Level.GOOD: (N_("tốt"), Tone.GOOD),
    Level.WARNING: (N_("nên sửa"), Tone.SOON),
    Level.FAILURE: (N_("hỏng"), Tone.LATE),
}
JOBS = {
    "rebuild-index": N_("lập lại chỉ mục tra cứu"),
    "check-index": N_("đối chiếu chỉ mục tra cứu"),
    "index": N_("cập nhật chỉ mục tra cứu"),
    "accept-reports": N_("tiếp nhận nhiều báo cáo"),
    "act-on-tasks": N_("xử lý nhiều nhiệm vụ"),
    "draw-document": N_("vẽ văn bản"),
    "draft-batch": N_("soạn loạt văn bản"),
    "check-roster": N_("kiểm tra danh sách đoàn viên, hội viên"),
    "take-in-roster": N_("nhập danh sách đoàn viên, hội viên"),
    "undo-roster": N_("hoàn tác lần nhập danh sách đoàn viên, hội viên"),
    "draft-reminder-letter": N_("soạn công văn đôn đốc"),
    "send-mail": N_("gửi thư nhắc"),
    "tell": N_("báo cho người liên quan"),
    "draw-batch": N_("vẽ loạt văn bản"),
    "compare-lists": N_("đối chiếu danh sách các tổ chức"),
    "count-round": N_("tính lại kết quả đối chiếu"),
    "read-attachment": N_("đọc tệp đính kèm"),
    "write-sheet": N_("lập bảng tải về"),
    "forget-file": N_("xoá tệp không còn dùng"),
    "verify-signatures": N_("kiểm tra chữ ký số"),
    "verify-signatures-again": N_("kiểm tra lại chữ ký số"),
}
PROGRAMS = ("Flask", "SQLAlchemy", "rq", "weasyprint")


@administration.get("/system")
@guarded(Permission.SYSTEM_VIEW)
def system() -> ResponseReturnValue:
    """Every check, the waiting jobs, the versions."""
    return render_template(
        "administration/system.html",
        findings=health.examine(runtime(), now()),
        badge_of=lambda finding: Badge(gettext(LEVELS[finding.level][0]), LEVELS[finding.level][1]),
        jobs=JOBS,
        backlog=aftermath.backlog(session()),
        versions=[("Python", platform.python_version()), *((name, version(name)) for name in PROGRAMS)],
    )


@administration.post("/system/rebuild-index")
@guarded(Permission.SYSTEM_VIEW)
def rebuild_index() -> ResponseReturnValue:
    """Everything filed anew, in the background."""
    keeping.rebuild_index(session(), roots(session())[0], by=me(), at=now())
    flash(gettext("Đang lập lại chỉ mục trong nền; trong lúc đó tra cứu vẫn dùng bản hiện có."), "success")
    return redirect(url_for("administration.system"))
