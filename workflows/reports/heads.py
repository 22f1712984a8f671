"""What stands around a form outside the pages: on paper, on the cover of its workbook, in names of files."""

import re
import unicodedata

from workflows.calendar import LOCAL_ZONE
from workflows.regimes import Obligation
from workflows.regimes.forms import Form, read
from workflows.reports.models import Edition, Report
from workflows.reports.paper import Heads
from workflows.reports.sheets import Facts

ADVICE = (
    "Chỉ điền các ô màu vàng trên các trang sau; các ô khác được khoá. Số liệu kỳ trước ghi bên cạnh.",
    "Không phát sinh số liệu thì ghi 0; chưa có số liệu thì để trống và ghi lý do ở trang Ghi chú.",
    "Khi dán, chọn “Dán giá trị”. Không dán công thức, không thêm bớt dòng, cột, không đổi tên trang.",
    "Điền xong, lưu tệp rồi gửi tại trang của báo cáo. Xem trước các thay đổi rồi mới ghi vào báo cáo.",
)


def form_of(obligation: Obligation) -> Form:
    """The form in the version this obligation asks by."""
    return read(obligation.form_version.definition)


def heads_of(obligation: Obligation, report: Report | None, edition: Edition | None = None) -> Heads:
    """Unit, period, state and edition, for the paper; without a report the paper says neither."""
    return Heads(
        unit=obligation.unit.name,
        period=_period(obligation),
        standing=_standing(report, edition),
        writer=report.changed_by.full_name if report else "",
        head=report.signed_off_by.full_name if report and report.signed_off_by else "",
    )


def cover_of(obligation: Obligation) -> Facts:
    """The cover of the workbook."""
    lines = [
        ("Đơn vị", obligation.unit.name),
        ("Chế độ báo cáo", obligation.regime.name),
        ("Kỳ báo cáo", _period(obligation)),
        ("Hạn nộp", f"{obligation.due_on:%d/%m/%Y}"),
        ("Biểu", obligation.form_version.label),
    ]
    return Facts(form_of(obligation).title, lines, ADVICE)


def file_stem(obligation: Obligation) -> str:
    """The name of its files without the ending: `BC-2026-Q4-DU-AN-BINH-41`."""
    plain = unicodedata.normalize("NFD", obligation.unit.code.replace("Đ", "D").replace("đ", "d"))
    code = re.sub(r"[^A-Za-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    return f"BC-{obligation.period}-{code}-{obligation.id}"


def _period(obligation: Obligation) -> str:
    span = f"số liệu từ {obligation.first_day:%d/%m/%Y} đến {obligation.last_day:%d/%m/%Y}"
    return f"{obligation.span.label} ({span})"


def _standing(report: Report | None, edition: Edition | None) -> str:
    if report is None:
        return ""
    newest = edition or (report.editions[-1] if report.editions else None)
    state = f"bản nộp lần {edition.number}" if edition else report.state.label
    if newest is None:
        return state
    at = newest.submitted_at.astimezone(LOCAL_ZONE)
    number = "" if edition else f", bản nộp lần {newest.number}"
    return f"{state}{number}, ngày {at:%d/%m/%Y}"
