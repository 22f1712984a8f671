"""The measures and wording rules of official documents, as dated data: one TOML file a profile."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from document_templates.errors import DocumentError

DEFAULT = "party-2026"
CODES = ("party-2026", "party-2018", "state-2020", "front", "youth")


@dataclass(frozen=True)
class TextStyle:
    """How one component is set: sizes and pitch in points, indents in millimetres."""

    key: str
    name: str
    size: float
    sizes: tuple[float, float]
    bold: bool = False
    italic: bool = False
    underline: bool = False
    upper: bool = False
    align: Literal["left", "center", "right", "justify"] = "left"
    pitch: float = 18
    indent: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    keep: bool = False


@dataclass(frozen=True)
class Page:
    """A4 in millimetres; `ranges` gives what the rule allows for each margin."""

    top: float
    bottom: float
    left: float
    right: float
    number_from_top: float
    ranges: Mapping[str, tuple[float, float]]
    issuer_share: int
    width: float = 210
    height: float = 297

    def text_width(self, *, landscape: bool = False) -> float:
        """Millimetres between the margins."""
        return (self.height if landscape else self.width) - self.left - self.right


@dataclass(frozen=True)
class Separator:
    """What stands under a component: a text, or a solid line of a share of the component's length."""

    text: str = ""
    line: float = 0


@dataclass(frozen=True)
class Rules:
    """What a profile prescribes besides styles; patterns are for str.format, pitches in pt, indents in mm."""

    pitches: tuple[float, float]
    pitch_exact: bool
    indents: tuple[float, float]
    least_space: float
    comma_before_date: bool

    heading: tuple[str, ...]
    number: str
    letter_number: str
    letter_subject: str
    subject_capital: bool
    basis: str
    end_mark: str
    archive: str
    like_addressee: str
    submission_label: str
    appendix_numerals: Literal["arabic", "roman"]
    contact_page: Literal["first", "last"]
    post_bold: bool
    citation: str
    prefixes: Mapping[str, str]
    register: Literal["term", "year"]


@dataclass(frozen=True, eq=False)
class Profile:
    """One rule of form, with the days it is in force; one object a rule, so its drawings can be kept."""

    code: str
    name: str
    family: str
    rule: str
    since: date
    page: Page
    separators: Mapping[str, Separator]
    rules: Rules
    types: Mapping[str, str]
    styles: Mapping[str, TextStyle]
    until: date | None = None


@cache
def profile_for(code: str) -> Profile:
    """The profile with this code; a refusal naming the known ones if there is none."""
    if code not in CODES:
        raise DocumentError(
            "Không có thể thức “%(code)s”. Chọn một trong: %(known)s.", code=code, known=", ".join(CODES)
        )
    data = _read(code)
    return Profile(
        code=code,
        name=data["name"],
        family=data["family"],
        rule=data["rule"],
        since=data["since"],
        until=data.get("until"),
        page=_page(data["page"]),
        separators={place: Separator(**given) for place, given in data["separators"].items()},
        rules=_rules(data["rules"]),
        types=data["types"],
        styles={key: _style(key, given) for key, given in data["styles"].items()},
    )


def profile_in_force(family: str, day: date) -> Profile:
    """The profile of a family ("party", "state", "front", "youth") for documents dated `day`."""
    family_profiles = [profile for profile in map(profile_for, CODES) if profile.family == family]
    if not family_profiles:
        raise DocumentError("Không có thể thức nào thuộc loại “%(family)s”.", family=family)
    in_force = [p for p in family_profiles if p.since <= day and (p.until is None or day <= p.until)]
    return in_force[0] if in_force else min(family_profiles, key=lambda profile: profile.since)


def _read(code: str) -> dict[str, Any]:
    written = (files("document_templates.profiles") / f"{code}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(written)
    return _merged(_read(data["extends"]), data) if "extends" in data else data


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = {key: given for key, given in base.items() if key != "until"}
    for key, given in own.items():
        both = isinstance(given, dict) and isinstance(base.get(key), dict)
        merged[key] = _merged(base[key], given) if both else given
    return merged


def _page(data: dict[str, Any]) -> Page:
    ranges = {side: (low, high) for side, (low, high) in data["ranges"].items()}
    return Page(**{**data, "ranges": ranges})


def _rules(data: dict[str, Any]) -> Rules:
    pairs = {name: tuple(data[name]) for name in ("heading", "pitches", "indents")}
    return Rules(**{**data, **pairs})


def _style(key: str, data: dict[str, Any]) -> TextStyle:
    low, high = data.get("sizes", (data["size"], data["size"]))
    return TextStyle(**{**data, "key": key, "sizes": (low, high)})
