"""Names of the generated communes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.sample_office import Scale
from workflows.sample_office.names import PROVINCES, commune_names, communes_in, slug


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("xã An Bình Đông", "AN-BINH-DONG"),
        ("thị trấn Sông Trầm", "SONG-TRAM"),
        ("phường Đức Quới", "DUC-QUOI"),
    ],
)
def test_a_slug_is_the_proper_name_without_accents(name, code):
    assert slug(name) == code


@given(st.integers(0, 33), st.integers(0, 150))
def test_the_names_of_a_province_differ_even_without_accents(province, count):
    used = frozenset({"xã An Hải", "phường Hoà Bảo"})
    names = commune_names(used, count, province)
    assert len({slug(name) for name in (*names, *used)}) == count + len(used)


def test_the_communes_of_all_provinces_add_up_to_those_of_the_nation():
    assert sum(communes_in(Scale.NATION, number) for number in range(PROVINCES[Scale.NATION])) == 3321
