"""The words of a chart joined to one shape a line look as they did letter by letter."""

import re

import pypdfium2
import pytest

from document_templates import charts, letters, load_form, profile_for, render, sample, sample_office
from document_templates.blocks import Chart
from document_templates.drawing import draw_pdf


@pytest.fixture
def report():
    """A report with a chart."""
    letterhead, particulars = sample_office("party")
    form = load_form("implementation-report")
    return render(form, sample(form.code), letterhead, profile_for("party-2026"), particulars)


def test_no_letter_stands_alone(report):
    chart = next(block for block in report.body if isinstance(block, Chart))
    drawn = charts.svg(chart)
    assert "<use" not in drawn
    assert len(re.findall(r'<path d="[^"]+" transform="translate', drawn)) >= len(chart.categories)


def test_the_drawing_looks_the_same(report, monkeypatch):
    joined = pictures(draw_pdf(report))
    charts.svg.cache_clear()
    monkeypatch.setattr(letters, "joined", lambda svg: svg)
    try:
        single = pictures(draw_pdf(report))
    finally:
        charts.svg.cache_clear()
    assert len(joined) == len(single)
    for one, other in zip(joined, single, strict=True):
        assert (abs(one - other) > 16).mean() < 0.0005


def pictures(pdf: bytes) -> list:
    """The pages as figures of their pixels."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=2).to_numpy().astype(int) for page in document]
