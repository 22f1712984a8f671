"""Mentions: "@Tỉnh đoàn" as typed, "@{12}" as kept, the unit's present name as it is read. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workflows.organisations import Unit

LONGEST = 4_000
_KEPT = re.compile(r"@\{(\d{1,9})\}")


@dataclass(frozen=True)
class Piece:
    """A stretch of what was said: words, or a unit that is mentioned."""

    words: str = ""
    unit: Unit | None = None


def with_ids(typed: str, units: Iterable[Unit]) -> tuple[str, list[Unit]]:
    """The words with every @name of one of the units turned into its id, and these units."""
    text = unicodedata.normalize("NFC", typed).strip().replace("@{", "@ {")
    # The longest name first, so that a name within a longer one is not taken for it.
    names = sorted(
        (
            (unicodedata.normalize("NFC", name), unit)
            for unit in units
            for name in (unit.name, unit.short_name)
        ),
        key=lambda pair: len(pair[0]),
        reverse=True,
    )
    found: dict[int, Unit] = {}
    for name, unit in names:
        pattern = re.compile(rf"(?<!\w)@{re.escape(name)}(?!\w)", re.IGNORECASE)
        text, count = pattern.subn(f"@{{{unit.id}}}", text)
        if count:
            found[unit.id] = unit
    return text, list(found.values())


def names_tried(typed: str) -> bool:
    """Is there an @ before a word that was turned into no mention?"""
    return bool(re.search(r"(?<!\w)@(?!\{)\w", typed))


def pieces(words: str, mentioned: Sequence[Unit]) -> Iterator[Piece]:
    """What was said, with the mentioned units in their places."""
    units, place = {unit.id: unit for unit in mentioned}, 0
    for match in _KEPT.finditer(words):
        unit = units.get(int(match.group(1)))
        if unit is None:
            continue
        if words[place : match.start()]:
            yield Piece(words[place : match.start()])
        yield Piece(unit=unit)
        place = match.end()
    if words[place:]:
        yield Piece(words[place:])
