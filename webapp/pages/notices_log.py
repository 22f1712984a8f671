"""Thông báo, continued: what left, to whom, when; what did not and why; what is reported upwards."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp import listing
from webapp.access import guarded, me, own_office
from webapp.badges import Badge, Tone
from webapp.filters import Days, Flag, Options, Words
from webapp.forms.base import OfficeForm, attempt
from webapp.listing import Column, Listing, View
from webapp.pages.notices import blueprint as notices
from webapp.pages.notices import kind_badge, said_title
from webapp.pages.notices_ladders import office_of_mine
from webapp.runtime import now, session, today
from webapp.words import there_with, words
from workflows import reminders
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.reminders import Mail, MailState, Notice, NoticeKind
from workflows.wording import N_

TONES = {
    MailState.SENT: Tone.GOOD,
    MailState.QUEUED: Tone.WAITING,
    MailState.SENDING: Tone.WAITING,
    MailState.FAILED: Tone.SOON,
    MailState.UNCERTAIN: Tone.SOON,
    MailState.ABANDONED: Tone.LATE,
}
PROBLEMS = [state.value for state in (MailState.FAILED, MailState.ABANDONED, MailState.UNCERTAIN)]


def log_list() -> Listing[Any]:
    """What was told to anybody; rows are (notice, name of the thing)."""
    return Listing(
        name="nhat-ky-nhac-viec",
        title=N_("Nhật ký nhắc việc"),
        columns=(
            Column("made", N_("Lúc"), lambda row: row[0].made_at, sort=Notice.made_at),
            Column("person", N_("Người nhận"), lambda row: row[0].person.full_name, sort=Person.full_name),
            Column("kind", N_("Lý do"), lambda row: kind_badge(row[0])),
            Column("title", N_("Nội dung"), said_title, address=_thing, width=60),
            Column("number", N_("Lần nhắc"), _number, numeric=True),
            Column("mail", N_("Thư điện tử"), _mail_state),
            Column("sent", N_("Thư gửi lúc"), lambda row: row[0].mail and row[0].mail.sent_at, shown=False),
            Column("attempts", N_("Số lần thử"), _attempts, numeric=True, shown=False),
            Column("reason", N_("Vì sao chưa gửi được"), _reason, width=40, shown=False),
        ),
        filters=(
            Options.of("kind", N_("Lý do"), NoticeKind, Notice.kind),
            Options.of("mail", N_("Thư điện tử"), MailState, Mail.state),
            Flag("by_mail", N_("Có thư"), lambda: Notice.mail_id.is_not(None)),
            Words("person", N_("Người nhận"), (Person.full_name, Person.email)),
            Days("made", N_("Ngày"), Notice.made_at, is_instant=True),
        ),
        views=(
            View("all", N_("Tất cả")),
            View("mails", N_("Qua thư"), {"by_mail": "1"}),
            View("problems", N_("Thư chưa tới"), {"mail": PROBLEMS}),
        ),
        sort="-made",
    )


def _thing(row: Any) -> str:
    return url_for("notices.thing", kind=row[0].subject_kind, subject_id=row[0].subject_id)


def _number(row: Any) -> int | None:
    return row[0].number or None


def _mail_state(row: Any) -> Badge | str:
    mail = row[0].mail
    if mail is not None:
        return Badge(words(mail.state), TONES[mail.state])
    return gettext("chờ vào thư") if row[0].to_mail else gettext("trong ứng dụng")


def _attempts(row: Any) -> int | None:
    return row[0].mail.attempts if row[0].mail else None


def _reason(row: Any) -> str:
    return gettext(row[0].mail.reason) if row[0].mail and row[0].mail.reason else ""


@notices.get("/log")
@guarded(Permission.REMINDERS_MANAGE)
def log() -> ResponseReturnValue:
    """Everything that was told about what the person may see."""
    return listing.answer(log_list(), reminders.log_for(me(), on=today()), "notices/log.html")


@notices.post("/log/resend")
@guarded(Permission.REMINDERS_MANAGE)
def resend() -> ResponseReturnValue:
    """Try the mails of the chosen lines again, as far as they did not leave."""
    chosen = log_list().asked(request.args).chosen(reminders.log_for(me(), on=today()), request.form)
    mails = {
        n.mail_id: n.mail for n, _ in session().execute(chosen) if n.mail and n.mail.state.value in PROBLEMS
    }
    for mail in mails.values():
        reminders.resend(session(), office_of_mine(), mail=mail, by=me(), at=now())
    flash(gettext("Sẽ gửi lại %(count)s thư trong ít phút tới.", count=len(mails)), "success")
    return redirect(there_with(url_for("notices.log")))


def committee_list() -> Listing[Any]:
    """What is so late that the standing committee is told; rows are (notice, name, unit)."""
    return Listing(
        name="bao-cao-thuong-truc",
        title=N_("Danh sách báo cáo Thường trực"),
        columns=(
            Column("title", N_("Nội dung"), said_title, address=_thing, width=70),
            Column("unit", N_("Đơn vị"), lambda row: row[2], sort=Unit.path, width=36),
            Column("deadline", N_("Thời hạn"), lambda row: row[0].deadline, sort=Notice.deadline),
            Column("since", N_("Đưa vào danh sách"), lambda row: row[0].made_at, sort=Notice.made_at),
        ),
        filters=(Days("deadline", N_("Thời hạn"), Notice.deadline),),
        sort="deadline",
    )


@notices.get("/committee")
@guarded(Permission.REMINDERS_MANAGE)
def committee() -> ResponseReturnValue:
    """What the leaders report to the standing committee."""
    return listing.answer(
        committee_list(), reminders.for_committee(me(), on=today()), "notices/committee.html"
    )


@notices.post("/committee/report")
@guarded(Permission.DOCUMENT_DRAFT)
def report_to_committee() -> ResponseReturnValue:
    """Draft the paper that lays the list before the standing committee, and open it."""
    form = OfficeForm()
    with attempt(form) as tried:
        document = reminders.report_to_committee(session(), own_office(), by=me(), at=now())
    if tried.succeeded:
        flash(gettext("Đã lấy danh mục vào dự thảo báo cáo. Kiểm tra, bổ sung rồi trình duyệt."), "success")
        return redirect(url_for("documents.edit", document_id=document.id))
    flash(" ".join(form.form_errors), "warning")
    return redirect(url_for("notices.committee"))
