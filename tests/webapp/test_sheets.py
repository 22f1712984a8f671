"""Sheets carry typed figures, and nothing in them can run."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from webapp import sheets
from webapp.sheets import LONGEST_TEXT, SheetColumn, harmless, xlsx
from workflows.errors import Refused


def written(*values: object) -> list[object]:
    """The values as they are read back from a sheet with one row."""
    with xlsx("Tờ", [SheetColumn(f"Cột {i}") for i in range(len(values))], [values]) as file:
        return CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()[1]


def test_figures_and_days_keep_their_type():
    row = written(-5, Decimal("1.5"), date(2026, 12, 15), "chữ")
    assert row == [-5.0, 1.5, date(2026, 12, 15), "chữ"]


def test_an_instant_is_written_on_the_office_clock():
    assert written(datetime(2026, 12, 15, 7, 3, tzinfo=UTC)) == [datetime(2026, 12, 15, 14, 3)]


@pytest.mark.parametrize("text", ["=1+1", "+84 900", "-5 so với kỳ trước", "@a", "\tb", "\rc"])
def test_text_that_could_run_is_disarmed(text: str):
    assert harmless(text) == f"'{text}"


def test_a_sheet_holds_no_formula():
    with xlsx("Tờ", [SheetColumn("Một")], [["=cmd()"]]) as file, ZipFile(file) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_rows_beyond_the_end_of_a_sheet_are_refused_not_lost(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 1)
    with pytest.raises(Refused, match="Thêm điều kiện lọc"):
        xlsx("Tờ", [SheetColumn("Một")], [["a"], ["b"]])


def test_text_too_long_for_a_cell_is_cut():
    assert len(str(written("a" * 40_000, "x")[0])) == LONGEST_TEXT


def test_a_sheet_without_rows_still_has_its_head():
    with xlsx("", [SheetColumn("Một")], []) as file:
        assert CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python() == [["Một"]]


@given(name=st.text(max_size=60), text=st.text(max_size=40))
def test_any_name_and_any_text_can_be_written(name: str, text: str):
    with xlsx(name, [SheetColumn("Một"), SheetColumn("Hai", places=1)], [[text, 1]]) as file:
        assert CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).total_height >= 1


def test_a_sheet_that_fails_leaves_no_open_file():
    with pytest.raises(ZeroDivisionError):
        xlsx("Tờ", [SheetColumn("Một")], ([1 / n] for n in (1, 0)))
