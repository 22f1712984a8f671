from search_index.spelling import edits


def test_edits_are_one_letter_away() -> None:
    near = edits("doan")
    assert {"don", "odan", "toan", "doanh", "doang"} <= near
    assert "doan" not in near
    assert "" not in edits("a")
    assert all(abs(len(word) - 4) <= 1 for word in near)
