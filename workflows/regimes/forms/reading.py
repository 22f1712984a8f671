"""From plain data to a form; everything that is wrong in it is named, each with its place. Pure."""

import keyword
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from workflows.errors import Refused
from workflows.regimes.forms.order import in_order
from workflows.regimes.forms.parts import (
    Condition,
    Field,
    Form,
    Grid,
    Head,
    Measure,
    Outliers,
    Rule,
    Section,
)
from workflows.regimes.formulas import Formula, parse

KINDS = ("narrative", "number", "choice", "date", "file")
OPERATORS = ("=", "<=", ">=")
SIGNS = ("=", "!=", ">=", "<=", "filled", "blank")
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_CELLS = 2_000
MOST_DECIMALS = 4
LARGEST = Decimal(10) ** 15
SPOKEN = {
    "title": "tên",
    "label": "tên",
    "code": "mã",
    "kind": "kiểu",
    "rows": "các hàng",
    "columns": "các cột",
    "sentence": "câu nhắc",
    "left": "vế trái",
    "right": "vế phải",
    "operator": "dấu so sánh",
    "cell": "ô",
}

T = TypeVar("T")


@dataclass(frozen=True)
class Fault:
    """What is wrong, and with which part: section:CODE, part:CODE, rule:NUMBER, or nothing for the whole."""

    place: str
    refusal: Refused


@dataclass
class Faults:
    """Collects what is wrong part by part, so that all of it can be mended at once."""

    found: list[Fault] = field(default_factory=list)

    def of(self, place: str, where: str, read_part: Callable[[], T]) -> T | None:
        """The part, or none when it was refused."""
        try:
            return read_part()
        except Refused as refusal:
            self.found.append(Fault(place, refusal))
        except KeyError as missing:
            self.found.append(Fault(place, _missing(str(missing.args[0]), where)))
        except (TypeError, AttributeError, ValueError, RecursionError):
            self.found.append(Fault(place, _shapeless(where)))
        return None


def _missing(key: str, where: str) -> Refused:
    return Refused(
        "Biểu thiếu thông tin bắt buộc: %(key)s (%(where)s). Bổ sung rồi ban hành lại.",
        key=f"{key} – {SPOKEN[key]}" if key in SPOKEN else key,
        where=where,
    )


def _shapeless(where: str) -> Refused:
    return Refused(
        "Biểu không đúng cấu trúc (%(where)s): phần, mục, bảng, quy tắc phải là danh sách; mỗi mục có mã,"
        " tên, kiểu.",
        where=where,
    )


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
        form = _bound(form, definition, faults)
    rules = (
        faults.of("", "các quy tắc", lambda: _all_rules(definition.get("rules") or (), form, faults)) or ()
    )
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


def words(raw: Mapping[str, Any], key: str) -> str:
    """Words that must be there."""
    said = raw[key]
    if not isinstance(said, str) or not said.strip():
        raise KeyError(key)
    return said.strip()


def _code(raw: Mapping[str, Any]) -> str:
    """A code that formulas can name."""
    code = words(raw, "code")
    if not CODE.fullmatch(code) or keyword.iskeyword(code) or code == "previous":
        raise Refused(
            "Mã “%(code)s” không dùng được. Mã gồm chữ thường không dấu, chữ số và dấu _, bắt đầu bằng chữ.",
            code=code[:60],
        )
    return code


def listed_parts(raw: Mapping[str, Any]) -> list[Any]:
    """The parts of a section in their order; where grids and fields are listed apart, figures come first."""
    return list(raw.get("parts", [*raw.get("grids", ()), *raw.get("fields", ())]))


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
        (grid.greyed | grid.required_cells)
        - {grid.cell(row, column) for row in grid.rows for column in grid.columns}
    ):
        raise Refused(
            "Bảng %(label)s để xám ô không có trong bảng: %(cells)s. Sửa lại tên ô.",
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


def _bound(form: Form, definition: Mapping[str, Any], faults: Faults) -> Form:
    """The form with its formulas read and its conditions checked against its cells."""
    known = {cell.name: cell for cell in form.number_cells()}
    raws = {part["code"]: part for raw in definition.get("sections", ()) for part in listed_parts(raw)}

    def bound(part: Field | Grid) -> Field | Grid:
        read_part = faults.of(
            f"part:{part.code}", part.label, lambda: _with_formulas(part, raws[part.code], known)
        )
        return read_part or part

    sections = tuple(
        replace(section, parts=tuple(bound(part) for part in section.parts)) for section in form.sections
    )
    form = replace(form, sections=sections)
    for section in sections:
        faults.of(
            f"section:{section.code}", section.title, lambda s=section: _check_when(s.title, s.when, form)
        )  # type: ignore[misc]
        for part in section.parts:
            faults.of(f"part:{part.code}", part.label, lambda p=part: _check_when(p.label, p.when, form))  # type: ignore[misc]
    order = None if faults.found else faults.of("", "", lambda: in_order(form))
    return replace(form, order=order or ())


def _with_formulas(part: Field | Grid, raw: Mapping[str, Any], known: Mapping[str, Any]) -> Field | Grid:
    if isinstance(part, Field):
        text = str(raw.get("formula") or "").strip()
        if not text and "formula" not in raw:
            return part
        if part.kind != "number" or not text:
            raise Refused("Mục %(label)s: chưa có công thức tính.", label=part.label)
        return replace(part, formula=formula_of(text, known, part.label), required=False)
    return replace(part, formulas=dict(_grid_formulas(part, raw, known)))


def _grid_formulas(
    grid: Grid, raw: Mapping[str, Any], known: Mapping[str, Any]
) -> Iterator[tuple[str, Formula]]:
    """The formulas of the calculated rows and columns, cell by cell; a column goes before a row."""
    by_row = {head["code"]: str(head["formula"]) for head in raw["rows"] if head.get("formula")}
    by_column = {head["code"]: str(head["formula"]) for head in raw["columns"] if head.get("formula")}
    for row in grid.rows:
        for column in grid.columns:
            name = grid.cell(row, column)
            text = by_column.get(column.code) or by_row.get(row.code)
            if not text or name in grid.greyed:
                continue
            text = text.replace("{row}", row.code).replace("{column}", column.code)
            yield name, formula_of(text, known, f"{grid.label}: {row.label} – {column.label}", itself=name)


def formula_of(text: str, known: Mapping[str, Any], label: str, itself: str = "") -> Formula:
    """A formula all of whose cells are in the form; a sum over a whole row or column leaves out `itself`."""
    formula, unknown = _parsed(text, [cell for cell in known if cell != itself], known)
    if formula is None:
        raise Refused(
            "Công thức của “%(label)s” nhắc tới ô không có trong biểu: %(cells)s. Chọn lại ô trong danh"
            " sách.",
            label=label,
            cells=", ".join(unknown[:10]),
        )
    return formula


def _parsed(text: str, summed: Iterable[str], known: Container[str]) -> tuple[Formula | None, list[str]]:
    """The formula, or the cells in it that the form does not have; words in brackets are such cells."""
    if "[" in text:
        return None, re.findall(r"\[([^\]]*)\]?", text)
    formula = parse(text, summed)
    unknown = sorted(cell for cell in formula.cells | formula.earlier if cell not in known)
    return (None if unknown else formula), unknown


def _check_when(label: str, when: tuple[Condition, ...], form: Form) -> None:
    for condition in when:
        if condition.cell not in form.labels:
            raise Refused(
                "Điều kiện hiện của “%(label)s” nhắc tới ô không có trong biểu: %(cell)s. Chọn lại ô.",
                label=label,
                cell=condition.cell[:60],
            )


def _all_rules(raw: Iterable[Any], form: Form, faults: Faults) -> tuple[Rule, ...]:
    if isinstance(raw, (str, Mapping)):
        raise TypeError
    known = {cell.name for cell in form.number_cells()}
    found: list[Rule] = []
    for number, rule in enumerate(raw, 1):
        place = str(rule.get("code") or number) if isinstance(rule, Mapping) else str(number)
        read_rules = faults.of(
            f"rule:{place}",
            f"quy tắc {number}",
            lambda rule=rule: list(_rules(rule, form, known)),  # type: ignore[misc]
        )
        found += read_rules or []
    return tuple(found)


def _rules(raw: Mapping[str, Any], form: Form, known: set[str]) -> Iterator[Rule]:
    """One rule, or one for each row of the grid where `{row}` stands in it."""
    if raw["operator"] not in OPERATORS:
        raise Refused(
            "Quy tắc dùng dấu không có: %(operator)s. Dùng =, <= hoặc >=.", operator=str(raw["operator"])[:20]
        )
    both, sentence = f"{raw['left']} {raw['right']}", words(raw, "sentence")
    rows = [row.code for grid in form.grids() if f"{grid.code}.{{row}}." in both for row in grid.rows]
    for row in rows or [""]:
        texts = [str(raw[side]).replace("{row}", row) for side in ("left", "right")]
        if rows and any(cell in text for text in texts for cell in _not_there(form, row)):
            continue
        left, right = (_side(text, known) for text in texts)
        yield Rule(left, raw["operator"], right, raw.get("importance") == "error", sentence)


def _not_there(form: Form, row: str) -> list[str]:
    """The greyed cells of a row: a rule over all rows passes them by."""
    return [cell for grid in form.grids() for cell in grid.greyed if cell.split(".")[1] == row]


def _side(text: str, known: set[str]) -> Formula:
    if not text.strip():
        raise Refused("Quy tắc còn thiếu một vế. Chọn ô hoặc nhập công thức cho cả hai vế.")
    formula, unknown = _parsed(text, known, known)
    if formula is None:
        raise Refused(
            "Quy tắc nhắc tới ô không có trong biểu: %(cells)s. Sửa lại quy tắc.",
            cells=", ".join(unknown[:10]),
        )
    return formula
