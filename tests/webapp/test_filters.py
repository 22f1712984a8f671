"""Filters read the address, say what they do not understand, and become conditions."""

from datetime import date

import pytest
from sqlalchemy import column, literal, null, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from webapp.filters import Condition, Days, Flag, Options, Words
from workflows.organisations import UnitKind

KIND = Options.of("kind", "Loại", UnitKind, column("kind"))
DUE = Days("due", "Hạn", column("due"))
SENT = Days("sent", "Nộp", column("sent"), is_instant=True)


def sql(condition: Condition) -> str:
    """The condition as SQLite would get it."""
    return str(condition.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


def test_several_options_are_read_once_each_in_their_order():
    assert KIND.read(MultiDict([("kind", "front"), ("kind", "branch"), ("kind", "front")])) == [
        "front",
        "branch",
    ]


def test_an_empty_choice_is_none():
    assert KIND.read(MultiDict({"kind": ""})) is None


def test_an_unknown_option_is_named_in_the_refusal():
    with pytest.raises(ValueError, match="Loại: không có lựa chọn “lạ”"):
        KIND.read(MultiDict({"kind": "lạ"}))


@pytest.mark.parametrize("typed", ["5/3/2026", "05/03/2026", "2026-03-05", " 5/3/2026 "])
def test_a_day_is_read_as_offices_and_machines_write_it(typed: str):
    assert DUE.read(MultiDict({"due_from": typed})) == (date(2026, 3, 5), None)


@pytest.mark.parametrize("typed", ["29/02/2026", "mai", "2026", "1/1/99999"])
def test_a_day_that_cannot_be_is_named_in_the_refusal(typed: str):
    with pytest.raises(ValueError, match=f"không có ngày {typed}"):
        DUE.read(MultiDict({"due_to": typed}))


def test_the_last_day_does_not_lie_before_the_first():
    with pytest.raises(ValueError, match="ngày cuối trước ngày đầu"):
        DUE.read(MultiDict({"due_from": "2/1/2026", "due_to": "1/1/2026"}))


def test_both_ends_of_a_range_are_counted_in():
    assert (
        sql(DUE.condition((date(2026, 1, 1), date(2026, 1, 31))))
        == "due >= '2026-01-01' AND due < '2026-02-01'"
    )


def test_the_end_of_time_is_no_condition():
    assert "<" not in sql(DUE.condition((date(2026, 1, 1), date.max)))


def test_a_day_of_instants_begins_at_the_midnight_of_the_office():
    (bound,) = SENT.condition((date(2026, 1, 1), None)).compile().params.values()
    assert bound.isoformat() == "2026-01-01T00:00:00+07:00"


@pytest.mark.parametrize(
    ("typed", "holds"),
    [
        ("ĐẢNG uỷ", True),
        ("100% uỷ", True),
        ("1_0", False),
        ("uỷ vắng", False),
        ("xongđảng", False),
    ],
)
def test_words_are_sought_one_by_one_in_any_case_and_signs_mean_themselves(
    session: Session, typed: str, holds: bool
):
    columns = (literal("100% xong"), literal("Đảng uỷ xã"), null())
    assert session.scalar(select(Words("q", "Tìm", columns).condition(typed))) is holds


def test_a_flag_is_on_or_absent():
    late = Flag("late", "Trễ hạn", lambda: column("late").is_(True))
    assert late.read(MultiDict({"late": "1"})) is True
    assert late.read(MultiDict({"late": "0"})) is None
