"""Lists follow the Vietnamese alphabet, on both databases alike."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import FOUNDED
from workflows.db import in_vietnamese_order
from workflows.organisations import Level, Unit, UnitKind
from workflows.vietnamese_order import key

IN_ORDER = [
    "An Bình",
    "Ăn Thịnh",
    "Âu Lạc",
    "Ba",
    "Bà",
    "Bả",
    "Bã",
    "Bá",
    "Bạ",
    "Cẩm Lai",
    "Danh",
    "Đông",
    "Em",
    "Êm",
]


def test_letters_first_then_tones():
    assert sorted(set(IN_ORDER), key=key) == IN_ORDER


def test_the_database_sorts_the_same_way(session: Session):
    for number, name in enumerate(reversed(IN_ORDER)):
        unit = Unit(
            code=f"U{number}",
            name=name,
            short_name=name,
            kind=UnitKind.STATE_BODY,
            level=Level.COMMUNE,
            path=f"/{number}/",
            founded_on=FOUNDED,
        )
        session.add(unit)
    session.flush()
    assert session.scalars(select(Unit.name).order_by(in_vietnamese_order(Unit.name))).all() == IN_ORDER
