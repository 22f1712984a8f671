"""What every template keeps: nothing inline that the content policy would refuse, every macro explained."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.support.needs import ROOT

TEMPLATES = sorted((ROOT / "webapp" / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "webapp" / "templates" / "components").glob("*.html"))
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "something from outside": re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE),
}


def without_jinja(source: str) -> str:
    """The text of a template without comments and tags, whose signs would be taken for HTML."""
    return re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", source, flags=re.DOTALL)


@pytest.mark.parametrize("kind", INLINE)
def test_templates_hold_nothing_the_content_policy_refuses(kind: str):
    found = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        if INLINE[kind].search(without_jinja(path.read_text("utf-8")))
    ]
    assert not found, f"{kind} in {found}"


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_the_head_of_a_component_file_explains_every_macro_others_may_use(path: Path):
    source = path.read_text("utf-8")
    head = source[: source.index("#}")]
    macros = Environment(extensions=["jinja2.ext.do"]).parse(source).find_all(nodes.Macro)
    unexplained = [m.name for m in macros if not m.name.startswith("_") and f"{m.name}(" not in head]
    assert not unexplained


def test_posting_forms_carry_the_token():
    bare = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text("utf-8"), re.DOTALL)
        if "csrf" not in form and "bulk_bar(" not in form
    ]
    assert not bare


def test_no_address_is_made_of_arguments_that_were_sent():
    """url_for takes some for its own (endpoint, _scheme, a part of the path); there_with takes none."""
    sources = [*TEMPLATES, *(ROOT / "webapp").rglob("*.py")]
    found = [path.name for path in sources if "request.args.to_dict(" in path.read_text("utf-8")]
    assert found == ["words.py"]
