"""From plain data to a form; everything that is wrong in it is named, each with its place. Pure."""

import keyword
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from workflows.errors import Refused
from workflows.regimes.forms.binding import bound, rules_of
from workflows.regimes.forms.faults import Fault, Faults, listed_parts, words
from workflows.regimes.forms.parts import (
    Condition,
    Field,
    Form,
    Grid,
    Head,
    Measure,
    Outliers,
    Section,
)

KINDS = ("narrative", "number", "choice", "date", "file")
SIGNS = ("=", "!=", ">=", "<=", "filled", "blank")
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_CELLS = 2_000
MOST_DECIMALS = 4
LARGEST = Decimal(10) ** 15


def read(definition: Mapping[str, Any]) -> Form:
    """The form a definition describes; a refusal names what is wrong in it."""
    form, faults = examined(definition)
    if faults or form is None:
        raise faults[0].refusal
    return form


def examined(definition: Mapping[str, Any]) -> tuple[Form | None, list[Fault]]:
    """The form as far as it can be read, and everything that is wrong with it."""
    faults = Faults()
    title = faults.of("", "tên biểu", lambda: words(definition, "title")) or ""
    sections = faults.of("", "các phần", lambda: _sections(definition.get("sections", ()), faults)) or ()
    outliers = (
        faults.of("", "khoảng thường gặp", lambda: _outliers(definition.get("outliers") or {})) or Outliers()
    )
    form = Form(title, sections, (), outliers)
    faults.of("", "các phần", lambda: _check_cells(form))
    if not faults.found:
        form = bound(form, definition, faults)
    rules = faults.of("", "các quy tắc", lambda: rules_of(definition.get("rules") or (), form, faults)) or ()
    return (None if faults.found else replace(form, rules=rules)), faults.found


def _check_cells(form: Form) -> None:
    names = [name for section in form.sections for part in section.parts for name in part.names()]
    if doubled := sorted(name for name, times in Counter(names).items() if times > 1):
        raise Refused("Mã ô bị trùng trong biểu: %(cells)s. Đặt mã khác nhau.", cells=", ".join(doubled[:20]))
    if not names:
        raise Refused("Biểu chưa có ô nào. Thêm ít nhất một mục để đơn vị điền.")
    if len(names) > MOST_CELLS:
        raise Refused(
            "Biểu có %(count)s ô, nhiều hơn mức %(most)s ô. Chia thành nhiều biểu.",
            count=len(names),
            most=MOST_CELLS,
        )


def _code(raw: Mapping[str, Any]) -> str:
    """A code that formulas can name."""
    code = words(raw, "code")
    if not CODE.fullmatch(code) or keyword.iskeyword(code) or code == "previous":
        raise Refused(
            "Mã “%(code)s” không dùng được. Mã gồm chữ thường không dấu, chữ số và dấu _, bắt đầu bằng chữ.",
            code=code[:60],
        )
    return code


def _sections(raw: Iterable[Any], faults: Faults) -> tuple[Section, ...]:
    if isinstance(raw, (str, Mapping)):
        raise TypeError
    found = [_section(number, section, faults) for number, section in enumerate(raw, 1)]
    return tuple(section for section in found if section is not None)


def _section(number: int, raw: Mapping[str, Any], faults: Faults) -> Section | None:
    code = str(raw.get("code") or f"section_{number}") if isinstance(raw, Mapping) else ""
    place = f"section:{code}"
    parts = faults.of(place, f"phần {number}", lambda: listed_parts(raw)) or []
    read_parts = [
        faults.of(
            f"part:{part.get('code', '')}" if isinstance(part, Mapping) else place,
            f"phần {number}, mục {order}",
            lambda part=part: _grid(part) if "rows" in part else _field(part),  # type: ignore[misc]
        )
        for order, part in enumerate(parts, 1)
    ]
    return faults.of(
        place,
        f"phần {number}",
        lambda: Section(
            words(raw, "title"),
            tuple(part for part in read_parts if part is not None),
            code,
            str(raw.get("help", "")),
            _conditions(raw, words(raw, "title")),
        ),
    )


def _field(raw: Mapping[str, Any]) -> Field:
    label, kind = words(raw, "label"), raw["kind"]
    if kind not in KINDS:
        raise Refused("Mục %(label)s có kiểu không dùng được: %(kind)s.", label=label, kind=str(kind)[:60])
    choices = tuple(str(choice) for choice in raw.get("choices", ()))
    if kind == "choice" and not choices:
        raise Refused("Mục %(label)s chưa có lựa chọn nào. Thêm các lựa chọn.", label=label)
    return Field(
        code=_code(raw),
        label=label,
        kind=kind,
        required=bool(raw.get("required")),
        help=str(raw.get("help", "")),
        choices=choices,
        measure=_measure(raw, label),
        when=_conditions(raw, label),
    )


def _grid(raw: Mapping[str, Any]) -> Grid:
    label = words(raw, "label")
    grid = Grid(
        code=_code(raw),
        label=label,
        rows=tuple(Head(_code(head), words(head, "label")) for head in raw["rows"]),
        columns=tuple(Head(_code(head), words(head, "label")) for head in raw["columns"]),
        required=bool(raw.get("required")),
        required_cells=frozenset(raw.get("required_cells", ())),
        greyed=frozenset(raw.get("greyed", ())),
        total_row=str(raw.get("total_row", "")),
        total_column=str(raw.get("total_column", "")),
        help=str(raw.get("help", "")),
        measure=_measure(raw, label),
        units={head["code"]: str(head["unit"]) for head in raw["columns"] if head.get("unit")},
        when=_conditions(raw, label),
    )
    if not grid.rows or not grid.columns:
        raise Refused("Bảng %(label)s chưa có hàng hoặc cột. Nhập mỗi hàng, mỗi cột một dòng.", label=label)
    if len(grid.rows) * len(grid.columns) > MOST_CELLS:
        raise Refused(
            "Biểu có %(count)s ô, nhiều hơn mức %(most)s ô. Chia thành nhiều biểu.",
            count=len(grid.rows) * len(grid.columns),
            most=MOST_CELLS,
        )
    if unknown := sorted(
        (grid.greyed | grid.required_cells | set(raw.get("cell_formulas") or {}))
        - {grid.cell(row, column) for row in grid.rows for column in grid.columns}
    ):
        raise Refused(
            "Bảng %(label)s nhắc tới ô không có trong bảng: %(cells)s. Sửa lại tên ô.",
            label=grid.label,
            cells=", ".join(unknown[:20]),
        )
    return grid


def _measure(raw: Mapping[str, Any], label: str) -> Measure:
    decimals = raw.get("decimals")
    if decimals is not None and (type(decimals) is not int or not 0 <= decimals <= MOST_DECIMALS):
        raise Refused(
            "Mục %(label)s: số chữ số thập phân là số từ 0 đến %(most)s.", label=label, most=MOST_DECIMALS
        )
    lowest, highest = (_limit(raw.get(key), label) for key in ("minimum", "maximum"))
    if lowest is not None and highest is not None and lowest > highest:
        raise Refused("Mục %(label)s: số nhỏ nhất lớn hơn số lớn nhất. Sửa lại hai giới hạn.", label=label)
    return Measure(str(raw.get("unit", "")), decimals, lowest, highest)


def _limit(written: object, label: str) -> Decimal | None:
    """A limit written as a number or as text, so that nothing is rounded."""
    if written is None or written == "":
        return None
    try:
        value = Decimal(str(written))
    except InvalidOperation:
        value = Decimal("nan")
    if isinstance(written, bool) or not value.is_finite() or abs(value) >= LARGEST:
        raise Refused(
            "Mục %(label)s: giới hạn “%(limit)s” không phải là số dùng được.",
            label=label,
            limit=str(written)[:40],
        )
    return value


def _conditions(raw: Mapping[str, Any], label: str) -> tuple[Condition, ...]:
    asked = raw.get("when") or ()
    found = []
    for one in (asked,) if isinstance(asked, Mapping) else asked:
        if one["sign"] not in SIGNS:
            raise Refused("Mục %(label)s: điều kiện hiện không dùng được.", label=label)
        found.append(Condition(words(one, "cell"), one["sign"], str(one.get("value", "")).strip()))
    return tuple(found)


def _outliers(raw: Mapping[str, Any]) -> Outliers:
    usual = Outliers()
    far = _limit(raw.get("far"), "outliers")
    least, periods = raw.get("least", usual.least), raw.get("periods", usual.periods)
    middle = raw.get("middle", usual.middle)
    fits = type(least) is int and type(periods) is int and 3 <= least <= periods <= 60
    if not fits or middle not in ("median", "mean") or (far is not None and not 1 <= far <= 100):
        raise Refused(
            "Khoảng thường gặp: cần ít nhất 3 kỳ trước, xét nhiều nhất 60 kỳ, số lần độ lệch từ 1 đến 100."
        )
    return Outliers(bool(raw.get("asked", True)), middle, usual.far if far is None else far, least, periods)
