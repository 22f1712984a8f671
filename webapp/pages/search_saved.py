"""Tra cứu, continued: searches kept under a name, opened again for what is new."""

from urllib.parse import parse_qsl, urlencode

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import asked_id, fetch, guarded, me
from webapp.errors import said
from webapp.forms.base import refusal_of
from webapp.pages.search import blueprint as search_pages
from webapp.runtime import now, session, today
from webapp.search_address import page_number
from webapp.search_shelf import page_of
from workflows import saved_searches
from workflows.errors import DomainError
from workflows.organisations import Unit
from workflows.permissions import Permission
from workflows.saved_searches import SavedSearch


@search_pages.get("/saved")
@guarded(Permission.OWN_ACCOUNT)
def saved() -> str:
    """The saved searches: open, rename, share, delete."""
    posts = me().own_appointments_on(today())
    units = list(dict.fromkeys(post.unit for post in posts))
    number = page_number(request.args)
    shelf, more = page_of(number)
    return render_template("search/saved.html", shelf=shelf, units=units, number=number, more=more)


@search_pages.post("/saved")
@guarded(Permission.OWN_ACCOUNT)
def save() -> ResponseReturnValue:
    """Keep the search of the page under a name."""
    address = saved_searches.kept_address(request.form.items(multi=True))
    name = request.form.get("name", "")
    refusal = refusal_of(
        lambda: saved_searches.save(session(), me(), name=name, address=address, by=me(), at=now())
    )
    _say(refusal, gettext("Đã lưu tìm kiếm. Lần sau mở ở trang Việc của tôi hoặc mục Tra cứu."))
    return redirect(_results(address))


@search_pages.post("/saved/<int:saved_id>/open")
@guarded(Permission.OWN_ACCOUNT)
def open_saved(saved_id: int) -> ResponseReturnValue:
    """Go to the results, all or the new ones; from now on only what comes later is new."""
    kept = saved_searches.reachable(session(), saved_id, me(), on=today()) or abort(404)
    saved_searches.note_visit(session(), kept.search, me(), at=now())
    since = {"since": kept.new_since.isoformat()} if "new" in request.form else {}
    return redirect(_results(kept.search.address, **since), 303)


@search_pages.post("/saved/<int:saved_id>/rename")
@guarded(Permission.OWN_ACCOUNT)
def rename_saved(saved_id: int) -> ResponseReturnValue:
    """Call it otherwise."""
    search, name = _own(saved_id), request.form.get("name", "")
    refusal = refusal_of(lambda: saved_searches.rename(session(), search, name=name, by=me(), at=now()))
    return _after(refusal, gettext("Đã đổi tên."))


@search_pages.post("/saved/<int:saved_id>/share")
@guarded(Permission.OWN_ACCOUNT)
def share_saved(saved_id: int) -> ResponseReturnValue:
    """Let a unit of one's own use it too, or no longer."""
    search = _own(saved_id)
    chosen = asked_id(request.form, "unit_id")
    unit = session().get(Unit, chosen) or abort(404) if chosen else None
    refusal = refusal_of(lambda: saved_searches.share(session(), search, unit=unit, by=me(), at=now()))
    return _after(refusal, gettext("Đã ghi nhận."))


@search_pages.post("/saved/<int:saved_id>/delete")
@guarded(Permission.OWN_ACCOUNT)
def delete_saved(saved_id: int) -> ResponseReturnValue:
    """Keep it no longer."""
    search = _own(saved_id)
    refusal = refusal_of(lambda: saved_searches.delete(session(), search, by=me(), at=now()))
    return _after(refusal, gettext("Đã xoá tìm kiếm."))


def _own(saved_id: int) -> SavedSearch:
    return fetch(SavedSearch, saved_id, Permission.OWN_ACCOUNT)


def _after(refusal: DomainError | None, done: str) -> Response:
    _say(refusal, done)
    return redirect(url_for("search.saved"))  # type: ignore[return-value]


def _say(refusal: DomainError | None, done: str) -> None:
    flash(said(refusal) if refusal else done, "danger" if refusal else "success")


def _results(address: str, **further: str) -> str:
    """The page of results at a kept address."""
    arguments = urlencode([*parse_qsl(address), *further.items()])
    return f"{url_for('search.index')}?{arguments}"
