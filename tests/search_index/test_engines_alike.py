"""What every engine must do, and do alike."""

import datetime
import unicodedata
from collections.abc import Callable

import pytest

import search_index
from search_index import Entry, Filters, Index, Order, Query, Results, Unavailable, Vocabulary

Make = Callable[..., Entry]


def search(index: Index, text: str = "", *, visible_to: set[str] | None = None, **given: object) -> Results:
    vocabulary = given.pop("vocabulary", Vocabulary())
    seen_by = {"office"} if visible_to is None else visible_to
    return index.search(Query(text, **given), visible_to=seen_by, vocabulary=vocabulary)  # type: ignore[arg-type]


def titles(results: Results) -> list[str]:
    return ["".join(segment.text for segment in hit.title) for hit in results.hits]


def notes(results: Results) -> str:
    return " ".join(map(str, results.notes))


def test_an_index_that_does_not_exist_yet_finds_nothing_and_says_why(index: Index) -> None:
    results = search(index, "chỉ thị")
    assert (results.total, results.hits) == (0, ())
    assert "chưa được lập" in notes(results)
    assert index.count() == 0
    assert index.status().needs_rebuild


def test_what_is_put_is_found_and_what_is_deleted_is_not(index: Index, paper: Make) -> None:
    kept, lost = paper("Công tác thanh niên"), paper("Công tác phụ nữ")
    index.put([kept, lost])
    assert search(index, "công tác").total == 2
    index.delete([lost.key, "directive:unknown"])
    assert titles(search(index, "công tác")) == ["Công tác thanh niên"]
    assert index.keys() == {kept.key}


def test_a_later_version_replaces_the_former_one(index: Index, paper: Make) -> None:
    index.put([paper("Bản cũ", key="task:1", version="1")])
    index.put([paper("Bản mới", key="task:1", version="2")])
    assert search(index, "bản cũ").hits == ()
    assert titles(search(index, "bản mới")) == ["Bản mới"]
    assert index.versions() == {"task:1": "2"}
    assert index.count() == 1


def test_of_one_key_twice_in_a_batch_the_last_is_kept(index: Index, paper: Make) -> None:
    index.put([paper("Bản cũ", key="task:1", version="1"), paper("Bản mới", key="task:1", version="2")])
    assert titles(search(index, "bản")) == ["Bản mới"]


@pytest.mark.parametrize(
    "text", ["chi thi doan vien", "CHỈ THỊ ĐOÀN VIÊN", "chỉ thị đoàn vien", "ddoàn viên"]
)
def test_accents_case_and_telex_do_not_matter_when_not_typed(index: Index, paper: Make, text: str) -> None:
    index.put([paper("Chỉ thị về công tác đoàn viên")])
    assert search(index, text).total == 1


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_composed_and_decomposed_letters_meet(index: Index, paper: Make, form: str, typed: str) -> None:
    index.put([paper(unicodedata.normalize(form, "Hướng dẫn tuyển đoàn viên"))])
    results = search(index, unicodedata.normalize(typed, "đoàn viên"))
    assert titles(results) == [unicodedata.normalize("NFC", "Hướng dẫn tuyển đoàn viên")]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("hoà giải", "hòa giải"),
        ("uỷ ban", "ủy ban"),
        ("thúy", "thuý"),
        ("khoẻ", "khỏe"),
        ("kỹ thuật", "kĩ thuật"),
    ],
)
def test_both_placements_of_tones_meet(index: Index, paper: Make, written: str, typed: str) -> None:
    index.put([paper(f"Về {written}", key="task:1"), paper(f"Về {typed}", key="task:2")])
    assert search(index, written).total == search(index, typed).total == 2


def test_typed_accents_are_honoured(index: Index, paper: Make) -> None:
    index.put(
        [paper("Số hội viên"), paper("Phòng hỏi viện trợ"), *(paper(f"Hội viên {n}") for n in range(12))]
    )
    found = titles(search(index, "hội viên", limit=50))
    assert "Phòng hỏi viện trợ" not in found
    assert len(found) == 13
    assert search(index, "hoi vien").total == 14


def test_the_exact_accents_come_first_when_all_are_shown(index: Index, paper: Make) -> None:
    index.put([paper("Phòng hỏi viện trợ"), paper("Quản lý hội viên")])
    results = search(index, "hội viển")
    assert results.total == 2
    assert "khác dấu" in notes(results)
    assert titles(results)[0] == "Quản lý hội viên"


def test_a_text_without_accents_is_found_by_words_with_accents(index: Index, paper: Make) -> None:
    index.put([paper("THONG BAO HOP GIAO BAN")])
    assert search(index, "thông báo họp").total == 1


def test_d_typed_alone_finds_both_letters(index: Index, paper: Make) -> None:
    index.put([paper("Dòng chảy"), paper("Đồng bào")])
    assert search(index, "dong").total == 2


def test_d_typed_among_accents_never_silently_means_the_other_letter(index: Index, paper: Make) -> None:
    index.put([paper("Dòng chảy"), paper("Đồng bào")])
    assert titles(search(index, "dòng")) == ["Dòng chảy"]
    assert titles(search(index, "đồng")) == ["Đồng bào"]
    assert search(index, "dồng bào").hits == () or notes(search(index, "dồng bào"))


@pytest.mark.parametrize(
    "typed",
    [
        "11-CT/TU",
        "11-ct/tu",
        "11-ct",
        "11 - CT/TU",
        "số 11-CT/TU",
        "11 ct tu",
        "số:11-CT/TU",
        "số:11-ct",
        "số:11",
    ],
)
def test_a_number_is_found_whole_in_part_and_with_odd_spaces(index: Index, paper: Make, typed: str) -> None:
    citing = paper("Kế hoạch thực hiện", "Căn cứ Chỉ thị số 11-CT/TU, đơn vị triển khai.")
    own = paper("Chỉ thị về đoàn viên", number="11-CT/TU", type="CT")
    index.put([citing, own, paper("Công văn khác", number="111-CV/TU")])
    assert titles(search(index, typed))[0] == "Chỉ thị về đoàn viên"
    assert "Công văn khác" not in titles(search(index, typed))


@pytest.mark.parametrize("typed", ["15/2024/NĐ-CP", "15-NĐ-CP", "15/nđ-cp", "15/2024/nd-cp"])
def test_a_number_with_a_year_is_found_with_and_without_it(index: Index, paper: Make, typed: str) -> None:
    index.put([paper("Nghị định", number="15/2024/NĐ-CP")])
    assert search(index, typed).total == 1


def test_abbreviations_and_full_names_meet(index: Index, paper: Make) -> None:
    index.put(
        [paper("Giao UBND huyện"), paper("Giao Uỷ ban nhân dân xã"), paper("Uỷ ban kiểm tra của nhân dân")]
    )
    words = Vocabulary(abbreviations={"UBND": "ủy ban nhân dân"})
    for typed in ("UBND", "ủy ban nhân dân", "uy ban nhan dan"):
        found = titles(search(index, typed, vocabulary=words))
        assert {"Giao UBND huyện", "Giao Uỷ ban nhân dân xã"} <= set(found), typed
    assert search(index, "ubnd", vocabulary=words).total == 2


def test_one_missing_word_still_finds(index: Index, paper: Make) -> None:
    index.put([paper("Kế hoạch tuyên truyền phòng chống thiên tai"), paper("Báo cáo thi đua")])
    results = search(index, "kế hoạch tuyên truyền bão lụt")
    assert results.total == 0 or "thiếu một từ" in notes(results)
    results = search(index, "kế hoạch tuyên truyền phòng chống cháy")
    assert titles(results) == ["Kế hoạch tuyên truyền phòng chống thiên tai"]
    assert "thiếu một từ" in notes(results)


@pytest.mark.parametrize(
    "typed", ["phát trển hội viên", "phát triển hội vien", "phat trienn hoi vien", "pháht triển"]
)
def test_a_mistyped_word_still_finds(index: Index, paper: Make, typed: str) -> None:
    index.put([paper("Phát triển hội viên"), paper("Phát thanh")])
    assert titles(search(index, typed))[0] == "Phát triển hội viên"


def test_a_mistyped_word_brings_a_suggestion_with_accents(index: Index, paper: Make) -> None:
    index.put([paper("Phát triển hội viên")])
    results = search(index, "phát trển hội viên")
    assert results.suggestions == ("phát triển hội viên",)
    assert "Ý bạn là" in notes(results)


def test_only_the_mistyped_word_is_mended(index: Index, paper: Make) -> None:
    index.put([paper("Hội xã Nậm Khắt"), *(paper(f"Hội xã năm phát triển {n}") for n in range(5))])
    results = search(index, "hội xã NNậm Khắt")
    assert results.suggestions == ("hội xã nậm khắt",)
    assert titles(results)[0] == "Hội xã Nậm Khắt"


def test_nothing_is_suggested_from_papers_that_are_not_visible(index: Index, paper: Make) -> None:
    index.put([paper("Phát triển hội viên", tokens=frozenset({"unit:9"})), paper("Phát thanh")])
    results = search(index, "phát trển hội viên")
    assert (results.total, results.suggestions) == (0, ())


def test_a_phrase_must_stand_side_by_side(index: Index, paper: Make) -> None:
    index.put(
        [
            paper("Công tác đoàn"),
            paper("Đoàn công tác"),
            paper("Khác", "Giao công tác cho tổ; hợp tác đoàn kết."),
        ]
    )
    assert titles(search(index, '"công tác đoàn"')) == ["Công tác đoàn"]
    assert titles(search(index, '"đoàn công tác"')) == ["Đoàn công tác"]


def test_a_phrase_honours_accents(index: Index, paper: Make) -> None:
    index.put([paper("Hội viên"), paper("Hỏi viện", "viên chức của hội")])
    assert titles(search(index, '"hội viên"')) == ["Hội viên"]


def test_what_is_taken_away_is_not_found(index: Index, paper: Make) -> None:
    index.put([paper("Báo cáo quý"), paper("Báo cáo năm"), paper("Báo cáo đột xuất")])
    assert set(titles(search(index, "báo cáo -quý"))) == {"Báo cáo năm", "Báo cáo đột xuất"}
    assert set(titles(search(index, 'báo cáo -"đột xuất"'))) == {"Báo cáo quý", "Báo cáo năm"}


def test_the_last_word_may_be_unfinished_while_typing(index: Index, paper: Make) -> None:
    index.put([paper("Công tác đoàn viên"), paper("Công tác kiểm tra", number="11-CT/TU")])
    assert titles(search(index, "công tác đoà", typing=True)) == ["Công tác đoàn viên"]
    assert titles(search(index, "cong tac kiê", typing=True)) == ["Công tác kiểm tra"]
    assert titles(search(index, "11-c", typing=True)) == ["Công tác kiểm tra"]
    assert search(index, "công tác k", typing=True).total == 2


@pytest.fixture
def three_years(index: Index, paper: Make) -> Index:
    """Three papers of three years, kinds, states and bodies."""
    first = {
        "type": "CT",
        "year": 2024,
        "date": datetime.date(2024, 5, 1),
        "deadline": datetime.date(2024, 6, 1),
    }
    second = {
        "type": "CV",
        "year": 2025,
        "date": datetime.date(2025, 5, 1),
        "kind": "task",
        "state": "closed",
    }
    third = {"type": "BC", "year": 2026, "issuer": "Tỉnh đoàn", "state": "running", "unit_ids": (3,)}
    index.put(
        [
            paper("Chỉ thị một", state="running", unit_ids=(1, 2), units=("Tỉnh đoàn",), **first),
            paper("Công văn hai", unit_ids=(2,), units=("Hội Nông dân tỉnh",), **second),
            paper("Báo cáo ba", **third),
        ]
    )
    return index


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("loại:CT", {"Chỉ thị một"}),
        ("loại:ct,bc", {"Chỉ thị một", "Báo cáo ba"}),
        ('loại:"công văn"', {"Công văn hai"}),
        ("kind:task", {"Công văn hai"}),
        ("năm:2025", {"Công văn hai"}),
        ("năm:2024-2025", {"Chỉ thị một", "Công văn hai"}),
        ("trạng thái:đang-làm", {"Chỉ thị một", "Báo cáo ba"}),
        ("trạng thái:quá-hạn", {"Chỉ thị một"}),
        ('cơ quan:"Tỉnh đoàn"', {"Chỉ thị một", "Báo cáo ba"}),
        ("cơ quan:nông", {"Công văn hai"}),
        ("từ:01/01/2025", {"Công văn hai"}),
        ("đến:31/12/2024", {"Chỉ thị một"}),
        ("từ:05/2024 đến:2025", {"Chỉ thị một", "Công văn hai"}),
        ("loai:CT nam:2025", set()),
    ],
)
def test_field_words_restrict(three_years: Index, typed: str, found: set[str]) -> None:
    words = Vocabulary(types={"công văn": "CV"}, states={"đang làm": "running"})
    results = search(three_years, typed, vocabulary=words, today=datetime.date(2026, 1, 1))
    assert set(titles(results)) == found
    assert not results.notes


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(unit_ids=frozenset({2})), {"Chỉ thị một", "Công văn hai"}),
        (Filters(unit_ids=frozenset({3, 1})), {"Chỉ thị một", "Báo cáo ba"}),
        (Filters(kinds=frozenset({"task"})), {"Công văn hai"}),
        (Filters(types=frozenset({"CT"}), years=frozenset({2024, 2025})), {"Chỉ thị một"}),
        (Filters(states=frozenset({"closed", "running"})), {"Chỉ thị một", "Công văn hai", "Báo cáo ba"}),
        (Filters(overdue=True), {"Chỉ thị một"}),
        (Filters(since=datetime.date(2025, 5, 1)), {"Công văn hai"}),
        (Filters(until=datetime.date(2025, 5, 1)), {"Chỉ thị một", "Công văn hai"}),
    ],
)
def test_filters_of_the_page_restrict(three_years: Index, filters: Filters, found: set[str]) -> None:
    assert set(titles(search(three_years, filters=filters, today=datetime.date(2026, 1, 1)))) == found


def test_facets_count_what_was_found(three_years: Index) -> None:
    results = search(three_years, filters=Filters(states=frozenset({"running"})))
    assert results.facets == {
        "kind": {"directive": 2},
        "type": {"CT": 1, "BC": 1},
        "unit": {"1": 1, "2": 1, "3": 1},
        "year": {"2024": 1, "2026": 1},
        "state": {"running": 2},
    }


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.NEWEST, ["Công văn hai", "Chỉ thị một", "Báo cáo ba"]),
        (Order.OLDEST, ["Chỉ thị một", "Công văn hai", "Báo cáo ba"]),
    ],
)
def test_hits_are_sorted_by_date_with_the_undated_last(
    three_years: Index, order: Order, expected: list[str]
) -> None:
    assert titles(search(three_years, order=order)) == expected


def test_among_equals_the_newest_comes_first(index: Index, paper: Make) -> None:
    days = [datetime.date(2020 + n, 1, 1) for n in (3, 5, 1, 4, 2)]
    index.put([paper("Giao ban", year=day.year, date=day) for day in days])
    assert [hit.year for hit in search(index, "giao ban").hits] == [2025, 2024, 2023, 2022, 2021]


def test_pages_follow_one_another_without_gap_or_repetition(index: Index, paper: Make) -> None:
    index.put([paper(f"Công tác số {n}", date=datetime.date.fromordinal(735_000 + n)) for n in range(95)])
    keys = [
        hit.key
        for start in range(0, 100, 10)
        for hit in search(index, "công tác", offset=start, limit=10).hits
    ]
    assert len(keys) == len(set(keys)) == 95
    assert search(index, "công tác", offset=90, limit=10).total == 95
    assert len(search(index, "công tác", offset=55, limit=10).hits) == 10


def test_all_keys_of_a_search_are_those_that_its_total_counts(index: Index, paper: Make) -> None:
    index.put([paper(f"Công tác số {n}") for n in range(75)] + [paper("Khác")])
    keys = index.find_keys(Query("công tác"), visible_to={"office"})
    assert len(set(keys)) == len(keys) == search(index, "công tác").total == 75


def test_heading_comes_before_body(index: Index, paper: Make) -> None:
    index.put(
        [
            paper("Việc khác", "Nói về chuyển đổi số ở cơ sở.", date=datetime.date(2026, 1, 1)),
            paper("Chuyển đổi số", date=datetime.date(2020, 1, 1)),
        ]
    )
    assert titles(search(index, "chuyển đổi số")) == ["Chuyển đổi số", "Việc khác"]


def test_near_words_come_before_scattered_ones(index: Index, paper: Make) -> None:
    scattered = paper(
        "Việc một", "Đoàn kiểm tra gặp dân; hội đồng họp; số viên chức tăng.", date=datetime.date(2026, 1, 1)
    )
    near = paper("Việc hai", "Rà soát đoàn viên trong hội.", date=datetime.date(2020, 1, 1))
    index.put([scattered, near])
    assert titles(search(index, "đoàn viên"))[0] == "Việc hai"


def test_whatever_may_not_be_seen_is_neither_found_counted_nor_suggested(index: Index, paper: Make) -> None:
    groups = ("unit:1", "unit:2", "unit:3")
    papers = [
        paper(
            f"Công tác {n}",
            tokens=frozenset(group for place, group in enumerate(groups) if n % (place + 2) == 0),
            kind=("task", "report")[n % 2],
            unit_ids=(n % 5,),
            year=2020 + n % 4,
        )
        for n in range(60)
    ]
    index.put(papers)
    for seen_by in (set(), {"unit:1"}, {"unit:2"}, {"unit:1", "unit:3"}, set(groups), {"unit:none"}):
        visible = [entry for entry in papers if entry.tokens & seen_by]
        for text in ("", "công tác", "cong tac", "năm:2021", "-khác"):
            right = [entry for entry in visible if text != "năm:2021" or entry.year == 2021]
            results = search(index, text, visible_to=seen_by, limit=100)
            assert {hit.key for hit in results.hits} == {entry.key for entry in right}
            assert results.total == len(right)
            assert results.total_is_exact
            assert results.facets["kind"] == _counts(entry.kind for entry in right)
            assert results.facets["year"] == _counts(str(entry.year) for entry in right)
            assert results.facets["unit"] == _counts(str(entry.unit_ids[0]) for entry in right)
            assert set(index.find_keys(Query(text), visible_to=seen_by)) == {entry.key for entry in right}
        offered = index.suggest("công", visible_to=seen_by, limit=100)
        assert {completion.key for completion in offered} <= {entry.key for entry in visible}


def _counts(values: object) -> dict[str, int]:
    listed = list(values)  # type: ignore[call-overload]
    return {value: listed.count(value) for value in set(listed)}


def test_a_change_of_rights_is_effective_with_the_next_put(index: Index, paper: Make) -> None:
    entry = paper("Bí mật", key="task:1", tokens=frozenset({"unit:1"}))
    index.put([entry])
    assert search(index, "bí mật", visible_to={"unit:1"}).total == 1
    index.put([paper("Bí mật", key="task:1", tokens=frozenset({"unit:2"}))])
    assert search(index, "bí mật", visible_to={"unit:1"}).total == 0
    assert search(index, "bí mật", visible_to={"unit:2"}).total == 1


def test_while_typing_the_best_visible_things_are_offered(index: Index, paper: Make) -> None:
    index.put([paper("Chỉ thị đoàn viên", number="11-CT/TU", url="/directives/1"), paper("Hội nghị")])
    offered = index.suggest("chi thi doa", visible_to={"office"})
    assert [(completion.title, completion.number, completion.url) for completion in offered] == [
        ("Chỉ thị đoàn viên", "11-CT/TU", "/directives/1")
    ]
    assert index.suggest("  ", visible_to={"office"}) == []


def test_snippets_mark_what_was_searched(index: Index, paper: Make) -> None:
    index.put([paper("Việc chung", "Mở đầu. " * 80 + "Rà soát Đoàn viên ở cơ sở. " + "Kết thúc. " * 80)])
    snippet = search(index, "doan vien").hits[0].snippet
    assert [segment.text for segment in snippet if segment.marked] == ["Đoàn", "viên"]
    assert len("".join(segment.text for segment in snippet)) < 260


STRANGE = [
    "",
    "   ",
    "(((",
    '"',
    '""',
    '"công tác',
    'a" b "c" "',
    "-",
    "--",
    "-- công",
    "loại:",
    "năm:abc",
    "từ:99/99/2025",
    "từ:31/02/2025",
    "trạng thái:không-có",
    "số:",
    "cơ quan:",
    "số:---",
    "và của các là",
    "(a+)+$" * 50,
    ".*" * 200,
    "'; DROP TABLE search_entry; --",
    "\\'\\\\':*&|!()<->",
    "%s %d %(x)s {0} {}",
    "\x00\x01\x02công\x00tác",
    "\ud800 tác",
    "日本語 文書 شهر עברית",
    "🙂🙂",
    "công " * 2_000,
    "x" * 10_000,
    " ".join(f"từ{n}" for n in range(3_000)),
    "1-" * 5_000,
    "-a " * 500,
    '"a b" ' * 300,
    unicodedata.normalize("NFD", "Công tác đoàn viên"),
]


@pytest.mark.parametrize("typing", [False, True])
def test_no_query_fails(index: Index, paper: Make, typing: bool) -> None:
    index.put([paper("Công tác đoàn viên", "Nội dung.", number="11-CT/TU")])
    for text in STRANGE:
        results = search(index, text, typing=typing)
        assert results.total == len(results.hits) <= 1, text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("công tác năm:abc", "năm:abc"),
        ('công tác "đoàn', "ngoặc kép"),
        ("công tác từ:31/02/2025", "từ:31/02/2025"),
        ("công tác trạng thái:linh-tinh", "trạng thái:linh-tinh"),
        ("công tác " + "đoàn " * 2_000, "quá dài"),
        ("công tác đoàn " + " ".join(f"-x{n}" for n in range(3)) + " số:", "số:"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_said(index: Index, paper: Make, typed: str, said: str) -> None:
    index.put([paper("Công tác đoàn viên")])
    results = search(index, typed)
    assert results.total == 1
    assert said in notes(results)


def test_strange_texts_are_filed_and_found(index: Index, paper: Make) -> None:
    index.put(
        [
            paper("Tên\x00lạ \ud800 'nháy' \\gạch", "x" * 300_000 + " đuôi", key="task:'1' \\ %s"),
            paper("", "", number="", key="task:2"),
            paper("Dài " * 2_000, " ".join(f"từ{n}" for n in range(60_000))),
        ]
    )
    assert index.count() == 3
    assert search(index, "nháy gạch").hits[0].key == "task:'1' \\ %s"
    index.delete(["task:'1' \\ %s"])
    assert index.count() == 2


def test_a_reader_in_the_same_place_sees_each_commit(index: Index, url: str, paper: Make) -> None:
    reader = search_index.open(url)
    for n in range(3):
        index.put([paper(f"Công tác {n}")])
        assert search(reader, "công tác").total == n + 1
    reader.close()


def test_an_engine_that_is_not_there_is_said_so() -> None:
    with pytest.raises(Unavailable, match="elastic"):
        search_index.open("elastic://localhost")
