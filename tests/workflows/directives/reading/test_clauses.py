"""Numbered passages: addresses, gaps, wrapped lines, footnotes."""

from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.clauses import as_clause, heading_of, read_clauses, without_furniture
from workflows.directives.reading.model import Footnote
from workflows.directives.reading.text import clean


def addresses(text: str) -> list[str]:
    return [passage.address for passage in read_clauses(text, (0, len(text)))]


def words(text: str) -> list[str]:
    return [text[passage.start : passage.end] for passage in read_clauses(text, (0, len(text)))]


def test_an_address_tells_the_way_through_roman_arabic_and_letters() -> None:
    text = "I. MỤC ĐÍCH\n1. Một.\nII. NHIỆM VỤ\n1. Hai.\na) Ba.\nb) Bốn.\n2. Năm."
    assert addresses(text) == ["I", "I.1", "II", "II.1", "II.1.a", "II.1.b", "II.2"]


def test_dash_items_are_counted_under_their_clause_and_plus_items_under_their_dash() -> None:
    assert addresses("4. Bốn:\n- Một.\n- Hai.\n+ Trong hai.\n5. Năm.") == [
        "4",
        "4/d1",
        "4/d2",
        "4/d2/d1",
        "5",
    ]


def test_a_second_paragraph_is_counted() -> None:
    assert addresses("5. Năm.\n\nĐoạn hai của năm.\n\nĐoạn ba.") == ["5", "5/p2", "5/p3"]


def test_numbers_of_two_levels_stand_under_the_roman_section() -> None:
    assert addresses("3. Ba\n3.1. Một.\n- Gạch.\n3.2. Hai.") == ["3", "3.1", "3.1/d1", "3.2"]
    assert addresses("IV. BỐN\n2. Hai:\n2.1. Một.") == ["IV", "IV.2", "IV.2.1"]


def test_gaps_in_the_numbering_are_kept_as_they_are() -> None:
    assert addresses("I. Một.\nII. Hai.\nIV. Bốn.") == ["I", "II", "IV"]
    assert addresses("1. Một:\na) A.\nb) B.\nd) D.\nđ) Đ.\ne) E.") == ["1", "1.a", "1.b", "1.d", "1.đ", "1.e"]


def test_numbers_in_brackets_and_articles_are_marks() -> None:
    assert addresses("3. Kiến nghị:\n(i) Một.\n(ii). Hai.") == ["3", "3(i)", "3(ii)"]
    assert addresses("Điều 1. Một.\nĐiều 2. Hai.") == ["Điều 1", "Điều 2"]


def test_text_before_any_number_belongs_to_the_body() -> None:
    assert addresses("Mở đầu.\n\n1. Một.") == ["body/p1", "1"]


def test_a_wrapped_line_that_begins_with_a_dash_is_no_item() -> None:
    text = "1. Mặt trận Tổ quốc và các tổ chức chính trị\n- xã hội vận động Nhân dân.\n2. Hai."
    assert addresses(text) == ["1", "2"]


def test_a_sentence_broken_over_a_page_is_one_passage() -> None:
    text = "1. Thực hiện Kết luận của Ban Bí thư ngày\n\n                    2\n\nmồng ba tháng hai.\n2. Hai."
    assert addresses(text) == ["1", "2"]


def test_a_symbol_broken_at_its_dash_is_one_passage() -> None:
    text = "1. Sở Nội vụ thực hiện Kế hoạch số 12/KH-\nUBND của tỉnh.\n2. Hai."
    assert addresses(text) == ["1", "2"]


def test_a_closing_paragraph_after_letters_speaks_for_the_whole_clause() -> None:
    assert addresses("6. Sáu:\na) A:\n- Một.\nGiao Sở Y tế theo dõi.") == ["6", "6.a", "6.a/d1", "6/p2"]


def test_footnotes_are_no_passages() -> None:
    text = "1. Một<sup>1</sup>.\n\n<sup>1</sup> Chú thích.\n\n2. Hai."
    assert addresses(text) == ["1", "2"]
    told = "1. Một.\n7 Chú thích ở chân trang.\n2. Hai."
    note = Footnote("7", "Chú thích", (8, 34))
    assert [p.address for p in read_clauses(told, (0, len(told)), [note])] == ["1", "2"]


def test_blanking_furniture_keeps_the_length() -> None:
    text = "1. Một\n\n            2\n\nhai."
    blanked = without_furniture(text)
    assert len(blanked) == len(text)
    assert "2" not in blanked


def test_a_long_heading_is_cut_at_a_word() -> None:
    assert heading_of("Sở Y tế: lập kế hoạch.") == "Sở Y tế"
    assert heading_of("dài " * 100).endswith("dài…")


@given(st.text(alphabet="1.ab) -+IV\nđA(i:;", max_size=200))
def test_passages_lie_in_order_inside_the_text(text: str) -> None:
    text = clean(text)
    end = 0
    for passage in read_clauses(text, (0, len(text))):
        assert end <= passage.start <= passage.end <= len(text)
        assert as_clause(text, passage).text == text[passage.start : passage.end]
        end = passage.end
