from dataclasses import replace
from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from search_index import Entry
from search_index.entry import LONGEST_BODY
from search_index.record import record

DATES = st.none() | st.dates()
ENTRIES = st.builds(
    Entry,
    key=st.text(min_size=1),
    kind=st.text(),
    title=st.text(),
    body=st.text(),
    number=st.text(),
    unit_ids=st.lists(st.integers()).map(tuple),
    units=st.lists(st.text()).map(tuple),
    year=st.none() | st.integers(1900, 2100),
    date=DATES,
    deadline=DATES,
    tokens=st.frozensets(st.text()),
    within=st.text(),
    arrived=st.none() | st.datetimes(timezones=st.just(UTC)),
    version=st.text(),
)


@given(ENTRIES)
def test_an_entry_comes_back_from_storage_as_it_was(entry: Entry) -> None:
    assert Entry.from_json(entry.to_json()) == entry


def test_a_cleaned_entry_is_composed_and_not_longer_than_an_index_takes() -> None:
    cleaned = Entry("task:1", "task", " Đoa\u0300n\n", "x" * (LONGEST_BODY + 9), units=("Hội\t",)).cleaned()
    assert (cleaned.title, cleaned.units, len(cleaned.body)) == ("Đoàn", ("Hội",), LONGEST_BODY)


def test_a_record_files_words_neighbours_accents_numbers_and_labels() -> None:
    entry = Entry(
        "directive:1", "directive", "Chỉ thị đồng bộ", "Theo 5-KL/TW.", number="11-CT/TU", year=2025
    )
    terms = record(replace(entry, unit_ids=(3,), units=("Tỉnh đoàn",), issuer="Tỉnh uỷ")).terms
    assert {"chi", "dong", "bo", "theo", "doan", "uy", "5-kl", "5-kl-tw", "11-ct", "tu", "2025"} <= terms[
        "text"
    ]
    assert {"chi_thi", "dong_bo", "tinh_doan"} <= terms["pair"]
    assert {"đồng", "~đong", "theo", "ủy"} <= terms["exact"]
    assert "dong" not in terms["exact"]
    assert "theo" not in terms["title"]
    assert terms["number"] == {"11", "11-ct", "11-ct-tu"}
    assert terms["agency"] == {"tinh", "doan", "uy", "tinh_doan", "tinh_uy"}
    assert (terms["unit"], terms["year"], terms["state"]) == ({"3"}, {"2025"}, frozenset())
