"""Numbers and symbols as an office writes them."""

import pytest

from workflows.directives.reading.numbers import tidy, tidy_symbol, type_of_symbol


@pytest.mark.parametrize(
    ("parts", "number"),
    [
        (("34", "-", "NQ/TU"), "34-NQ/TU"),
        (("09 / 2009", "/", "CT - UBND"), "09/2009/CT-UBND"),
        (("12", "-", "CTrlTU"), "12-CTr/TU"),
        (("38", "-", "CT/TTg"), "38/CT-TTg"),
        (("77/2023", "/", "QH151"), "77/2023/QH15"),
        (("903b", "/", "CTPH-BYT-1LDLDVN"), "903b/CTPH-BYT-TLDLDVN"),
        (("5", "-", "NQ/TU - An"), "5-NQ/TU"),
    ],
)
def test_a_number_is_tidied(parts: tuple[str, str, str], number: str) -> None:
    assert tidy(*parts) == number


@pytest.mark.parametrize(
    ("symbol", "marks", "tidied"),
    [
        ("UBND-VP3", "", "UBND-VP3"),
        ("UBND-VP3", "3", "UBND-VP"),
        ("NĐ-CP2", "", "NĐ-CP"),
        ("C06-P3", "3", "C06-P3"),
    ],
)
def test_a_figure_at_the_end_is_a_footnote_mark_or_part_of_the_symbol(
    symbol: str, marks: str, tidied: str
) -> None:
    assert tidy_symbol(symbol, marks=frozenset(marks)) == tidied


def test_a_letter_of_the_state_names_no_type() -> None:
    assert type_of_symbol("UBND-KT") is None
    assert type_of_symbol("KH-UBND") == "KH"
