"""The office's own words at the search box: abbreviations of its bodies, labels of kinds, types, states."""

import re
from collections.abc import Iterator

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from search_index import Vocabulary
from workflows.directives.reading.text import fold
from workflows.directives.reading.types import NAMES
from workflows.entries import KINDS, STATES
from workflows.organisations import Unit, UnitAlias

LONGEST_SHORT_NAME = 14
_CAPITALS = re.compile(r"\b[^\W\d_]{3,10}\b")
# Abbreviations pass over them: Ban Tuyên giáo và Dân vận is BTGDV.
_SMALL_WORDS = frozenset({"và", "-", "–"})


def vocabulary(session: Session) -> Vocabulary:
    """What people of this office may type for what the index calls otherwise."""
    return Vocabulary(
        abbreviations=abbreviations(session),
        kinds={label: kind for kind, label in KINDS.items()},
        types={name: code for code, names in reversed(NAMES.items()) for name in names},
        states={state.label: state.value for states in STATES.values() for state in states},
    )


def abbreviations(session: Session) -> dict[str, str]:
    """Abbreviation → the words it stands for, from the codes, short names and aliases of units."""
    names = union_all(
        # a code in parts is a name without its accents: DU-AN-BINH
        select(Unit.name, Unit.code.label("short")).where(Unit.code.not_like("%-%")),
        select(Unit.name, Unit.short_name),
        select(Unit.name, UnitAlias.name).join(UnitAlias.unit),
    ).subquery()
    likely = select(names.c.name, names.c.short).where(func.length(names.c.short) <= LONGEST_SHORT_NAME)
    found: dict[str, str] = {}
    for name, short in session.execute(likely.order_by(names.c.name)):
        for abbreviation in abbreviations_in(short):
            if abbreviation not in found and (words := written_out(abbreviation, name)):
                found[abbreviation] = words
    return found


def abbreviations_in(short: str) -> Iterator[str]:
    """The words in capitals of a short name; once more without the committee a body serves (BTGDVTU)."""
    for word in _CAPITALS.findall(short):
        if word.isupper():
            yield word
            if len(word) > len("TU") + 2 and word.endswith("TU"):
                yield word.removesuffix("TU")


def written_out(abbreviation: str, name: str) -> str:
    """The run of words in the name whose initials spell the abbreviation; empty if there is none."""
    words = name.split()
    runs = (words[start:end] for start in range(len(words)) for end in range(start + 2, len(words) + 1))
    spelt = fold(abbreviation)
    fitting = (run for run in runs if _initials(run) == spelt and not _SMALL_WORDS & {run[0], run[-1]})
    return " ".join(next(fitting, []))


def _initials(words: list[str]) -> str:
    return fold("".join(word[0] for word in words if word not in _SMALL_WORDS))
