"""Styles kept from one document to the next, which WeasyPrint works out anew: a sixth of a letter's time."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import Any

from weasyprint.document import Document

MOST_KEPT = 2_000
_thread = threading.local()


class StyledAsBefore(Document):  # type: ignore[misc]
    """A drawing whose elements take the values worked out for their like in documents drawn before."""

    @classmethod
    def _build_layout_context(cls, html: Any, *given: Any) -> Any:
        context = super()._build_layout_context(html, *given)
        _take_over(context.style_for.get_computed_styles())
        return context


def _take_over(styles: dict[tuple[Any, str | None], Any]) -> None:
    """Fill styles, parents before children, from the first that had the same origin."""
    kept = _kept()
    numbers: dict[int, int] = {}
    for (_, pseudo_element), style in styles.items():
        if id(style) in numbers:
            continue
        origin = (numbers.get(id(style.parent_style)), pseudo_element, _declared(style))
        numbers[id(style)], first = kept.setdefault(origin, (len(kept), style))
        if first is not style:
            style.update(first)
            style.specified.update(first.specified)


def _kept() -> dict[Hashable, tuple[int, Any]]:
    """First styles by their origin, each with its number; of this thread, as its fonts are."""
    if len(getattr(_thread, "kept", ())) > MOST_KEPT:
        del _thread.kept
    if not hasattr(_thread, "kept"):
        _thread.kept = {}
    kept: dict[Hashable, tuple[int, Any]] = _thread.kept
    return kept


def _declared(style: Any) -> Hashable:
    return tuple((name, _comparable(value), weight) for name, (value, weight) in style.cascaded.items())


def _comparable(value: Any) -> Hashable:
    """The value, or which object it is: a kept style holds on to its values, so none takes its place."""
    try:
        hash(value)
    except TypeError:
        return id(value)
    return value  # type: ignore[no-any-return]
