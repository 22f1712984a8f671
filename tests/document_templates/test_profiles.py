from datetime import date

import pytest

from document_templates import DocumentError, profile_for, profile_in_force
from document_templates.profiles import CODES


@pytest.mark.parametrize(
    ("family", "day", "code"),
    [
        ("party", date(2026, 5, 27), "party-2026"),
        ("party", date(2026, 5, 26), "party-2018"),
        ("party", date(2010, 1, 1), "party-2018"),
        ("state", date(2026, 1, 1), "state-2020"),
        ("front", date(2025, 9, 1), "front"),
        ("youth", date(2026, 1, 1), "youth"),
    ],
)
def test_the_rule_in_force_depends_on_the_day(family, day, code):
    assert profile_in_force(family, day).code == code


@pytest.mark.parametrize(
    "ask", [lambda: profile_for("party-1999"), lambda: profile_in_force("army", date(2026, 1, 1))]
)
def test_an_unknown_profile_is_refused(ask):
    with pytest.raises(DocumentError):
        ask()


# Component, size, bold, italic, underlined: Hướng dẫn 05-HD/VPTW as the specification gives it.
PARTY = [
    ("heading", 15, True, False, False),
    ("upper_body", 14, False, False, False),
    ("issuer", 14, True, False, False),
    ("number", 14, False, False, False),
    ("place_date", 14, False, True, False),
    ("type_name", (15, 16), True, False, False),
    ("subject", (14, 15), True, False, False),
    ("letter_subject", 12, False, True, False),
    ("body", (14, 15), False, False, False),
    ("part", (14, 15), True, False, False),
    ("authority", 14, True, False, False),
    ("post", 14, False, False, False),
    ("signer", 14, True, False, False),
    ("recipients_label", 14, False, False, True),
    ("recipient", 12, False, False, False),
    ("urgency", 14, True, False, False),
    ("circulation", 12, True, False, False),
    ("draft", 14, False, True, False),
    ("drafter", 11, False, False, False),
    ("contact", 10, False, False, False),
    ("appendix_label", 14, True, False, False),
    ("appendix_title", 14, True, False, False),
    ("appendix_reference", 14, False, True, False),
    ("page_number", 14, False, False, False),
]
STATE = [
    ("heading", (12, 13), True, False, False),
    ("motto", (13, 14), True, False, False),
    ("number", 13, False, False, False),
    ("letter_subject", (12, 13), False, False, False),
    ("basis", (13, 14), False, True, False),
    ("post", (13, 14), True, False, False),
    ("recipients_label", 12, True, True, False),
    ("recipient", 11, False, False, False),
]


@pytest.mark.parametrize(
    ("code", "rows"), [("party-2026", PARTY), ("party-2018", PARTY), ("state-2020", STATE), ("front", STATE)]
)
def test_components_are_set_as_the_rule_says(code, rows):
    for key, size, bold, italic, underline in rows:
        style = profile_for(code).styles[key]
        sizes = size if isinstance(size, tuple) else (size, size)
        assert (key, style.sizes, style.bold, style.italic, style.underline) == (
            key,
            sizes,
            bold,
            italic,
            underline,
        )


@pytest.mark.parametrize("code", CODES)
def test_what_is_drawn_lies_within_what_is_allowed(code):
    profile = profile_for(code)
    for style in profile.styles.values():
        assert style.sizes[0] <= style.size <= style.sizes[1]
    for side, (low, high) in profile.page.ranges.items():
        assert low <= getattr(profile.page, side) <= high
    low, high = profile.rules.pitches
    assert low <= profile.styles["body"].pitch <= high


def test_the_youth_union_has_its_own_heading_and_margins():
    youth = profile_for("youth")
    assert youth.rules.heading == ("ĐOÀN TNCS HỒ CHÍ MINH",)
    assert youth.separators["issuer"].text == "***"
    assert (youth.page.left, youth.page.right) == (30, 20)


def test_a_rule_about_two_kinds_of_decision_knows_their_abbreviations():
    assert profile_for("party-2026").types["Quy định"] == "QĐ"
    assert profile_for("state-2020").types["Quy định"] == "QyĐ"
