from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import etree
from PIL import Image

from document_templates import DocumentError, charts
from document_templates.blocks import Chart, Series

BARS = Chart(
    "bars", "Tỷ lệ tập hợp", ("Phường Sông Lam", "Xã $x$ & <Vĩnh>", "Xã dài " * 20),
    (Series("Quý III", (45.3, None, 71.0)), Series("Quý II", (40.0, 58.0, -3.0))), "%", 60.0, "Chỉ tiêu",
)  # fmt: skip
LINES = replace(BARS, kind="lines", categories=("I", "II", "III"))


@pytest.mark.parametrize("chart", [BARS, LINES, replace(BARS, target=None), replace(LINES, target=None)])
def test_a_chart_is_drawn_in_both_kinds_at_its_size(chart):
    drawing = etree.fromstring(charts.svg(chart).encode())
    assert float(drawing.get("width").removesuffix("pt")) == pytest.approx(
        charts.size(chart)[0] / 25.4 * 72, abs=0.1
    )
    picture = Image.open(BytesIO(charts.png(chart)))
    assert picture.width == pytest.approx(charts.size(chart)[0] / 25.4 * charts.PNG_DOTS_PER_INCH, abs=2)


def test_the_page_drawing_needs_no_styles_and_no_scripts():
    drawn = charts.svg(BARS)
    assert "style" not in drawn
    assert "script" not in drawn


def test_links_lead_from_the_categories():
    assert 'href="/tasks?unit=1"' in charts.svg(BARS, links=("/tasks?unit=1",))


def test_series_differ_without_colour():
    assert "<pattern" in charts.svg(BARS)


def test_the_same_chart_is_drawn_the_same():
    draw_svg, draw_png = charts.svg.__wrapped__, charts.png.__wrapped__
    assert (draw_svg(BARS), draw_png(BARS)) == (draw_svg(BARS), draw_png(BARS))


def test_charts_are_drawn_side_by_side_without_harm():
    draw = charts.svg.__wrapped__
    alone = [draw(chart) for chart in (BARS, LINES)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw, [BARS, LINES] * 8)) == alone * 8


def test_the_words_for_those_who_cannot_see_tell_every_value_and_the_target():
    told = charts.in_words(BARS)
    for word in ("Tỷ lệ tập hợp", "45,3%", "chưa có số liệu", "Chỉ tiêu: 60%", "Quý II"):
        assert word in told


def test_more_series_than_can_be_told_apart_are_refused():
    with pytest.raises(DocumentError, match="Tách"):
        charts.svg(replace(BARS, series=BARS.series * 3))


def test_sixty_categories_still_fit_a_page():
    many = replace(BARS, categories=tuple(f"Xã {at}" for at in range(60)), series=(Series("a", (1.0,) * 60),))
    assert charts.size(many)[1] <= charts.HIGHEST
    assert charts.png(many)
