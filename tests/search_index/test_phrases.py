import pytest

from search_index import Entry
from search_index.phrases import carries
from search_index.query import Phrase
from search_index.tokens import tokens


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("đoàn viên ưu tú", "kết nạp Đoàn viên ưu tú", True),
        ("đoàn viên ưu tú", "đoàn viên; viên ưu; ưu tú", False),
        ("doan vien uu tu", "đoàn viên ưu tú", True),
        ("đoàn viên", "đoán viện", False),
        ("đoàn viên", "DOAN VIEN", True),
        ("đoàn viên", "đoàn", False),
    ],
)
def test_words_must_stand_side_by_side_with_their_accents(phrase: str, text: str, expected: bool) -> None:
    asked = Phrase(tuple(tokens(phrase)))
    assert carries(Entry("task:1", "task", "Khác", text), asked) is expected
    assert carries(Entry("task:1", "task", text), asked) is expected
