"""Thông báo: what a person was told, read and unread; each leads to its thing as long as it may be seen."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from webapp import listing, navigation
from webapp.access import guarded, may_anywhere, me
from webapp.badges import Badge, Tone
from webapp.filters import Days, Flag, Options
from webapp.listing import Column, Listing, View
from webapp.runtime import now, runtime, session, today
from webapp.things import address_of
from webapp.words import there_with, words
from workflows import reminders
from workflows.people import Person
from workflows.permissions import Permission
from workflows.reminders import REMINDERS, Notice, NoticeKind
from workflows.wording import N_

blueprint = Blueprint("notices", __name__, url_prefix="/notices")

TONES = {
    NoticeKind.BEFORE: Tone.SOON,
    NoticeKind.DUE: Tone.SOON,
    NoticeKind.OVERDUE: Tone.LATE,
    NoticeKind.ESCALATED: Tone.LATE,
    NoticeKind.COMMITTEE: Tone.LATE,
    NoticeKind.URGED: Tone.LATE,
    NoticeKind.RETURNED: Tone.LATE,
    NoticeKind.ASKED: Tone.WAITING,
    NoticeKind.LETTER: Tone.WAITING,
}


def kind_badge(notice: Notice) -> Badge:
    """Why somebody was told, in colour and word."""
    return Badge(words(notice.kind), TONES.get(notice.kind, Tone.IDLE))


def notice_list() -> Listing[Any]:
    """What the signed-in person was told; rows are (notice, name of the thing)."""
    return Listing(
        name="thong-bao",
        title=N_("Thông báo"),
        columns=(
            Column("kind", N_("Lý do"), lambda row: kind_badge(row[0])),
            Column("title", N_("Nội dung"), said_title, address=_opened, width=70),
            Column("words", N_("Ghi chú"), lambda row: row[0].words, width=40),
            Column("deadline", N_("Thời hạn"), _deadline, sort=Notice.deadline),
            Column("made", N_("Lúc"), lambda row: row[0].made_at, sort=Notice.made_at),
        ),
        filters=(
            Options.of("kind", N_("Lý do"), NoticeKind, Notice.kind),
            Days("made", N_("Ngày"), Notice.made_at, is_instant=True),
            Flag("unread", N_("Chưa đọc"), lambda: Notice.read_at.is_(None)),
        ),
        views=(
            View("all", N_("Tất cả")),
            View("unread", N_("Chưa đọc"), {"unread": "1"}),
            View("reminders", N_("Nhắc việc"), {"kind": sorted(REMINDERS)}),
        ),
        sort="-made",
    )


def said_title(row: Any) -> str:
    """The name of the thing a line is about."""
    return reminders.in_words(row[0].subject_kind, row[1])


def _opened(row: Any) -> str:
    return url_for("notices.open_notice", notice_id=row[0].id)


def _deadline(row: Any) -> date | None:
    return row[0].deadline if row[0].kind in REMINDERS else None


@navigation.waiting(navigation.NOTICES)
def waiting(person: Person, on: date) -> Select[int]:
    """How many notices the person has not read."""
    return reminders.unread(person, on=on)


@blueprint.get("/")
@guarded(Permission.OWN_ACCOUNT)
def index() -> ResponseReturnValue:
    """Everything the person was told and may still see."""
    statement = reminders.told(me(), on=today()).options(joinedload(Notice.by))
    manages = may_anywhere(Permission.REMINDERS_MANAGE)
    return listing.answer(notice_list(), statement, "notices/index.html", manages=manages)


@blueprint.get("/<int:notice_id>")
@guarded(Permission.OWN_ACCOUNT)
def open_notice(notice_id: int) -> ResponseReturnValue:
    """Go to what a notice is about; it is read then."""
    notice = session().get(Notice, notice_id)
    if notice is None or notice.person_id != me().id:
        abort(404)
    address = address_of(notice.subject_kind, notice.subject_id)
    if notice.read_at is None:
        # Looking takes no write lock; that it was read is noted beside it.
        with runtime().unit_of_work() as beside:
            reminders.mark_read(beside, me(), [notice_id], at=now())
    return redirect(address)


@blueprint.get("/of/<kind>/<int:subject_id>")
@guarded(Permission.OWN_ACCOUNT)
def thing(kind: str, subject_id: int) -> ResponseReturnValue:
    """The page of a thing that a calendar, a mail or a list of notices speaks of."""
    return redirect(address_of(kind, subject_id))


@blueprint.post("/read")
@guarded(Permission.OWN_ACCOUNT)
def read() -> ResponseReturnValue:
    """Mark the chosen notices, or all the filter finds, as read."""
    asked = notice_list().asked(request.args)
    chosen = asked.chosen(reminders.told(me(), on=today()), request.form)
    ids = [notice.id for notice, _ in session().execute(chosen)]
    reminders.mark_read(session(), me(), ids, at=now())
    flash(gettext("Đã đánh dấu %(count)s thông báo là đã đọc.", count=len(ids)), "success")
    return redirect(there_with(url_for("notices.index")))
