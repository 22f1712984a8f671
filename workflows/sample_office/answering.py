"""What the units of the sample write into their reports: figures that add up, sentences that fit the form."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from workflows.reports import Content
from workflows.sample_office.figures import MemberFigures
from workflows.sample_office.tables import table

_SOURCE = "Sở Nội vụ cung cấp theo dữ liệu dân cư"
_MOST_GRADES = 5


def answer(form: Mapping[str, Any], dice: Random, *, on: date) -> Content:
    """An answer to a form of the sample other than the member statistics."""
    fields = [field for section in form["sections"] for field in section.get("fields", ())]
    figures = _FIGURES[form["code"]](dice)
    narrative = {field["code"]: _words(field, dice, on) for field in fields if field["kind"] != "number"}
    return Content(figures={cell: Decimal(value) for cell, value in figures.items()}, narrative=narrative)


def member_answer(figures: MemberFigures, *, counted_on: date) -> Content:
    """The return of member statistics with these figures."""
    narrative = {"eligible_source": _SOURCE, "eligible_day": f"{counted_on:%d/%m/%Y}"}
    return Content(figures=member_cells(figures), narrative=narrative)


def member_cells(figures: MemberFigures) -> dict[str, Decimal]:
    """Cell → figure; grades that an organisation does not have count zero branches."""
    grades = (*figures.grades, *(0,) * (_MOST_GRADES - len(figures.grades)))
    counted = {name: value for name, value in vars(figures).items() if isinstance(value, int)}
    counted |= {f"grade_{number}": value for number, value in enumerate(grades, start=1)}
    return {cell: Decimal(value) for cell, value in counted.items()}


def _words(field: Mapping[str, Any], dice: Random, on: date) -> str:
    if field["kind"] == "date":
        return f"{on:%d/%m/%Y}"
    if field["kind"] == "choice":
        return str(dice.choice(field["choices"][:-1]))
    sentences = table("narratives").get(field["code"], ["Không có."])
    return str(dice.choice(sentences)).format(n=dice.randint(2, 9), m=dice.randint(10, 18))


def _quarterly(dice: Random) -> dict[str, int]:
    figures = {"documents_issued": dice.randint(1, 9)}
    for row in ("standing", "dated", "urgent"):
        parts = {
            "done_in_time": dice.randint(1, 9),
            "done_late": dice.choice((0, 0, 0, 1, 2)),
            "running": dice.randint(0, 6),
            "overdue": dice.choice((0, 0, 0, 1, 2)),
        }
        figures |= {f"tasks.{row}.{column}": value for column, value in parts.items()}
        figures[f"tasks.{row}.assigned"] = sum(parts.values())
    return figures


def _monthly(dice: Random) -> dict[str, int]:
    received = dice.randint(0, 24)
    return {
        "petitions_received": received,
        "petitions_settled": round(received * dice.uniform(0.6, 1)),
        "party_meetings": dice.randint(14, 38),
        "admissions": dice.randint(0, 5),
    }


def _yearly(dice: Random) -> dict[str, int]:
    return {"cells_briefed": dice.randint(14, 38), "people_briefed": dice.randint(280, 900)}


def _dissemination(dice: Random) -> dict[str, int]:
    return {"cells": dice.randint(14, 38), "people": dice.randint(260, 880)}


_FIGURES: dict[str, Callable[[Random], dict[str, int]]] = {
    "quarterly-implementation": _quarterly,
    "monthly-brief": _monthly,
    "yearly-review": _yearly,
    "dissemination": _dissemination,
}
