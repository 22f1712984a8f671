"""Tra cứu, continued: what is done with the ticked hits or with all that was found."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from search_index import Entry, Unavailable
from webapp.access import guarded
from webapp.pages.notices_urging import look_at
from webapp.pages.search import asked, state_words, still_visible, tokens, vocabulary
from webapp.pages.search import blueprint as search_pages
from webapp.runtime import runtime, session, today
from webapp.sheets import XLSX, SheetColumn, xlsx
from webapp.words import there_with
from workflows import entries
from workflows.permissions import Permission
from workflows.wording import N_

BATCH = 500
MOST_REMINDED = 500
SHEET = (
    SheetColumn(N_("Loại nội dung"), 18),
    SheetColumn(N_("Số, ký hiệu"), 18),
    SheetColumn(N_("Nội dung"), 80),
    SheetColumn(N_("Thuộc"), 60),
    SheetColumn(N_("Cơ quan, đơn vị"), 40),
    SheetColumn(N_("Ngày"), 12),
    SheetColumn(N_("Trạng thái"), 22),
    SheetColumn(N_("Thời hạn"), 12),
)


@search_pages.get("/sheet")
@guarded(Permission.OWN_ACCOUNT)
def sheet() -> ResponseReturnValue:
    """The ticked hits as a sheet, or all that the search finds."""
    columns = [replace(column, label=gettext(column.label)) for column in SHEET]
    file = xlsx(gettext("Tra cứu"), columns, map(_line, _entries(_chosen() or _found())))
    return send_file(file, XLSX, as_attachment=True, download_name=f"tra-cuu-{today()}.xlsx")


@search_pages.get("/remind")
@guarded(Permission.TASK_DECIDE)
def remind() -> ResponseReturnValue:
    """Whom an urging about the chosen tasks would reach; nothing leaves yet."""
    chosen = [id_ for kind, id_ in map(entries.split_key, _chosen()) if kind == "task"]
    if not chosen:
        flash(gettext("Chưa chọn nhiệm vụ nào. Chọn kết quả là nhiệm vụ rồi bấm Đôn đốc."), "warning")
        return redirect(there_with(url_for("search.index"), ids=None, all=None))
    if len(chosen) > MOST_REMINDED:
        message = gettext(
            "Chỉ đôn đốc %(most)s nhiệm vụ đầu tiên mỗi lần; lọc hẹp lại để đôn đốc phần còn lại.",
            most=MOST_REMINDED,
        )
        flash(message, "warning")
    return look_at("task", chosen[:MOST_REMINDED])


def _found() -> list[str]:
    """The keys of all that the search finds, in its order."""
    try:
        return runtime().index.find_keys(asked(), visible_to=tokens(), vocabulary=vocabulary())
    except Unavailable:
        abort(503)


def _chosen() -> list[str]:
    """Of the found keys all, if so asked, or the ticked ones."""
    if request.args.get("all") == "1":
        return _found()
    ticked = set(request.args.getlist("ids"))
    return [key for key in _found() if key in ticked] if ticked else []


def _entries(keys: list[str]) -> Iterator[Entry]:
    """The things behind the keys as the database has them now, in the order of the keys."""
    for start in range(0, len(keys), BATCH):
        seen = still_visible(keys[start : start + BATCH])
        found = entries.of_keys(session(), seen)
        yield from (found[key] for key in keys[start : start + BATCH] if key in found)


def _line(entry: Entry) -> list[Any]:
    kind = gettext(entries.KINDS[entry.kind])
    said = [kind, entry.number, entry.title, entry.within, entry.issuer, entry.date]
    return [*said, state_words(entry), entry.deadline]
