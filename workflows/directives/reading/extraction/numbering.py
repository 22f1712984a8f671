"""Word's automatic numbering: "1.", "a)", "II." are not in the text of a .docx but counted from its lists."""

import re
from dataclasses import dataclass, field
from string import ascii_lowercase
from xml.etree.ElementTree import Element

from workflows.directives.reading.extraction.wordxml import attribute, child, children, descend

MAX_STYLES_UP = 20
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_BULLETS = {"": "-", "\uf0b7": "•", "\uf0a7": "▪", "\uf02d": "-", "\uf0d8": "➢", "\uf0fc": "✓", "o": "•"}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and looks."""

    start: int
    form: str
    text: str


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]]
    lists: dict[str, str]
    styles: dict[str, tuple[str | None, int, str | None]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, paragraph: Element) -> str:
        """The number or bullet before a paragraph, counting it; empty where there is none."""
        place = self._place(paragraph)
        levels = self.levels.get(place[0]) if place else None
        if place is None or levels is None or place[1] not in levels:
            return ""
        counts = self.counts.setdefault(self.lists.get(place[0], place[0]), {})
        self._count(counts, levels, place[1])
        return _look(levels, counts, place[1])

    def _count(self, counts: dict[int, int], levels: dict[int, Level], depth: int) -> None:
        counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """List and depth of a paragraph, its own or those of its style."""
        properties = child(paragraph, "pPr")
        own = _number_properties(properties)
        style = attribute(child(properties, "pStyle"), "val")
        inherited = self._of_style(style)
        number = own[0] if own[0] is not None else inherited[0]
        depth = own[1] if own[1] is not None else inherited[1]
        return None if number in (None, "0") else (str(number), depth or 0)

    def _of_style(self, style: str | None) -> tuple[str | None, int | None]:
        for _ in range(MAX_STYLES_UP):
            if style is None or style not in self.styles:
                break
            number, depth, style = self.styles[style]
            if number is not None:
                return number, depth
        return None, None


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists that word/numbering.xml and word/styles.xml define; both may be missing."""
    patterns = {
        attribute(pattern, "abstractNumId") or "": {
            _depth(part): _level(part) for part in children(pattern, "lvl")
        }
        for pattern in children(numbering, "abstractNum")
    }
    levels, lists = {}, {}
    for number in children(numbering, "num"):
        name = attribute(number, "numId") or ""
        pattern = attribute(child(number, "abstractNumId"), "val") or ""
        overrides = {_depth(change): change for change in children(number, "lvlOverride")}
        levels[name] = _overridden(patterns.get(pattern, {}), overrides)
        # A list that starts anew counts for itself; others go on where their pattern stands.
        lists[name] = f"num {name}" if overrides else f"pattern {pattern}"
    return Numbering(levels, lists, _numbered_styles(styles))


def _numbered_styles(styles: Element | None) -> dict[str, tuple[str | None, int, str | None]]:
    found = {}
    for style in children(styles, "style"):
        number, depth = _number_properties(child(style, "pPr"))
        base = attribute(child(style, "basedOn"), "val")
        found[attribute(style, "styleId") or ""] = (number, depth or 0, base)
    return found


def _number_properties(properties: Element | None) -> tuple[str | None, int | None]:
    numbers = child(properties, "numPr")
    depth = attribute(child(numbers, "ilvl"), "val")
    return attribute(child(numbers, "numId"), "val"), _integer(depth, 0) if depth is not None else None


def _level(level: Element) -> Level:
    return Level(
        _integer(attribute(child(level, "start"), "val"), 1),
        attribute(child(level, "numFmt"), "val") or "decimal",
        attribute(child(level, "lvlText"), "val") or "",
    )


def _overridden(levels: dict[int, Level], overrides: dict[int, Element]) -> dict[int, Level]:
    changed = dict(levels)
    for depth, change in overrides.items():
        new = next(descend(change, "lvl"), None)
        level = _level(new) if new is not None else changed.get(depth)
        start = attribute(child(change, "startOverride"), "val")
        if level:
            changed[depth] = Level(_integer(start, level.start), level.form, level.text)
    return changed


def _depth(element: Element) -> int:
    return _integer(attribute(element, "ilvl"), 0)


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else otherwise


def _look(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    level = levels[depth]
    if level.form == "bullet":
        return _BULLETS.get(level.text, level.text)
    if level.form == "none":
        return ""

    def counted(mark: re.Match[str]) -> str:
        at = int(mark.group(1)) - 1
        shape = levels.get(at, level)
        return number_as(counts.get(at, shape.start), shape.form)

    return re.sub(r"%([1-9])", counted, level.text)


def number_as(number: int, form: str) -> str:
    """A number as Word writes it in a list: lowerRoman 4 is iv, upperLetter 28 is BB."""
    if form in ("upperRoman", "lowerRoman"):
        text = _roman(number)
    elif form in ("upperLetter", "lowerLetter"):
        text = ascii_lowercase[(number - 1) % 26] * min((number - 1) // 26 + 1, 40)
    else:
        return f"{number:02d}" if form == "decimalZero" else str(number)
    return text.upper() if form.startswith("upper") else text.lower()


def _roman(number: int) -> str:
    if number >= 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text
