"""A small office for tests: one province, its office, an agency, three communes, one person a role."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from workflows.organisations import Letterhead, Level, Unit, UnitKind
from workflows.people import Account, Appointment, Person, Role

FOUNDED = date(2020, 1, 1)
NOW = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)  # Monday, 10:00 in Viet Nam
TODAY = date(2026, 11, 16)


@dataclass
class Office:
    """The units and people of the small office."""

    province: Unit
    office: Unit
    agency: Unit
    state: Unit
    communes: tuple[Unit, Unit, Unit]
    clerk: Person
    leader: Person
    inspector: Person
    administrator: Person
    monitor: Person
    agency_clerk: Person
    agency_head: Person
    commune_clerk: Person
    other_clerk: Person

    def people(self) -> list[Person]:
        """Everybody."""
        return [value for value in vars(self).values() if isinstance(value, Person)]


def found_office(session: Session) -> Office:
    """Found the small office in an empty database."""
    found = _Founder(session)
    committee, party, state = UnitKind.PARTY_COMMITTEE, UnitKind.PARTY_BODY, UnitKind.STATE_BODY
    province = found.unit("TU", "Tỉnh uỷ Tân Hưng", committee, Level.PROVINCE)
    office = found.unit("VPTU", "Văn phòng Tỉnh uỷ", UnitKind.PARTY_OFFICE, Level.PROVINCE, province)
    agency = found.unit("BTG", "Ban Tuyên giáo và Dân vận Tỉnh uỷ", party, Level.PROVINCE, province)
    ubnd = found.unit("UBND", "Uỷ ban nhân dân tỉnh Tân Hưng", state, Level.PROVINCE, province)
    communes = tuple(
        found.unit(code, name, committee, Level.COMMUNE, province)
        for code, name in (
            ("DU-AB", "Đảng uỷ xã An Bình"),
            ("DU-BT", "Đảng uỷ xã Bình Thạnh"),
            ("DU-CL", "Đảng uỷ phường Cẩm Lai"),
        )
    )
    person = found.person
    return Office(
        province,
        office,
        agency,
        ubnd,
        (communes[0], communes[1], communes[2]),
        clerk=person("chuyenvien", "Đỗ Thị An", office, Role.OFFICE_CLERK),
        leader=person("lanhdao", "Lê Văn Bách", office, Role.OFFICE_LEADER),
        inspector=person("kiemtra", "Phan Thị Cúc", office, Role.INSPECTOR),
        administrator=person("quantri", "Hồ Văn Danh", office, Role.ADMINISTRATOR),
        monitor=person("theodoi", "Mai Thị Én", agency, Role.MONITOR),
        agency_clerk=person("bantuyengiao", "Vũ Văn Giang", agency, Role.UNIT_CLERK),
        agency_head=person("truongban", "Bùi Thị Hà", agency, Role.UNIT_HEAD),
        commune_clerk=person("xaanbinh", "Ngô Văn Ích", communes[0], Role.UNIT_CLERK),
        other_clerk=person("xabinhthanh", "Đinh Thị Kim", communes[1], Role.UNIT_CLERK),
    )


@dataclass
class _Founder:
    session: Session

    def unit(self, code: str, name: str, kind: UnitKind, level: Level, parent: Unit | None = None) -> Unit:
        unit = Unit(
            code=code,
            name=name,
            short_name=name.removesuffix(" Tân Hưng"),
            kind=kind,
            level=level,
            parent=parent,
            path="",
            founded_on=FOUNDED,
        )
        self.session.add(unit)
        self.session.flush()
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        self.session.add(
            Letterhead(
                unit=unit,
                valid_from=FOUNDED,
                upper_line="TỈNH UỶ TÂN HƯNG" if parent else None,
                issuing_lines=name.upper(),
                profile="party",
                symbol=code,
                place="Tân Hưng",
            )
        )
        return unit

    def person(self, username: str, name: str, unit: Unit, role: Role) -> Person:
        person = Person(
            username=username,
            full_name=name,
            appointments=[Appointment(unit=unit, role=role, valid_from=FOUNDED)],
            account=Account(password_hash="!", must_change=False),
        )
        self.session.add(person)
        self.session.flush()
        return person
