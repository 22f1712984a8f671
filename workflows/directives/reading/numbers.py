"""Numbers and symbols of documents: `11-CT/TU`, `05/2025/QĐ-UBND`, `72/2025/QH15`, `120/UBND-VX`."""

import re

from workflows.directives.reading.types import type_of_token

_CAPITAL = "A-ZĐƯÔÂÊĂƠ"
_REST = rf"[{_CAPITAL}a-zđư0-9&]{{0,16}}(?:\.[A-ZĐ]{{1,8}}){{0,2}}(?![^\W\d_])"
SYMBOL = rf"[{_CAPITAL}]{_REST}(?:\s?[-/]\s?[{_CAPITAL}0-9]{_REST}){{0,5}}"
DIGITS = r"\d{1,5}[a-zđA-D]?(?:\s{0,3}/\s{0,3}(?:19|20)\d{2})?"

_PARTY_BODIES = ("VPTU", "VPTW", "TW", "TU", "ĐU", "HU", "QU")
_READ_FOR_SLASH = "Il1|!"
_COUNTED = re.compile(r"((?:UBTV)?QH\d{2})\d$")
_GLUED = re.compile(r"([A-ZĐ]{2,}[a-z]?)(\d{1,2})$")
_UNNUMBERED = re.compile(r"(?:CP|TTg|TW|TU|ĐU|HU|UBND|HĐND|VPCP|B[A-ZĐ]{2,8}|TANDTC|VKSNDTC)$")
_STATE_CENTRE = re.compile(r"([^-/]+)/(TTg|CP)$")
_CAPITALISED_WORD = re.compile(r"(?<=.)\s?[-/]\s?[A-Z][a-z]+$")


def tidy(digits: str, separator: str, symbol: str, *, marks: frozenset[str] = frozenset()) -> str:
    """The number as an office writes it: no spaces, no footnote mark, slashes that OCR misread restored.

    `marks` are the footnote marks of the text: a figure glued to a symbol is one of them or part of it.
    """
    symbol = tidy_symbol(symbol, marks=marks)
    centre = _STATE_CENTRE.match(symbol)
    if separator == "-" and centre and type_of_token(centre[1]):
        separator, symbol = "/", f"{centre[1]}-{centre[2]}"
    return re.sub(r"\s", "", digits) + separator + symbol


def tidy_symbol(symbol: str, *, marks: frozenset[str] = frozenset()) -> str:
    """The part of a number after its figures, without spaces and misreadings."""
    symbol = re.sub(r"\s", "", _without_word(symbol))
    *head, last = re.split(r"(?<=[-/])", _restored(symbol))
    return "".join(head) + _without_mark(last, marks)


def _without_word(symbol: str) -> str:
    """Drop a capitalised word that only a dash joins to the symbol: `NQ/TU - An`."""
    word = _CAPITALISED_WORD.search(symbol)
    if (
        word
        and not type_of_token(word.group().strip(" -/"))
        and word.group().strip(" -/") not in ("Tg", "Ttg")
    ):
        return symbol[: word.start()]
    return symbol


def _restored(symbol: str) -> str:
    """`NQITW` is NQ/TW and `QĐ-Tg` is QĐ-TTg: bodies and types are closed lists."""
    for body in _PARTY_BODIES:
        head, sign = symbol[: -len(body) - 1], symbol[-len(body) - 1 : -len(body)]
        if symbol.endswith(body) and sign and sign in _READ_FOR_SLASH and type_of_token(head):
            return f"{head}/{body}"
    symbol = re.sub(r"(?<=[-/])T[Tt]?g$", "TTg", symbol)
    return re.sub(r"(?<=[-/])1(?=[A-ZĐ]{3})", "T", symbol)


def _without_mark(token: str, marks: frozenset[str]) -> str:
    if counted := _COUNTED.match(token):
        return counted[1]
    glued = _GLUED.match(token)
    if glued and not glued[1].endswith("QH") and (glued[2] in marks or _UNNUMBERED.match(glued[1])):
        return glued[1]
    return token


def type_of_symbol(symbol: str) -> str | None:
    """The type that a symbol begins with; None for a công văn of the state, which names only bodies."""
    return type_of_token(re.split(r"[-/]", symbol)[0])


def is_law(symbol: str) -> bool:
    """Is this the symbol of a law or resolution of the National Assembly, which does not tell which?"""
    return bool(re.match(r"(?:UBTV)?QH\d", symbol))
