"""Drawn lines make cells."""

from hypothesis import example, given
from hypothesis import strategies as st

from workflows.directives.reading.extraction.models import Rule, Word
from workflows.directives.reading.extraction.tables import joined_over_pages, tables_of


def grid(xs, ys):
    return [Rule(x, ys[0], x, ys[-1]) for x in xs] + [Rule(xs[0], y, xs[-1], y) for y in ys]


def word(text, x, y):
    return Word(text, x, y - 10, x + 20, y + 2, y, 12.0)


def test_a_grid_of_lines_is_a_table_and_its_rows_are_lines():
    (table,) = tables_of(grid([50, 100, 300], [100, 130, 160]))
    rows = table.rows([word("1", 55, 120), word("Rà", 110, 120), word("soát", 140, 120), word("2", 55, 150)])
    assert rows == ["1\tRà soát", "2\t"]


def test_lines_drawn_in_pieces_and_as_thin_bars_make_the_same_table():
    pieces = [
        Rule(x + shift, top, x + shift, top + 30)
        for x in (50, 100, 300)
        for top in (100, 130)
        for shift in (0, 0.5)
    ]
    across = [Rule(50, y, 175, y) for y in (100, 130, 160)] + [Rule(175, y, 300, y) for y in (100, 130, 160)]
    (table,) = tables_of(pieces + across)
    assert (len(table.xs), len(table.ys)) == (3, 3)


def test_a_frame_or_an_underline_is_no_table():
    assert tables_of(grid([50, 300], [100, 160])) == []
    assert tables_of([Rule(50, 100, 300, 100)]) == []


def test_two_tables_on_a_page_stay_two():
    upper, lower = tables_of(grid([50, 100, 300], [400, 430]) + grid([50, 100, 300], [100, 130]))
    assert (upper.ys[0], lower.ys[0]) == (100, 400)


def test_a_table_that_goes_on_overleaf_loses_its_repeated_head_and_regains_its_cut_row():
    first = ["TT\tViệc\tChủ trì", "1\tRà soát\tSở A", "2\tBáo cáo\tSở"]
    second = ["TT\tViệc\tChủ trì", "\tđịnh kỳ\tB", "3\tTổng kết\tSở C"]
    assert joined_over_pages(first, second) == [
        *("TT\tViệc\tChủ trì", "1\tRà soát\tSở A", "2\tBáo cáo định kỳ\tSở B", "3\tTổng kết\tSở C")
    ]


def test_tables_of_other_columns_are_not_joined():
    assert joined_over_pages(["a\tb"], ["\tc\td"]) == ["a\tb", "\tc\td"]


coordinate = st.floats(0, 800, allow_nan=False)
any_rule = st.builds(Rule, coordinate, coordinate, coordinate, coordinate)


OVERLAPPING = [(0, 0, 0, 5), (0, 0, 7, 0), (0, 4, 0, 0), (0, 8, 1, 0), (4, 6, 0, 5), (10, 0, 0, 0)]


@given(st.lists(any_rule, max_size=40), st.lists(st.tuples(coordinate, coordinate), max_size=10))
@example([Rule(*map(float, stroke)) for stroke in OVERLAPPING], [(0.0, 8.0)])
def test_no_drawing_loses_a_word(rules, places):
    words = [word(f"w{index}", x, y) for index, (x, y) in enumerate(places)]
    for table in tables_of(rules):
        held = [one for one in words if table.holds(one)]
        assert sorted(" ".join(table.rows(held)).split()) == sorted(one.text for one in held)
