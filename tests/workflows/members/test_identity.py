"""A person is told apart by normal forms that do not depend on how somebody typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.members.identity import (
    folded_name,
    folded_place,
    identity_key,
    identity_tail,
    normal_identity,
    normal_name,
    sort_name,
)
from workflows.vietnamese_order import ALPHABET

letters = st.sampled_from(ALPHABET + "áàảãạếềểễệốồổỗộ")
names = st.lists(st.text(letters, min_size=1, max_size=6), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("079 201 001 234", "079201001234"),
        ("79201001234", "079201001234"),
        ("123456789", "123456789"),
        ("12345678", "012345678"),
        ("07920100123", "007920100123"),
        ("1234567", None),
        ("0792010012345", None),
        ("000000000000", None),
        ("07920100123x", None),
        ("", None),
    ],
)
def test_identity_numbers_have_one_normal_form(typed: str, normal: str | None):
    assert normal_identity(typed) == normal


def test_a_key_says_nothing_without_its_secret():
    number = "079201001234"
    assert identity_key(number, b"one") != identity_key(number, b"other")
    assert len(identity_key(number, b"one")) == 32
    assert identity_tail(number) == "234"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [("NGUYỄN  THỊ LAN", "Nguyễn Thị Lan"), ("lê văn đạt", "Lê Văn Đạt"), ("H'Hen Niê", "H'Hen Niê")],
)
def test_names_have_one_normal_form(typed: str, normal: str):
    assert normal_name(typed) == normal


@given(names)
def test_names_fold_alike_however_their_accents_were_typed(name: str):
    folded = folded_name(name)
    assert folded == folded_name(unicodedata.normalize("NFD", name)) == folded_name(name.upper())
    assert folded.isascii()


def test_both_placements_of_tones_fold_alike():
    assert folded_name("Hoà Thuỷ") == folded_name("Hòa Thủy") == "hoa thuy"


def test_lists_are_sorted_by_given_name_in_the_order_of_the_alphabet():
    wanted = [
        "Trần Văn An",
        "Đỗ Anh",
        "Lê Ánh",
        "Bùi Ân",
        "Cao Dũng",
        "An Đạt",
        "Lê Hoa",
        "Lê Hoà",
        "Lý Hoan",
    ]
    assert sorted(wanted, key=sort_name) == wanted


@given(names)
def test_sort_keys_hold_only_what_every_collation_orders_alike(name: str):
    assert set(sort_name(name)) <= set("0123456789abcdefghijklmnopqrstuvwx")


def test_places_are_compared_without_their_kind():
    assert folded_place("Xã An Bình, TP. Mẫu") == folded_place("an bình - mẫu") == "an binh mau"
