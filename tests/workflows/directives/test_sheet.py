"""The sheet of proposals: what a person may do with it, and that nothing of the paper is lost by it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.directives import Decision, Proposal, Sheet, from_json, title_of, to_json
from workflows.errors import Refused

WORDS = st.text(alphabet="abc đượ.;,\n", max_size=400)


def test_a_reading_becomes_a_sheet(sheet: Sheet):
    assert sheet.registration.number == "15-CT/TU"
    assert [proposal.clause for proposal in sheet.proposals] == ["1", "2", "3"]
    assert sheet.proposals[0].deadline.isoformat() == "2026-11-30"
    assert all(proposal.decision is Decision.OPEN for proposal in sheet.proposals)


def test_a_sheet_survives_being_written_down(sheet: Sheet):
    assert from_json(to_json(sheet)) == sheet


def test_a_decision_concerns_only_what_was_named(sheet: Sheet):
    decided = sheet.decided(["2"], Decision.ACCEPTED)
    assert [p.decision for p in decided.proposals] == [Decision.OPEN, Decision.ACCEPTED, Decision.OPEN]


def test_several_leads_are_split_into_a_proposal_each(sheet: Sheet):
    two = sheet.with_proposal(replace(sheet.proposals[0], lead=("Sở A", "Sở B")))
    split = two.split("1")
    assert [p.lead for p in split.proposals[:2]] == [("Sở A",), ("Sở B",)]
    assert len({p.key for p in split.proposals}) == 4
    assert split.proposals[0].quote == split.proposals[1].quote


def test_a_single_lead_is_split_by_sentences_whose_spans_hold_them(sheet: Sheet, reading):
    split = sheet.split("2")
    first, second = split.proposals[1:3]
    assert first.quote.endswith(";")
    assert second.quote.startswith("định kỳ")
    for part in (first, second):
        assert reading.text[slice(*part.span)] == part.quote


def test_one_sentence_with_one_lead_cannot_be_split(sheet: Sheet):
    with pytest.raises(Refused):
        sheet.split("3")


def test_merging_keeps_the_bodies_of_both(sheet: Sheet):
    merged = sheet.merged("2")
    assert [p.key for p in merged.proposals] == ["1", "3"]
    assert merged.proposals[0].lead == (*sheet.proposals[0].lead, *sheet.proposals[1].lead)
    assert merged.proposals[0].span == (sheet.proposals[0].span[0], sheet.proposals[1].span[1])


def test_merging_passes_over_what_was_discarded(sheet: Sheet):
    merged = sheet.decided(["2"], Decision.DISCARDED).merged("3")
    assert sheet.proposals[2].quote in merged.find("1").quote


def test_the_first_proposal_has_nothing_above_it(sheet: Sheet):
    with pytest.raises(Refused):
        sheet.merged("1")


def test_an_added_proposal_stands_at_its_place_in_the_text(sheet: Sheet):
    at = sheet.proposals[1].span[0] - 1
    added = sheet.added(Proposal(key="", title="Việc thêm", span=(at, at + 1)))
    assert [p.key for p in added.proposals] == ["1", "n1", "2", "3"]


@given(WORDS)
def test_a_title_is_one_short_line(quote: str):
    title = title_of(quote)
    assert "\n" not in title
    assert len(title) <= 241
