"""One row of a roster → one person on a list, or what is wrong with it, column by column. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from workflows.members.identity import (
    folded_name,
    hidden,
    normal_identity,
    normal_name,
    sort_name,
)
from workflows.members.rosters import cells
from workflows.members.rosters.cells import Day
from workflows.members.rosters.columns import Field, letters
from workflows.members.rules import OLDEST_BIRTH, is_minority, is_religious
from workflows.members.states import Sector, Sex
from workflows.wording import N_

T = TypeVar("T")
LONGEST = {Field.NAME: 100, Field.CARD: 40, Field.BRANCH: 200}
LONGEST_WORDS = 200

NO_NAME = N_("thiếu họ và tên")
NO_DAY = N_("không đọc được ngày; ghi dạng ngày/tháng/năm hoặc chỉ năm")
ODD_BIRTH = N_("ngày sinh không hợp lý")
FUTURE = N_("ngày sau ngày của danh sách")
BAD_IDENTITY = N_("số định danh phải có 12 chữ số (hoặc 9 số theo mẫu cũ)")
BAD_SEX = N_("giới tính phải là nam hoặc nữ")
TOO_LONG = N_("quá dài; có thể nhầm cột")
NO_ACCENTS = N_("họ tên không dấu; kiểm tra lại")
NO_BRANCH = N_("thiếu tên chi đoàn, chi hội")


@dataclass(frozen=True)
class Problem:
    """What is wrong at a place of the sheet; never what stands there. One that refuses keeps the row out."""

    row: int
    column: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    refuses: bool = True

    def as_data(self) -> list[Any]:
        """Plain data, to be kept with the import."""
        return [self.row, self.column, self.message, dict(self.params), self.refuses]


@dataclass(frozen=True)
class Person:
    """A row understood: plain values, ready for the tables; the identity number is hidden already."""

    row: int
    name: str
    folded: str
    sort: str
    born: Day
    sex: Sex | None
    key: str | None
    tail: str | None
    digits: int | None
    card: str | None
    joined_on: date | None
    ethnicity: str
    religion: str
    party: bool
    sector: Sector | None
    occupation: str
    place: str
    branch: str
    unit: str

    def values(self) -> dict[str, Any]:
        """The columns of a member."""
        return {
            "name": self.name,
            "folded_name": self.folded,
            "sort_name": self.sort,
            "born_on": self.born.day,
            "birth_year": self.born.year,
            "sex": self.sex,
            "identity_key": self.key,
            "identity_tail": self.tail,
            "identity_digits": self.digits,
            "ethnicity": self.ethnicity,
            "ethnic_minority": is_minority(self.ethnicity),
            "religion": self.religion if is_religious(self.religion) else "",
            "religious": is_religious(self.religion),
            "party_member": self.party,
            "sector": self.sector,
            "occupation": self.occupation,
            "place": self.place,
        }


class Reader:
    """Reads rows by a mapping of columns; what it finds wrong it adds to `problems`."""

    def __init__(
        self, mapping: Mapping[Field, int], *, as_of: date, secret: bytes, needs_branch: bool
    ) -> None:
        self.mapping, self.as_of, self.secret = dict(mapping), as_of, secret
        self.needs_branch = needs_branch
        self.problems: list[Problem] = []

    def read(self, number: int, row: Sequence[Any]) -> Person | None:
        """The person of a row, or nothing where something in it refuses."""
        before = len(self.problems)
        name, born = self._name(number, row), self._born(number, row)
        number_typed = self._words(number, row, Field.IDENTITY)
        identity = normal_identity(number_typed) if number_typed else None
        if number_typed and identity is None:
            self._wrong(number, Field.IDENTITY, BAD_IDENTITY)
        known = hidden(identity, self.secret) if identity else None
        branch = self._words(number, row, Field.BRANCH)
        if self.needs_branch and not branch:
            self._wrong(number, Field.BRANCH, NO_BRANCH)
        person = Person(
            row=number,
            name=name,
            folded=folded_name(name),
            sort=sort_name(name),
            born=born,
            sex=self._sex(number, row),
            key=known.key if known else None,
            tail=known.tail if known else None,
            digits=known.digits if known else None,
            card=self._words(number, row, Field.CARD) or None,
            joined_on=self._joined(number, row),
            ethnicity=self._words(number, row, Field.ETHNICITY),
            religion=self._words(number, row, Field.RELIGION),
            party=cells.marked(self._words(number, row, Field.PARTY)),
            sector=cells.sector(self._words(number, row, Field.SECTOR)),
            occupation=self._words(number, row, Field.OCCUPATION),
            place=self._words(number, row, Field.PLACE),
            branch=branch,
            unit=self._words(number, row, Field.UNIT),
        )
        return None if any(problem.refuses for problem in self.problems[before:]) else person

    def _name(self, number: int, row: Sequence[Any]) -> str:
        whole = self._words(number, row, Field.NAME)
        family, given = self._words(number, row, Field.FAMILY), self._words(number, row, Field.GIVEN)
        # "Họ và tên" over two columns: family and middle names in the first, the given name in the next.
        name = normal_name(" ".join(filter(None, (whole or family, given))))
        if not name:
            self._wrong(number, Field.NAME if Field.NAME in self.mapping else Field.FAMILY, NO_NAME)
        elif name.isascii() and " " in name:
            self._wrong(number, Field.NAME, NO_ACCENTS, refuses=False)
        return name

    def _born(self, number: int, row: Sequence[Any]) -> Day:
        for field_ in (Field.BORN, Field.BORN_MALE, Field.BORN_FEMALE):
            found = self._parsed(number, row, field_, cells.day, NO_DAY)
            if found is not None:
                if found.year is None or not OLDEST_BIRTH <= found.year <= self.as_of.year:
                    self._wrong(number, field_, ODD_BIRTH)
                return found
        return Day()

    def _sex(self, number: int, row: Sequence[Any]) -> Sex | None:
        if self._words(number, row, Field.BORN_FEMALE):
            return Sex.FEMALE
        if self._words(number, row, Field.BORN_MALE):
            return Sex.MALE
        if Field.IS_FEMALE in self.mapping:
            ticked = cells.marked(self._words(number, row, Field.IS_FEMALE))
            return Sex.FEMALE if ticked else Sex.MALE
        return self._parsed(number, row, Field.SEX, lambda cell: cells.sex(cells.text(cell)), BAD_SEX)

    def _joined(self, number: int, row: Sequence[Any]) -> date | None:
        found = self._parsed(number, row, Field.JOINED, cells.day, NO_DAY)
        if found is None:
            return None
        if found.day and found.day > self.as_of:
            self._wrong(number, Field.JOINED, FUTURE)
        return found.day or date(found.year or self.as_of.year, 1, 1)

    def _parsed(
        self,
        number: int,
        row: Sequence[Any],
        field_: Field,
        parse: Callable[[Any], T | None],
        complaint: str,
    ) -> T | None:
        cell = self._cell(row, field_)
        try:
            return parse(cell) if cell not in ("", None) else None
        except ValueError:
            self._wrong(number, field_, complaint)
            return None

    def _words(self, number: int, row: Sequence[Any], field_: Field) -> str:
        words = cells.text(self._cell(row, field_))
        if len(words) > LONGEST.get(field_, LONGEST_WORDS):
            self._wrong(number, field_, TOO_LONG)
            return ""
        return words

    def _cell(self, row: Sequence[Any], field_: Field) -> Any:
        place = self.mapping.get(field_)
        return row[place] if place is not None and place < len(row) else None

    def _wrong(self, number: int, field_: Field, message: str, *, refuses: bool = True) -> None:
        place = self.mapping.get(field_)
        self.problems.append(
            Problem(number, letters(place) if place is not None else "", message, {}, refuses)
        )
