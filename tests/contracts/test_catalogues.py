"""Every sentence people read is Vietnamese in the source and English in the catalogue, and none escapes."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import python_format
from babel.messages.pofile import read_po
from jinja2 import Environment

from tests.support.needs import ROOT

MARKS = {"_", "gettext", "ngettext", "lazy_gettext", "N_", "Phrase"}
REFUSALS = {"Refused", "Conflict", "NotAllowed", "Unreadable", "TooLarge"}
# A single letter, as boards show states by, is the same in every language.
VIETNAMESE = re.compile(r"(?s)(?=..).*[À-ÖØ-öø-ỹ]")
# What stands right before a literal in a template; an example shows what to type, Vietnamese everywhere.
MARKED = (["_", "("], ["ngettext", "("], ["example", "="])
OWN_NAMES = ("Đôn Đốc", "Tiếng Việt")
TEMPLATES = sorted((ROOT / "webapp" / "templates").rglob("*.html"))
# What speaks to whoever keeps the machine, at a terminal, speaks Vietnamese only.
TERMINAL = {"cli", "run.py", "supervisor.py", "embedded_redis.py"}
PAGES = [path for path in sorted((ROOT / "webapp").rglob("*.py")) if not TERMINAL & set(path.parts)]
WORKFLOWS = sorted((ROOT / "workflows").rglob("*.py"))


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every message of the program, extracted anew."""
    target = tmp_path_factory.mktemp("catalogues") / "messages.pot"
    subprocess.run([ROOT / "deploy" / "extract-messages", target], check=True)
    with target.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def english() -> Catalog:
    """The English catalogue as it is committed."""
    path = ROOT / "webapp" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale="en")


def spoken(catalogue: Catalog) -> dict[object, Message]:
    """The messages of a catalogue without its header."""
    return {message.id: message for message in catalogue if message.id}


def is_translated(message: Message) -> bool:
    """Has the message its English, in all numbers?"""
    return all(message.string) if message.pluralizable else bool(message.string)


def test_every_message_is_in_the_english_catalogue(messages: Catalog, english: Catalog):
    missing = spoken(messages).keys() - spoken(english).keys()
    assert not missing, "run deploy/update-catalogues and translate:\n" + "\n".join(map(str, missing))


def test_the_english_catalogue_has_no_gaps_and_no_remains(messages: Catalog, english: Catalog):
    unfinished = [
        message.id for message in spoken(english).values() if message.fuzzy or not is_translated(message)
    ]
    assert not unfinished
    assert not spoken(english).keys() - spoken(messages).keys()
    assert not english.obsolete


def test_english_has_the_same_figures_to_fill_in(english: Catalog):
    for message in spoken(english).values():
        python_format(english, message)
        assert set(re.findall(r"\{\w+\}", str(message.id))) == set(
            re.findall(r"\{\w+\}", str(message.string))
        )


def test_templates_hold_no_vietnamese_outside_their_marks():
    found = [
        f"{place(path, line)}: {text}" for path in TEMPLATES for line, text in unmarked_in_template(path)
    ]
    assert not found, "mark with _(…):\n" + "\n".join(found)


def test_templates_translate_variables_by_filter():
    found = [
        place(path, number)
        for path in TEMPLATES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if re.search(r"""\b(lazy_)?gettext\(|\b_\("[^"]*%(?!\()""", line)
    ]
    assert not found, (
        "gettext() in a template fills in every %; write |translated, |in_words, or pass the sign in:\n"
        + "\n".join(found)
    )


def test_pages_and_forms_hold_no_vietnamese_outside_their_marks():
    found = [f"{place(path, line)}: {text}" for path in PAGES for line, text in unmarked_in_python(path)]
    assert not found, "mark with gettext(…) or N_(…):\n" + "\n".join(found)


def test_what_is_marked_can_be_extracted():
    composed = [place(path, line) for path in PAGES + WORKFLOWS for line in composed_messages(path)]
    assert not composed, "a message is one literal with %(name)s in it:\n" + "\n".join(composed)


def unmarked_in_template(path: Path) -> Iterator[tuple[int, str]]:
    """Text and string literals with Vietnamese letters that no gettext call holds."""
    before, marked = ["", ""], False
    for line, kind, text in Environment(extensions=["jinja2.ext.do"]).lex(path.read_text("utf-8")):
        if kind in ("whitespace", "comment", "comment_begin", "comment_end"):
            continue
        if kind == "data":
            bare = re.sub("|".join(OWN_NAMES), "", text)
            yield from ((line, part.strip()) for part in bare.splitlines() if VIETNAMESE.match(part))
        elif kind == "string":
            marked = before in MARKED or (marked and before[1] == ",")
            if VIETNAMESE.match(text) and not marked and text[1:-1] not in OWN_NAMES:
                yield line, text
        before = [before[1], text]


def unmarked_in_python(path: Path) -> Iterator[tuple[int, str]]:
    """String constants with Vietnamese letters that are no docstring and in no marking call."""
    tree = ast.parse(path.read_text("utf-8"))
    excused = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if name_of(call) in MARKS | REFUSALS:
            excused.update(id(argument) for argument in call.args[:2])
    for node in ast.walk(tree):
        text = getattr(node, "value", None)
        if (
            isinstance(text, str)
            and text not in OWN_NAMES
            and VIETNAMESE.match(text)
            and id(node) not in excused
        ):
            yield node.lineno, text


def composed_messages(path: Path) -> Iterator[int]:
    """The lines of marking calls whose message is put together, so that no catalogue can hold it."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        marks = isinstance(call, ast.Call) and name_of(call) in MARKS | REFUSALS
        if marks and call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp):
            yield call.lineno


def name_of(call: ast.Call) -> str:
    """The last name of what is called."""
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def place(path: Path, line: int) -> str:
    """Where something stands, from the root of the checkout."""
    return f"{path.relative_to(ROOT)}:{line}"
