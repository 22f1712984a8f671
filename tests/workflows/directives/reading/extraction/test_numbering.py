"""How Word counts its lists."""

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.extraction.numbering import number_as, read_numbering

LISTS = """<numbering>
<abstractNum abstractNumId="1">
  <lvl ilvl="0"><start val="1"/><numFmt val="decimal"/><lvlText val="%1."/></lvl>
  <lvl ilvl="1"><start val="1"/><numFmt val="decimal"/><lvlText val="%1.%2."/></lvl>
</abstractNum>
<abstractNum abstractNumId="2">
  <lvl ilvl="0"><numFmt val="bullet"/><lvlText val="&#xF0B7;"/></lvl>
</abstractNum>
<num numId="1"><abstractNumId val="1"/></num>
<num numId="2"><abstractNumId val="1"/></num>
<num numId="3"><abstractNumId val="1"/><lvlOverride ilvl="0"><startOverride val="4"/></lvlOverride></num>
<num numId="9"><abstractNumId val="2"/></num>
</numbering>"""
STYLES = """<styles>
<style styleId="Base"><pPr><numPr><numId val="1"/></numPr></pPr></style>
<style styleId="Own"><basedOn val="Base"/></style>
<style styleId="Round"><basedOn val="Round"/></style>
</styles>"""


def labels(*places):
    numbering = read_numbering(fromstring(LISTS), fromstring(STYLES))
    return [numbering.label(fromstring(f"<p><pPr>{place}</pPr></p>")) for place in places]


def at(number, depth=0):
    return f'<numPr><ilvl val="{depth}"/><numId val="{number}"/></numPr>'


def test_a_deeper_level_carries_the_number_above_it_and_begins_anew_under_the_next():
    assert labels(at(1), at(1, 1), at(1, 1), at(1), at(1, 1)) == ["1.", "1.1.", "1.2.", "2.", "2.1."]


def test_lists_of_one_pattern_count_on_unless_one_says_where_to_start():
    assert labels(at(1), at(2), at(3), at(3)) == ["1.", "2.", "4.", "5."]


def test_a_paragraph_takes_the_list_of_its_style_and_of_the_style_below():
    assert labels('<pStyle val="Own"/>', '<pStyle val="Own"/>') == ["1.", "2."]


def test_styles_that_rest_on_each_other_in_a_ring_end_nowhere():
    assert labels('<pStyle val="Round"/>') == [""]


def test_bullets_come_as_signs_that_can_be_read():
    assert labels(at(9)) == ["•"]


def test_list_zero_and_unknown_lists_mean_no_list():
    assert labels(at(0), at(77), at(1, 8)) == ["", "", ""]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"),
        (12, "decimal", "12"),
    ],
)
def test_numbers_look_as_the_list_wants(number, form, text):
    assert number_as(number, form) == text


@given(
    st.integers(0, 10**6), st.sampled_from(["upperRoman", "lowerLetter", "decimalZero", "decimal", "chicago"])
)
def test_no_number_is_too_odd_to_be_written(number, form):
    assert number_as(number, form) or number == 0
