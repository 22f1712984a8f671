"""Filters and helpers for templates: dates, numbers and states as the office writes them."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode

from flask import Flask, request
from flask_babel import gettext
from markupsafe import Markup

from webapp import access, language, runtime
from workflows.calendar import LOCAL_ZONE
from workflows.permissions import Permission
from workflows.wording import LabelledEnum, Phrase

VIETNAMESE_MARKS = str.maketrans(",.", ".,")


def day(value: date | datetime | None) -> str:
    """dd/mm/yyyy on the office's calendar; a dash for none."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = value.astimezone(LOCAL_ZONE).date()
    return f"{value:%d/%m/%Y}"


def moment(value: datetime | None) -> str:
    """HH:MM dd/mm/yyyy on the office's clock; a dash for none."""
    return "–" if value is None else f"{value.astimezone(LOCAL_ZONE):%H:%M %d/%m/%Y}"


def number(value: int | float | Decimal | None, places: int = 0) -> str:
    """1.234,5 as Vietnamese offices write numbers, halves rounded up as on paper; a dash for none."""
    if value is None:
        return "–"
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}".translate(VIETNAMESE_MARKS)


def percent(value: float | Decimal | None, places: int = 1) -> str:
    """A share (0..1) as a percentage."""
    return "–" if value is None else number(float(value) * 100, places) + " %"


def words(value: LabelledEnum | None) -> str:
    """The label of an enumeration's member in the language of the page."""
    return "–" if value is None else str(gettext(value.label))


def in_words(phrase: Phrase) -> str:
    """A phrase with its figures, in the language of the page."""
    return str(gettext(phrase.message, **phrase.params))


def inside(words_: str) -> str:
    """Words as they stand inside a sentence: no capital, but for abbreviations."""
    return words_[:1].lower() + words_[1:] if words_[1:2].islower() else words_


def translated(message: str) -> str:
    """A Vietnamese message held by a variable, in the language of the page.

    Templates use this and not gettext(), which there takes every % for a place to fill in.
    """
    return str(gettext(message))


def here_with(**changes: Any) -> str:
    """The address of this page with some query arguments changed (None removes one)."""
    return there_with(request.path, **changes)


def there_with(address: str, /, **changes: Any) -> str:
    """An address with the query arguments of this page, some of them changed (None removes one)."""
    arguments: dict[str, Any] = {**request.args.to_dict(flat=False), **changes}
    kept = {name: value for name, value in arguments.items() if value not in (None, "", [], [""])}
    # Not by url_for, which takes arguments called _scheme, endpoint or as a part of its path for its own.
    return f"{address}?{urlencode(kept, doseq=True)}" if kept else address


def lines(value: str) -> Markup:
    """Text with its line breaks kept, escaped."""
    return Markup("<br>").join(value.splitlines())


def init_app(app: Flask) -> None:
    """Give templates their filters and helpers."""
    for filter_ in (day, moment, number, percent, words, in_words, inside, translated, lines):
        app.add_template_filter(filter_)
    app.context_processor(
        lambda: {
            "me": access.me,
            "may": access.may,
            "may_anywhere": access.may_anywhere,
            "Permission": Permission,
            "now": runtime.now,
            "today": runtime.today,
            "here_with": here_with,
            "there_with": there_with,
            "chosen_language": language.chosen(),
        }
    )
