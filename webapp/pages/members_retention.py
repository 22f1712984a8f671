"""Hết thời hạn lưu: whose personal data the register need keep no longer, and their erasure."""

from dataclasses import replace

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from webapp import listing
from webapp.access import guarded, me
from webapp.forms.base import attempt
from webapp.forms.members import ReasonForm
from webapp.listing import Listing
from webapp.pages.members import blueprint as member_pages
from webapp.pages.members import member_list
from webapp.pages.members_reading import note_list
from webapp.runtime import now, session, today
from webapp.words import there_with
from workflows.members import Membership, personal_data
from workflows.permissions import Permission
from workflows.wording import N_

MOST_AT_ONCE = 500
COLUMNS = ("name", "born", "branch", "unit", "state", "since")


def retention_list() -> Listing[Membership]:
    """The list of members, as far as somebody deciding on erasure needs it; the longest gone first."""
    usual = member_list()
    columns = tuple(replace(column, shown=column.key in COLUMNS) for column in usual.columns)
    return replace(
        usual,
        name="het-thoi-han-luu",
        title=N_("Hết thời hạn lưu"),
        columns=columns,
        filters=tuple(each for each in usual.filters if each.key in ("words", "unit", "since")),
        views=(),
        sort="since",
        counted_to=None,
    )


@member_pages.get("/retention")
@guarded(Permission.MEMBERS_MANAGE)
def retention() -> ResponseReturnValue:
    """Everybody whose time is over, in the registers the person keeps."""
    return _page()


def _page(refused: ReasonForm | None = None) -> ResponseReturnValue:
    over = personal_data.past_retention(session(), me(), on=today())
    answer = listing.answer(
        retention_list(), over, "members/retention.html", refused=refused, most=MOST_AT_ONCE
    )
    note_list(None)
    return answer


@member_pages.post("/retention")
@guarded(Permission.MEMBERS_MANAGE)
def erase_over() -> ResponseReturnValue:
    """Forget those that were chosen; every one of them leaves its line in the trail."""
    over = personal_data.past_retention(session(), me(), on=today())
    chosen = retention_list().asked(request.args).chosen(over, request.form).limit(MOST_AT_ONCE)
    gone, form = session().scalars(chosen).all(), ReasonForm()
    with attempt(form) as tried:
        for membership in gone:
            reason = form.reason.data or ""
            personal_data.erase(session(), membership.member, reason=reason, by=me(), at=now())
    if not tried.succeeded:
        answer = _page(form)
        return (answer, tried.status) if isinstance(answer, str) else answer
    if gone:
        said = ngettext("Đã xoá dữ liệu của %(num)s người.", "Đã xoá dữ liệu của %(num)s người.", len(gone))
        flash(said, "success")
    else:
        flash(gettext("Chưa chọn ai. Đánh dấu các dòng cần xoá rồi thực hiện lại."), "warning")
    return redirect(there_with(url_for("members.retention")))
