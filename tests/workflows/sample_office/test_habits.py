"""Punctuality of the sample's units."""

from collections import Counter

from workflows.sample_office import answered_after


def test_most_units_answer_in_time_some_late_and_a_few_not_at_all():
    answers = [
        answered_after(1, f"DU-{unit}", f"2026-Q{quarter}") for unit in range(500) for quarter in (1, 2, 3)
    ]
    counted = Counter("silent" if days is None else "late" if days > 0 else "in time" for days in answers)
    assert counted["in time"] > counted["late"] > counted["silent"] > 0


def test_the_same_unit_answers_the_same_for_the_same_seed():
    assert answered_after(7, "DU-AN-BINH", "2026-Q2") == answered_after(7, "DU-AN-BINH", "2026-Q2")
