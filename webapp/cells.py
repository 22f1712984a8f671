"""The cells of lists as HTML: drawn here and not by macros, since a page has hundreds of them."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from flask_babel import gettext
from markupsafe import Markup, escape

from webapp.badges import Badge
from webapp.words import day, moment, number, translated
from workflows.wording import LabelledEnum

# Filled in by %, which takes half the time of format().
LINK = Markup('<a href="%s">%s</a>')
STATE = Markup('<span class="state state-%s">%s</span>')
TIME = Markup('<time datetime="%s">%s</time>')
CELL = Markup('<td%s data-label="%s">')
END_OF_CELL = Markup("</td>\n")
NOTHING = Markup('<span class="none">–</span>')


def drawn(value: Any, places: int = 0, address: str | None = None) -> Markup:
    """Any value, leading to an address if there is one; figures with so many decimals."""
    inside = _inside(value, places)
    return LINK % (address, inside) if address else inside


def _inside(value: Any, places: int) -> Markup:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, LabelledEnum):
        return escape(translated(value.label))
    if isinstance(value, Badge):
        return _state(value)
    if isinstance(value, bool):
        return escape(gettext("có") if value else gettext("không"))
    if isinstance(value, int | float | Decimal):
        return escape(number(value, places))
    if isinstance(value, date):
        return TIME % (value.isoformat(), moment(value)) if isinstance(value, datetime) else _day(value)
    return escape(value)


# The same few states and days fill a whole list.
@lru_cache(maxsize=1_000)
def _state(badge: Badge) -> Markup:
    return STATE % (badge.tone.value, badge.word)


@lru_cache(maxsize=1_000)
def _day(value: date) -> Markup:
    return TIME % (value.isoformat(), day(value))
