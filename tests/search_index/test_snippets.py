from hypothesis import given
from hypothesis import strategies as st

from search_index.normalise import clean
from search_index.snippets import WIDTH, Marker, Segment
from search_index.tokens import tokens

LONG = "Mở đầu nói chung chung. " * 40


def marker(text: str, *, honour_accents: bool = True, unfinished: bool = False) -> Marker:
    return Marker(tokens(text), honour_accents=honour_accents, unfinished=unfinished)


def marked(segments: tuple[Segment, ...]) -> list[str]:
    return [segment.text for segment in segments if segment.marked]


def whole(segments: tuple[Segment, ...]) -> str:
    return "".join(segment.text for segment in segments)


def test_words_are_marked_whatever_their_accents_when_none_were_typed() -> None:
    assert marked(marker("doan vien").marked("Đoàn viên, ĐOẢN, đoàn-viên")) == [
        "Đoàn",
        "viên",
        "ĐOẢN",
        "đoàn",
        "viên",
    ]


def test_typed_accents_are_honoured_and_both_tone_placements_marked() -> None:
    assert marked(marker("ủy hội").marked("uỷ ủy úy; hội hỏi hoi")) == ["uỷ", "ủy", "hội", "hoi"]


def test_accents_are_not_honoured_when_the_search_ignored_them() -> None:
    assert marked(marker("hội", honour_accents=False).marked("hội hỏi")) == ["hội", "hỏi"]


def test_parts_of_words_are_not_marked() -> None:
    assert marked(marker("an").marked("an ban ang")) == ["an"]


def test_an_unfinished_word_marks_whatever_begins_with_it() -> None:
    assert marked(marker("cong ta", unfinished=True).marked("Công tác, tàu, cong")) == [
        "Công",
        "tác",
        "tàu",
        "cong",
    ]


def test_numbers_are_marked_however_they_are_spaced() -> None:
    text = "Căn cứ 11-CT/TU, 11 - CT/TU và 111-CT/TU"
    assert marked(marker("11-ct/tu").marked(text)) == ["11-CT/TU", "11 - CT/TU"]


def test_other_spellings_of_a_word_are_marked() -> None:
    assert marked(marker("ly đoàn").marked("lí lý ddoàn")) == ["lí", "lý", "ddoàn"]


def test_the_snippet_shows_where_most_words_meet() -> None:
    text = f"{LONG}Riêng đoàn ở xa. {LONG}Về công tác đoàn viên năm nay. {LONG}"
    snippet = marker("đoàn viên").snippet(text)
    assert "công tác đoàn viên năm nay" in whole(snippet)
    assert marked(snippet) == ["đoàn", "viên"]
    assert whole(snippet).startswith("… ")
    assert whole(snippet).endswith(" …")


def test_without_words_the_snippet_is_the_beginning() -> None:
    assert whole(marker("").snippet("Ngắn.")) == "Ngắn."
    assert whole(marker("vắng").snippet(LONG)).startswith("Mở đầu")


@given(st.text(), st.text(alphabet="aăđoànviê bc-/1", max_size=20))
def test_what_is_shown_is_a_stretch_of_the_text(text: str, query: str) -> None:
    text = clean(text)
    found = marker(clean(query))
    assert whole(found.marked(text)) == text
    assert whole(found.snippet(text)).removeprefix("… ").removesuffix(" …") in text
    assert len(whole(found.snippet(text))) <= WIDTH + 4
