"""The editor of facts: what is typed comes back as typed, lists grow and shrink, nothing is lost."""

import re

import pytest
from flask import Flask

import document_templates
from document_templates import Field
from webapp.forms.facts import LONGEST_TABLE, Blocks, Control, FactsSheet, Table

FIELDS = (
    Field("subject", "Trích yếu"),
    Field("held_on", "Ngày họp", kind="date"),
    Field("total", "Tổng số", kind="number", optional=True),
    Field("directive.short", "Văn bản"),
    Field("names[]", "Nơi nhận"),
    Field("rows[].name", "Tên"),
    Field("rows[].count", "Số lượng", kind="number", optional=True),
    Field("units[].name", "Đơn vị"),
    Field("units[].tasks[].title", "Nhiệm vụ"),
)
FACTS = {
    "subject": "giao ban",
    "held_on": "2026-11-16",
    "total": 1234.5,
    "directive": {"short": "Chỉ thị số 06-CT/TU"},
    "names": ["Ban A", "Ban B"],
    "rows": [{"name": "Hội", "count": 0}, {"name": "Đoàn", "count": None}],
    "units": [{"name": "Xã A", "tasks": [{"title": "Việc 1"}, {"title": "Việc 2"}]}],
}


@pytest.fixture(autouse=True)
def _speaking(app: Flask):
    with app.test_request_context():
        yield


def typed(sheet: FactsSheet) -> dict[str, str]:
    """What a browser would send of a sheet."""
    return {control.name: control.value for control in sheet.controls()}


def read(values: dict[str, str], before: dict | None = None) -> FactsSheet:
    """The sheet as sent."""
    return FactsSheet.sent(FIELDS, values, before or {})


def test_what_is_sent_unchanged_gives_the_same_facts():
    assert read(typed(FactsSheet(FIELDS, FACTS))).facts == FACTS


@pytest.mark.parametrize("form", document_templates.forms(), ids=lambda form: form.code)
def test_the_samples_of_all_forms_go_through_the_editor_unchanged(form: document_templates.Form):
    sample = document_templates.sample(form.code)
    sheet = FactsSheet(form.fields, sample)
    again = FactsSheet.sent(form.fields, typed(sheet), sample)
    assert not again.faults
    assert render(form, again.facts) == render(form, sample)


def render(form: document_templates.Form, facts: dict) -> document_templates.Document:
    """The paper of these facts."""
    letterhead, particulars = document_templates.sample_office("party")
    profile = document_templates.profile_for("party-2026")
    return document_templates.render(form, facts, letterhead, profile, particulars)


def test_values_are_written_as_the_office_writes_them():
    values = typed(FactsSheet(FIELDS, FACTS))
    assert values["facts.held_on"] == "16/11/2026"
    assert values["facts.total"] == "1.234,5"
    assert values["facts.names"] == "Ban A\nBan B"
    assert values["facts.units.0.tasks.1.title"] == "Việc 2"


def test_what_cannot_be_understood_is_said_beside_it_and_kept():
    sheet = read({"facts.held_on": "31/02/2026", "facts.total": "mười"})
    assert sheet.faults.keys() == {"facts.held_on", "facts.total"}
    assert "Không có ngày 31/02/2026" in sheet.faults["facts.held_on"]
    again = typed(sheet)
    assert (again["facts.held_on"], again["facts.total"]) == ("31/02/2026", "mười")


def test_a_list_grows_and_shrinks_by_its_name():
    sheet = FactsSheet(FIELDS, {"units": [{"name": "A", "tasks": []}]})
    sheet.grow("facts.units.0.tasks")
    sheet.grow("facts.rows")
    assert sheet.facts["units"][0]["tasks"] == [{}]
    assert sheet.facts["rows"] == [{}]
    sheet.shrink("facts.units.0")
    assert sheet.facts["units"] == []
    sheet.shrink("facts.rows.7")
    assert sheet.facts["rows"] == [{}]


@pytest.mark.parametrize(
    "name", ["facts.units.x.tasks", "facts.units.9.tasks", "facts.subject.more", "facts", "", "facts.nothing"]
)
def test_a_name_that_means_no_list_changes_nothing(name: str):
    sheet = FactsSheet(FIELDS, {"subject": "x", "units": []})
    sheet.grow(name)
    sheet.shrink(name)
    assert (sheet.facts["subject"], sheet.facts["units"]) == ("x", [])


def test_records_are_numbered_anew_whatever_numbers_were_sent():
    sheet = read({"facts.rows.7.name": "B", "facts.rows.2.name": "A", "facts.rows.x.name": "C"})
    assert [row["name"] for row in sheet.facts["rows"]] == ["A", "B"]


def test_names_that_contradict_each_other_are_no_harm():
    sheet = read(
        {"facts.directive": "chữ", "facts.directive.short": "số", "facts.names.0": "x", "other": "y"}
    )
    assert sheet.facts["names"] == []


def test_every_gap_is_marked_at_its_box():
    sheet = FactsSheet(FIELDS, {"rows": [{"name": ""}], "units": [{"name": "A", "tasks": [{}]}]})
    assert sheet.mark_gaps() == [
        "Trích yếu",
        "Ngày họp",
        "Văn bản",
        "Nơi nhận",
        "Tên",
        "Nhiệm vụ",
    ]
    wrong = {control.name for control in sheet.controls() if control.fault}
    assert wrong == {
        "facts.subject",
        "facts.held_on",
        "facts.directive.short",
        "facts.names",
        "facts.rows.0.name",
        "facts.units.0.tasks.0.title",
    }


def test_records_become_tables_and_those_with_lists_blocks():
    parts = FactsSheet(FIELDS, FACTS).parts()
    assert [type(part) for part in parts] == [Control] * 5 + [Table, Blocks]
    assert parts[5].heads == ["Tên", "Số lượng"]
    assert parts[6].blocks[0].title == "Xã A"


def test_a_very_long_table_comes_from_the_register_and_is_kept():
    rows = [{"name": f"Xã {n}", "count": n} for n in range(LONGEST_TABLE + 1)]
    sheet = FactsSheet(FIELDS, {"rows": rows})
    (table,) = [part for part in sheet.parts() if isinstance(part, Table)]
    assert (table.is_typed, table.rows, table.total) == (False, [], LONGEST_TABLE + 1)
    assert read(typed(sheet), {"rows": rows}).facts["rows"] == rows


def test_ids_can_be_jumped_to():
    for control in FactsSheet(FIELDS, FACTS).controls():
        assert re.fullmatch(r"[A-Za-z0-9_-]+", control.id)
