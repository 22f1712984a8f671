"""What is wrong with a form, collected part by part, so that all of it can be mended at once. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from workflows.errors import Refused

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


def words(raw: Mapping[str, Any], key: str) -> str:
    """Words that must be there."""
    said = raw[key]
    if not isinstance(said, str) or not said.strip():
        raise KeyError(key)
    return said.strip()


def listed_parts(raw: Mapping[str, Any]) -> list[Any]:
    """The parts of a section in their order; where grids and fields are listed apart, figures come first."""
    return list(raw.get("parts", [*raw.get("grids", ()), *raw.get("fields", ())]))
