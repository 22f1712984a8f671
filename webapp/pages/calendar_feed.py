"""Lịch riêng: the deadlines of a person as a calendar that telephones and mail programs read (iCalendar).

The address is the key: whoever has it reads the titles and days, nothing more. It is kept hashed, and renewed
or closed by its owner.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Blueprint, Response, abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from webapp.access import public
from webapp.runtime import now, runtime, session, today
from workflows import reminders
from workflows.reminders import Entry

blueprint = Blueprint("calendar_feed", __name__)

# Nine in the morning of the day before: what has no hour begins at midnight.
ALARM = timedelta(hours=-15)
REFRESH = timedelta(hours=4)


@blueprint.get("/calendar/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """The calendar behind a private address; 404 for one that is no more."""
    owner = reminders.owner(session(), token)
    if owner is None:
        abort(404)
    with force_locale("vi"):
        content = as_icalendar(reminders.entries(session(), owner, on=today()), now())
    answer = Response(content, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'inline; filename="don-doc.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def as_icalendar(entries: Sequence[Entry], at: datetime) -> bytes:
    """The entries as a calendar of whole days, each with an alarm and a name that never changes."""
    # Reads its whole database of time zones at import, which only this page needs.
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", "-//dondoc//dondoc//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", gettext("Đôn Đốc – thời hạn"))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.kind}-{entry.id}@dondoc")
        event.add("dtstamp", at)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        title = _plain(entry.title)
        event.add("summary", gettext("Hạn: %(title)s", title=title))
        event.add("url", _address(entry))
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", ALARM)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _plain(title: str) -> str:
    """One line without control characters, which RFC 5545 (3.3.11) forbids and one of which spoils it all."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in title).split())


def _address(entry: Entry) -> str:
    path = url_for("notices.thing", kind=entry.kind, subject_id=entry.id)
    return runtime().settings.public_url + path
