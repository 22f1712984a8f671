"""What is one person by keys, what may be, and how many persons there are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.reconciliation.matching import (
    AGREEMENTS,
    Agreement,
    Field,
    Model,
    joined,
    learn,
    match,
    overlap_of,
    persons,
)
from workflows.reconciliation.matching.agreements import agreements
from workflows.reconciliation.matching.candidates import pairs as candidate_pairs
from workflows.reconciliation.matching.exact import contested
from workflows.reconciliation.matching.groups import components
from workflows.reconciliation.matching.rows import Pairs, together

from .invented import Entry, register, rows

LAN = Entry()


def are_one(*entries: Entry) -> bool:
    """Whether the keys make one person of all entries."""
    return len(set(persons(rows(*entries)).tolist())) == 1


def are_compared(*entries: Entry) -> bool:
    """Whether two entries are worth comparing."""
    written = rows(*entries)
    return len(candidate_pairs(written, persons(written))) == 1


def test_one_identity_number_is_one_person_whatever_else_was_typed():
    assert are_one(replace(LAN, number=7), replace(LAN, number=7, name="Nguyen Thi Lan", place=5))
    assert are_one(replace(LAN, number=7), replace(LAN, number=7, birth=(1991, 3, 2)))


def test_one_number_with_another_name_and_another_year_is_left_to_a_person():
    strange = rows(replace(LAN, number=7), replace(LAN, number=7, name="Trần Văn Dũng", birth=(1960, 5, 5)))
    assert len(set(persons(strange).tolist())) == 2
    assert len(contested(strange)) == 1


def test_without_numbers_name_birth_sex_and_place_make_one_person():
    assert are_one(LAN, replace(LAN, organisation=3, name="NGUYỄN THỊ LAN"))
    for other in (replace(LAN, place=2), replace(LAN, sex=1), replace(LAN, birth=(1991, 2, 4))):
        assert not are_one(LAN, other)


def test_a_day_known_by_its_year_only_makes_nobody_one_by_itself():
    assert not are_one(replace(LAN, birth=(1991, 0, 0)), replace(LAN, birth=(1991, 0, 0)))


def test_two_numbers_are_two_persons_and_the_entry_without_one_stays_apart():
    first, second = replace(LAN, number=7), replace(LAN, number=8)
    assert len(set(persons(rows(first, second, LAN, LAN)).tolist())) == 3
    assert are_one(first, LAN)


def test_slips_of_the_pen_are_compared():
    slips = [
        replace(LAN, name="Nguyễn Thị Lam"),
        replace(LAN, name="Nguyễn Lan", place=3),
        replace(LAN, birth=(1991, 3, 2)),
        replace(LAN, birth=(1992, 2, 3)),
        replace(LAN, birth=(1991, 0, 0), place=9),
        replace(LAN, place=9),
    ]
    for slip in slips:
        assert are_compared(LAN, slip), slip


def test_strangers_are_not_compared():
    strangers = [
        replace(LAN, name="Trần Văn Dũng"),
        replace(LAN, birth=(1991, 3, 2), place=9),
        replace(LAN, birth=(1975, 8, 9)),
    ]
    for stranger in strangers:
        assert not are_compared(LAN, stranger), stranger


def test_a_rare_name_weighs_more_than_a_common_one():
    crowd = [
        replace(entry, name="Nguyễn Thị Lan") if i % 9 == 0 else entry
        for i, entry in enumerate(register(3_000, seed=3))
    ]
    rare = [
        Entry("Đỗ Hữu Xuân Uyên", (1981, 5, 6)),
        Entry("Đỗ Hữu Xuân Uyên", (1981, 5, 6), place=9, organisation=2),
    ]
    common = [
        Entry("Nguyễn Thị Lan", (2011, 12, 28)),
        Entry("Nguyễn Thị Lan", (2011, 12, 28), place=9, organisation=2),
    ]
    found = match(rows(*rare, *common, *crowd))
    chances = {
        (int(a), int(b)): p
        for a, b, p in zip(found.doubtful.left, found.doubtful.right, found.probability, strict=True)
    }
    assert chances[0, 1] > chances.get((2, 3), 0.0)


def test_what_weighs_can_be_shown_field_by_field_and_adds_up():
    written = rows(*register(1_500, seed=4))
    found = match(written)
    left = found.doubtful.left
    for at in range(min(40, len(left))):
        stands = {field: AGREEMENTS[found.stands[field][at]] for field in Field}
        share = float(written.name_share[left[at]])
        bits = np.log2(found.model.prior) + sum(
            found.model.bits(field, agreement, share) for field, agreement in stands.items()
        )
        assert found.probability[at] == pytest.approx(1 / (1 + 2.0**-bits))


@pytest.mark.parametrize("seed", range(4))
def test_the_count_is_near_the_truth_and_its_bounds_contain_it(seed: int):
    entries = register(6_000, seed)
    truth = len({entry.truth for entry in entries})
    count = match(rows(*entries)).count
    assert count.lowest <= truth <= count.highest
    assert abs(count.likely - truth) <= 0.003 * truth
    assert count.memberships == 6_000


def test_what_is_likely_is_mostly_true_and_most_that_is_true_is_found():
    entries = register(12_000, seed=11)
    found = match(rows(*entries))
    is_true = np.array(
        [
            entries[a].truth == entries[b].truth
            for a, b in zip(found.doubtful.left, found.doubtful.right, strict=True)
        ]
    )
    likely = found.probability >= 0.5
    assert is_true[likely].mean() >= 0.95
    assert is_true[likely].sum() >= 0.90 * is_true.sum()


def test_whoever_finds_the_weights_is_believed():
    written = rows(*register(1_500, seed=3))
    ours = match(written)

    def doubting(*asked) -> Model:
        return replace(learn(*asked), prior=ours.model.prior / 64)

    theirs = match(written, doubting)
    assert theirs.model.prior == ours.model.prior / 64
    assert len(theirs.doubtful) < len(ours.doubtful)
    assert theirs.count.likely > ours.count.likely


def test_nobody_at_all_is_no_person():
    assert match(rows()).count.likely == 0
    assert match(rows(LAN)).count.likely == 1


def test_the_overlap_counts_persons_by_organisation():
    entries = [
        replace(LAN, number=1, organisation=0),
        replace(LAN, number=1, organisation=1),
        replace(LAN, number=1, organisation=1),
        replace(LAN, number=2, organisation=2),
    ]
    written = rows(*entries)
    found = overlap_of(written.organisation, persons(written), 3)
    assert found.both.tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 1]]
    assert found.in_so_many.tolist() == [1, 1, 0]
    assert found.entered_twice.tolist() == [0, 1, 0]


def test_a_decision_joins_two_persons_with_all_their_rows():
    written = rows(replace(LAN, number=1), replace(LAN, number=1, organisation=2), replace(LAN, place=4), LAN)
    known = persons(written)
    assert len(set(known.tolist())) == 2
    assert len(set(joined(known, Pairs(np.array([1], np.int32), np.array([2], np.int32))).tolist())) == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40))
def test_links_make_the_same_groups_as_walking_them(size: int, links: list[tuple[int, int]]):
    links = [(a % size, b % size) for a, b in links]
    pairs = Pairs(np.array([a for a, _ in links], np.int32), np.array([b for _, b in links], np.int32))
    group = {place: {place} for place in range(size)}
    for a, b in links:
        merged = group[a] | group[b]
        for place in merged:
            group[place] = merged
    assert components(size, pairs).tolist() == [min(group[place]) for place in range(size)]


def test_pairs_of_several_lists_are_named_once():
    one = Pairs(np.array([3, 1], np.int32), np.array([1, 2], np.int32))
    assert list(
        zip(*(side.tolist() for side in (together([one, one]).left, together([one, one]).right)), strict=True)
    ) == [
        (1, 2),
        (1, 3),
    ]


def test_every_agreement_has_its_place():
    assert AGREEMENTS[0] is Agreement.UNKNOWN


def test_an_old_number_says_nothing_against_a_new_one():
    old, new = replace(LAN, number=7, number_length=9), replace(LAN, number=8, place=2, organisation=1)
    other = replace(LAN, number=9, place=2, organisation=1)
    written = rows(old, new, other)
    pairs = Pairs(np.array([0, 1], np.int32), np.array([1, 2], np.int32))
    stands = [AGREEMENTS[code] for code in agreements(written, pairs)[Field.IDENTITY]]
    assert stands == [Agreement.UNKNOWN, Agreement.DIFFERENT]
