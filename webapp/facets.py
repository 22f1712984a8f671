"""What a search can be narrowed by: facets with values, counts, and addresses that switch them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from flask_babel import gettext
from sqlalchemy import select

from search_index import Results
from webapp.runtime import session
from webapp.words import here_with
from workflows import entries
from workflows.directives.reading.types import NAMES
from workflows.organisations import Unit
from workflows.wording import N_

FACETS = {
    "kind": N_("Loại nội dung"),
    "type": N_("Loại văn bản"),
    "state": N_("Trạng thái"),
    "year": N_("Năm"),
    "unit": N_("Đơn vị"),
}
SHOWN_VALUES = 8


@dataclass(frozen=True)
class FacetValue:
    """One value to narrow by: its words, how many hits, and the address with it switched."""

    words: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet and its values, the most frequent ones apart from the others."""

    title: str
    values: list[FacetValue]

    @property
    def first(self) -> list[FacetValue]:
        """The values shown at once: what is chosen and what is frequent."""
        return self.values[:SHOWN_VALUES]

    @property
    def further(self) -> list[FacetValue]:
        """The values shown on request."""
        return self.values[SHOWN_VALUES:]


def facets_of(results: Results) -> list[Facet]:
    """Every facet that has more than nothing to offer."""
    facets = [
        Facet(gettext(title), _values(name, results.facets.get(name, {}))) for name, title in FACETS.items()
    ]
    return [facet for facet in facets if facet.values]


def _values(name: str, counts: Mapping[str, int]) -> list[FacetValue]:
    chosen = list(dict.fromkeys(request.args.getlist(name)))
    words = _words(name, [*chosen, *counts])
    ranked = sorted(words, key=lambda value: (value not in chosen, -counts.get(value, 0), words[value]))
    return [
        FacetValue(words[value], counts.get(value, 0), _switched(name, value, chosen), value in chosen)
        for value in ranked
    ]


def _switched(name: str, value: str, chosen: list[str]) -> str:
    others = [other for other in chosen if other != value]
    return here_with(**{name: others if value in chosen else [*chosen, value], "page": None})


def _words(name: str, values: list[str]) -> dict[str, str]:
    """Value → its words, for the values that mean something."""
    if name == "unit":
        ids = [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 10]
        found = session().execute(select(Unit.id, Unit.short_name).where(Unit.id.in_(ids)))
        return {str(id_): short_name for id_, short_name in found}
    if name == "year":
        return {value: value for value in values if value.isascii() and value.isdigit()}
    labels = {"kind": entries.KINDS, "type": type_names(), "state": state_names()}[name]
    return {value: gettext(labels[value]) for value in values if value in labels}


def type_names() -> dict[str, str]:
    """Abbreviation of a type of paper → its usual name."""
    return {abbreviation: names[0] for abbreviation, names in NAMES.items()}


def state_names() -> dict[str, str]:
    """State → its words, of the kinds looked at; where kinds share a state the first one's words serve."""
    kinds = request.args.getlist("kind")
    looked_at = [entries.STATES[kind] for kind in kinds if kind in entries.STATES] or entries.STATES.values()
    return {state.value: state.label for states in reversed([*looked_at]) for state in states}
