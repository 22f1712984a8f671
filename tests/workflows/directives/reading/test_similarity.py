"""Papers whose texts are the same within a tenth are found, others are not."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.similarity import ALIKE, KEPT, Signature, near_duplicates, similarity

WORDS = ("tỉnh", "ủy", "xã", "báo", "cáo", "kết", "quả", "thực", "hiện", "nhiệm", "vụ", "công", "tác", "giao")


def paper(seed, length=1500):
    chance = random.Random(seed)
    return [f"{chance.choice(WORDS)}{chance.randrange(40)}" for _ in range(length)]


def changed(words, share, seed=7):
    chance = random.Random(seed)
    return [f"khác{chance.randrange(10**6)}" if chance.random() < share else word for word in words]


def alike(one, other):
    return similarity(Signature.of(" ".join(one)), Signature.of(" ".join(other)))


@pytest.mark.parametrize("share", [0.0, 0.03, 0.06, 0.1, 0.2])
def test_similarity_is_the_share_of_words_that_agree(share):
    for seed in range(5):
        words = paper(seed)
        assert alike(words, changed(words, share, seed)) == pytest.approx(1 - share, abs=0.035)


def test_other_papers_are_not_alike():
    assert alike(paper(1), paper(2)) < 0.5


def test_accents_case_punctuation_and_line_breaks_do_not_count():
    one = "Tỉnh ủy yêu cầu: các xã báo cáo kết quả."
    other = unicodedata.normalize("NFD", "TỈNH UỶ YÊU CẦU\ncác xã, báo cáo - kết quả")
    assert similarity(Signature.of(one), Signature.of(other)) == 1.0


def test_short_papers_are_compared_exactly():
    assert similarity(Signature.of("một hai ba bốn"), Signature.of("một hai ba năm")) == pytest.approx(
        (0.5) ** (1 / 3)
    )


def test_papers_without_words_resemble_nothing():
    assert similarity(Signature.of(""), Signature.of("...")) == 0.0


def test_a_signature_is_stored_as_text_of_bounded_length():
    signature = Signature.of(" ".join(paper(3, 20_000)))
    assert Signature.parse(str(signature)) == signature
    assert len(str(signature)) == KEPT * 17 - 1


def test_rubbish_is_no_stored_signature():
    with pytest.raises(ValueError, match="invalid literal"):
        Signature.parse("không phải")


def test_papers_alike_share_a_key_to_look_them_up_by():
    for seed in range(60):
        words = paper(seed, 800)
        one, other = Signature.of(" ".join(words)), Signature.of(" ".join(changed(words, 1 - ALIKE, seed)))
        assert set(one.keys()) & set(other.keys())


def test_near_duplicates_come_most_alike_first():
    words = paper(5)
    others = {share: Signature.of(" ".join(changed(words, share))) for share in (0.05, 0.0, 0.3)}
    found = near_duplicates(Signature.of(" ".join(words)), others.items())
    assert [key for key, _ in found] == [0.0, 0.05]


@given(st.text(max_size=300), st.text(max_size=300))
def test_similarity_is_a_share_and_the_same_both_ways(one, other):
    a, b = Signature.of(one), Signature.of(other)
    assert 0.0 <= similarity(a, b) <= 1.0
    assert similarity(a, b) == similarity(b, a)
    assert similarity(a, a) in (0.0, 1.0)
