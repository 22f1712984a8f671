"""Make text safe to store and to compare without changing what a person would read."""

import re
import unicodedata

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISE = str.maketrans("0123456789", _RAISED)
_LOWER = str.maketrans(_RAISED, "0123456789")
_NOTE_MARK = re.compile(rf"([{_RAISED}]+)\s*")

# Word's Symbol and Wingdings fonts put their signs into the private use area.
_SYMBOLS = {0xF02D: "-", 0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0E0: "→", 0xF06F: "o"}
_LINE_ENDS = re.compile("\r\n?|\v|\f|\x85|\u2028|\u2029")
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls, halves of surrogate pairs, and characters that only steer display.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)


def clean(text: str) -> str:
    """The same text in NFC with LF line ends and without anything invisible."""
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text)).translate(_SYMBOLS)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def tidy(text: str) -> str:
    """Clean text without trailing blanks, with at most two empty lines together."""
    lines = [line.rstrip() for line in clean(text).split("\n")]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)).strip("\n")


def superscript(digits: str) -> str:
    """Digits as raised digits, so that a footnote mark cannot be taken for part of a number."""
    return digits.translate(_RAISE)


def opens_note(line: str) -> bool:
    """Does a line begin with a raised mark, as a footnote does?"""
    return bool(_NOTE_MARK.match(line))


def bracketed(line: str) -> str:
    """A footnote with its mark as [1], the form in which notes stand at the end of an extracted text."""
    return _NOTE_MARK.sub(lambda mark: f"[{mark.group(1).translate(_LOWER)}] ", line, count=1)
