from search_index import Entry
from search_index.engine import Scored
from search_index.rerank import rerank
from search_index.tokens import tokens


def order(query: str, *papers: tuple[str, str]) -> list[str]:
    hits = [Scored(Entry(str(n), "task", title, body), 1.0) for n, (title, body) in enumerate(papers)]
    return [judged.entry.title for judged in rerank(hits, tokens(query))]


def test_the_whole_phrase_in_the_heading_comes_first_then_in_the_text() -> None:
    papers = [("Một", "Viên chức gặp đoàn."), ("Hai", "Nói về đoàn viên."), ("Về đoàn viên", "")]
    assert order("đoàn viên", *papers) == ["Về đoàn viên", "Hai", "Một"]


def test_a_heading_that_says_little_else_comes_before_a_longer_one() -> None:
    papers = [("Thi đua của ngành giáo dục và đào tạo", ""), ("Thi đua", "")]
    assert order("thi đua", *papers) == ["Thi đua", "Thi đua của ngành giáo dục và đào tạo"]


def test_exact_accents_come_before_other_accents() -> None:
    assert order("hội viên", ("Hỏi viện", ""), ("Hội viên", "")) == ["Hội viên", "Hỏi viện"]


def test_either_tone_placement_is_exact() -> None:
    assert order("ủy ban", ("Uỵ bàn", ""), ("Uỷ ban", "")) == ["Uỷ ban", "Uỵ bàn"]


def test_equals_stay_in_the_order_of_the_engine() -> None:
    assert order("vắng", ("Một", ""), ("Hai", ""), ("Ba", "")) == ["Một", "Hai", "Ba"]


def test_a_hit_convinces_by_heading_passage_number_or_all_its_labels() -> None:
    entry = Entry(
        "1", "task", "Thi đua", "Về đoàn viên mới.", number="11-CT/TU", units=("Tỉnh đoàn",), year=2025
    )

    def convinces(query: str) -> bool:
        return rerank([Scored(entry, 1.0)], tokens(query))[0].convincing

    assert convinces("thi đua")
    assert convinces("đoàn viên")
    assert convinces("vắng 11-ct/tu")
    assert convinces("tỉnh đoàn thi đua 2025")
    assert not convinces("viên đoàn")
