"""The answer to an address: a page of a template, or a sheet."""

from typing import Any

from flask import g, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select

from webapp.listing.declaring import Listing, Row
from webapp.listing.page import is_long
from webapp.listing.reading import count, read_all, read_page
from webapp.runtime import session, today
from webapp.sheet_writing import being_written, followed
from webapp.sheets import XLSX, SheetColumn, refuse_too_long, xlsx


def answer(
    listing: Listing[Row], statement: Select[Any], template: str, **context: Any
) -> ResponseReturnValue:
    """The list as the address wants it: a page of the template (as `page`), or a sheet."""
    if request.args.get("format") == "xlsx":
        return sheet(listing, statement)
    page = read_page(session(), listing, statement, request.args)
    return render_template(template, page=page, **context)


def sheet(listing: Listing[Row], statement: Select[Any]) -> ResponseReturnValue:
    """All rows that meet the conditions of the address, with the shown columns, as xlsx.

    A few are written at once; for many there is a page that has a worker asked.
    """
    asked, title = listing.asked(request.args), gettext(listing.title)
    total = count(session(), asked, statement)
    refuse_too_long(total)
    if is_long(total) and being_written() is None:
        g.sheet_only_offered = True
        return render_template("sheets/order.html", title=title, total=total)
    columns = [SheetColumn(gettext(c.label), c.width, c.places) for c in asked.columns]
    found = followed(title, total, read_all(session(), asked, statement))
    file = xlsx(title, columns, ([c.sheet_value(row) for c in asked.columns] for row in found))
    return send_file(file, XLSX, as_attachment=True, download_name=f"{listing.name}-{today()}.xlsx")


def only_offered() -> bool:
    """Does the answer only offer to have a long sheet written? No row of it is shown yet."""
    return "sheet_only_offered" in g
