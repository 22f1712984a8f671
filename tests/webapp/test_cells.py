"""A cell says every kind of value the way the office writes it, and lets no markup in."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from markupsafe import Markup

from webapp.badges import Badge, Tone
from webapp.cells import drawn
from workflows.tasks import TaskState


@pytest.mark.parametrize(
    ("value", "html"),
    [
        (None, '<span class="none">–</span>'),
        ("", '<span class="none">–</span>'),
        ("Xã <An> & Bình", "Xã &lt;An&gt; &amp; Bình"),
        (Markup("<b>đã an toàn</b>"), "<b>đã an toàn</b>"),
        (TaskState.DONE, "hoàn thành"),
        (Badge("quá <hạn>", Tone.LATE), '<span class="state state-late">quá &lt;hạn&gt;</span>'),
        (True, "có"),
        (False, "không"),
        (0, "0"),
        (1234, "1.234"),
        (date(2026, 5, 6), '<time datetime="2026-05-06">06/05/2026</time>'),
        (
            datetime(2026, 5, 6, 18, 30, tzinfo=UTC),
            '<time datetime="2026-05-06T18:30:00+00:00">01:30 07/05/2026</time>',
        ),
    ],
)
def test_every_kind_of_value_is_written_its_way(app: Flask, value: Any, html: str):
    with app.test_request_context():
        assert drawn(value) == html


def test_figures_have_the_decimals_of_their_column(app: Flask):
    with app.test_request_context():
        assert drawn(Decimal("1234.56"), 1) == "1.234,6"


def test_a_value_leads_to_its_page_by_an_escaped_address(app: Flask):
    with app.test_request_context():
        assert drawn("A & B", address='/u?q="a"&p=2') == '<a href="/u?q=&#34;a&#34;&amp;p=2">A &amp; B</a>'


def test_words_of_a_state_follow_the_language_of_the_page(app: Flask):
    with app.test_request_context(headers={"Cookie": "language=en"}):
        assert drawn(TaskState.DONE) != "hoàn thành"
