"""What makes a header acceptable, and when two papers are the same."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.workflows.office import TODAY
from workflows.directives import Citation, Registration, Relation
from workflows.directives.rules import check, identity, refuse_secret, without_doubles
from workflows.errors import InvalidFields, Refused

GOOD = Registration(type="CT", issuer="Tỉnh uỷ", subject="về việc mẫu", number="15-CT/TU", issued_on=TODAY)


def faults(registration: Registration) -> set[str]:
    with pytest.raises(InvalidFields) as refusal:
        check(registration, on=TODAY)
    return set(refusal.value.fields)


def test_a_whole_header_is_taken():
    check(GOOD, on=TODAY)


def test_a_draft_without_number_and_day_is_taken():
    check(replace(GOOD, number=None, issued_on=None), on=TODAY)


def test_every_fault_is_said_at_once():
    assert faults(Registration(type="", issuer=" ", subject="")) == {"type", "issuer", "subject"}


@pytest.mark.parametrize("day", [None, TODAY + timedelta(days=1), date(1900, 1, 1)])
def test_a_day_that_cannot_be_is_refused(day: date | None):
    assert faults(replace(GOOD, issued_on=day)) == {"issued_on"}


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "  TUYỆT MẬT  "])
def test_papers_marked_secret_stay_outside(mark: str):
    with pytest.raises(Refused):
        refuse_secret(f"TỈNH UỶ TÂN HƯNG\n{mark}\nSố 01-CT/TU\n")


def test_the_word_secret_in_a_sentence_is_no_mark():
    refuse_secret("Bảo vệ bí mật nhà nước là trách nhiệm của mỗi cán bộ, đảng viên; văn bản mật gửi riêng.")


def test_two_spellings_of_one_paper_are_the_same():
    one = identity("15-CT/TU", "Tỉnh uỷ Tân Hưng", TODAY)
    assert one == identity("15 - CT/TU", "TỈNH ỦY TÂN HƯNG", TODAY)
    assert one != identity("16-CT/TU", "Tỉnh uỷ Tân Hưng", TODAY)


def test_a_paper_without_number_is_like_no_other():
    assert identity(None, "Tỉnh uỷ", TODAY) is None


def test_a_document_cited_twice_is_linked_once_per_relation():
    cited = [Citation("09-CT/TU"), Citation("09 -CT/TU"), Citation("09-CT/TU", relation=Relation.REPLACES)]
    assert len(without_doubles(cited)) == 2
