"""Thông báo, continued: how a person wants to be told, and the private address of their calendar."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import guarded, me
from webapp.forms.base import attempt
from webapp.forms.notices import ChannelsForm
from webapp.pages.notices import blueprint as notices
from webapp.runtime import now, runtime, session
from workflows import reminders
from workflows.permissions import Permission


@notices.route("/settings", methods=["GET", "POST"])
@guarded(Permission.OWN_ACCOUNT)
def settings() -> ResponseReturnValue:
    """Choose the channels."""
    own = reminders.channels_of(session(), me())
    form = ChannelsForm(reminders=own.reminders.value, events=own.events.value)
    if form.validate_on_submit():
        with attempt(form) as tried:
            reminders.choose_channels(session(), me(), choices=form.choices(), by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã lưu cách nhận thông báo."), "success")
            return redirect(url_for("notices.settings"))
    return _page(form)


@notices.post("/feed")
@guarded(Permission.OWN_ACCOUNT)
def renew_feed() -> ResponseReturnValue:
    """A new private address, shown this once."""
    token = reminders.renew_feed(session(), me(), by=me(), at=now())
    feed = runtime().settings.public_url + url_for("calendar_feed.feed", token=token)
    own = reminders.channels_of(session(), me())
    form = ChannelsForm(formdata=None, reminders=own.reminders.value, events=own.events.value)
    return _page(form, feed=feed)


@notices.post("/feed/close")
@guarded(Permission.OWN_ACCOUNT)
def close_feed() -> ResponseReturnValue:
    """The address leads nowhere any more."""
    reminders.close_feed(session(), me(), by=me(), at=now())
    flash(gettext("Đã thu hồi địa chỉ lịch riêng. Lịch trên máy của bạn sẽ thôi cập nhật."), "success")
    return redirect(url_for("notices.settings"))


def _page(form: ChannelsForm, feed: str = "") -> ResponseReturnValue:
    html = render_template(
        "notices/settings.html",
        form=form,
        feed=feed,
        channels=reminders.channels_of(session(), me()),
        hours=reminders.hours_in_force(session()),
        can_mail=runtime().settings.smtp_url is not None,
    )
    return html, 422 if form.errors else 200
