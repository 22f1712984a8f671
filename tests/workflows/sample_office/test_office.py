"""The sample office holds together: everything named exists, every quote stands in its text."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.calendar import Cadence, periods_between
from workflows.organisations import Level, UnitKind
from workflows.people import Role
from workflows.regimes import forms
from workflows.sample_office import SampleOffice, Scale, read

TODAY = date(2026, 11, 21)
ORGANISATIONS = {"front", "union", "youth", "women", "farmers", "veterans"}


@pytest.fixture(scope="module")
def office() -> SampleOffice:
    return read(today=TODAY)


@pytest.fixture(scope="module")
def nation() -> SampleOffice:
    return read(scale=Scale.NATION, today=TODAY)


def living(office, **wanted):
    return [
        unit
        for unit in office.units
        if unit.dissolved is None and all(getattr(unit, name) == value for name, value in wanted.items())
    ]


def test_the_province_has_its_bodies_its_communes_and_six_organisations_in_each(office):
    assert len(living(office, level=Level.PROVINCE)) >= 30
    assert len(living(office, level=Level.COMMUNE, kind=UnitKind.PARTY_COMMITTEE)) == 60
    by_organisation = Counter(unit.organisation for unit in living(office, level=Level.COMMUNE))
    assert {by_organisation[organisation] for organisation in ORGANISATIONS} == {60}


@pytest.mark.parametrize(
    ("scale", "communes"), [(Scale.OFFICE, 60), (Scale.PROVINCE, 150), (Scale.NATION, 3321)]
)
def test_every_scale_has_its_communes(scale, communes):
    found = read(scale=scale, today=TODAY)
    assert len(living(found, level=Level.COMMUNE, kind=UnitKind.PARTY_COMMITTEE)) == communes
    assert len(living(found, level=Level.COMMUNE, organisation="youth")) == communes
    assert len(found.by_code) == len(found.units)


def test_the_nation_has_34_provinces_under_one_root(nation):
    assert [unit.code for unit in nation.units if unit.parent is None] == ["TW"]
    assert sum(unit.parent == "TW" and unit.level is Level.PROVINCE for unit in nation.units) == 34


@pytest.mark.parametrize("scale", list(Scale))
def test_a_parent_and_a_predecessor_come_before_the_unit_that_names_them(scale):
    known: set[str] = set()
    for unit in read(scale=scale, today=TODAY).units:
        assert {unit.parent, *unit.predecessors} - {None} <= known
        known.add(unit.code)


def test_a_unit_lives_within_the_life_of_its_parent(office):
    for unit in office.units:
        parent = office.by_code.get(unit.parent or "")
        if parent and parent.dissolved:
            assert unit.dissolved == parent.dissolved


def test_merged_communes_go_on_from_those_of_the_dissolved_district(office):
    merged = [unit for unit in office.units if unit.predecessors and unit.kind is UnitKind.PARTY_COMMITTEE]
    assert [len(unit.predecessors) for unit in merged] == [3, 2]
    for unit in merged:
        assert {office.unit(code).dissolved for code in unit.predecessors} == {unit.founded}
        assert {office.unit(code).parent for code in unit.predecessors} == {"DU-H-SONG-TRAM"}
    assert office.unit("DU-H-SONG-TRAM").name == "Huyện uỷ Sông Trầm"


def test_letterheads_follow_the_rule_of_names_in_box_2(office):
    commune, ban = office.unit("DU-AN-BINH").letterhead, office.unit("BTGDVTU").letterhead
    assert (commune.upper, commune.lines, commune.symbol) == (
        "ĐẢNG BỘ TỈNH TÂN HƯNG",
        ("ĐẢNG UỶ XÃ AN BÌNH",),
        "ĐU",
    )
    assert commune.place == "An Bình"
    assert (ban.upper, ban.lines) == ("TỈNH UỶ TÂN HƯNG", ("BAN TUYÊN GIÁO VÀ DÂN VẬN",))
    assert office.unit("STC").letterhead.upper == "UỶ BAN NHÂN DÂN TỈNH TÂN HƯNG"
    assert {unit.letterhead.profile for unit in office.units} == {"party", "state", "front", "youth"}


def test_no_placeholder_is_left_in_what_people_read(nation):
    for unit in nation.units:
        printed = (
            unit.name,
            unit.short_name,
            *unit.aliases,
            unit.letterhead.upper or "",
            *unit.letterhead.lines,
        )
        assert not [words for words in printed if "{" in words]


def test_every_role_is_held_by_somebody_and_in_a_unit_that_exists(office):
    held = [role for person in office.people for role in person.roles]
    assert {role for _, role in held} == set(Role)
    assert {code for code, _ in held} <= office.by_code.keys()
    assert len({person.username for person in office.people}) == len(office.people)


def test_groups_name_living_units(office):
    for group in office.groups:
        assert group.members
        assert all(office.unit(code).dissolved is None for code in group.members)


@given(st.dates(date(2026, 9, 1), date(2030, 6, 1)))
def test_every_quote_stands_in_the_text_whatever_the_day(today):
    for directive in read(today=today).directives:
        assert "{{" not in directive.text
        for task in directive.tasks:
            assert task.quote in directive.text


def test_tasks_name_units_that_exist_and_deadlines_after_the_directive(office):
    for directive in office.directives:
        assert directive.issuer in office.by_code
        assert directive.monitoring in office.by_code
        for task in directive.tasks:
            named = [code for name in (task.lead, *task.coordinating) for code in office.reached_by(name)]
            assert all(code in office.by_code for code in named)
            assert task.lead not in task.coordinating
            assert task.deadline is None or task.deadline > directive.issued
            assert task.on is None or directive.issued <= task.on <= TODAY


def test_directives_of_every_kind_cite_one_another(office):
    assert {directive.type for directive in office.directives} == {"NQ", "KH", "CT", "HD", "KL", "TB", "CV"}
    by_key = {directive.key: directive for directive in office.directives}
    for directive in office.directives:
        assert directive.number.split("/")[0] in directive.text
        for key in directive.cites:
            assert by_key[key].issued < directive.issued
            assert by_key[key].number in directive.text


def test_tasks_stand_in_every_light(office):
    tasks = [task for directive in office.directives for task in directive.tasks if task.deadline]
    done = [task for task in tasks if task.state == "done"]
    assert any(task.on <= task.deadline for task in done)
    assert any(task.on > task.deadline for task in done)
    running = [task for task in tasks if task.state == "in-progress"]
    assert any(task.deadline < TODAY for task in running)
    assert any(0 <= (task.deadline - TODAY).days <= 5 for task in running)
    assert any((task.deadline - TODAY).days > 20 for task in running)


def test_regimes_cover_the_cadences_and_name_their_groups_and_directives(office):
    cadences = {regime.cadence for regime in office.regimes}
    assert cadences == {
        Cadence.MONTHLY,
        Cadence.QUARTERLY,
        Cadence.HALF_YEARLY,
        Cadence.YEARLY,
        Cadence.ONE_OFF,
    }
    keys = {directive.key for directive in office.directives}
    groups = {group.name for group in office.groups}
    for regime in office.regimes:
        assert regime.group in groups or set(regime.organisations) in (ORGANISATIONS, {"associations"})
        assert regime.directive is None or regime.directive in keys
        assert regime.starts_on <= TODAY


def test_the_regime_of_member_statistics_asks_for_eight_closed_half_years(office):
    regime = next(regime for regime in office.regimes if regime.key == "members")
    periods = list(periods_between(regime.starts_on, TODAY, regime.cadence, regime.timetable.cut_off_day))
    assert [period.code for period in periods] == [
        "2022-H2",
        "2023-H1",
        "2023-H2",
        "2024-H1",
        "2024-H2",
        "2025-H1",
        "2025-H2",
        "2026-H1",
        "2026-H2",
    ]


def test_every_form_is_one_that_regimes_can_publish(office):
    for regime in office.regimes:
        form = forms.read(regime.form)
        assert form.title == regime.form["title"]
        assert list(form.number_cells())


def test_the_same_seed_gives_the_same_office_and_another_seed_another(office):
    assert read(today=TODAY) == office
    assert read(today=TODAY, seed=2).units != office.units
