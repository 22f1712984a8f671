"""The weights of a comparison as splink trains them, on DuckDB in the memory of this process.

splink compares the same fields in the same ways as `agreements`, learns m from pairs of one identity number
and u from pairs at random, and hands back numbers: what is shown, scored and counted stays one and the same.
"""

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .agreements import Agreement
from .candidates import without_a_middle_syllable
from .exact import by_identity
from .learning import learn, prior
from .rows import Codes, Field, Pairs, Rows
from .weights import SAME_NAME, SUPPOSED, Model, Shares

if TYPE_CHECKING:
    from splink import Linker

MOST_PAIRS = 4_000_000
"""Pairs at random that u is learnt from."""
ENOUGH_PAIRS = 200
"""Of one identity number, to learn m from; shares of fewer are chance."""
_NEAR_DAYS = (
    "((birth_year_l = birth_year_r)::int + (birth_month_l = birth_month_r)::int"
    " + (birth_day_l = birth_day_r)::int >= 2"
    " or (birth_month_l = birth_day_r and birth_day_l = birth_month_r))"
)
_WHOLE = "birth_whole_l and birth_whole_r"
_ALIKE = (
    "damerau_levenshtein(letters_l, letters_r) <= 1"
    " or list_contains(shorter_l, letters_r) or list_contains(shorter_r, letters_l)"
)
_AS_THEY_ARE = ("organisation", "place", "hamlet", "sex", "ethnicity", "religion", "name", "spelling")
Levels = dict[Agreement, str]


def _equal(column: str, unknown: str = "false") -> Levels:
    return {
        Agreement.UNKNOWN: f"{column}_l = 0 or {column}_r = 0 or {unknown}",
        Agreement.SAME: f"{column}_l = {column}_r",
    }


LEVELS: dict[Field, Levels] = {
    Field.NAME: {
        Agreement.SAME: "spelling_l = spelling_r",
        Agreement.SAME_LETTERS: "name_l = name_r and not (accents_l and accents_r)",
        Agreement.OTHER_ACCENTS: "name_l = name_r",
        Agreement.ALIKE: _ALIKE,
    },
    Field.BIRTH: {
        Agreement.UNKNOWN: "birth_year_l = 0 or birth_year_r = 0",
        Agreement.SAME: f"{_WHOLE} and birth_l = birth_r",
        Agreement.SAME_YEAR: f"not ({_WHOLE}) and birth_year_l = birth_year_r",
        Agreement.ALIKE: f"{_WHOLE} and {_NEAR_DAYS}",
    },
    Field.SEX: _equal("sex"),
    Field.PLACE: _equal("place"),
    Field.HAMLET: _equal("hamlet", "place_l != place_r"),
    Field.ETHNICITY: _equal("ethnicity"),
    Field.RELIGION: _equal("religion"),
    Field.ORGANISATION: {Agreement.SAME: "organisation_l = organisation_r"},
}
"""Field → how two rows stand, the first that holds; whatever else differs. SQL of DuckDB."""


def learn_by_splink(rows: Rows, persons: Codes, candidates: Pairs, seed: int = 0) -> Model:
    """The model that splink fits to these rows; of what it never met, the office's own model speaks."""
    own, linker = learn(rows, persons, candidates, seed), linker_over(rows)
    logging.getLogger("splink").setLevel(logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=MOST_PAIRS, seed=seed)
    if len(by_identity(rows)) >= ENOUGH_PAIRS:
        linker.training.estimate_m_from_label_column("label")
    trained = linker.misc.save_model_to_json()["comparisons"]
    model = replace(
        own,
        of_one_person=_with(own.of_one_person, trained, "m_probability"),
        by_chance=_with(own.by_chance, trained, "u_probability"),
    )
    return replace(model, prior=prior(rows, persons, candidates, model))


def _with(shares: Shares, trained: list[dict[str, Any]], which: str) -> Shares:
    """The shares with those that splink has found in their place."""
    found = dict(shares)
    for comparison in trained:
        levels = {level["label_for_charts"]: level.get(which) for level in comparison["comparison_levels"]}
        field = Field(comparison["output_column_name"])
        # Of a level that was never met there are words instead of a share, or nothing.
        known = {way: levels.get(way.value) for way in found[field]}
        found[field] = {
            **found[field],
            **{way: share for way, share in known.items() if isinstance(share, float)},
        }
    return found


def linker_over(rows: Rows, **settings: Any) -> "Linker":
    """splink over the rows, with what is supposed of one person's rows to begin with."""
    # Heavy, and there only where the office chose it: pip install 'dondoc[splink]'.
    import duckdb  # noqa: PLC0415
    from splink import DuckDBAPI, Linker, SettingsCreator  # noqa: PLC0415

    wanted = SettingsCreator(
        link_type="dedupe_only", comparisons=[_comparison(field) for field in LEVELS], **settings
    )
    # Names never leave the memory: rather too little of it than a page of them in a file beside us.
    in_memory = duckdb.connect(config={"temp_directory": ""})
    return Linker(DuckDBAPI(connection=in_memory).register(_table(rows)), wanted)


def _table(rows: Rows) -> Any:
    import pyarrow  # noqa: PLC0415  # comes with splink

    birth = rows.birth
    letters = pyarrow.array(list(rows.names))
    shorter = pyarrow.array([without_a_middle_syllable(name) for name in rows.names])
    columns = {name: getattr(rows, name) for name in _AS_THEY_ARE} | {
        "unique_id": np.arange(len(rows)),
        "birth": birth.number,
        "birth_year": birth.year,
        "birth_month": birth.month,
        "birth_day": birth.day,
        "birth_whole": birth.is_whole,
        "accents": rows.has_accents,
        "letters": letters.take(rows.name),
        "shorter": shorter.take(rows.name),
        "label": pyarrow.array(rows.identity, mask=rows.identity == 0),
    }
    return pyarrow.table(columns)


def _comparison(field: Field) -> dict[str, Any]:
    levels = [
        {"sql_condition": condition, "is_null_level": True}
        if agreement is Agreement.UNKNOWN
        else _level(field, agreement, condition)
        for agreement, condition in LEVELS[field].items()
    ]
    return {
        "output_column_name": field.value,
        "comparison_levels": [*levels, _level(field, Agreement.DIFFERENT, "ELSE")],
    }


def _level(field: Field, agreement: Agreement, condition: str) -> dict[str, Any]:
    level = {
        "sql_condition": condition,
        "label_for_charts": agreement.value,
        "m_probability": SUPPOSED[field][agreement],
    }
    if field is Field.NAME and agreement in SAME_NAME:
        level |= {"tf_adjustment_column": "name", "disable_tf_exact_match_detection": True}
    return level
