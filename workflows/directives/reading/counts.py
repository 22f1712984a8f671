"""Counts of days and months as papers write them: "30", "30 (ba mươi)", "ba mươi (30)"; of folded text.

A figure that is only the end of a longer number is none: "1,5 năm" are not five years.
"""

from workflows.directives.reading.tokens import any_of

_NUMERALS = "mot; hai; ba; bon; tu; nam; lam; sau; bay; tam; chin; muoi; tram; linh; le"
_BEGINS = r"\b(?<!\d[.,/])" + "".join(rf"(?<!\b{word}\s)" for word in ("muoi", "tram", "linh", "le"))


def count_form(name: str, words: str = "") -> str:
    """The form of a count whose figure, or one of the numerals in `words`, is the group of this name."""
    figure = rf"\d{{1,3}}|{words}" if words else r"\d{1,3}"
    spelt = rf"(?:{any_of(_NUMERALS)}\s+){{0,6}}{any_of(_NUMERALS)}"
    return (
        rf"{_BEGINS}(?:(?P<{name}_spelt>{spelt})\s*\(\s*)?(?P<{name}>{figure})"
        rf"(?({name}_spelt)\s*\)|(?:\s*\([^)]{{1,30}}\))?)"
    )
