"""The tree of bodies: one full province with its dissolved district, generated provinces beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from workflows.organisations import Level, UnitKind
from workflows.sample_office import names
from workflows.sample_office.chance import chance
from workflows.sample_office.names import proper, slug
from workflows.sample_office.shapes import SampleLetterhead, SampleUnit, Scale
from workflows.sample_office.tables import table

_HEADS = {"front": "MTTQ", "union": "CD", "youth": "DTN", "women": "PN", "farmers": "ND", "veterans": "CCB"}
_IN_EVERY_PROVINCE = frozenset({"TU", "VPTU", *_HEADS.values()})
_BEFORE_THE_REFORM = date(1986, 1, 1)
_PROFILES = {
    UnitKind.STATE_BODY: "state",
    UnitKind.FRONT: "front",
    UnitKind.ORGANISATION: "front",
    UnitKind.ASSOCIATION: "front",
}


@dataclass(frozen=True)
class _Province:
    """A province under construction: `prefix` keeps the codes of several apart."""

    number: int
    place: str
    top: str | None
    seed: int

    @property
    def prefix(self) -> str:
        """Nothing for the province of the data files, otherwise its number."""
        return f"T{self.number:02}-" if self.number else ""

    def words(self, name: str = "") -> dict[str, str]:
        """What the patterns of names and letterheads are filled with."""
        return {"place": self.place, "PLACE": self.place.upper(), "name": name, "NAME": name.upper()}


@dataclass(frozen=True)
class _Commune:
    """A commune or ward, or what was one before the reform."""

    name: str
    population: int
    founded: date
    dissolved: date | None = None
    predecessors: tuple[str, ...] = ()
    district: str | None = None


def all_units(scale: Scale, seed: int) -> Iterator[SampleUnit]:
    """Every unit, a parent before its children and a predecessor before its successor."""
    top = None
    if scale is Scale.NATION:
        yield from _nation()
        top = "TW"
    for number in range(names.PROVINCES[scale]):
        place = names.province_place(number) if number else table("units")["province"]["place"]
        province = _Province(number, place, top, seed)
        yield from _provincial_bodies(province)
        yield from _commune_level(province, names.communes_in(scale, number))


def _nation() -> Iterator[SampleUnit]:
    """The committee above the provinces and its office, which gathers the statistics of all of them."""
    committee = SampleUnit(
        code="TW",
        name="Ban Chấp hành Trung ương",
        short_name="Trung ương",
        kind=UnitKind.PARTY_COMMITTEE,
        level=Level.NATION,
        parent=None,
        organisation=None,
        founded=date(1930, 2, 3),
        dissolved=None,
        aliases=(),
        letterhead=SampleLetterhead(None, ("BAN CHẤP HÀNH TRUNG ƯƠNG",), "TW", "party", "Hà Nội"),
    )
    yield committee
    yield replace(
        committee,
        code="VPTW",
        name="Văn phòng Trung ương Đảng",
        short_name="Văn phòng Trung ương",
        kind=UnitKind.PARTY_OFFICE,
        parent="TW",
        letterhead=replace(committee.letterhead, upper="BAN CHẤP HÀNH TRUNG ƯƠNG", lines=("VĂN PHÒNG",)),
    )


def _provincial_bodies(province: _Province) -> Iterator[SampleUnit]:
    for row in table("units")["unit"]:
        if province.number == 0 or row["code"] in _IN_EVERY_PROVINCE:
            yield _provincial_body(province, row)


def _provincial_body(province: _Province, row: dict[str, Any]) -> SampleUnit:
    words = province.words()
    parent = row.get("parent")
    return SampleUnit(
        code=province.prefix + row["code"],
        name=row["name"].format(**words),
        short_name=row["short_name"].format(**words),
        kind=UnitKind(row["kind"]),
        level=Level.PROVINCE,
        parent=province.prefix + parent if parent else province.top,
        organisation=row.get("organisation"),
        population=row.get("population", 0),
        founded=row["founded"],
        dissolved=None,
        aliases=tuple(alias.format(**words) for alias in row["aliases"]) if province.number == 0 else (),
        letterhead=_letterhead(row["letterhead"], row, words, province.place),
    )


def _letterhead(
    pattern: dict[str, Any], row: dict[str, Any], words: dict[str, str], place: str
) -> SampleLetterhead:
    """A department of the state that names no body above it stands under the people's committee."""
    upper = pattern.get("upper", "UỶ BAN NHÂN DÂN TỈNH {PLACE}" if row.get("parent") == "UBND" else None)
    youth = row.get("organisation") == "youth"
    return SampleLetterhead(
        upper=upper.format(**words) if upper else None,
        lines=tuple(line.format(**words) for line in pattern["lines"]),
        symbol=pattern["symbol"],
        profile="youth" if youth else _PROFILES.get(UnitKind(row["kind"]), "party"),
        place=place,
    )


def _commune_level(province: _Province, count: int) -> Iterator[SampleUnit]:
    data = table("communes")
    named = data["names"] if province.number == 0 else []
    added = names.commune_names(frozenset(named), count - len(named), province.number)
    merged = {row["commune"]: row["predecessors"] for row in data["merged"]} if province.number == 0 else {}
    if merged:
        yield from _dissolved_district(province)
    for name in [*named, *added]:
        yield from _commune(province, name, merged.get(name, []))


def _dissolved_district(province: _Province) -> Iterator[SampleUnit]:
    """The bodies of the district that went in the reform: its committee and its six organisations."""
    data = table("communes")["district"]
    whole = _Commune(data["name"], 0, data["founded"], table("units")["province"]["reform"])
    committee = _commune_body(province, whole, "party-committee", Level.DISTRICT)
    name = f"Huyện uỷ {proper(data['name'])}"
    letterhead = replace(committee.letterhead, lines=(name.upper(),), symbol="HU")
    yield replace(committee, name=name, short_name=name, aliases=(), letterhead=letterhead)
    for organisation in _HEADS:
        yield _commune_body(province, whole, organisation, Level.DISTRICT)


def _commune(province: _Province, name: str, predecessors: list[str]) -> Iterator[SampleUnit]:
    population = chance(province.seed, province.prefix, name).randint(9_000, 38_000)
    reform = table("units")["province"]["reform"]
    for old in predecessors:
        district = slug(table("communes")["district"]["name"])
        share = population // len(predecessors)
        yield from _commune_bodies(
            province, _Commune(old, share, _BEFORE_THE_REFORM, reform, district=f"H-{district}")
        )
    founded = reform if predecessors else _BEFORE_THE_REFORM
    codes = tuple(slug(old) for old in predecessors)
    yield from _commune_bodies(province, _Commune(name, population, founded, predecessors=codes))


def _commune_bodies(province: _Province, commune: _Commune) -> Iterator[SampleUnit]:
    """Party committee, people's committee and the six organisations of a commune."""
    for family in table("commune_bodies"):
        if family == "state-body" and province.number:
            continue
        yield _commune_body(province, commune, family, Level.COMMUNE)


def _commune_body(province: _Province, commune: _Commune, family: str, level: Level) -> SampleUnit:
    row = table("commune_bodies")[family]
    words = province.words(commune.name)
    place = slug(commune.name)
    place = f"H-{place}" if level is Level.DISTRICT else place
    organisation = family if family in _HEADS else None
    name = row["name"].format(**words)
    return SampleUnit(
        code=f"{province.prefix}{row['code']}-{place}",
        name=name,
        short_name=row["aliases"][0].format(**words) if organisation or family == "state-body" else name,
        kind=UnitKind(row["kind"]),
        level=level,
        parent=province.prefix + _parent(family, commune, place),
        organisation=organisation,
        founded=commune.founded,
        dissolved=commune.dissolved,
        aliases=tuple(alias.format(**words) for alias in row["aliases"]) if province.number == 0 else (),
        letterhead=_letterhead(row, row | {"organisation": organisation}, words, proper(commune.name)),
        population=commune.population,
        predecessors=tuple(f"{row['code']}-{code}" for code in commune.predecessors),
    )


def _parent(family: str, commune: _Commune, place: str) -> str:
    """The organisation or committee above; before the reform the district stood between."""
    if family == "state-body":
        return f"DU-{place}"
    above = table("commune_bodies")[family]["code"]
    if commune.district:
        return f"{above}-{commune.district}"
    return _HEADS.get(family, "TU")
