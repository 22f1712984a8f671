"""From what was read, and what a person marks, to proposals."""

from datetime import date

import pytest

from tests.workflows.directives.paper import PAPER
from workflows import directives
from workflows.calendar import SinceIssue
from workflows.directives import Registration, Relation, Sheet
from workflows.directives.reading import read_text
from workflows.directives.reading.model import Header, Reading
from workflows.errors import Refused


def test_the_envelope_of_the_network_is_believed(reading: Reading):
    sheet = directives.propose(reading, Header(number="16-CT/TU", place="Hưng Thịnh"))
    assert sheet.registration.number == "16-CT/TU"
    assert sheet.registration.place == "Hưng Thịnh"
    assert sheet.registration.subject.startswith("về chăm lo")


def test_a_paper_named_in_the_subject_is_carried_out():
    subject = "về chăm lo người cao tuổi neo đơn ở xã, phường"
    sheet = directives.propose(
        read_text(PAPER.replace(subject, "thực hiện Chỉ thị số 09-CT/TU về người cao tuổi"))
    )
    assert [(c.number, c.relation) for c in sheet.registration.citations] == [
        ("09-CT/TU", Relation.IMPLEMENTS)
    ]


def test_a_marked_passage_becomes_a_task_of_its_clause(reading: Reading, sheet: Sheet):
    start, end = directives.find_passage(reading.text, "Ban Chỉ đạo chăm lo người cao tuổi tỉnh hướng dẫn")
    made = directives.passage_of(reading.text, sheet.registration, (start, end))
    assert made.clause == "3"
    assert made.quote == reading.text[start:end]


def test_a_marked_passage_is_read_as_part_of_its_paper():
    paper = Registration("KH", "Tỉnh uỷ", "về việc chung", issued_on=date(2026, 10, 5))
    year, count = (
        "Ban Tổ chức rà soát danh sách, xong trước ngày 15/12.",
        "Ban Tổ chức rà soát danh sách sau 15 ngày làm việc kể từ ngày ban hành Kế hoạch.",
    )
    assert directives.passage_of(year, paper, (0, len(year))).deadline == date(2026, 12, 15)
    counted = directives.passage_of(count, paper, (0, len(count)))
    assert (counted.due_kind, counted.due_number) == (SinceIssue.WORKING_DAYS, 15)


def test_a_copied_sentence_is_found_whatever_its_line_breaks(reading: Reading):
    start, end = directives.find_passage(reading.text, "định kỳ hằng quý báo cáo Tỉnh uỷ.")
    assert reading.text[start:end] == "định kỳ hằng quý báo cáo\nTỉnh uỷ."


@pytest.mark.parametrize("quote", ["", "   ", "câu không có trong văn bản"])
def test_what_is_not_in_the_text_is_refused(reading: Reading, quote: str):
    with pytest.raises(Refused):
        directives.find_passage(reading.text, quote)


@pytest.mark.parametrize("span", [(-1, 5), (5, 5), (0, 10**9), (9, 3)])
def test_a_span_outside_the_text_is_refused(reading: Reading, span: tuple[int, int]):
    with pytest.raises(Refused):
        directives.passage_of(reading.text, directives.propose(reading).registration, span)


def test_a_row_of_an_annex_is_called_by_what_is_to_be_done():
    head = "TT\tNội dung\tCơ quan chủ trì\tThời hạn"
    rows = f"PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n{head}\n1\tLập danh sách\tSở Y tế\tTháng 12/2026\n"
    sheet = directives.propose(read_text(f"{PAPER}\n{rows}"))
    assert [p.title for p in sheet.proposals if p.clause == "PL/1"] == ["Lập danh sách"]
