"""What is kept of a person's corrections."""

from dataclasses import replace

from workflows.directives import Decision, Proposal, Sheet, corrections


def test_an_untouched_sheet_teaches_nothing(sheet: Sheet):
    assert corrections(sheet, sheet.decided(["1", "2"], Decision.ACCEPTED)) == []


def test_a_corrected_header_is_kept_with_before_and_after(sheet: Sheet):
    made = replace(sheet, registration=replace(sheet.registration, place="Hưng Thịnh"))
    (kept,) = corrections(sheet, made)
    assert (kept.part, kept.before, kept.after) == (
        "header.place",
        {"place": "Tân Hưng"},
        {"place": "Hưng Thịnh"},
    )


def test_a_changed_lead_is_kept_with_its_sentence(sheet: Sheet):
    changed = replace(sheet.proposals[2], lead=("Sở Nội vụ",), decision=Decision.ACCEPTED)
    (kept,) = corrections(sheet, sheet.with_proposal(changed))
    assert (kept.part, kept.clause, kept.after) == ("task.lead", "3", {"lead": ["Sở Nội vụ"]})
    assert kept.quote == sheet.proposals[2].quote


def test_what_was_discarded_has_no_after(sheet: Sheet):
    (kept,) = corrections(sheet, sheet.decided(["3"], Decision.DISCARDED))
    assert kept.part == "task"
    assert kept.before["key"] == "3"
    assert kept.after == {}


def test_what_was_added_has_no_before(sheet: Sheet):
    made = sheet.added(Proposal(key="", title="Việc thêm", lead=("Sở Y tế",), decision=Decision.ACCEPTED))
    (kept,) = corrections(sheet, made)
    assert kept.part == "task"
    assert kept.before == {}
    assert kept.after["title"] == "Việc thêm"


def test_changes_to_what_nobody_accepted_say_nothing(sheet: Sheet):
    changed = replace(sheet.proposals[0], title="Gõ dở")
    assert corrections(sheet, sheet.with_proposal(changed)) == []
