"""One spelling for what people type and papers carry: composed, one tone placement, nothing invisible."""

import re
import unicodedata
from functools import lru_cache

import numpy as np

# Icelandic eth, African d and OCR's gha stand in for đ and ư in badly converted files
_LOOKALIKES = {"ð": "đ", "Ð": "Đ", "ɖ": "đ", "Ɖ": "Đ", "ƣ": "ư", "Ƣ": "Ư", **dict.fromkeys("‐‑‒–—―−", "-")}
_LOOKALIKE = re.compile(f"[{''.join(_LOOKALIKES)}]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\s]+")
_MARKS = re.compile(r"[\u0300-\u036f]+")

_GRAVE_ACUTE_TILDE_HOOK_DOT = "\u0300\u0301\u0303\u0309\u0323"
_OPEN_GLIDE = re.compile(rf"(?<!q)(o(?=[ae])|u(?=y))([aey])([{_GRAVE_ACUTE_TILDE_HOOK_DOT}])$")
_OPEN_MARKED = re.compile(rf"(?<!q)(o|u)([{_GRAVE_ACUTE_TILDE_HOOK_DOT}])([aey])(?![^\W_])")
_FINAL_I = re.compile(rf"^([hklmst])i([{_GRAVE_ACUTE_TILDE_HOOK_DOT}]?)$")


def clean(text: str) -> str:
    """The text composed (NFC), on one line, without invisible signs; what is stored, shown and searched."""
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _CONTROL.sub(" ", _LOOKALIKE.sub(lambda found: _LOOKALIKES[found.group()], composed)).strip()


@lru_cache(maxsize=65_536)
def canonical(word: str) -> str:
    """One spelling of a clean word with its accents: hoà → hòa, thuỷ → thủy, lí → lý, Telex ddoàn → đoàn."""
    lowered = word.lower()
    if lowered.startswith("dd"):
        lowered = "đ" + lowered[2:]
    apart = unicodedata.normalize("NFD", lowered)
    apart = _OPEN_GLIDE.sub(r"\1\3\2", apart)
    apart = _FINAL_I.sub(r"\1y\2", apart)
    return unicodedata.normalize("NFC", apart)


@lru_cache(maxsize=65_536)
def spelt(word: str) -> tuple[str, str]:
    """The canonical word, and the same without any accent and with đ as d."""
    exact = canonical(word)
    return exact, unaccented(exact)


def folded(word: str) -> str:
    """The canonical word without any accent, đ as d."""
    return spelt(word)[1]


def spellings(phrase: str) -> tuple[str, ...]:
    """A canonical phrase as documents may spell it: with either tone placement."""
    other = _OPEN_MARKED.sub(r"\1\3\2", unicodedata.normalize("NFD", phrase))
    return tuple(dict.fromkeys((phrase, unicodedata.normalize("NFC", other))))


def unaccented(text: str) -> str:
    """Composed text in small letters without accents, đ as d; every character keeps its place."""
    codes = np.frombuffer(text.encode("utf-16-le", "replace"), np.uint16)
    return _PLAIN.take(codes).tobytes().decode("utf-16-le")


def _plain(character: str) -> str:
    """The small letter under the marks of a character; the character itself where that is not one letter."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", character.lower())).replace("đ", "d")
    return bare if len(bare) == 1 else character


# a table makes a page of text plain in microseconds; all accented letters of Vietnamese lie before 2000
_PLAIN = np.arange(0x10000, dtype="<u2")
_PLAIN[:0x2000] = [ord(_plain(chr(code))) for code in range(0x2000)]
