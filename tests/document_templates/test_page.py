import re
from html.parser import HTMLParser

import pytest

from document_templates import preview_stylesheet, profile_for, render_html_preview, stylesheet
from tests.document_templates.drawing import PAIRS, drawn, sampled


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs


def tags_of(page: str) -> _Tags:
    parser = _Tags()
    parser.feed(page)
    return parser


@pytest.mark.parametrize(("form", "profile"), PAIRS)
def test_the_preview_has_no_script_no_handler_and_no_inline_style(form, profile):
    found = tags_of(render_html_preview(drawn(form, profile).document, stylesheet_address="/paper.css"))
    assert "script" not in found.tags
    assert "style" not in found.tags
    assert not [name for name, _value in found.attributes if name == "style" or name.startswith("on")]


@pytest.mark.parametrize(("form", "profile"), PAIRS)
def test_every_element_of_the_page_is_described_for_the_pdf(form, profile):
    described = set(re.findall(r"[a-z][a-z0-9]*", re.sub(r"\{[^}]*\}", " ", stylesheet.ELEMENTS)))
    used = set(tags_of(render_html_preview(drawn(form, profile).document)).tags)
    assert used - {"span", "style"} <= described


def test_the_preview_fetches_nothing_but_its_stylesheet():
    found = tags_of(render_html_preview(sampled("implementation-report"), stylesheet_address="/paper.css"))
    addresses = [value for name, value in found.attributes if name in ("src", "href")]
    assert [address for address in addresses if not address.startswith("data:image/")] == ["/paper.css"]


def test_the_preview_carries_its_styles_when_it_stands_alone():
    assert preview_stylesheet(profile_for("party-2026")) in render_html_preview(sampled("plan"))


def test_hostile_facts_are_shown_and_not_obeyed():
    page = render_html_preview(sampled("reminder-letter", subject="<script>alert(1)</script>"))
    assert "script" not in tags_of(page).tags
    assert "&lt;script&gt;" in page.replace("<br>", " ")


@pytest.mark.parametrize(("form", "profile"), PAIRS)
def test_every_class_of_the_page_is_in_the_stylesheet(form, profile):
    page = render_html_preview(drawn(form, profile).document, stylesheet_address="/paper.css")
    named = {name for kind, value in tags_of(page).attributes if kind == "class" for name in value.split()}
    styled = set(re.findall(r"\.([a-z][\w-]*)", preview_stylesheet(profile_for(profile))))
    unstyled = {"appendix", "cell", "plain", "left", "portrait", "figure", "front", "one", "many"}
    assert named - styled <= unstyled
