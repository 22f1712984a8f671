"""Only what is certainly no text is left out."""

from workflows.directives.reading.extraction.furniture import Sheet, relieve
from workflows.directives.reading.extraction.models import Line


def line(text, y, x=85.0, size=14.0):
    return Line(text, x, y - size, x + 6.5 * len(text), y + 3, y, size)


def body(*more):
    return [*(line(f"Dòng chữ thứ {n} của trang này", 100 + 20 * n) for n in range(30)), *more]


def kept(*pages):
    sheets = [Sheet(842, sorted(lines, key=lambda one: one.baseline)) for lines in pages]
    notes = relieve(sheets)
    return [
        [one.text for one in sheet.lines if not one.text.startswith("Dòng chữ")] for sheet in sheets
    ], notes


def test_the_number_of_the_page_goes_and_other_numbers_stay():
    texts, _ = kept(body(line("1", 40)), body(line("- 2 -", 40)), body(line("1998", 40), line("3", 400)))
    assert texts == [[], [], ["1998", "3"]]


def test_pages_that_count_from_elsewhere_are_known_by_counting_on():
    assert kept(body(line("57", 800)), body(line("58", 800)))[0] == [[], []]


def test_a_line_in_the_margin_of_many_pages_goes_but_not_one_of_two():
    assert kept(*[body(line(f"Mật mã {n}/VP", 30)) for n in range(4)])[0] == [[], [], [], []]
    assert kept(*[body(line("Công báo", 30)) for _ in range(2)])[0] == [["Công báo"], ["Công báo"]]


def test_a_stamp_goes_with_the_small_lines_around_it():
    stamp = [
        line("Ký bởi: VĂN PHÒNG TỈNH ỦY", 500, 350, 8),
        line("AN HÒA", 509, 350, 8),
        line("Thời gian ký: 05/03/2026 08:09:10", 518, 350, 8),
        line("CHÁNH VĂN PHÒNG", 480, 350),
    ]
    texts, notes = kept(body(*stamp))
    assert texts == [["CHÁNH VĂN PHÒNG"]]
    assert notes == ("Đã lược thông tin của dấu chữ ký số.",)


def test_a_moment_within_a_sentence_is_no_stamp():
    sentence = "Hệ thống ghi nhận lúc 2026-03-05 08:00:00 và gửi thông báo đến các đơn vị có liên quan."
    assert kept(body(line(sentence, 750)))[0] == [[sentence]]


def test_small_recipients_at_the_foot_are_no_footnotes():
    assert kept(body(line("Nơi nhận:", 740, size=12), line("- Như trên;", 752, size=11)))[0] == [
        ["Nơi nhận:", "- Như trên;"]
    ]


def test_nothing_is_left_out_of_nothing():
    assert kept([]) == ([[]], ())
