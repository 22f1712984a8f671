"""Words looked for in texts: whatever their case, with or without accents, wherever the tone stands.

"noi dung" finds "Nội dung", "hoà" finds "hòa" and "hoà" but not "hoa". A text that many rows are looked
through for is kept with its plain form (`sought`); in other texts each letter of a word that was typed
without accents stands for all of its accented ones.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Text, all_, and_, func, literal, or_
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from workflows.directives.reading.text import fold
from workflows.vietnamese_order import TONES

MOST_WORDS = 12
_VOWELS = "aăâeêioôơuưy"
_TONED = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in ("", *TONES)]
_ANY_ACCENT = {
    base: "[" + "".join(letter for letter in (*_TONED, *"dđ") if fold(letter) == base) + "]"
    for base in "adeiouy"
}
# The tone of these stands on either vowel, as an office is used to: hòa and hoà, ủy and uỷ.
_PAIRS = {
    unicodedata.normalize("NFC", first + tone + second): unicodedata.normalize("NFC", first + second + tone)
    for first, second in ("oa", "oe", "uy")
    for tone in TONES
}
_OTHER_PLACE = {**_PAIRS, **{other: one for one, other in _PAIRS.items()}}
_TONE_AT_END = re.compile("(?:" + "|".join(_OTHER_PLACE) + r")(?!\w)")


def sought(text: str) -> str:
    """A text as it is kept to be looked through: in lower case, then plain."""
    lower = unicodedata.normalize("NFC", text).lower()
    return f"{lower}\n{fold(lower)}"


def spellings(word: str) -> tuple[str, ...]:
    """A word as it was typed, and with its tone on the other vowel where usage differs."""
    other = _TONE_AT_END.sub(lambda found: _OTHER_PLACE[found.group()], word)
    return (word,) if other == word else (word, other)


def all_words_in(text: ColumnElement[Any], typed: str) -> ColumnElement[bool]:
    """The condition that a text holds every typed word."""
    words, lower = _told_apart(typed), func.lower(text)
    bare = [word for word in words if word.isascii() and not _ANY_ACCENT.keys().isdisjoint(word)]
    as_typed = [word for word in words if word not in bare]
    return and_(*_holding(lower, as_typed), *(lower.regexp_match(_in_any_accent(word)) for word in bare))


def all_words_in_sought(text: ColumnElement[Any], typed: str) -> ColumnElement[bool]:
    """The condition that a text kept by `sought` holds every typed word."""
    return and_(*_holding(text, _told_apart(typed)))


def _in_any_accent(word: str) -> str:
    """The regular expression of a word that was typed without accents, whatever accents it has."""
    return "".join(_ANY_ACCENT.get(letter) or re.escape(letter) for letter in word)


def _told_apart(typed: str) -> list[str]:
    """The words typed, each once: numbers, then long ones, so that most texts are done with after the first.

    What stands in a longer word needs no looking for. So many words name anything; more only take time.
    """
    words = dict.fromkeys(typed.lower().split())
    told = [word for word in words if not any(word != other and word in other for other in words)]
    return sorted(told, key=lambda word: (not any(map(str.isdigit, word)), -len(word)))[:MOST_WORDS]


def _holding(text: ColumnElement[Any], words: Iterable[str]) -> list[ColumnElement[bool]]:
    ways = [spellings(word) for word in words]
    single = [one for one, *others in ways if not others]
    several = [or_(*(contains_all(text, one) for one in way)) for way in ways if len(way) > 1]
    return [contains_all(text, *single), *several] if single else several


class contains_all(GenericFunction[bool]):
    """Does a text contain all of the words that follow?"""

    name = "contains_all"
    type = Boolean()
    inherit_cache = True


@compiles(contains_all, "sqlite")
def _contains_all_sqlite(element: contains_all, compiler: SQLCompiler, **options: Any) -> str:
    text, *words = element.clauses
    found = and_(*(func.instr(text, word) > 0 for word in words))
    return compiler.process(found.self_group(), **options)


@compiles(contains_all, "postgresql")
def _contains_all_postgresql(element: contains_all, compiler: SQLCompiler, **options: Any) -> str:
    text, *words = element.clauses
    # All at once, for making a text lower-case takes longer than looking for words in it.
    found = text.like(all_(array([literal("%") + _literally(word) + "%" for word in words])))
    return compiler.process(found.self_group(), **options)


def _literally(word: ColumnElement[Any]) -> ColumnElement[Any]:
    """A word in which the signs of LIKE stand for themselves."""
    for sign in "\\%_":
        word = func.replace(word, sign, f"\\{sign}", type_=Text())
    return word
